"""A call is answered: a team is sent, with what speaks against it told first, and what came of it is recorded."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.domain.operations.models import OrdnanceItem, SpotTask
from kambila.intake import decisions, forms
from kambila.intake.calls import assign, record
from kambila.intake.fill import fill
from kambila.intake.prefilled import prefilled
from kambila.journal.errors import Problem
from tests.intake.door import send
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


def test_the_plain_step_asks_the_guards_of_the_organisation_too(call):
    with pytest.raises(Problem) as refused:
        record(call, "assigned", "omar", "it is near", {"operator": OPERATOR})
    assert refused.value.code == "step-forbidden" and "No accreditation" in refused.value.sentence
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


def test_the_form_of_the_outcome_closes_the_call_and_tells_what_was_found(able, call):
    forms.publish_forms("ana")
    assign(call, TEAM, "omar", "it is near", answer="checked")
    item = {
        "category": "uxo", "family": "mortar", "quantity": 2, "found_on": "2014-06-20", "disposed_on": "2014-06-20",
        "disposition": "destroyed_in_place", "item_call": call, "item_operator": OPERATOR, "item_adm1": "ML07",
    }  # fmt: skip
    answers = {"call_listed": call, "status": "closed", "responded_on": "2014-06-20", "outcome": "destroyed_in_place"}
    form = prefilled(forms.in_box("spot_task_outcome"), people.find("omar"), "spot_task", call)
    update = {"__id": call, "__base_version": now(call).revision}
    decisions.accept(send(fill(form, {**answers, **update, "items": [item]})).report_id, "omar", "checked", "known")
    assert (now(call).status, now(call).outcome, now(call).response_days) == ("closed", "destroyed_in_place", 2)
    assert list(OrdnanceItem._default_manager.values_list("spot_task", "quantity")) == [(call, 2)]
