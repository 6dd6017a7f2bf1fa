"""Who may open a plan, and the installation, in the words of the screens."""

from dataclasses import replace
from datetime import timedelta

from mcplan.invitations import new_invitation
from mcplan.membership import Membership, end_of
from mcplan.people import Person
from mcplan.views.installation import say_size, view_installation
from mcplan.views.people import view_people
from tests.builders import NOON, a_question, a_questionnaire

DANA = Membership("dana", "Dana Okafor", "owner", "Dana Okafor", NOON, email="dana@north.example")
SAM = Membership("sam", "Sam Ito", "viewer", "Dana Okafor", NOON, email="sam@north.example")
LATER = NOON + timedelta(days=5)


def facts(people, person_id, at=LATER):
    view = view_people(people, (), Person(person_id, "Whoever"), at)
    return [member.facts for member in view.members]


def test_an_owner_reads_every_address_and_others_none():
    assert facts((DANA, SAM), "dana") == [
        "dana@north.example · since 2 March 2027",
        "sam@north.example · since 2 March 2027 · let in by Dana Okafor",
    ]
    assert facts((DANA, SAM), "sam") == ["since 2 March 2027", "since 2 March 2027 · let in by Dana Okafor"]


def test_a_last_day_is_said_before_and_after():
    sam = replace(SAM, ends_at=end_of(LATER.date()))
    assert facts((sam,), "sam")[0].endswith("until 7 March 2027")
    assert facts((sam,), "sam", LATER + timedelta(days=1))[0].endswith("not any more: it was until 7 March 2027")


def test_whoever_cannot_sign_in_is_marked_and_cannot_take_over():
    view = view_people((DANA, replace(SAM, is_disabled=True)), (), Person("dana", "Dana Okafor"), LATER)
    assert view.members[1].facts.endswith("cannot sign in at present")
    assert view.changeable == (replace(SAM, is_disabled=True),)
    assert view.takers == ()


def test_people_are_counted_who_may_open_the_plan_now():
    over = replace(SAM, ends_at=NOON)
    assert view_people((DANA, over), (), Person("dana", ""), LATER).summary == "1 person may open this plan."
    assert view_people((DANA, SAM), (), Person("dana", ""), LATER).summary == "2 people may open this plan."


def test_an_invitation_says_for_whom_and_how_long():
    asked = new_invitation("i", "editor", "Dana Okafor", NOON, email="kim@south.example")
    link = new_invitation("i", "viewer", "Dana Okafor", NOON)
    cards = view_people((DANA,), (asked, link, replace(link, used=2)), Person("dana", ""), LATER).invitations
    assert [(card.whom, card.facts) for card in cards] == [
        ("kim@south.example", "as editor · by Dana Okafor · open until 9 March 2027"),
        ("Whoever has the link", "as viewer · by Dana Okafor · open until 9 March 2027 · nobody has used it yet"),
        ("Whoever has the link", "as viewer · by Dana Okafor · open until 9 March 2027 · 2 people came in by it"),
    ]


def test_the_installation_is_told_without_folders_and_addresses():
    asked = a_questionnaire(a_question("one"), a_question("two"))
    view = view_installation(asked, "/srv/our/questions", "/srv/our/plans.db", "0002")
    assert view.questions == "1 phase with 2 questions, from the folder questions."
    assert view.phases == ("First phase: 2 questions",)
    beside = replace(asked, phases=(replace(asked.phases[0], numbered=False),))
    assert say_size(beside) == "no phases and 1 block beside them with 2 questions"
    assert view.database == "Plans are kept in the file plans.db, with the tables of revision 0002."
    assert "a PostgreSQL server" in view_installation(asked, "questions", "", "0002").database
