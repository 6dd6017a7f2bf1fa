"""Who may open a plan, on the screen: for each role, for a stranger, and for who comes by a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mcplan.membership import end_of
from mcplan.people import Person
from mcplan.roles import ROLE_ORDER, ROLE_WORDS
from pages.kit import desk
from storage.access import authorize
from storage.database import reading, writing
from storage.invitations import accept_invitations, fetch_invitations, invite_by_email, invite_by_link
from storage.members import fetch_members, remove_member_of_plan, set_end
from storage.people import set_admin
from storage.plans import start_plan
from tests.builders import a_plan
from tests.enrolled import DANA, ISSUER, KIM, SAM, enrol
from tests.pages.conftest import SCREENS, words

NOW = datetime.now(UTC)


@pytest.fixture
def danas(installation) -> str:
    """Dana's plan, in an installation where people sign in."""
    enrol(desk.engine(), DANA, SAM, KIM)
    with writing(desk.engine()) as session:
        return start_plan(session, desk.questionnaire(), a_plan(id=""), person=DANA, at=NOW)


def as_dana(plan_id, work):
    with writing(desk.engine()) as session:
        return work(authorize(session, DANA, plan_id, "manage_members", NOW))


def let_in(plan_id, person, role):
    as_dana(plan_id, lambda access: invite_by_email(access, person.email, role, at=NOW))
    with writing(desk.engine()) as session:
        assert accept_invitations(session, person, NOW)


def roles(plan_id, person=DANA):
    with reading(desk.engine()) as session:
        return {each.name: each.role for each in fetch_members(authorize(session, person, plan_id, "view", NOW))}


def invitations(plan_id):
    return as_dana(plan_id, lambda access: fetch_invitations(access, NOW))


def folds(page):
    """The labels of the folds on the screen, without those of the sidebar."""
    return [fold.proto.popover.label for fold in page.main.get("popover")]


def submit(page, label):
    return next(each for each in page.button if each.label == label).click().run()


def field(kind, label):
    return next(each for each in kind if each.label == label)


def said(page):
    return words(page).replace("\\", "")


@pytest.mark.parametrize("role", ROLE_ORDER)
def test_everybody_sees_who_is_in_and_only_owners_can_change_it(as_person, danas, role):
    let_in(danas, SAM, role)
    page = as_person(SAM, plan=danas)
    assert not page.exception
    assert not page.error
    shown = said(page)
    assert "2 people may open this plan" in shown
    assert "**Sam Ito (you)** · " + ": ".join(ROLE_WORDS[role]) in shown
    assert "**Dana Okafor** · Owner: writes" in shown
    changes = ["Invite by e-mail", "Invite by a link", "Change somebody", "Hand over"] if role == "owner" else []
    assert folds(page) == [*changes, "Leave"]
    assert ("dana@north.example" in shown) == (role == "owner")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_stranger_gets_the_answer_of_a_plan_that_never_was(as_person, danas, screen):
    answers = []
    for plan_id in (danas, "no-such-plan"):
        page = as_person(KIM, screen, plan=plan_id)
        assert not page.exception
        answers.append(said(page))
    assert answers[0] == answers[1]
    assert "no longer there" in answers[0]
    assert "Cold chain" not in answers[0]


def test_an_administrator_opens_no_plan_by_that_alone(as_person, danas):
    with writing(desk.engine()) as session:
        set_admin(session, ISSUER, KIM.id, is_admin=True, at=NOW)
    page = as_person(KIM, plan=danas)
    assert "no longer there" in said(page)
    assert "Cold chain" not in said(page)


def test_without_sign_in_the_screen_says_who_owns_what(visit, larkfield):
    page = visit(plan=larkfield).switch_page(SCREENS["people"]).run()
    assert "everybody at this computer owns every plan" in said(page)
    assert folds(page) == []


