"""How a task goes: what reports add up to, and when it may end."""

from __future__ import annotations

import datetime

import pytest

from kambila.domain.operations.progress import progress_of
from kambila.intake.lookup import current
from tests.intake.tasking import TASK, today, told, world

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def task(programme):
    world("in_progress", planned_area_m2="1000")


def report(start, end, cleared, **values):
    stated = {"task": TASK, "period_start": start, "period_end": end, "cleared_m2": str(cleared), "methods": ["manual"]}
    return told("progress", {"cancelled_m2": "0", "reduced_m2": "0", **stated, **values})


def progress(by="week"):
    return progress_of(current("task", TASK), by, today())


def test_a_report_is_spread_evenly_over_its_days():
    report("2014-05-30", "2014-06-02", 400)
    assert [(str(each.first), each.m2) for each in progress("month").periods] == [
        ("2014-05-01", 200),
        ("2014-06-01", 200),
    ]
    assert [each.m2 for each in progress("day").periods] == [100] * 4
    assert progress().done_m2 == 400


def test_m2_stand_by_method_and_several_methods_are_not_divided():
    report("2014-06-02", "2014-06-02", 100)
    report("2014-06-03", "2014-06-03", 50, methods=["dogs", "manual"])
    assert progress().periods[0].by_method == {"manual": 100, "dogs manual": 50}


def test_days_hours_and_stoppages_by_cause_are_told():
    report(
        "2014-06-02",
        "2014-06-02",
        1,
        deminer_days="12",
        machine_hours="3",
        stoppage_hours="5",
        stoppage_reason="weather",
    )
    period = progress().periods[0]
    assert (period.amounts["deminer_days"], period.amounts["machine_hours"]) == (12, 3)
    assert period.stoppages == {"weather": 5}


def test_the_end_is_a_range_that_says_what_it_rests_on():
    for day, done in (("2014-05-19", 50), ("2014-05-26", 100), ("2014-06-02", 100), ("2014-06-09", 50)):
        report(day, day, done)
    told = progress().forecast
    assert (told.earliest, told.latest) == (
        today() + datetime.timedelta(days=49),
        today() + datetime.timedelta(days=98),
    )
    assert "the last 4 weeks: 50 m² a week in the slower half, 100 m² in the faster half" in told.sentence
    assert "700 of 1000 m²" in told.sentence


def test_weeks_without_work_count_as_such():
    report("2014-05-19", "2014-05-19", 300)
    report("2014-06-09", "2014-06-09", 300)
    told = progress().forecast
    assert (told.earliest, told.latest) == (None, None)
    assert "no end in sight" in told.sentence


@pytest.mark.parametrize(("done", "said"), [(50, "too little for a forecast"), (1000, "The planned area is done")])
def test_without_ground_nothing_is_forecast(done, said):
    report("2014-06-09", "2014-06-09", done)
    assert said in progress().forecast.sentence
    assert progress().forecast.earliest is None


def test_what_was_found_is_counted_by_what_became_of_it_without_rounds():
    for quantity, category, disposition in (
        (3, "uxo", "marked"),
        (2, "uxo", "destroyed_in_place"),
        (500, "saa", "marked"),
    ):
        told("ordnance_item", {"task": TASK, "category": category, "quantity": quantity, "disposition": disposition})
    assert progress().items == {"marked": 3, "destroyed_in_place": 2}


def test_items_stand_in_the_period_in_which_they_were_found_and_destroyed_also_through_a_report_or_a_call():
    said = report("2014-06-02", "2014-06-02", 1)
    call = told("spot_task", {"requested_on": "2014-06-03", "task": TASK, "code": "EOD-1"})
    item = {
        "category": "uxo",
        "found_on": "2014-06-03",
        "disposition": "destroyed_in_place",
        "disposed_on": "2014-06-10",
    }
    told("ordnance_item", {**item, "progress": said, "quantity": 3})
    told("ordnance_item", {**item, "spot_task": call, "quantity": 2})
    assert [(str(each.first), each.found, each.destroyed) for each in progress().periods] == [
        ("2014-06-02", 5, 0),
        ("2014-06-09", 0, 5),
    ]
    assert (progress().total.found, progress().total.destroyed) == (5, 5)


def test_plan_and_actual_stand_side_by_side_as_a_whole_and_by_method():
    told("task", {"planned_start": "2014-06-11", "planned_end": "2014-06-30"}, TASK)
    told("work_item", {"task": TASK, "method": "manual", "planned_quantity": "800", "unit": "m2"})
    report("2014-06-12", "2014-06-12", 300)
    report("2014-06-12", "2014-06-12", 50, methods=["dogs"])
    assert progress().due_m2 == 500  # ten of twenty days have passed
    assert progress().by_method == {"manual": (800, 300), "dogs": (None, 50)}
