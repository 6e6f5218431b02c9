"""No sequence of steps gets past a guard, and no team is named as possible that a guard forbids: random histories.

What must happen is told by a small model of its own, not by the guards.
"""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kambila.domain.operations.candidates import FORBIDDEN, POSSIBLE, candidates
from kambila.intake import decisions
from kambila.intake.lookup import current
from kambila.intake.stepping import take
from kambila.journal.errors import Problem
from kambila.registry import history
from kambila.registry.kinds import model_of
from kambila.registry.models import Report
from tests.intake.people import programme_people
from tests.intake.tasking import CERTIFICATE, CONTROL, DAY, LAND, OPEN, ORDER, today, told, waiting
from tests.registry.telling import accept, at, change, report

FOLLOWS = {
    "identified": "prioritised cancelled", "prioritised": "drafted cancelled", "drafted": "issued cancelled",
    "issued": "accepted drafted cancelled", "accepted": "in_progress cancelled",
    "in_progress": "completed suspended cancelled", "suspended": "in_progress cancelled",
    "completed": "checked in_progress",
    "checked": "handed_over in_progress", "handed_over": "closed", "closed": "", "cancelled": "",
}  # fmt: skip
WORK = ("issued", "accepted", "in_progress")
ON_THE_WAY = ("drafted", "issued", "accepted", "in_progress", "completed", "checked", "handed_over", "closed")
QUICK = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def people(programme):
    at(DAY)
    programme_people()


class World:
    """A task in a commune of its own, and what ought to hold it back."""

    def __init__(self):
        n = next(_numbers)
        self.place = {"adm1": "ML07", "adm2": "ML0701", "adm3": f"ML07{n:04}"}
        self.operator = told("organisation", {"title": f"Operator {n}"})
        self.village = told("village", {"title": f"Village {n}", **self.place})
        self.area = told("hazardous_area", {**LAND, **self.place, "village": self.village, "code": f"HA-{n}"})
        self.accreditation = told("accreditation", {**CERTIFICATE, "holder": self.operator, "code": f"ACR-{n}"})
        self.access = told("accessibility", {**OPEN, "village": self.village, "code": f"ACC-{n}"})
        values = {**ORDER, **self.place, "operator": self.operator, "objectives": [self.area], "code": f"TO-{n}"}
        self.task = told("task", {**values, "status": "drafted"})
        self.status, self.accredited, self.open, self.dangers, self.critical = "drafted", True, True, [], None
        self.reported, self.control, self.steps = False, None, []

    def allows(self, step, despite):
        if step not in FOLLOWS[self.status].split():
            return False
        if step in WORK and (not self.accredited or self.critical or not (self.open or despite)):
            return False
        if step in ("issued", "accepted") and self.dangers:
            return False
        if step in ("completed", "checked") and not self.reported:
            return False
        return step not in ("checked", "handed_over") or (self.control == "passed" and not self.critical)

    def step(self, step, despite):
        allowed = self.allows(step, despite)
        try:
            also = {"suspension_reason": "weather"} if step == "suspended" else {}
            result = take("task", self.task, step, "omar", "why", also, "signed" if despite else "")
            taken, why = True, ""
            self.steps.append((result.id, self.status))
        except Problem as problem:
            taken, why = False, problem.sentence
        assert taken == allowed, (why, self.status, step, vars(self))
        if taken:
            self.status = step
            self.control = None if step == "completed" else self.control
        assert current("task", self.task).status == self.status

    def withdraw(self, first):
        """Take a step back, the last one or the first: on that others may rest."""
        if not self.steps:
            return
        decision, before = self.steps[0 if first else -1]
        sound = self.accredited and not self.critical and not (self.dangers and before in ("issued", "accepted"))
        allowed = not (first and len(self.steps) > 1) and (before not in WORK or sound)
        try:
            decisions.withdraw(Report.objects.get(decision=decision).id, "omar", "why")
            taken, why = True, ""
            self.steps, self.status = self.steps[:-1], before
        except Problem as problem:
            taken, why = False, problem.sentence
        assert taken == allowed, (why, self.status, before, vars(self))
        assert current("task", self.task).status == self.status

    def accreditation_becomes(self, valid):
        self.accredited = valid
        told("accreditation", {"decision": "granted" if valid else "suspended"}, self.accreditation)

    def place_becomes(self, status):
        self.open = status == "open"
        values = {"status": "open", "valid_until": "2014-06-19"} if status == "expired" else {"status": status}
        seen = history.shown("accessibility", self.access)  # blindly, the more dangerous status would stand
        said = report(change(self.access, {"valid_until": "2014-12-31", **values}, "accessibility"), date=DAY)
        accept(said, {name: seen.get(name, []) for name in ("status", "valid_until")})

    def danger(self, decided):
        if decided and self.dangers:
            accept(self.dangers.pop())
        elif not decided:
            self.dangers.append(waiting("hazardous_area", {"classification": "sha", **self.place}))

    def critical_becomes(self, is_open):
        if is_open and not self.critical:
            visit = told("quality_visit", {"date": DAY, "operator": self.operator, "visit_type": "desk"})
            self.critical = told("non_conformity", {"visit": visit, "severity": "critical", "status": "open"})
        elif not is_open and self.critical:
            told("non_conformity", {"status": "verified"}, self.critical)
            self.critical = None

    def report(self, _yes):
        self.reported = True
        told("completion_report", {"task": self.task, "area": self.area, "submitted_on": DAY})

    def quality_control(self, result):
        if self.status in ("completed", "checked"):
            self.control = result
            values = {**CONTROL, "task": self.task, "operator": self.operator, "result": result, "date": DAY}
            told("quality_visit", values)


