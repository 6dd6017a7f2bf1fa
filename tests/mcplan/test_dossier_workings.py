"""Tables in the dossier, and the chapter of what follows from the answers."""

from mcplan.dossier import write_dossier
from mcplan.dossier.blocks import Figure, Heading, Table
from mcplan.example import load_example
from questionnaire.load import load_questionnaire
from questionnaire.model import Column
from tests.builders import a_plan, a_question, a_questionnaire, an_answer
from tests.mcplan.dossiers import a_dossier, chapter, said_in

STEPS = a_question(
    "steps",
    kind="table",
    columns=(
        Column("name", "Step"),
        Column("hours", "Hours", "number", unit="h"),
        Column("after", "After", "rows", of="first.steps"),
        Column("never", "Never said"),
    ),
)
ROWS = [{"id": "a", "name": "Cut", "hours": 2.0}, {"id": "b", "name": "Sew", "after": ["a"]}]


def table(question, rows):
    given = a_dossier(a_questionnaire(question), a_plan(an_answer(question.id, {"rows": rows})))
    return next(each for each in write_dossier(given) if isinstance(each, Table) and each.caption == question.ask)


def test_a_table_stands_as_a_table_with_the_columns_that_say_something():
    found = table(STEPS, ROWS)
    assert [column.title for column in found.columns] == ["Step", "Hours", "After"]
    assert said_in([found]) == "Cut | 2 h | –\nSew | – | Cut"


def test_many_columns_share_the_last():
    columns = tuple(Column(f"c{place}", f"Part {place}") for place in range(9))
    wide = a_question("wide", kind="table", columns=columns)
    found = table(wide, [{"id": "a", **{column.id: column.label.lower() for column in columns}}])
    assert [column.title for column in found.columns] == [*(f"Part {place}" for place in range(5)), "Further"]
    assert said_in([found]).endswith("Part 5: part 5; Part 6: part 6; Part 7: part 7; Part 8: part 8")


def example(**fields):
    return a_dossier(load_questionnaire(), load_example(), **fields)


def test_what_follows_from_the_answers_has_a_chapter_before_the_phases():
    blocks = write_dossier(example())
    titles = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert titles.index("What follows from the answers") < titles.index("Strategic planning")
    worked = chapter(example(), "What follows from the answers")
    assert "Breaks even at 55 learners a year" in worked
    assert "LO4: Justify" in worked
    assert "counts toward CERT" in worked


def test_a_picture_stands_where_one_was_drawn():
    pictures = dict.fromkeys(("design", "pathway", "years", "drivers"), b"png")
    figures = [block for block in write_dossier(example(pictures=pictures)) if isinstance(block, Figure)]
    assert len(figures) == 4
    assert all(figure.caption and 0 < len(figure.says) <= 300 for figure in figures)
    assert not [block for block in write_dossier(example()) if isinstance(block, Figure)]


def test_there_is_no_such_chapter_while_nothing_follows():
    titles = [
        block.text for block in write_dossier(a_dossier(a_questionnaire(), a_plan())) if isinstance(block, Heading)
    ]
    assert "What follows from the answers" not in titles


def test_a_short_paper_leaves_it_to_the_dossier():
    assert "What follows" not in said_in(write_dossier(example(brief=True)))
