// What a person changes in a field of Streamlit's, or on a sheet, while its server is away is never sent when the
// connection is back: Streamlit then asks for a run only if one was under way. So the strip of the screen asks for one,
// which takes along all that stands on the screen.

const STATE = "data-test-connection-state";

/** Call back whenever Streamlit has its server again and asks for nothing itself; call the result to stop. */
export function whenBack(act) {
  const app = document.querySelector('[data-testid="stApp"]');
  const watch = new MutationObserver(() => {
    const { testConnectionState, testScriptState } = app.dataset;
    if (testConnectionState === "CONNECTED" && testScriptState === "notRunning") act();
  });
  if (app) watch.observe(app, { attributeFilter: [STATE] });
  return () => watch.disconnect();
}
