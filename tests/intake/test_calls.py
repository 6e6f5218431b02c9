"""A call is answered: a team is sent, with what speaks against it told first, and what came of it is recorded."""

from __future__ import annotations

import pytest

from kambila.domain.operations.models import SpotTask
from kambila.intake.calls import assign, record
from kambila.journal.errors import Problem
from tests.intake.people import programme_people
from tests.intake.tasking import CERTIFICATE, OPERATOR, TEAM, VILLAGE, told, world

NOW = {"requested_on": "2014-06-18", "priority": "immediate", "status": "requested", "village": VILLAGE}


@pytest.fixture
def call(programme):
    programme_people()
    world()
    return told(
        "spot_task", {**NOW, "location": {"type": "Point", "coordinates": [0, 16]}, "adm1": "ML07", "code": "EOD-1"}
    )


@pytest.fixture
def able(call):
    told("accreditation", {**CERTIFICATE, "scopes": ["eod"], "code": "ACR-2"})
    told("team", {"eod_level": "3", "methods": ["eod"]}, TEAM)


def now(call):
    return SpotTask._default_manager.get(pk=call)


def test_a_team_that_a_guard_forbids_is_not_sent(call):
    with pytest.raises(Problem) as refused:
        assign(call, TEAM, "omar", "it is near")
    assert refused.value.code == "call-not-for-team" and "No accreditation" in refused.value.sentence
    assert now(call).status == "requested"


def test_a_team_is_sent_and_the_outcome_recorded(able, call):
    assign(call, TEAM, "omar", "it is near", answer="checked")
    assert (now(call).status, now(call).operator_id, now(call).team) == ("assigned", OPERATOR, "Team 1")
    record(call, "responded", "omar", "radio message", {})
    record(call, "closed", "omar", "report of the team", {"outcome": "not_found"})
    assert (now(call).status, now(call).outcome, now(call).response_days) == ("closed", "not_found", 2)


def test_a_place_that_is_closed_needs_a_signed_reason(able, call):
    told("accessibility", {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-19"})
    with pytest.raises(Problem) as refused:
        assign(call, TEAM, "omar", "it is near")
    assert refused.value.code == "call-needs-reason"
    assign(call, TEAM, "omar", "it is near", despite="escorted", answer="checked")
    assert now(call).status == "assigned"
