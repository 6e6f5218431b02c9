"""The steps of a task: what may follow what, what each guard forbids, and what is kept of it."""

from __future__ import annotations

import json

import pytest

from kambila.intake import decisions, stepping
from kambila.intake.lookup import current
from kambila.intake.stepping import next_of, past_of
from kambila.journal.errors import Problem
from kambila.journal.verify import verify_all
from kambila.registry import history
from kambila.registry.models import Conflict, Decision, Report
from tests.intake.people import programme_people
from tests.intake.tasking import (
    AREA,
    CERTIFICATE,
    CONTROL,
    DAY,
    LAND,
    OPEN,
    OPERATOR,
    OTHER,
    TASK,
    TEAM,
    VILLAGE,
    refusal,
    status,
    step,
    told,
    waiting,
    world,
)  # fmt: skip
from tests.registry.telling import at

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def people(programme):
    at(DAY)
    programme_people()


def completion():
    told("completion_report", {"task": TASK, "area": AREA, "operator": OPERATOR, "submitted_on": DAY})


def test_a_task_goes_from_an_idea_to_closed_and_every_state_stays_with_who_when_and_why():
    world("identified")
    for name in ("prioritised", "drafted", "issued", "accepted", "in_progress"):
        step(name, reason=f"because {name}")
    step("suspended", suspension_reason="weather")
    step("in_progress")
    completion()
    step("completed")
    told("quality_visit", {**CONTROL, "date": DAY})
    for name in ("checked", "handed_over", "closed"):
        step(name)
    past = past_of(current("task", TASK))
    assert [each.status for each in past] == [
        "identified", "prioritised", "drafted", "issued", "accepted", "in_progress", "suspended", "in_progress",
        "completed", "checked", "handed_over", "closed",
    ]  # fmt: skip
    assert (past[3].author, past[3].date, past[3].reason) == ("omar", DAY, "because issued")
    assert current("task", TASK).suspension_reason is None
    assert current("task", TASK).issued_on == DAY
    assert not Conflict.objects.exists()
    assert verify_all().findings == []


def test_a_step_is_a_report_and_the_decision_that_accepts_it():
    world()
    result = step("issued")
    report = Report.objects.get(decision=result.id)
    assert (report.status, report.form, report.reporter, report.counts) == ("accepted", "step", "omar", True)
    decisions.withdraw(report.id, "omar", "issued too early")
    assert status() == "drafted"


def test_a_refused_step_writes_nothing():
    world()
    told("accreditation", {**CERTIFICATE, "decision": "withdrawn"}, "00000000-0000-7000-8000-100000000000")
    before = Report.objects.count()
    assert refusal("accepted").code == "not-on-path"
    assert (Report.objects.count(), status()) == (before, "drafted")


def test_only_who_decides_takes_a_step_and_says_why():
    world()
    assert refusal("issued", author="viewer").code == "may-not"
    assert refusal("issued", author="team").code == "may-not"
    assert refusal("issued", reason="  ").code == "no-reason"


def forbidden(name, *codes):
    problem = refusal(name)
    assert problem.code == "step-forbidden"
    for code in codes:
        assert code in problem.sentence
    return problem.sentence


@pytest.mark.parametrize(
    "values",
    [
        {"expires_on": "2014-06-19"},
        {"decision": "suspended"},
        {"scopes": ["eod"]},
        {"issued_on": "2014-06-21"},
        {"expires_on": None},
    ],
)
def test_without_an_accreditation_that_is_valid_for_the_scope_on_the_day_nothing_is_issued(values):
    world()
    told("accreditation", values, current_accreditation())
    forbidden("issued", "ACR-1", "manual clearance", "Sahel Clear")


def current_accreditation():
    from kambila.registry.kinds import model_of

    return model_of("accreditation")._default_manager.get(code="ACR-1").id


def test_a_critical_non_conformity_of_the_operator_holds_back_until_it_is_verified():
    world()
    visit = told(
        "quality_visit", {"date": "2014-06-10", "operator": OPERATOR, "result": "passed", "measures": ["none"]}
    )
    wrong = {"visit": visit, "type": "safety", "severity": "critical", "status": "corrected", "code": "NC-7"}
    id = told("non_conformity", wrong)
    forbidden("issued", "NC-7")
    told("non_conformity", {"status": "verified", "verified_on": DAY}, id, date=DAY)
    step("issued")


def test_a_stopped_organisation_waits_for_a_visit_that_is_passed():
    world()
    visit = {"operator": OPERATOR, "inspector": OTHER, "visit_type": "external", "activity": "clearance"}
    told(
        "quality_visit", {**visit, "date": "2014-06-10", "result": "failed", "measures": ["suspension"], "code": "QA-3"}
    )
    forbidden("issued", "QA-3")
    told("quality_visit", {**visit, "date": "2014-06-15", "result": "passed", "measures": ["none"], "code": "QA-4"})
    step("issued")