ACTIONS = st.one_of(
    st.tuples(st.just("step"), st.sampled_from(sorted(FOLLOWS)), st.booleans()),
    st.tuples(st.just("accreditation_becomes"), st.booleans()),
    st.tuples(st.just("place_becomes"), st.sampled_from(["open", "closed", "expired", "restricted"])),
    st.tuples(st.just("danger"), st.booleans()),
    st.tuples(st.just("critical_becomes"), st.booleans()),
    st.tuples(st.just("report"), st.just(True)),
    st.tuples(st.just("quality_control"), st.sampled_from(["passed", "failed"])),
    st.tuples(st.just("onward"), st.booleans()),
    st.tuples(st.just("withdraw"), st.sampled_from([False, False, False, True])),
)


@QUICK
@given(st.lists(ACTIONS, max_size=25))
def test_no_sequence_of_steps_gets_past_a_guard(actions):
    world = World()
    for name, *values in actions:
        if name == "onward":  # the step that leads on, so that histories get far
            following = [each for each in FOLLOWS[world.status].split() if each in ON_THE_WAY]
            if following:
                world.step(following[0], *values)
        else:
            getattr(world, name)(*values)
            if name == "place_becomes":
                world.open = values[0] in ("open", "restricted")


TEAMS = st.lists(
    st.fixed_dictionaries(
        {
            "accredited": st.sampled_from(["valid", "expired", "other", "none"]), "critical": st.booleans(),
            "stopped": st.booleans(), "skilled": st.booleans(), "disbanded": st.booleans(),
        }
    ),
    min_size=1, max_size=6,
)  # fmt: skip
HELD = {"valid": {}, "expired": {"expires_on": "2014-06-19"}, "other": {"scopes": ["eod"]}}


@QUICK
@given(TEAMS, st.booleans())
def test_no_team_is_named_as_possible_that_a_guard_forbids(teams, danger):
    world = World()
    told("work_item", {"task": world.task, "method": "manual"})
    if danger:
        waiting("hazardous_area", {"classification": "sha", **world.place})
    expected = {}
    for each in teams:
        id = _team(each)
        sound = (
            each["accredited"] == "valid" and each["skilled"] and not (each["critical"] or each["stopped"] or danger)
        )
        if not each["disbanded"]:
            expected[id] = POSSIBLE if sound else FORBIDDEN
    known = model_of("team")._default_manager.filter(pk__in=[*expected])
    found = {each.team.id: each.state for each in candidates(current("task", world.task), today(), known)}
    assert found == expected
    for id, state in found.items():
        assert _is_taken(world.task, id) == (state == POSSIBLE)


def _team(drawn):
    """A team of an organisation of its own."""
    operator = told("organisation", {"title": "An operator"})
    if drawn["accredited"] in HELD:
        told("accreditation", {**CERTIFICATE, "holder": operator, **HELD[drawn["accredited"]], "code": None})
    visit = {"operator": operator, "date": DAY, "visit_type": "external", "result": "failed"}
    if drawn["stopped"]:
        told("quality_visit", {**visit, "measures": ["suspension"]})
    if drawn["critical"]:
        told("non_conformity", {"visit": told("quality_visit", visit), "severity": "critical", "status": "agreed"})
    values = {"title": "A team", "operator": operator, "methods": ["manual"] if drawn["skilled"] else ["dogs"]}
    return told("team", values | ({"disbanded_on": "2014-06-01"} if drawn["disbanded"] else {}))


class _Back(Exception):  # noqa: N818  not an error
    """Takes a step back, so that the next team is tried on the same task."""


def _is_taken(task, team):
    try:
        with transaction.atomic():
            take("task", task, "issued", "omar", "try", {"team": team})
            raise _Back
    except _Back:
        return True
    except Problem:
        return False
