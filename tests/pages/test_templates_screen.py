"""The institution's templates on their screen, and a dossier made with one."""

from __future__ import annotations

from pages.kit import desk
from storage.database import reading
from storage.templates import fetch_templates
from tests.mcplan.test_dossier_template import LIBREOFFICE, a_template
from tests.pages.conftest import words
from tests.pages.test_screens import SCREENS

TEMPLATES = "pages/admin/templates.py"


def bring(page, file, name="letters.docx"):
    page.switch_page(TEMPLATES).run()
    page.file_uploader[0].set_value((name, file, "application/octet-stream")).run()
    assert not page.exception
    return page


def test_a_template_is_checked_kept_tried_and_taken_away(visit):
    page = bring(visit(), a_template("F4A261"))
    assert "stands out 2" in words(page).replace("\\", "")
    page.button(key="keep").click().run()
    assert "letters is kept" in words(page)

    with reading(desk.engine()) as session:
        (kept,) = fetch_templates(session)
    page.button(key=f"try-{kept.id}").click().run()
    assert not page.exception
    assert page.get("download_button")

    page.button(key=f"away-{kept.id}").click().run()
    assert "There is no template yet" in words(page)


def test_a_file_that_would_do_harm_is_refused_in_a_sentence(visit):
    assert "is not a file that mcplan can open" in words(bring(visit(), b"%PDF-1.7", "letters.dotx"))


def test_a_dossier_wears_the_template_that_is_chosen(visit, larkfield):
    page = bring(visit(plan=larkfield), LIBREOFFICE)
    page.button(key="keep").click().run()
    page.switch_page(SCREENS["dossier"]).run()
    look = page.selectbox(key="dossier-look")
    assert look.options == ["mcplan", "letters"]
    look.select("letters").run()
    page.button(key="make").click().run()

    assert not page.exception
    assert page.get("download_button")