@pytest.mark.parametrize(
    "values", [{"status": "closed", "reason": "security"}, {"valid_until": "2014-06-19"}, {"valid_until": None}]
)
def test_a_closed_or_unknown_place_needs_a_signed_reason_which_is_kept(values):
    world()
    told("accessibility", {**OPEN, **values}, access())
    problem = refusal("issued")
    assert (problem.code, "ACC-1" in problem.sentence) == ("step-needs-reason", True)
    step("issued", despite="the commander escorts the team")
    assert past_of(current("task", TASK))[-1].despite == "the commander escorts the team"


def access():
    from kambila.registry.kinds import model_of

    return model_of("accessibility")._default_manager.get(code="ACC-1").id


def test_a_place_of_which_nothing_was_ever_said_is_unknown():
    world()
    decisions.retire("accessibility", "ACC-1", "ana", "wrong place")
    assert refusal("issued").code == "step-needs-reason"


def test_a_closed_cercle_closes_its_villages():
    world()
    told("accessibility", {"adm1": "ML07", "adm2": "ML0701", "status": "closed", "last_verified": DAY, "code": "ACC-2"})
    assert "ACC-2" in refusal("issued").sentence


def test_restricted_access_is_a_warning_only():
    world()
    told("accessibility", {**OPEN, "status": "restricted"}, access())
    step("issued")


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101"}, True),
        ({"adm1": "ML07"}, True),
        ({"adm1": "ML07", "adm2": "ML0702"}, False),
        ({"adm1": "ML08"}, False),
        ({"village": VILLAGE}, True),
    ],
)
@pytest.mark.parametrize("name", ["issued", "accepted"])
def test_unconfirmed_danger_in_the_place_holds_tasking_back(values, holds, name):
    world("drafted" if name == "issued" else "issued", issued_on=DAY)
    waiting("spot_task", {"requested_on": DAY, "priority": "immediate", "status": "requested", **values})
    if holds:
        forbidden(name, "R-DANGER")
    else:
        step(name)


def test_work_is_completed_when_each_objective_is_released_or_explained():
    world("in_progress", issued_on=DAY)
    forbidden("completed", "HA-1")
    completion()
    step("completed")


def test_a_released_objective_needs_no_other_account():
    world("in_progress", issued_on=DAY)
    told(
        "land_release_product", {"area": AREA, "method": "cleared", "date": DAY, "area_m2": "1000", "whole_area": "yes"}
    )
    step("completed")


def test_nothing_is_handed_over_before_quality_control_was_passed():
    world("completed", issued_on=DAY, status_date="2014-06-10")
    completion()
    forbidden("checked", "TO-1")
    told("quality_visit", {**CONTROL, "date": "2014-06-09"})
    forbidden("checked", "TO-1")
    told("quality_visit", {**CONTROL, "date": "2014-06-12", "result": "failed", "code": "QA-9"})
    forbidden("checked", "QA-9")
    told("quality_visit", {**CONTROL, "date": "2014-06-18"})
    step("checked")
    told("quality_visit", {**CONTROL, "date": "2014-06-20", "result": "failed", "code": "QA-10"})
    forbidden("handed_over", "QA-10")


def test_a_lot_that_passed_does_not_speak_for_one_that_failed():
    world("completed", issued_on=DAY, status_date="2014-06-10")
    completion()
    told("quality_visit", {**CONTROL, "date": "2014-06-12", "result": "failed", "code": "QA-11", "lot": "1"})
    told("quality_visit", {**CONTROL, "date": "2014-06-14", "lot": "2"})
    forbidden("checked", "QA-11")


def test_a_suspension_has_a_reason_of_the_list():
    world("in_progress", issued_on=DAY)
    assert refusal("suspended").code == "step-asks"
    assert refusal("suspended", suspension_reason="bored").code == "step-forbidden"
    step("suspended", suspension_reason="security")
    assert current("task", TASK).suspension_reason == "security"


def test_an_order_that_lacks_something_is_not_issued():
    world(standard=None, planned_end=None)
    assert "planned end" in forbidden("issued")


def test_a_team_is_chosen_with_its_organisation():
    world(operator=None)
    assert refusal("issued").code == "step-forbidden"
    step("issued", team="TM-1")
    assert (current("task", TASK).team_id, current("task", TASK).operator_id) == (TEAM, OPERATOR)


def test_a_team_is_not_chosen_later_nor_when_it_is_unknown():
    world("issued", issued_on=DAY)
    assert refusal("accepted", team="TM-1").code == "step-forbidden"
    assert refusal("accepted", team="TM-0").code == "no-such-record"


def test_a_team_that_cannot_do_the_work_is_not_tasked():
    world()
    told("work_item", {"task": TASK, "method": "bac_surface"})
    problem = refusal("issued", team="TM-1")
    assert "TM-1" in problem.sentence


def test_an_ordinary_report_does_not_move_a_known_task():
    world("in_progress", issued_on=DAY)
    from tests.registry.telling import change, report

    said = report(change(TASK, {"status": "completed"}, "task"), date=DAY)
    with pytest.raises(Problem) as caught:
        decisions.accept(said.id, "omar", "seen")
    assert caught.value.code == "report-blocked"
    assert status() == "in_progress"


