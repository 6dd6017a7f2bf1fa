// Links into the app that do not load it anew. Streamlit draws the screen that the address names whenever somebody
// goes back or on in the browser's history; a link of ours is such a step.

/** Follow a link of the app in this tab; whoever asks for another tab or window gets it from the browser. */
export function travel(event) {
  const asksForMore = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || asksForMore) return;
  event.preventDefault();
  history.pushState(null, "", event.currentTarget.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
}
