"""In which order the tests run, which of them are watched for coverage, and an empty database."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import open_database

TESTS = Path(__file__).parent
SLOW_FIRST = ("pages", "storage", "mcplan", "questionnaire", "test_deploy.py", "test_house.py")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Spread the browser's tests, which wait, among those that compute; watch screens only where it is asked for.

    Coverage makes a screen two and a half times as slow, so `--cov=pages` has to ask for it.
    """
    files = list(dict.fromkeys(item.path for item in items))
    waiting = [each for each in files if _room(each) == "browser"]
    busy = sorted((each for each in files if _room(each) != "browser"), key=lambda each: SLOW_FIRST.index(_room(each)))
    places = {file: (place + 0.5) / len(group) for group in (waiting, busy) for place, file in enumerate(group)}
    items.sort(key=lambda item: places[item.path])
    if "pages" not in config.getoption("cov_source", []):
        for item in items:
            if _room(item.path) in ("browser", "pages"):
                item.add_marker(pytest.mark.no_cover)


def _room(file: Path) -> str:
    return file.relative_to(TESTS).parts[0]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as migrations make it, to be copied: to make it takes longer than most tests."""
    file = tmp_path_factory.mktemp("empty") / "plans.db"
    open_database(f"sqlite:///{file}", create=True).dispose()
    return file
