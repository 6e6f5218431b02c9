"""The priority with which a task was ordered: kept with the step, as it was that day."""

from __future__ import annotations

import pytest

from kambila.domain.operations.priorities import of_task
from kambila.intake import decisions
from kambila.intake.lookup import current
from kambila.intake.stepping import past_of
from tests.intake.people import programme_people
from tests.intake.tasking import AREA, DAY, TASK, refusal, step, told, world
from tests.registry.telling import at

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def people(programme):
    at(DAY)
    programme_people()


def blocked(what: list[str]) -> None:
    told("hazardous_area", {"blockages": what}, AREA)


def test_the_step_that_prioritises_a_task_keeps_the_points_and_what_they_add_up_from():
    world("identified")
    blocked(["water"])
    step("prioritised", priority_scenario="people")
    task = current("task", TASK)
    parts = {label: (points, codes) for label, points, _of, codes in of_task.parts_of(task)}
    assert parts["Water is blocked"][1] == ["HA-1"]
    assert task.priority_points == sum(points for points, _codes in parts.values()) > 0
    assert (task.priority_scenario, task.priority_version) == ("people", "example-1")


def test_what_becomes_known_later_does_not_change_the_points_of_an_order():
    world("identified")
    step("prioritised")
    before = current("task", TASK).priority_points
    blocked(["water", "roads", "agriculture"])
    step("drafted")
    step("issued")
    assert current("task", TASK).priority_points == before


def test_a_task_drafted_without_a_priority_gets_its_points_when_it_is_issued():
    world("drafted")
    blocked(["water"])
    step("issued")
    assert current("task", TASK).priority_points > 0


def test_a_task_without_an_open_area_has_no_points():
    world("identified", objectives=[])
    step("prioritised")
    assert current("task", TASK).priority_points is None


def test_a_scenario_that_is_not_there_is_refused():
    world("identified")
    assert refusal("prioritised", priority_scenario="nobody").code == "no-scenario"


def test_taking_the_step_back_takes_its_points_back():
    world("identified")
    step("prioritised")
    decisions.withdraw(past_of(current("task", TASK))[-1].report, "omar", "too early")
    assert current("task", TASK).priority_points is None
