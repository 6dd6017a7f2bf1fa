"""Everything that can be put into a box arrives as it was meant, and what does not fit is said where it stands."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from mcplan.plan import Evidence
from questionnaire.model import Stage
from tests.browser.conftest import Arrive
from tests.browser.served import Served

NAUGHTY = """<img src="{beacon}/img" onerror="document.title='run'"> <script>document.title='run'</script>
![picture]({beacon}/markdown) [link]({beacon}/link) $x^2$ :material/home: <b>bold</b>"""


def test_the_status_says_saving_and_then_who_saved_when(served: Served, arrive: Arrive):
    dana = arrive(served)
    seen: list[str] = []
    dana.page.expose_function("tell", lambda words: seen.append(words))
    dana.status().evaluate(
        "(node) => new MutationObserver(() => tell(node.textContent)).observe(node, {childList: true})"
    )

    dana.field().press_sequentially("Because")

    expect(dana.status()).to_contain_text("Saved")
    assert seen[0] == "Saving…"
    assert seen[-1].startswith("Saved ")
    assert seen[-1].endswith(" by Dana")


def test_a_pick_with_words_of_ones_own_and_a_note_is_stored(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.page.get_by_role("radio", name="Something else").check()
    dana.page.get_by_role("textbox", name="In your own words").fill("Staff who stay")
    dana.page.get_by_role("textbox", name="By when?").fill("By 2028")

    assert dana.is_stored("first.driver", {"picks": ["other"], "other": "Staff who stay"})
    dana.page.wait_for_timeout(800)
    assert served.answer(dana.plan, "first.driver").note == "By 2028"


def test_several_picks_are_stored_and_a_single_one_can_be_taken_back(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.page.get_by_role("checkbox", name="Mail").check()
    dana.page.get_by_role("checkbox", name="Radio").check()
    assert dana.is_stored("first.channels", {"picks": ["radio", "mail"], "other": ""})

    dana.page.get_by_role("radio", name="No", exact=True).check()
    assert dana.is_stored("first.stack", "no")
    dana.page.get_by_role("button", name="Clear the choice").click()
    assert dana.is_stored("first.stack", None)


@pytest.mark.parametrize(
    ("ask", "typed", "question_id", "stored"),
    [
        ("How long does it take?", "1,450.5", "first.hours", 1450.5),
        ("What does it cost? Amount", "1 200", "first.price", {"amount": 1200.0, "currency": "CAD"}),
        ("Where is the report?", "https://example.org/report", "first.report", "https://example.org/report"),
        ("What is it called?", "  Cold chain  ", "first.name", "Cold chain"),
    ],
)
def test_what_is_typed_into_a_line_is_stored_in_its_plain_form(
    served: Served, arrive: Arrive, ask: str, typed: str, question_id: str, stored: object
):
    dana = arrive(served)

    dana.field(ask).press_sequentially(typed)

    assert dana.is_stored(question_id, stored)


def test_a_day_is_stored(served: Served, arrive: Arrive):
    dana = arrive(served)

    dana.field("When does it start?").fill("2027-05-03")

    assert dana.is_stored("first.start", "2027-05-03")


def test_stage_owner_and_confidence_are_stored_and_the_state_follows(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.field().fill("Because")
    box = dana.page.locator(".box").filter(has=dana.field())
    expect(box.locator(".state")).to_contain_text("G1 asks: agreed")

    box.get_by_role("radio", name="Agreed").check(force=True)
    box.get_by_role("combobox", name="Owner").select_option(label="Sam")
    box.get_by_role("radio", name="4").check(force=True)

    expect(box.locator(".state strong")).to_have_text("Agreed")
    expect(dana.status()).to_contain_text("Saved")
    answer = served.answer(dana.plan, "first.case")
    assert (answer.stage, answer.owner, answer.confidence) == (Stage.AGREED, "sam", {"Dana": 4})


def test_evidence_is_stored_changed_and_taken_away(served: Served, arrive: Arrive):
    dana = arrive(served)
    box = dana.page.locator(".box").filter(has=dana.field())
    box.get_by_text("Evidence (0)").click()
    box.get_by_role("button", name="Add evidence").click()
    dana.page.keyboard.type("Survey of 62 employers")
    box.get_by_role("textbox", name="Link").fill("https://example.org/survey")
    box.get_by_label("Date").fill("2026-05-03")
    dana.page.wait_for_timeout(1500)
    assert served.answer(dana.plan, "first.case").evidence == (
        Evidence("Survey of 62 employers", "https://example.org/survey", "", "2026-05-03"),
    )
    expect(box.get_by_text("Evidence (1)")).to_be_visible()

    box.get_by_role("button", name="Remove").click()

    dana.page.wait_for_timeout(1500)
    assert served.answer(dana.plan, "first.case").evidence == ()


def test_what_does_not_fit_stays_in_the_field_with_a_sentence_and_does_not_hold_up_the_rest(
    served: Served, arrive: Arrive
):
    dana = arrive(served)
    link = dana.field("Where is the report?")
    link.fill("ftp://nowhere")

    box = dana.page.locator(".box").filter(has=link)
    expect(box.locator(".error").first).to_contain_text("A link starts with https://")
    expect(dana.status("Where is the report?")).to_contain_text("Not saved")
    box.get_by_role("radio", name="3").check(force=True)
    dana.page.wait_for_timeout(1000)
    assert served.answer(dana.plan, "first.report").confidence == {"Dana": 3}

    dana.page.reload()
    expect(link).to_have_value("ftp://nowhere")
    link.fill("https://example.org")
    assert dana.is_stored("first.report", "https://example.org")
    expect(dana.status("Where is the report?")).to_contain_text("Saved")


def test_a_hundred_thousand_characters_are_stored_and_one_more_is_refused_with_the_words_kept(
    served: Served, arrive: Arrive
):
    dana = arrive(served)
    words = "wörter 🦉 " * 11_111 + "x"
    assert len(words) == 100_000
    dana.field().fill(words)
    assert dana.is_stored("first.case", words, seconds=15)
    expect(dana.page.get_by_text("100,000 of 100,000 characters")).to_be_visible()

    dana.field().fill(words + "y")

    expect(dana.status()).to_contain_text("there is room for 100,000")
    expect(dana.field()).to_have_value(words + "y")
    assert served.answer(dana.plan, "first.case").value == words


def test_every_script_and_sign_comes_back_as_it_was(served: Served, arrive: Arrive):
    dana = arrive(served)
    words = "שלום עולם مرحبا 👩🏽‍🚀🇺🇦 naïve ﷽ 中文"

    dana.field().fill(words)

    assert dana.is_stored("first.case", words)
    dana.page.reload()
    expect(dana.field()).to_have_value(words)


@pytest.fixture
def beacon() -> Iterator[tuple[str, list[str]]]:
    """A server elsewhere that notes who calls."""
    calls: list[str] = []

    class Note(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", calls
    server.shutdown()


def test_html_and_markdown_are_shown_as_text_everywhere_and_call_nobody(
    served: Served, arrive: Arrive, beacon: tuple[str, list[str]]
):
    address, calls = beacon
    words = NAUGHTY.format(beacon=address)
    dana = arrive(served)
    elsewhere: list[str] = []
    own = served.url.removeprefix("http://")
    dana.page.on("requestfinished", lambda request: own not in request.url and elsewhere.append(request.url))
    served.store(dana.plan, "first.case", value=words, evidence=[{"title": words[:200], "note": words}])
    dana.field().fill("Dana's own")
    served.store(dana.plan, "first.case", value=words + "!")

    for screen in ("first", "second", "overview", "readiness", "risks"):
        dana.open(screen)
        dana.page.wait_for_timeout(300)

    dana.open("first")
    expect(dana.page.get_by_role("group", name="Two versions of the answer")).to_contain_text("<script>")
    assert calls == []
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []
    assert dana.page.title() != "run"


def test_a_banner_on_the_overview_leads_to_words_that_were_never_stored(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.page.route("**/api/answers", lambda route: route.abort())
    dana.field().press_sequentially("Because")
    expect(dana.status()).to_contain_text("Not saved")

    dana.open("overview")
    expect(dana.page.get_by_text("Unsaved text is waiting on this device at:")).to_be_visible()
    dana.page.unroute("**/api/answers")
    dana.page.get_by_role("link", name="Why should we do it?", exact=True).click()

    assert dana.is_stored("first.case", "Because")
    expect(dana.field()).to_have_value("Because")


def test_a_page_that_was_open_for_too_long_asks_to_be_loaded_again_and_keeps_the_words(served: Served, arrive: Arrive):
    dana = arrive(served)
    dana.page.route("**/api/answers", lambda route: route.fulfill(status=401, json={"error": "old"}))
    dana.field().press_sequentially("Because")
    expect(dana.status()).to_contain_text("Reload it, please. Your text is kept on this device.")
    dana.page.unroute("**/api/answers")

    dana.page.get_by_role("button", name="Reload the page").click()

    assert dana.is_stored("first.case", "Because")
