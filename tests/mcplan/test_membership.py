"""Who may open a plan: the rules, and what holds whatever people do to the list."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mcplan.invitations import (
    LINK_ROLES,
    InvitationRefused,
    is_for,
    new_invitation,
    read_email,
    welcomed,
)
from mcplan.membership import (
    MOST_PEOPLE,
    Membership,
    MembershipRefused,
    end_of,
    find_member,
    handed_over,
    in_order,
    last_day,
    may_less,
    until,
    with_end,
    with_member,
    with_role,
    without,
)
from mcplan.people import Person
from mcplan.roles import ROLE_ORDER
from tests.builders import NOON

DANA = Membership("dana", "Dana Okafor", "owner", "Dana Okafor", NOON, email="dana@north.example")
SAM = Membership("sam", "Sam Ito", "editor", "Dana Okafor", NOON, email="sam@north.example")
KIM = Person("kim", "Kim Reyes", "kim@south.example")
LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        lambda people: without(people, "dana"),
        lambda people: with_role(people, "dana", "editor"),
        lambda people: handed_over(people, "dana", "dana", stay=True),
        lambda people: with_end(people, "dana", NOON + timedelta(days=1), NOON),
    ],
    ids=["leaves", "is made less", "hands over to herself", "gets a last day"],
)
def test_the_last_owner_stays_one(change):
    with pytest.raises(MembershipRefused):
        change((DANA, SAM))


def test_an_owner_who_cannot_sign_in_looks_after_nothing():
    away = replace(SAM, role="owner", is_disabled=True)
    with pytest.raises(MembershipRefused, match="A plan needs an owner"):
        without((DANA, away), "dana")
    with pytest.raises(MembershipRefused, match="A plan needs an owner"):
        handed_over((DANA, replace(SAM, is_disabled=True)), "dana", "sam", stay=True)
    assert without((DANA, replace(away, is_disabled=False)), "dana")


def test_nobody_hands_a_plan_over_to_themselves():
    with pytest.raises(MembershipRefused, match="You own this plan already"):
        handed_over((DANA, replace(SAM, role="owner")), "dana", "dana", stay=True)


@pytest.mark.parametrize("stay", [True, False])
def test_whoever_hands_a_plan_over_becomes_an_editor_or_leaves(stay):
    people = handed_over((DANA, replace(SAM, ends_at=LATER)), "dana", "sam", stay=stay)
    assert find_member(people, "sam") == replace(SAM, role="owner")
    assert [each.role for each in people if each.person_id == "dana"] == (["editor"] if stay else [])


def test_somebody_who_is_not_on_the_list_cannot_be_changed():
    for change in (without, find_member):
        with pytest.raises(MembershipRefused, match="not on the list any more"):
            change((DANA,), "kim")


def test_a_last_day_counts_to_its_end():
    ends_at = end_of(date(2027, 3, 5))
    (_, sam) = with_end((DANA, SAM), "sam", ends_at, NOON)
    assert sam.holds(datetime(2027, 3, 5, 23, 59, tzinfo=UTC))
    assert not sam.holds(datetime(2027, 3, 6, tzinfo=UTC))
    assert (last_day(ends_at), until(sam), until(SAM)) == (date(2027, 3, 5), "until 5 March 2027", "without an end")


def test_a_last_day_that_is_over_is_refused():
    with pytest.raises(MembershipRefused, match="This day is over"):
        with_end((DANA, SAM), "sam", NOON, NOON)


def test_the_list_shows_who_may_most_first():
    ana = replace(SAM, person_id="ana", name="ana")
    assert [each.name for each in in_order([SAM, ana, DANA])] == ["Dana Okafor", "ana", "Sam Ito"]


def test_a_full_list_takes_nobody_but_changes():
    full = (DANA, *(replace(SAM, person_id=str(place)) for place in range(MOST_PEOPLE - 1)))
    with pytest.raises(MembershipRefused, match="200 people at most"):
        with_member(full, SAM)
    assert find_member(with_role(full, "7", "viewer"), "7").role == "viewer"


def test_a_reviewer_made_editor_may_less_and_an_editor_made_owner_may_not():
    assert may_less("reviewer", "editor")
    assert may_less("editor", "viewer")
    assert not may_less("editor", "owner")
    assert not may_less("viewer", "reviewer")


@pytest.mark.parametrize("typed", ["sam@north.example", "  SAM@North.Example ", "s.i+x@a-b.co.uk"])
def test_an_address_is_read_in_lower_case(typed):
    assert read_email(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed",
    [
        "", "sam", "sam@", "@north.example", "sam@north", "sam@@north.example", "sam ito@north.example",
        "sam@north..example", "sam@north.example\n,kim@south.example", "sam@" + "n" * 250 + ".example",
        "s\u0000m@north.example",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said(typed):
    with pytest.raises(MembershipRefused, match=r"like sam@example\.org"):
        read_email(typed)


@given(st.text(min_size=1))
def test_no_other_spelling_becomes_the_address_of_somebody_else(name):
    invitation = new_invitation("i", "editor", "Dana Okafor", NOON, email="kim@kelvin.example")
    for email in (
        f"{name}@kelvin.example",
        f"kim@{name}.example",
        "\u212aim@kelvin.example",
        "kim@\u212aelvin.example",
    ):
        same = email.isascii() and email.lower() == invitation.email
        assert is_for(invitation, Person("x", "X", email)) == same


@pytest.mark.parametrize("days", [0, -1, 61])
def test_an_invitation_is_open_for_a_day_to_two_months(days):
    with pytest.raises(MembershipRefused, match="1 to 60 days"):
        new_invitation("i", "viewer", "Dana Okafor", NOON, days=days)
    assert new_invitation("i", "viewer", "Dana Okafor", NOON).ends_at == NOON + timedelta(days=7)


def test_a_link_makes_no_owner_and_an_address_may():
    with pytest.raises(MembershipRefused, match="never makes an owner"):
        new_invitation("i", "owner", "Dana Okafor", NOON)
    assert new_invitation("i", "owner", "Dana Okafor", NOON, email="kim@south.example").role == "owner"


def test_an_invitation_lets_in_whom_it_is_for_while_it_is_open():
    asked = new_invitation("i", "editor", "Dana Okafor", NOON, email="kim@south.example")
    assert find_member(welcomed((DANA,), asked, replace(KIM, email="KIM@South.example"), LATER), "kim").role == "editor"
    for invitation, person, at in (
        (asked, replace(KIM, email="kim@north.example"), LATER),
        (asked, replace(KIM, email=""), LATER),
        (asked, KIM, NOON + timedelta(days=7)),
        (replace(asked, ended_at=NOON), KIM, LATER),
    ):
        with pytest.raises(InvitationRefused):
            welcomed((DANA,), invitation, person, at)


@pytest.mark.parametrize("email", ["", "sam@north.example"])
def test_an_invitation_changes_nothing_for_somebody_who_is_in(email):
    asked = new_invitation("i", "viewer", "Dana Okafor", NOON, email=email)
    assert welcomed((DANA, SAM), asked, Person("sam", "Sam Ito", "sam@north.example"), LATER) == (DANA, SAM)


def test_after_a_last_day_only_an_invitation_by_name_lets_in_again():
    over, sam = replace(SAM, ends_at=NOON), Person("sam", "Sam Ito", "sam@north.example")
    with pytest.raises(InvitationRefused):
        welcomed((DANA, over), new_invitation("i", "viewer", "Dana Okafor", NOON), sam, LATER)
    asked = new_invitation("i", "viewer", "Dana Okafor", NOON, email="sam@north.example")
    back = find_member(welcomed((DANA, over), asked, sam, LATER), "sam")
    assert (back.role, back.ends_at) == ("viewer", None)


def test_what_is_kept_of_an_invitation_shows_no_whole_address():
    assert new_invitation("i", "viewer", "D", NOON, email="kim@south.example").whom == "k…@south.example"
    assert new_invitation("i", "viewer", "D", NOON).whom == "whoever has a link"


NAMES = st.sampled_from(("dana", "sam", "kim", "ana"))
ROLES = st.sampled_from(ROLE_ORDER)


class PeopleOfAPlan(RuleBasedStateMachine):
    """Owners do to the list whatever they like, and others come and go."""

    def __init__(self):
        super().__init__()
        self.people, self.at = (DANA,), NOON
        self.links, self.given = [], {"dana": {"owner"}}

    def _try(self, change):
        try:
            self.people = change()
        except (MembershipRefused, InvitationRefused):
            return False
        return True

    @rule(hours=st.integers(1, 100))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    @rule(role=ROLES, days=st.integers(0, 61), by_name=st.one_of(st.none(), NAMES))
    def somebody_is_invited(self, role, days, by_name):
        email = f"{by_name}@north.example" if by_name else ""
        try:
            self.links.append(new_invitation("i", role, "Dana Okafor", self.at, email=email, days=days))
        except MembershipRefused:
            assert days in (0, 61) or (role == "owner" and not by_name)

    @precondition(lambda self: self.links)
    @rule(name=NAMES, which=st.integers(0, 9))
    def somebody_comes(self, name, which):
        invitation = self.links[which % len(self.links)]
        was_in = any(each.person_id == name and each.holds(self.at) for each in self.people)
        person = Person(name, name.title(), f"{name}@north.example")
        came = self._try(lambda: welcomed(self.people, invitation, person, self.at))
        if came and not was_in:
            assert invitation.is_open(self.at)
            self.given.setdefault(name, set()).add(invitation.role)

    @rule(name=NAMES, role=ROLES)
    def somebody_gets_a_role(self, name, role):
        if self._try(lambda: with_role(self.people, name, role)):
            self.given[name].add(role)

    @rule(name=NAMES, hours=st.one_of(st.none(), st.integers(-10, 100)))
    def somebody_gets_a_last_day(self, name, hours):
        ends_at = None if hours is None else self.at + timedelta(hours=hours)
        self._try(lambda: with_end(self.people, name, ends_at, self.at))

    @rule(name=NAMES)
    def somebody_leaves(self, name):
        self._try(lambda: without(self.people, name))

    @rule(giver=NAMES, taker=NAMES, stay=st.booleans())
    def somebody_hands_over(self, giver, taker, stay):
        if any(each.person_id == giver and each.role == "owner" for each in self.people) and self._try(
            lambda: handed_over(self.people, giver, taker, stay=stay)
        ):
            self.given[taker].add("owner")
            self.given[giver].add("editor")

    @invariant()
    def somebody_owns_the_plan(self):
        assert any(each.role == "owner" and each.holds(self.at) for each in self.people)

    @invariant()
    def nobody_has_a_role_that_nobody_gave(self):
        assert all(each.role in self.given[each.person_id] for each in self.people)

    @invariant()
    def nobody_is_on_the_list_twice(self):
        assert len({each.person_id for each in self.people}) == len(self.people)


TestPeopleOfAPlan = PeopleOfAPlan.TestCase
TestPeopleOfAPlan.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_links_offer_every_role_but_one():
    assert set(ROLE_ORDER) - set(LINK_ROLES) == {"owner"}
