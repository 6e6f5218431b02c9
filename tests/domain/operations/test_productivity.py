"""Productivity: sums of m² over sums of work, by what the reports and their tasks say."""

from __future__ import annotations

import pytest

from kambila.domain.operations.productivity import productivity
from tests.intake.tasking import AREA, OPERATOR, OTHER, TASK, told, world

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def task(programme):
    world("in_progress")


def report(end="2014-06-10", reduced=0, cleared=0, cancelled=0, **values):
    m2 = {"reduced_m2": str(reduced), "cleared_m2": str(cleared), "cancelled_m2": str(cancelled)}
    return told("progress", {"task": TASK, "period_start": end, "period_end": end, **m2, **values})


def test_a_rate_is_a_sum_over_a_sum_of_the_reports_that_state_both():
    report(cleared=100, deminer_days="10")
    report(cleared=500, deminer_days="20")
    report(cleared=9000, machine_hours="4")
    [found] = productivity("operator")
    assert (found.m2, found.reports) == (9600, 3)
    assert (found.m2_per_day, found.m2_per_hour) == (20, 2250)


def test_what_is_cancelled_was_not_searched():
    report(reduced=10, cleared=20, cancelled=5000, deminer_days="1")
    assert productivity("operator")[0].m2_per_day == 30


def test_a_report_without_an_operator_is_its_tasks():
    report(cleared=1)
    report(cleared=2, operator=OTHER)
    assert [(each.key, each.title) for each in productivity("operator")] == [
        (OTHER, "Inspectors"),
        (OPERATOR, "Sahel Clear"),
    ]


def test_the_asset_is_that_of_the_work_item_and_not_guessed_where_a_task_has_two():
    machine = told("work_item", {"task": TASK, "method": "mechanical", "asset": "machine"})
    report(cleared=5)
    assert [each.title for each in productivity("asset")] == ["Machine"]
    told("work_item", {"task": TASK, "method": "manual", "asset": "deminers"})
    report(cleared=9, work_item=machine)
    assert [(each.key, each.m2) for each in productivity("asset")] == [("machine", 9), ("", 5)]


def test_the_terrain_is_that_of_the_area_and_only_of_areas_that_may_be_told():
    told("hazardous_area", {"terrain": ["sand", "rock"]}, AREA)
    report(cleared=5)
    assert [each.key for each in productivity("terrain")] == ["rock sand"]
    assert [each.key for each in productivity("terrain", areas=[])] == [""]


def test_reports_of_other_days_are_left_out():
    report("2014-05-31", cleared=1)
    report("2014-06-01", cleared=2)
    report("2014-06-30", cleared=4)
    assert productivity("method", "2014-06-01", "2014-06-29")[0].m2 == 2