def test_each_next_step_is_told_with_what_the_guards_say():
    world()
    told("accreditation", {"decision": "suspended"}, current_accreditation())
    by_status = {each.status: each for each in next_of(current("task", TASK))}
    assert set(by_status) == {"issued", "cancelled"}
    assert by_status["issued"].weight == "forbids"
    assert by_status["cancelled"].weight == ""


def test_an_unknown_task_is_said_to_be_unknown():
    with pytest.raises(Problem):
        stepping.take("task", "NOWHERE", "issued", "omar", "why")


def test_what_a_report_of_land_says_does_not_count_as_danger_in_the_place_once_it_is_accepted():
    world()
    told("hazardous_area", {**LAND, "code": "HA-2"})
    step("issued")


def test_a_decision_names_what_was_shown():
    world()
    result = step("issued")
    assert json.loads(Decision.objects.get(pk=result.id).body)["base"]["0"]["status"]


def test_an_organisation_under_special_monitoring_may_work_and_it_is_said():
    world()
    visit = {"operator": OPERATOR, "inspector": OTHER, "visit_type": "external", "date": "2014-06-10", "code": "QA-3"}
    told("quality_visit", {**visit, "result": "conditional", "measures": ["monitoring"]})
    issued = {each.status: each for each in next_of(current("task", TASK))}["issued"]
    assert issued.weight == "warns"
    assert "under special monitoring, because of QA-3" in issued.findings[0].told()
    step("issued")


def report_of(result):
    return Report.objects.get(decision=result.id).id


def test_a_step_on_which_later_ones_rest_is_not_withdrawn():
    world()
    issued, accepted = step("issued"), step("accepted")
    with pytest.raises(Problem) as caught:
        decisions.withdraw(report_of(issued), "omar", "a mistake")
    assert caught.value.code == "step-rests-on-it"
    assert str(Report.objects.get(decision=accepted.id)) in caught.value.sentence
    decisions.withdraw(report_of(accepted), "omar", "a mistake")
    decisions.withdraw(report_of(issued), "omar", "a mistake")
    assert status() == "drafted"


@pytest.mark.parametrize("verb", [decisions.withdraw, decisions.return_, decisions.reject])
def test_withdrawing_a_suspension_does_not_slip_past_the_guards_of_work(verb):
    world("in_progress", issued_on=DAY)
    suspended = step("suspended", suspension_reason="quality")
    told("accreditation", {"decision": "suspended"}, current_accreditation())
    with pytest.raises(Problem) as caught:
        verb(report_of(suspended), "omar", "let them work")
    assert caught.value.code == "not-back"
    assert "ACR-1" in caught.value.sentence
    assert status() == "suspended"


def test_going_back_to_work_tells_what_speaks_against_it_and_does_not_forbid_it():
    world("in_progress", issued_on=DAY)
    suspended = step("suspended", suspension_reason="weather")
    told("accessibility", {**OPEN, "status": "restricted"}, access())
    result = decisions.withdraw(report_of(suspended), "omar", "it was another task")
    assert status() == "in_progress"
    assert "restricted" in result.remains[0]


def test_what_says_that_work_is_finished_may_always_be_taken_back():
    world("completed", issued_on=DAY, status_date="2014-06-10")
    completion()
    told("quality_visit", {**CONTROL, "date": "2014-06-18"})
    checked = step("checked")
    told("accreditation", {"decision": "suspended"}, current_accreditation())
    decisions.withdraw(report_of(checked), "omar", "the sample was of another field")
    assert status() == "completed"


def test_a_step_that_was_withdrawn_is_not_accepted_again_past_its_guards():
    world()
    issued = report_of(step("issued"))
    decisions.withdraw(issued, "omar", "too early")
    with pytest.raises(Problem) as caught:
        decisions.accept(issued, "omar", "after all")
    assert caught.value.code == "report-blocked"


def test_an_entry_of_the_form_that_tasks_once_had_folds_and_goes_back_like_a_step():
    world("issued", issued_on=DAY)
    from tests.registry.telling import accept, change, report

    values = {"status": "accepted", "status_date": DAY}
    said = report(change(TASK, values, "task"), date=DAY, form="task_step")
    accept(said, {"status": history.shown("task", TASK)["status"]})
    assert [each.status for each in past_of(current("task", TASK))] == ["issued", "accepted"]
    told("accreditation", {"decision": "suspended"}, current_accreditation())
    with pytest.raises(Problem) as caught:
        decisions.withdraw(said.id, "omar", "a mistake")
    assert caught.value.code == "not-back"


def test_a_closure_that_has_expired_does_not_uncover_the_older_word_that_the_place_is_open():
    world()
    closed = {"village": VILLAGE, "status": "closed", "last_verified": "2014-06-15", "valid_until": "2014-06-18"}
    told("accessibility", closed)
    problem = refusal("issued")
    assert (problem.code, "access is unknown" in problem.sentence) == ("step-needs-reason", True)
