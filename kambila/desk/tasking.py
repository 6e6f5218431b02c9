"""A task as its page tells it beyond its steps: how it goes, and who could take it."""

from __future__ import annotations

import datetime
from typing import Any, TypeGuard

from django.urls import reverse

from kambila.desk.stepping import told
from kambila.desk.values import day, number
from kambila.domain.operations.candidates import candidates
from kambila.domain.operations.codes import NAMES_TEAM
from kambila.domain.operations.models import Progress, Task, Team
from kambila.domain.operations.paths import TASK
from kambila.domain.operations.progress import WEEK, Period, cause_of, progress_of, words_of
from kambila.intake import stepping
from kambila.journal import clock
from kambila.registry import access
from kambila.registry.findings import hidden_from

Row = dict[str, Any]


def task_section(account: Any, task: Task) -> Row:
    """What the page of a task shows besides its steps."""
    chooses = any(each in NAMES_TEAM for each in TASK.next(task.status)) and stepping.may_step(account, task)
    return {"progress": _progress(account, task), "chooses": chooses}


def _progress(account: Any, task: Task) -> Row | None:
    """Its progress by week, of the reports that the account may see; nothing before work was reported."""
    seen = access.visible(account, Progress).filter(task=task.pk)
    told = progress_of(task, WEEK, clock.now().date(), list(seen))
    if not told.periods:
        return None
    ends = (told.forecast.earliest, told.forecast.latest)
    return {
        "rows": [_week(each) for each in told.periods],
        "done": number(round(told.done_m2)),
        "planned": "" if told.planned_m2 is None else number(round(told.planned_m2)),
        "earliest": day(ends[0].isoformat()) if ends[0] else "",
        "latest": day(ends[1].isoformat()) if ends[1] else "",
        "sentence": told.forecast.sentence,
    }


def _week(each: Period) -> Row:
    return {
        "first": day(each.first.isoformat()),
        "m2": [(words_of(methods), number(round(m2))) for methods, m2 in each.by_method.items()],
        "deminer_days": number(round(each.amounts["deminer_days"], 1)),
        "machine_hours": number(round(each.amounts["machine_hours"], 1)),
        "stoppages": [(cause_of(cause), number(round(hours, 1))) for cause, hours in each.stoppages.items()],
        "reports": list(each.reports),
    }


def candidate_rows(account: Any, task: Task) -> list[Row]:
    """Who could take a task, of the teams that the account may see."""
    found = candidates(task, clock.now().date(), access.visible(account, Team))
    hidden = hidden_from(account, [said for each in found for said in each.findings])
    return [
        {
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
        for each in found
    ]


def _is_in_sight(free_from: datetime.date | None) -> TypeGuard[datetime.date]:
    return free_from is not None and free_from != datetime.date.max
