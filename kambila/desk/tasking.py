"""A task as its page tells it beyond its steps: how it goes, and who could take it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, TypeGuard

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kambila.desk.stepping import told
from kambila.desk.values import day, number
from kambila.domain.operations.candidates import Candidate, candidates
from kambila.domain.operations.codes import NAMES_TEAM
from kambila.domain.operations.models import OrdnanceItem, Progress, Task, Team
from kambila.domain.operations.paths import TASK
from kambila.domain.operations.priorities import of_task
from kambila.domain.operations.progress import (
    DAY,
    MONTH,
    PERIODS,
    WEEK,
    Period,
    cause_of,
    items_of,
    progress_of,
    words_of,
)
from kambila.intake import stepping
from kambila.journal import clock
from kambila.registry import access
from kambila.registry.findings import hidden_from

Row = dict[str, Any]
WORDS = {DAY: _("by day"), WEEK: _("by week"), MONTH: _("by month")}
FIRST = {DAY: _("Day"), WEEK: _("Week of"), MONTH: _("Month of")}


def task_section(account: Any, task: Task, by: str) -> Row:
    """What the page of a task shows besides its steps; `by` is day, week or month."""
    chooses = any(each in NAMES_TEAM for each in TASK.next(task.status)) and stepping.may_step(account, task)
    progress = _progress(account, task, by if by in PERIODS else WEEK)
    return {"progress": progress, "chooses": chooses, "priority": _priority(account, task)}


def _priority(account: Any, task: Task) -> Row | None:
    """The points with which it was ordered; what they add up from for who may see the records."""
    allowed = access.fields(account, Task, task)
    if task.priority_points is None or of_task.POINTS not in allowed:
        return None
    return {
        "points": task.priority_points,
        "scenario": of_task.title_of(task.priority_scenario or ""),
        "version": task.priority_version or "",
        "parts": of_task.parts_of(task) if of_task.PARTS in allowed else [],
    }


def _progress(account: Any, task: Task, by: str) -> Row | None:
    """Its progress, of the reports and items that the account may see; nothing before work was reported."""
    seen = access.visible(account, Progress).filter(task=task.pk)
    items = items_of(task, access.visible(account, OrdnanceItem))
    told = progress_of(task, by, clock.now().date(), list(seen), items)
    if not told.periods:
        return None
    ends = (told.forecast.earliest, told.forecast.latest)
    return {
        "by": by,
        "others": [(each, word) for each, word in WORDS.items() if each != by],
        "first": FIRST[by],
        "rows": [_period(each) for each in told.periods],
        "total": _period(told.total) if len(told.periods) > 1 else None,
        "done": number(round(told.done_m2)),
        "planned": _m2(told.planned_m2),
        "due": _m2(told.due_m2),
        "methods": [(words_of(each), _m2(planned), _m2(done)) for each, (planned, done) in told.by_method.items()]
        if any(planned is not None for planned, _done in told.by_method.values())
        else [],
        "earliest": day(ends[0].isoformat()) if ends[0] else "",
        "latest": day(ends[1].isoformat()) if ends[1] else "",
        "sentence": told.forecast.sentence,
    }


def _m2(value: Decimal | None) -> str:
    return "" if value is None else number(round(value))


def _period(each: Period) -> Row:
    return {
        "first": day(each.first.isoformat()),
        "m2": [(words_of(methods), number(round(m2))) for methods, m2 in each.by_method.items()],
        "deminer_days": number(round(each.amounts["deminer_days"], 1)),
        "machine_hours": number(round(each.amounts["machine_hours"], 1)),
        "stoppages": [(cause_of(cause), number(round(hours, 1))) for cause, hours in each.stoppages.items()],
        "found": number(each.found),
        "destroyed": number(each.destroyed),
        "reports": list(each.reports),
    }


def candidate_rows(account: Any, task: Task) -> list[Row]:
    """Who could take a task, of the teams that the account may see."""
    found = candidates(task, clock.now().date(), access.visible(account, Team))
    hidden = hidden_from(account, [said for each in found for said in each.findings])
    return [candidate_row(each, hidden) for each in found]


def candidate_row(each: Candidate, hidden: set[str]) -> Row:
    """A team that could take a task or answer a call, without the records that are hidden from who reads it."""
    return {
        "team": each.team,
        "url": reverse("record", args=["team", each.team.id]),
        "organisation": each.organisation,
        "state": each.state,
        "distance_km": each.distance_km,
        "busy": each.free_from is not None,
        "free_from": day(each.free_from.isoformat()) if _is_in_sight(each.free_from) else "",
        "effort_days": each.effort_days,
        "findings": told(each.findings, hidden),
    }


def _is_in_sight(free_from: datetime.date | None) -> TypeGuard[datetime.date]:
    return free_from is not None and free_from != datetime.date.max