def test_an_owner_invites_an_address(as_person, danas):
    page = as_person(DANA, plan=danas)
    field(page.text_input, "E-mail address").set_value(" Sam@North.example")
    page = submit(page, "Invite")
    assert "Sam@North.example is invited." in said(page)
    assert "**sam@north.example**" in said(page)
    assert field(page.text_input, "E-mail address").value == ""
    (invitation,) = invitations(danas)
    assert (invitation.role, invitation.ends_at - invitation.at) == ("editor", timedelta(days=7))


def test_a_slip_of_the_pen_is_said_and_not_lost(as_person, danas):
    page = as_person(DANA, plan=danas)
    field(page.text_input, "E-mail address").set_value("sam at north")
    page = submit(page, "Invite")
    assert "It should look like sam@example.org" in said(page)
    assert field(page.text_input, "E-mail address").value == "sam at north"
    assert invitations(danas) == ()


def test_a_link_is_shown_once_and_lets_in(as_person, danas):
    page = submit(as_person(DANA, plan=danas), "Make a link")
    link = page.code[0].value
    page.button(key="link-seen").click().run()
    assert not page.code
    assert not as_person(DANA, plan=danas).code

    guest = as_person(SAM, "", invite=link.partition("?invite=")[2])
    assert not guest.exception
    assert "invite" not in guest.query_params
    assert guest.query_params["plan"] in (danas, [danas])
    assert guest.title[0].value == "Cold chain basics"
    assert "You are in." in said(guest)
    assert roles(danas) == {"Dana Okafor": "owner", "Sam Ito": "viewer"}


def test_a_link_is_shown_beside_no_other_plan(as_person, danas):
    with writing(desk.engine()) as session:
        other = start_plan(session, desk.questionnaire(), a_plan(id="", title="Another"), person=DANA, at=NOW)
    page = submit(as_person(DANA, plan=danas), "Make a link")
    assert page.code
    page.query_params["plan"] = other
    assert not page.run().code


def test_an_invited_address_is_in_from_its_first_sign_in_on(as_person, danas):
    ana = Person("ana", "Ana Ruiz", "Ana@South.example")
    as_dana(danas, lambda access: invite_by_email(access, "ana@south.example", "viewer", at=NOW))
    page = as_person(ana, plan=danas)
    assert "**Ana Ruiz (you)** · Viewer: reads" in said(page)


def test_an_address_of_lookalike_letters_is_nobodys(as_person, danas):
    as_dana(danas, lambda access: invite_by_email(access, "kit@kelvin.example", "viewer", at=NOW))
    page = as_person(Person("other", "Other", "\u212ait@\u212aelvin.example"), plan=danas)
    assert "no longer there" in said(page)


def test_a_link_that_lets_nobody_in_is_one_sentence_and_no_title(as_person, danas):
    _, secret = as_dana(danas, lambda access: invite_by_link(access, "viewer", days=1, at=NOW - timedelta(days=2)))
    for word in (secret, "never was"):
        page = as_person(KIM, "", invite=word)
        assert not page.exception
        assert [error.value.replace("\\", "") for error in page.error] == [
            "This invitation does not work, or not any more. Ask whoever sent it for a new one."
        ]
        assert "invite" not in page.query_params
        assert "Cold chain" not in said(page)


def test_without_sign_in_a_link_changes_nothing(visit, larkfield):
    page = visit(invite="any")
    assert not page.exception
    assert "every plan is open to you" in said(page)
    assert "invite" not in page.query_params


def test_an_invitation_is_taken_back(as_person, danas):
    as_dana(danas, lambda access: invite_by_email(access, SAM.email, "viewer", at=NOW))
    page = as_person(DANA, plan=danas)
    page.button(key=f"end-{invitations(danas)[0].id}").click().run()
    assert "taken back" in said(page)
    assert invitations(danas) == ()


