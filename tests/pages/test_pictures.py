"""The pictures of a dossier: drawn once each, beside the server and not in it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from mcplan.dossier import DossierInput
from mcplan.example import load_example
from mcplan.findings import find_findings
from mcplan.readiness import assess_readiness
from mcplan.risks import find_risks
from pages.kit import pictures
from questionnaire.load import load_questionnaire

LOUD = """
import sys
from tests.pages.test_pictures import example
from pages.kit.pictures import with_pictures
assert with_pictures(example()).chart
print([name for name in ("vl_convert", "pandas") if name in sys.modules])
"""


def example(*, brief: bool = False) -> DossierInput:
    """What a dossier of the worked example is made from."""
    asked, plan = load_questionnaire(), load_example()
    risks, findings = find_risks(asked, plan), find_findings(asked, plan)
    readiness = assess_readiness(asked, plan, plan.gate, findings=findings, risks=risks)
    return DossierInput(asked, plan, readiness, risks, findings, datetime(2027, 3, 2, tzinfo=UTC), brief=brief)


@pytest.fixture(autouse=True)
def none_kept(monkeypatch):
    """No picture has been drawn yet."""
    monkeypatch.setattr(pictures, "_kept", type(pictures._kept)())


def test_a_full_dossier_has_all_pictures_and_a_board_paper_those_of_readiness_and_money():
    full, paper = pictures.with_pictures(example()), pictures.with_pictures(example(brief=True))
    assert set(full.pictures) == {"years", "design", "pathway", "drivers"}
    assert set(paper.pictures) == {"years"}
    assert paper.pictures["years"] == full.pictures["years"]
    lower, higher = (Image.open(BytesIO(each)).height for each in (paper.chart, full.chart))
    assert lower < 0.7 * higher, "the board paper has less room"
    for file in (paper.chart, full.chart, *full.pictures.values()):
        picture = Image.open(BytesIO(file))
        assert (picture.format, picture.mode) == ("PNG", "P")
        assert picture.width > 1000
        assert len(set(picture.convert("RGB").getcolors(1000))) > 2, "something is drawn on it"


def test_drawing_happens_in_another_process_since_it_stops_all_threads_of_its_own():
    said = subprocess.run([sys.executable, "-c", LOUD], check=True, capture_output=True, text=True).stdout
    # Nor does a dossier wait for pandas, which takes longer to load than Altair.
    assert said.strip() == "[]"


def test_a_picture_is_drawn_once_and_only_what_is_new_is_drawn(monkeypatch):
    pictures.with_pictures(example(brief=True))
    drawn, draw = [], pictures._drawn
    monkeypatch.setattr(pictures, "_drawn", lambda missing, program: drawn.extend(missing) or draw(missing, program))
    pictures.with_pictures(example(brief=True))
    assert drawn == []
    pictures.with_pictures(example())
    assert len(drawn) == 4, "all but that of the money; that of the readiness is higher in the full dossier"


def test_the_oldest_pictures_go_first(monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 2)
    monkeypatch.setattr(pictures, "_drawn", lambda missing, program: [each.encode() for each in missing])
    for chart in ("one", "two", "one", "three"):
        assert pictures._draw({"picture": chart}) == {"picture": chart.encode()}
    assert list(pictures._kept) == ["one", "three"]


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_pictures_that_cannot_be_drawn_are_said_in_a_sentence(program, monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text(program)
    monkeypatch.setattr(pictures, "PROGRAM", broken)
    with pytest.raises(pictures.NoPictures, match="Nothing of the plan is lost"):
        pictures.with_pictures(example(brief=True))


def test_drawing_that_does_not_end_is_given_up(monkeypatch, tmp_path):
    (tmp_path / "slow.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pictures, "PROGRAM", tmp_path / "slow.py")
    monkeypatch.setattr(pictures, "LONGEST", 0.5)
    with pytest.raises(pictures.NoPictures):
        pictures.with_pictures(example(brief=True))
