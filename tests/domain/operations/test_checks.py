"""Checks of operations: each sentence is shown when it should be, and not when all is well."""

import pytest

OPERATOR, TASK, ME = (f"00000000-0000-4000-8000-00000000000{n}" for n in (5, 6, 1))


def accreditation(*scopes, decision="granted", issued="2014-01-01", expires="2014-12-31", **more):
    row = {"holder": OPERATOR, "scopes": scopes, "decision": decision, "issued_on": issued, "expires_on": expires}
    return {"accreditation": [row | more]}


SPOT = {"operator": OPERATOR, "status": "requested"}


def test_an_operator_without_accreditation_is_doubted_in_the_words_of_the_work(found):
    complaint = found("operator-not-accredited", "spot_task", SPOT)
    assert str(complaint["scope"]) == "explosive ordnance disposal"
    assert complaint["date"] == "2014-06-20"


@pytest.mark.parametrize(
    ("others", "doubted"),
    [
        (accreditation("eod"), False),
        (accreditation("nts"), True),
        (accreditation("eod", expires="2014-06-19"), True),
        (accreditation("eod", expires="2014-06-20"), False),
        (accreditation("eod", issued="2014-06-21"), True),
        (accreditation("eod", decision="refused"), True),
        (accreditation("eod", decision="suspended"), True),
        (accreditation("eod", decision="withdrawn", ended_on="2014-06-25"), False),
        (accreditation("eod", "nts", issued="2013", expires=None), False),
        (accreditation("eod", holder=TASK), True),
    ],
)
def test_an_accreditation_counts_on_its_days_and_for_its_scopes(found, others, doubted):
    assert bool(found("operator-not-accredited", "spot_task", SPOT, others=others)) == doubted


def test_every_method_of_a_clearance_needs_its_own_scope(found):
    stated = {"operator": OPERATOR, "methods": "manual dogs"}
    assert found("operator-not-accredited", "clearance", stated, others=accreditation("manual_clearance"))
    both = accreditation("manual_clearance", "animals")
    assert not found("operator-not-accredited", "clearance", stated, others=both)


def test_a_task_order_is_given_to_who_is_accredited(found):
    stated = {"operator": OPERATOR, "type": "technical_survey"}
    assert found("operator-not-accredited", "task", stated)
    assert not found("operator-not-accredited", "task", stated, others=accreditation("ts"))


def test_a_kind_without_an_operator_asks_for_no_accreditation(found):
    assert not found("operator-not-accredited", "casualty", {"sex": "male"})


def test_a_clearance_task_says_to_what_depth(found):
    assert found("task-without-depth", "task", {"type": "clearance"})
    assert not found("task-without-depth", "task", {"type": "clearance", "depth_cm": 0})
    assert not found("task-without-depth", "task", {"type": "village_survey"})


def test_a_suspension_has_a_reason(found):
    assert found("suspended-without-reason", "task", {"status": "suspended"})
    assert not found("suspended-without-reason", "task", {"status": "suspended", "suspension_reason": "weather"})


def test_a_task_names_what_it_is_about(found):
    assert found("task-without-objective", "task", {"type": "clearance", "villages": TASK})
    assert not found("task-without-objective", "task", {"type": "village_survey", "villages": TASK})
    assert not found("task-without-objective", "task", {"type": "eod"})


def test_a_task_on_an_area_that_is_not_known_is_doubted(found):
    assert found("task-on-unknown-area", "task", {"objectives": ME})
    assert not found("task-on-unknown-area", "task", {"objectives": ME}, others={"hazardous_area": [{"id": ME}]})


def test_work_before_the_task_order_is_doubted(found):
    others = {"task": [{"id": TASK, "issued_on": "2014-06-10"}]}
    assert found("work-before-the-task", "progress", {"task": TASK, "period_start": "2014-06-01"}, others=others)
    assert not found("work-before-the-task", "progress", {"task": TASK, "period_start": "2014-06"}, others=others)


def test_a_spot_task_closes_with_an_outcome_and_a_date(found):
    assert found("closed-without-outcome", "spot_task", {"status": "closed", "outcome": "not_found"})
    stated = {"status": "closed", "outcome": "not_found", "responded_on": "2014-06-21"}
    assert not found("closed-without-outcome", "spot_task", stated)


