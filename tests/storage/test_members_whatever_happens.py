"""Whatever owners and guests do to the people of a plan, and in whatever order: on a database file."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mcplan.invitations import LINK_ROLES
from mcplan.membership import MembershipRefused, may_less
from mcplan.people import NotAllowed
from mcplan.roles import ROLE_ORDER
from storage.access import authorize
from storage.database import open_database, reading, writing
from storage.invitations import accept_invitations, accept_link, invite_by_email, invite_by_link
from storage.members import change_role, fetch_members, hand_over, leave, remove_member_of_plan, set_end
from storage.plans import NoSuchPlan, start_plan
from tests.builders import HERE, NOON, a_plan, a_question, a_questionnaire
from tests.enrolled import DANA, KIM, SAM, enrol

PEOPLE = {person.id: person for person in (DANA, SAM, KIM)}
WHO, ROLES = st.sampled_from(sorted(PEOPLE)), st.sampled_from(ROLE_ORDER)


class PlanInUse(RuleBasedStateMachine):
    """Three people, one plan, and every door to it."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.engine = open_database(f"sqlite:///{Path(self.folder.name)}/plans.db", create=True)
        enrol(self.engine, *PEOPLE.values())
        with writing(self.engine) as session:
            self.plan = start_plan(session, a_questionnaire(a_question()), a_plan(id=""), person=DANA, at=NOON)
        self.at = NOON
        self.links = []
        self.asked = {}
        self.less_since = dict.fromkeys(PEOPLE, NOON)
        """When an owner last gave somebody less: an older invitation must not let them in any more."""

    def teardown(self):
        self.engine.dispose()
        self.folder.cleanup()

    def people(self):
        with reading(self.engine) as session:
            found = fetch_members(authorize(session, HERE, self.plan, "view", self.at))
        return {each.person_id: each for each in found}

    def owners(self):
        """Those whom most of the deeds are possible to."""
        return sorted(who for who, each in self.people().items() if each.role == "owner")

    def try_as(self, who, work, permission="manage_members"):
        """True if the plan lets this person do that."""
        self.at += timedelta(minutes=1)
        try:
            with writing(self.engine) as session:
                work(authorize(session, PEOPLE[who], self.plan, permission, self.at))
        except (MembershipRefused, NotAllowed, NoSuchPlan):
            return False
        return True

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    @rule(other=WHO, role=ROLES)
    def a_role_is_changed(self, other, role):
        before = self.people()
        if self.try_as(self.owners()[0], lambda access: change_role(access, other, role, at=self.at)) and may_less(
            before[other].role, role
        ):
            self.less_since[other] = self.at

    @rule(who=WHO, other=WHO, role=ROLES)
    def somebody_tries_to_change_a_role(self, who, other, role):
        if who not in self.owners():
            assert not self.try_as(who, lambda access: change_role(access, other, role, at=self.at), "view")

    @rule(other=WHO, hours=st.integers(-5, 100))
    def a_last_day_is_set(self, other, hours):
        who = self.owners()[0]
        if self.try_as(who, lambda access: set_end(access, other, self.at + timedelta(hours=hours), at=self.at)):
            self.less_since[other] = self.at

    @rule(other=WHO)
    def somebody_is_taken_off(self, other):
        who, was_in = self.owners()[0], other in self.people()
        if self.try_as(who, lambda access: remove_member_of_plan(access, other, at=self.at)) and was_in:
            self.less_since[other] = self.at

    @rule(who=WHO)
    def somebody_leaves(self, who):
        self.try_as(who, lambda access: leave(access, at=self.at), "view")

    @rule(other=WHO, stay=st.booleans())
    def the_plan_is_handed_over(self, other, stay):
        who = self.owners()[0]
        if self.try_as(who, lambda access: hand_over(access, other, stay=stay, at=self.at)):
            self.less_since[who] = self.at

    @rule(role=st.sampled_from(LINK_ROLES))
    def a_link_is_made(self, role):
        made = []
        if self.try_as(self.owners()[0], lambda access: made.append(invite_by_link(access, role, at=self.at))):
            self.links.append((made[0][1], role, self.at))

    @rule(other=WHO, role=ROLES)
    def an_address_is_invited(self, other, role):
        who = self.owners()[0]
        if self.try_as(who, lambda access: invite_by_email(access, PEOPLE[other].email, role, at=self.at)):
            self.asked[other] = (role, self.at)

    @precondition(lambda self: self.links)
    @rule(who=WHO, which=st.integers(1, 3))
    def somebody_comes_by_a_link(self, who, which):
        secret, role, made_at = self.links[-min(which, len(self.links))]
        before = self.people()
        try:
            with writing(self.engine) as session:
                accept_link(session, PEOPLE[who], secret, self.at)
        except MembershipRefused:
            assert self.people() == before
        else:
            self.was_let_in(before, who, role, made_at)

    @rule(who=WHO)
    def somebody_signs_in(self, who):
        before = self.people()
        with writing(self.engine) as session:
            came = accept_invitations(session, PEOPLE[who], self.at)
        if came:
            self.was_let_in(before, who, *self.asked[who])

    def was_let_in(self, before, who, role, asked_at):
        after = self.people()
        if who in before and before[who].holds(self.at):
            assert after == before
        else:
            assert after[who].role == role
            assert asked_at > self.less_since[who]

    @invariant()
    def somebody_owns_the_plan(self):
        assert any(each.role == "owner" and each.ends_at is None for each in self.people().values())


TestPlanInUse = PlanInUse.TestCase
TestPlanInUse.settings = settings(max_examples=40, stateful_step_count=50, deadline=None)
