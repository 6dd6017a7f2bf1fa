"""What must hold for the house as a whole, whoever builds on it."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from pages.console.command import COMMANDS

ROOT = Path(__file__).parents[1]
FLOORS = ("pages", "storage", "mcplan", "questionnaire")
ROOMS = ("door", "plans", "plan", "review", "decide", "workshop", "admin")
"""The folders of screens in pages/; kit and console hold no screens."""


def tracked():
    """Every file that belongs to the project, new ones too."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def modules(*folders):
    """The Python files of some folders, with the names that failures show."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in found]


def in_words(path):
    """The text of a file, and "" for a picture or a Word file."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


PRODUCT = [pytest.param(ROOT / "app.py", id="app.py"), *modules(*FLOORS)]
SCREENS = [path for path in modules(*(f"pages/{room}" for room in ROOMS)) if not path.id.endswith("__init__.py")]


def test_no_screen_stands_directly_in_pages_where_it_would_be_served_without_app_py():
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


def test_every_room_of_screens_is_known_to_these_tests():
    rooms = {path.parent.name for path in (ROOT / "pages").glob("*/*.py")}

    assert rooms == {*ROOMS, "kit", "console", *({"answer_box"} & rooms)}


def test_app_py_stays_a_table_of_contents():
    text = (ROOT / "app.py").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 100  # a line for each screen
    assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(ast.parse(text)))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_reads_from_top_to_bottom(screen):
    text = screen.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 60
    assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Try) for node in ast.walk(ast.parse(text)))
    assert "session_state" not in text


@pytest.mark.parametrize("module", PRODUCT)
def test_nothing_runs_what_people_typed_and_no_screen_bypasses_streamlit(module):
    text = module.read_text(encoding="utf-8")

    for word in ("unsafe_allow_html", "st.html(", "import pickle", "yaml.load(", "st.connection", "eval(", "exec("):
        assert not re.search(rf"(?<![\w.]){re.escape(word)}", text), word


@pytest.mark.parametrize("module", modules("pages", "mcplan", "questionnaire"))
def test_sql_is_written_in_storage_only(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not re.search(r"\b(SELECT\s.+\sFROM|INSERT INTO|UPDATE\s\w+\sSET|DELETE FROM|PRAGMA)\s", node.value)


PLAIN_SQL = {"schema.py", "database.py", "file.py", "contents.py", "restoring.py", "checkup.py"}
"""Modules of storage that look after the database itself. Plain SQL passes the guard unseen: elsewhere it is banned."""
EVERY_PLAN = {
    "schema.py",
    "guard.py",
    "access.py",
    "summaries.py",
    "invitations.py",
    "contents.py",
    "notices.py",
    "rooms.py",
}
"""The modules of storage that may reach more plans than the one that was opened: each use of it was looked at."""


@pytest.mark.parametrize("module", modules("storage"))
def test_no_statement_passes_the_guard_unseen(module):
    if "migrations" in module.parts:
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {getattr(node.func, "attr", getattr(node.func, "id", "")) for node in calls(tree)}
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}

    unseen = {"text", "exec_driver_sql", "literal_column", "TextClause", "raw_connection", "cursor", "executescript"}
    assert module.name in PLAIN_SQL or not called & unseen
    assert module.name in EVERY_PLAN or "AllPlans" not in named


@pytest.mark.parametrize("module", modules("pages"))
def test_screens_come_to_a_plan_through_its_door_only(module):
    named = {node.id for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}

    assert not named & {"open_scope", "within", "AllPlans", "FewPlans", "OnePlan", "PlansOf", "open_new", "open_plans"}


def calls(tree):
    """Every call in a piece of code."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("module", PRODUCT)
def test_a_file_is_one_thought_and_says_which(module):
    text = module.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 300
    assert not text or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("module", modules(*FLOORS))
def test_what_others_may_use_says_what_it_is(module):
    offered = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = [node for node in ast.parse(module.read_text(encoding="utf-8")).body if isinstance(node, offered)]

    # Alembic gives migrations their two functions, and the file says what they are for.
    public = [node for node in names if not node.name.startswith("_") and "migrations" not in module.parts]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("module", PRODUCT)
def test_errors_are_caught_by_name(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            broad = isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            assert not broad or any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))


@pytest.mark.parametrize("command", [command.__name__.rstrip("_") for command in COMMANDS])
def test_the_readme_explains_every_command(command):
    assert f"mcplan {command}" in in_words(ROOT / "README.md")


def test_the_readme_starts_with_the_two_commands_people_need():
    text = in_words(ROOT / "README.md")

    assert 0 < text.index("make run") < text.index("make test") < text.index("## ")


def test_architecture_names_only_files_that_are_there():
    named = re.findall(r"`([a-z_]+(?:/[a-z_.0-9-]+)+)`", in_words(ROOT / "ARCHITECTURE.md"))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_changelog_tells_of_this_version():
    version = tomllib.loads(in_words(ROOT / "pyproject.toml"))["project"]["version"]

    assert re.findall(r"^## (\S+)", in_words(ROOT / "CHANGELOG.md"), re.MULTILINE)[0] == version


def test_no_file_names_a_machine_or_the_host_of_a_package_registry():
    # Put together here, or this file would name them itself.
    places = (
        "py" + "pi.org",
        "python" + "hosted",
        "registry." + "npmjs",
        "deb." + "debian",
        "/wo" + "rk/",
        "/far" + "m/",
    )
    wrong = [f"{path.relative_to(ROOT)}: {place}" for path in tracked() for place in places if place in in_words(path)]

    assert wrong == []


def test_the_locks_pin_every_package_by_its_hash():
    needed = tomllib.loads(in_words(ROOT / "pyproject.toml"))
    run, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert run <= dev
    assert {name_of(each) for each in needed["project"]["dependencies"]} <= {name for name, _ in run}
    assert {name_of(each) for each in needed["dependency-groups"]["dev"]} <= {name for name, _ in dev}


def pinned(lock):
    """Name and version of each package in a lock; each must come with a hash."""
    entries = re.split(r"^(?=[a-z0-9])", in_words(ROOT / lock), flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    return {
        (name, version)
        for entry in entries
        for name, version in re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", entry)
    }


def name_of(requirement):
    """The name in a requirement, as locks write it."""
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_links_and_accent_can_be_read_on_every_ground(mode):
    theme = tomllib.loads(in_words(ROOT / ".streamlit" / "config.toml"))["theme"][mode]
    grounds = {
        part[ground] for part in (theme, theme["sidebar"]) for ground in ("backgroundColor", "secondaryBackgroundColor")
    }

    for ground in grounds:
        assert contrast(theme["textColor"], ground) >= 7
        assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast(theme["borderColor"], ground) >= 2.9  # what can be filled in shows where it ends
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= 4.5


def test_light_and_dark_are_one_design():
    theme = tomllib.loads(in_words(ROOT / ".streamlit" / "config.toml"))["theme"]
    colours = {name for part in (theme["light"], theme["dark"]) for name in part} - {"sidebar"}

    assert set(theme["light"]) == set(theme["dark"])
    assert all(name.endswith("Color") for name in colours)


def contrast(one, other):
    """The WCAG contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    """The relative luminance of #rrggbb, 0 to 1 (source: WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
