"""What is computed of operations."""

from decimal import Decimal

import pytest

from kambila.domain.operations import rules, sampling
from kambila.registry import partial_dates


def day(text):
    return (text, text, text)


def test_a_response_is_timed_by_the_clock_if_both_times_are_known():
    values = {"requested_at": "2014-06-20T10:00:00Z", "responded_at": "2014-06-21T22:00:00Z"}
    assert rules.response_days({**values, "requested_on": day("2014-06-01")}) == Decimal("1.50")


def test_a_response_is_timed_by_the_calendar_otherwise():
    assert rules.response_days({"requested_on": day("2014-06-20"), "responded_on": day("2014-06-23")}) == 3


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"requested_on": day("2014-06-20")},
        {"requested_on": ("2014-06", "2014-06-01", "2014-06-30"), "responded_on": day("2014-06-23")},
        {"requested_on": day("2014-06-20"), "responded_on": day("2014-06-10")},
    ],
)
def test_a_response_time_that_nobody_knows_is_not_invented(values):
    assert rules.response_days(values) is None


def test_the_share_of_a_lot_that_was_inspected():
    assert sampling.sample_percent({"lot_m2": Decimal("1000"), "sample_m2": Decimal("125")}) == Decimal("12.50")
    assert sampling.sample_percent({"lot_m2": Decimal(0), "sample_m2": Decimal(0)}) is None


@pytest.mark.parametrize(
    ("findings", "result", "sample", "decision", "again"),
    [
        (0, "passed", "100", "accepted", 0),
        (1, "passed", "100", "rejected", 1000),
        (0, "failed", "100", "rejected", 1000),
        (None, "passed", "100", "undecided", None),
        (0, "conditional", "100", "undecided", None),
        (0, "passed", None, "undecided", None),
    ],
)
def test_a_lot_is_accepted_only_where_a_sample_is_known_to_hold_nothing(findings, result, sample, decision, again):
    values = {"visit_type": "control", "lot_m2": Decimal(1000), "critical_findings": findings, "result": result}
    values["sample_m2"] = Decimal(sample) if sample else None
    assert (sampling.lot_decision(values), sampling.reclear_m2(values)) == (decision, again)


def test_a_visit_without_a_sample_says_nothing_of_a_lot():
    assert sampling.lot_decision({"visit_type": "external", "result": "passed"}) is None


@pytest.mark.parametrize(
    ("completed", "answer"),
    [("2014-06-30", "yes"), ("2014-07-01", "no"), ("2014-06", "yes"), ("2014", "unknown"), (None, None)],
)
def test_a_task_is_on_time_by_its_last_planned_day(completed, answer):
    values = {
        "planned_end": partial_dates.read("2014-06-30"),
        "completed_on": completed and partial_dates.read(completed),
    }
    assert rules.on_time(values) == answer


@pytest.mark.parametrize(
    ("lot", "needed"), [("1000", "100"), ("1100", "100"), ("5000", "400"), ("20000", "1200"), ("200000", "6000")]
)
def test_a_larger_lot_never_needs_a_smaller_sample(lot, needed):
    assert sampling.sample_needed_m2({"lot_m2": Decimal(lot)}) == Decimal(needed)


def test_a_sample_that_is_too_small_leaves_the_lot_undecided():
    values = {"visit_type": "control", "lot_m2": Decimal(1000), "critical_findings": 0, "result": "passed"}
    small, enough = values | {"sample_m2": Decimal(99)}, values | {"sample_m2": Decimal(100)}
    assert (sampling.sample_enough(small), sampling.lot_decision(small)) == ("no", "undecided")
    assert (sampling.sample_enough(enough), sampling.lot_decision(enough)) == ("yes", "accepted")
