"""What counts as an outcome of a task, and which quality visit decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kambila.domain.operations.codes import TaskStatus, TaskType, VisitType
from kambila.domain.operations.facts import last_day

RELEASED = "closed"  # the derived status of land of which nothing remains
ON_LAND = (TaskType.TECHNICAL_SURVEY, TaskType.CLEARANCE, TaskType.BATTLE_AREA, TaskType.ROAD)
OUTCOMES = {
    TaskType.VILLAGE_SURVEY: ("village_survey", "non_technical_survey"),
    TaskType.NON_TECHNICAL_SURVEY: ("non_technical_survey",),
    TaskType.TECHNICAL_SURVEY: ("technical_survey",),
    TaskType.RISK_EDUCATION: ("education_session",),
}


def outcomes_of(type: str | None) -> tuple[str, ...]:
    """The kinds of report that say what became of an objective of such a task; a completion report always does."""
    return (*OUTCOMES.get(TaskType(type) if type in TaskType.values else TaskType.CLEARANCE, ()), "completion_report")


def is_accounted(objective: Any, id: str, reports: Iterable[Any], only: bool) -> bool:
    """Whether an objective is released, or one of the reports names it; a report that names none speaks of the only one."""
    if objective is not None and getattr(objective, "status", None) == RELEASED:
        return True
    named = [{getattr(each, "area_id", None), getattr(each, "village_id", None)} - {None} for each in reports]
    return any(id in each or (only and not each) for each in named)


def last_of_lots(visits: Iterable[Any]) -> list[Any]:
    """The last visit of each lot, of visits the latest last; one that names no lot speaks of all the land, and of it only
    such another does."""
    last: dict[str, Any] = {}
    for each in visits:
        lot = (each.lot or "").strip()
        if not lot:
            last.clear()
        last[lot] = each
    return list(last.values())


def deciding_visits(task: Any, visits: Sequence[Any]) -> list[Any]:
    """The visits of a task that decide whether it may be handed over, the latest last: none before it was completed."""
    completed = last_day(task, "status_date") if task.status == TaskStatus.COMPLETED else ""
    land = task.type in ON_LAND
    return [
        each
        for each in visits
        if (each.visit_type == VisitType.CONTROL or not land) and last_day(each, "date") >= completed
    ]
