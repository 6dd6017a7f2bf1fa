"""Skills across plans: gaps, overlaps, and when two names are one skill."""

from mcplan.skills import map_skills
from mcplan.views.skills import view_skills
from tests.mcplan.designs import known_by_id


def plan(title, skills, aimed_at=()):
    rows = [{"id": f"s{place}", **skill} for place, skill in enumerate(skills)]
    outcomes = [{"id": "lo1", "name": "LO1", "skills": [f"s{place}" for place in aimed_at]}] if aimed_at else []
    return known_by_id({"design.skills": rows, "design.outcomes": outcomes}, title=title)


WELD, LIFT = {"skill": "Weld a pipe"}, {"skill": "Lift safely", "framework": "ESCO", "code": "S6.1"}


def test_a_skill_is_taught_once_an_outcome_points_to_it():
    weld, lift = map_skills([plan("Welding", [WELD, LIFT], aimed_at=[0])])
    assert (weld.taught, weld.wanted, weld.is_gap) == (("Welding",), (), False)
    assert (lift.taught, lift.wanted, lift.is_gap) == ((), ("Welding",), True)


def test_the_same_code_or_else_the_same_name_is_one_skill():
    again = LIFT | {"skill": "Move loads without harm"}
    found = map_skills(
        [plan("A", [WELD, LIFT], aimed_at=[0, 1]), plan("B", [{"skill": " weld  a PIPE"}, again], aimed_at=[0, 1])]
    )
    assert [(skill.name, skill.taught, skill.is_overlap) for skill in found] == [
        ("Weld a pipe", ("A", "B"), True),
        ("Lift safely", ("A", "B"), True),
    ]
    assert len(map_skills([plan("A", [LIFT]), plan("B", [LIFT | {"code": "S6.2"}])])) == 2


def test_gaps_come_first_then_what_is_taught_twice():
    skills = map_skills(
        [plan("A", [{"skill": "Zinc"}, WELD, {"skill": "Cut"}], aimed_at=[1, 2]), plan("B", [WELD], aimed_at=[0])]
    )
    view = view_skills(skills)
    assert [row.skill for row in view.rows] == ["Zinc", "Weld a pipe", "Cut"]
    assert view.message == "3 skills: 1 gap, 1 taught more than once"