def test_an_owner_gives_another_role_and_a_last_day(as_person, danas):
    let_in(danas, SAM, "editor")
    page = as_person(DANA, plan=danas)
    day = (NOW + timedelta(days=3)).date()
    page.selectbox(key="role-sam 0").set_value("facilitator")
    page.date_input(key="day-sam 0").set_value(day)
    page = submit(page, "Save")
    assert "Sam Ito is changed." in said(page)
    assert f"until {day.day} {day:%B %Y}" in said(page)
    assert roles(danas)["Sam Ito"] == "facilitator"


def test_a_last_day_that_is_over_is_said(as_person, danas):
    let_in(danas, SAM, "editor")
    page = as_person(DANA, plan=danas)
    page.date_input(key="day-sam 0").set_value((NOW - timedelta(days=3)).date())
    page.selectbox(key="role-sam 0").set_value("viewer")
    page = submit(page, "Save")
    assert "This day is over" in said(page)
    assert roles(danas)["Sam Ito"] == "editor"


def test_somebody_whose_last_day_is_over_stands_on_the_list_and_is_out(as_person, danas):
    let_in(danas, SAM, "editor")
    as_dana(danas, lambda access: set_end(access, "sam", end_of(NOW.date()), at=NOW - timedelta(days=9)))
    with writing(desk.engine()) as session:
        access = authorize(session, DANA, danas, "manage_members", NOW)
        set_end(access, "sam", end_of((NOW - timedelta(days=2)).date()), at=NOW - timedelta(days=9))
    assert "not any more: it was until" in said(as_person(DANA, plan=danas))
    assert "1 person may open" in said(as_person(DANA, plan=danas))
    assert "no longer there" in said(as_person(SAM, plan=danas))


def test_somebody_taken_off_the_list_is_out_at_the_next_click(as_person, danas):
    let_in(danas, SAM, "editor")
    page = as_person(SAM, plan=danas)
    as_dana(danas, lambda access: remove_member_of_plan(access, "sam", at=NOW))
    page.run()
    assert not page.exception
    assert "no longer there" in said(page)


def test_an_owner_takes_somebody_off_the_list(as_person, danas):
    let_in(danas, SAM, "editor")
    page = submit(as_person(DANA, plan=danas), "Take off the list")
    assert "Sam Ito cannot open this plan any more" in said(page)
    assert roles(danas) == {"Dana Okafor": "owner"}


@pytest.mark.parametrize(("answer", "after"), [("become an editor", {"Dana Okafor": "editor"}), ("leave the plan", {})])
def test_a_plan_is_handed_over(as_person, danas, answer, after):
    let_in(danas, SAM, "viewer")
    page = as_person(DANA, plan=danas)
    field(page.radio, "And you").set_value(answer)
    page = submit(page, "Hand over")
    assert not page.exception
    assert "Sam Ito owns the plan now." in said(page)
    assert roles(danas, SAM) == {"Sam Ito": "owner", **after}


def test_whoever_leaves_is_back_at_the_list_of_plans(as_person, danas):
    let_in(danas, SAM, "viewer")
    page = submit(as_person(SAM, plan=danas), "Leave the plan")
    assert not page.exception
    assert "You have left the plan." in said(page)
    assert page.title[0].value == "Micro-credential plans"
    assert roles(danas) == {"Dana Okafor": "owner"}


def test_the_last_owner_cannot_leave(as_person, danas):
    page = submit(as_person(DANA, plan=danas), "Leave the plan")
    assert "A plan needs an owner" in said(page)
    assert roles(danas) == {"Dana Okafor": "owner"}


def test_a_name_with_markdown_is_shown_as_it_is(as_person, danas):
    loud = replace(SAM, id="loud", name="![x](http://example.org/x.png) *Sam*", email="loud@north.example")
    enrol(desk.engine(), loud)
    let_in(danas, loud, "viewer")
    shown = words(as_person(DANA, plan=danas))
    assert "\\!\\[x\\]" in shown
    assert "![x]" not in shown