def test_destroyed_items_are_listed_in_the_report_or_known(found, change):
    stated = {"outcome": "destroyed_in_place"}
    assert found("destroyed-without-items", "spot_task", stated)
    item = change("ordnance_item", {"spot_task": ME, "disposition": "destroyed_in_place"}, id=TASK)
    assert not found("destroyed-without-items", "spot_task", stated, together=[item])
    others = {"ordnance_item": [{"spot_task": ME, "disposition": "removed_destroyed"}]}
    assert not found("destroyed-without-items", "spot_task", stated, others=others)


def test_a_task_is_not_closed_while_the_item_is_there(found):
    assert found("closed-though-dangerous", "spot_task", {"status": "closed", "outcome": "no_access"})
    assert not found("closed-though-dangerous", "spot_task", {"status": "closed", "outcome": "destroyed_in_place"})


@pytest.mark.parametrize(("quantity", "wrong"), [(0, True), (-3, True), (1, False)])
def test_there_is_at_least_one_item(found, quantity, wrong):
    assert bool(found("no-such-quantity", "ordnance_item", {"quantity": quantity})) == wrong


def test_many_items_may_be_rounds(found):
    assert found("rounds-counted-as-items", "ordnance_item", {"category": "uxo", "quantity": 4000})
    assert not found("rounds-counted-as-items", "ordnance_item", {"category": "saa", "quantity": 4000})


def test_what_was_destroyed_was_destroyed_on_a_day(found):
    assert found("destroyed-without-date", "ordnance_item", {"disposition": "destroyed_in_place"})
    stated = {"disposition": "destroyed_in_place", "disposed_on": "2014"}
    assert not found("destroyed-without-date", "ordnance_item", stated)


def test_an_item_is_found_in_some_work(found):
    assert found("item-from-nowhere", "ordnance_item", {"category": "uxo"})
    assert not found("item-from-nowhere", "ordnance_item", {"spot_task": TASK})


def test_a_sample_is_part_of_its_lot(found):
    assert found("sample-larger-than-lot", "quality_visit", {"lot_m2": "10", "sample_m2": "11"})
    assert not found("sample-larger-than-lot", "quality_visit", {"lot_m2": "10", "sample_m2": "10"})


def test_a_control_says_how_much_was_inspected(found):
    assert found("control-without-sample", "quality_visit", {"visit_type": "control", "lot_m2": "10"})
    assert not found("control-without-sample", "quality_visit", {"visit_type": "external"})


def test_a_visit_with_something_critical_is_not_passed(found, change):
    assert found("passed-with-critical-finding", "quality_visit", {"result": "passed", "critical_findings": 1})
    grave = change("non_conformity", {"visit": ME, "severity": "critical"}, id=TASK)
    assert found("passed-with-critical-finding", "quality_visit", {"result": "passed"}, together=[grave])
    assert not found("passed-with-critical-finding", "quality_visit", {"result": "failed"}, together=[grave])


def test_a_failed_visit_says_what_was_wrong(found):
    assert found("failed-without-non-conformity", "quality_visit", {"result": "failed"})
    others = {"non_conformity": [{"visit": ME, "severity": "minor"}]}
    assert not found("failed-without-non-conformity", "quality_visit", {"result": "failed"}, others=others)


def test_who_inspects_itself_says_so(found):
    stated = {"operator": OPERATOR, "inspector": OPERATOR, "visit_type": "external"}
    assert found("inspected-by-itself", "quality_visit", stated)
    assert not found("inspected-by-itself", "quality_visit", {**stated, "visit_type": "internal"})


def test_a_verified_correction_has_a_day(found):
    assert found("verified-without-date", "non_conformity", {"status": "verified"})
    assert not found("verified-without-date", "non_conformity", {"status": "verified", "verified_on": "2014-06"})


def test_a_size_below_zero_is_refused_and_a_coordinate_is_not(found):
    assert found("negative-number", "progress", {"cleared_m2": "-1"}) == {"field": "Cleared, m²"}
    point = {"type": "Point", "coordinates": [-3.5, 16]}
    assert not found("negative-number", "spot_task", {"location": point, "evacuation_m": 200})


def test_a_call_that_may_be_known_is_shown(found):
    stated = {"village": TASK, "requested_on": "2014-06-20"}
    known = {"spot_task": [{**stated, "code": "EX-EOD-00001"}]}
    assert found("call-perhaps-known", "spot_task", stated, others=known) == {"code": "EX-EOD-00001"}
    assert not found("call-perhaps-known", "spot_task", stated)
