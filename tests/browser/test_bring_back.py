"""A dossier goes out, is edited in Word, and comes back, as people do it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.served import Served


def test_an_edited_dossier_comes_back_answer_by_answer(served: Served, arrive: Arrive, tmp_path: Path):
    visit = arrive(served)
    page = visit.page
    served.store(visit.plan, "first.case", value="Sixty homes lack a nurse.")
    visit.open("dossier")
    page.get_by_role("button", name="Make the Word file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the Word file").click()
    file = tmp_path / "dossier.docx"
    download.value.save_as(file)
    page.locator('input[type="file"]').set_input_files(edited(file, tmp_path))

    expect(page.get_by_text("1 change.")).to_be_visible()
    page.get_by_role("button", name="Take it over", exact=True).click()

    expect(page.get_by_text("1 answer taken over from the file.")).to_be_visible()
    assert visit.is_stored("first.case", "Seventy homes lack a nurse.")


def edited(file: Path, folder: Path) -> Path:
    """The file as a colleague has changed it."""
    changed, path = BytesIO(), folder / "edited.docx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Sixty homes", b"Seventy homes"))
    path.write_bytes(changed.getvalue())
    return path
