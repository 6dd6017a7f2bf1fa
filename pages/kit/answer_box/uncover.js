// When Streamlit loses its server it covers the whole screen with "Connection error" and takes the keyboard
// away in the middle of a word. The box goes on without a server, and says itself that nothing is saved:
// whoever is typing in one stays there. Everybody else sees Streamlit's message.

const TITLE = "Connection error";
const WAIT = 1000; // ms the cover may take to go

/** Close the cover that has just taken the focus from a field of ours, and go back to that field. */
export function uncover({ relatedTarget, target: field }) {
  const cover = relatedTarget?.closest?.('[role="dialog"]');
  if (cover?.querySelector("h2")?.textContent !== TITLE) return;
  cover.querySelector("button")?.click();
  const typed = catchKeys();
  const ends = Date.now() + WAIT;
  const goBack = () => {
    field.focus({ preventScroll: true });
    const isBack = field.getRootNode().activeElement === field;
    if (!isBack && Date.now() < ends) setTimeout(goBack, 10);
    else insert(field, typed());
  };
  setTimeout(goBack);
}

/** From now on keep the characters that go astray; call the result to stop, and to get them. */
function catchKeys() {
  let caught = "";
  const listen = (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    caught += event.key;
  };
  document.addEventListener("keydown", listen, true);
  return () => {
    document.removeEventListener("keydown", listen, true);
    return caught;
  };
}

function insert(field, words) {
  if (!words || field.selectionStart == null) return; // A list or a day has no place for stray letters.
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
}
