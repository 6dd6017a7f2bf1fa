// Links into the app that do not load it anew. Streamlit draws the screen that the address names whenever somebody
// goes back or on in the browser's history; a link of ours is such a step.

let followed = null;

/** Follow a link of the app in this tab; whoever asks for another tab or window gets it from the browser. */
export function travel(event) {
  const asksForMore = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || asksForMore) return;
  event.preventDefault();
  followed = event.currentTarget;
  history.pushState(null, "", followed.href);
  go();
}

/** Follow the last link again if `screen` is still drawn, so that no server has heard of it; false if it is not. */
export function travelOn(screen) {
  const isUnheard = followed !== null && location.href === followed.href && !location.pathname.endsWith(`/${screen}`);
  if (isUnheard) go();
  return isUnheard;
}

function go() {
  window.dispatchEvent(new PopStateEvent("popstate"));
}
