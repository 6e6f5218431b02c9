"""A task as its page tells it: the states that it was in, the steps that may follow, and what the guards say of each."""

from __future__ import annotations

import datetime
from typing import Any, TypeGuard

from django.urls import reverse

from kambila.desk.values import day, number
from kambila.domain.operations import steps
from kambila.domain.operations.candidates import Candidate, candidates
from kambila.domain.operations.checks import word_of
from kambila.domain.operations.codes import SuspensionReason, TaskStatus
from kambila.domain.operations.guards import FORBIDS, NEEDS_REASON, Finding
from kambila.domain.operations.models import Progress, Task, Team
from kambila.domain.operations.progress import WEEK, Period, cause_of, progress_of, words_of
from kambila.domain.operations.showing import hidden_from
from kambila.intake import stepping
from kambila.journal import clock
from kambila.registry import access, openness

Row = dict[str, Any]


def task_section(account: Any, task: Task) -> Row:
    """What the page of a task shows of its steps; the guards speak to those who may decide about it."""
    decides = may_decide(account, task)
    following = stepping.next_of(task) if decides else []
    hidden = hidden_from(account, [said for each in following for said in each.findings])
    told = [_step(each, hidden) for each in following]
    return {
        "states": _states(account, task),
        "decides": decides,
        "steps": told,
        "open_steps": [each for each in told if not each["forbidden"]],
        "needs_reason": any(each["needs_reason"] for each in told),
        "suspends": any(each["status"] == TaskStatus.SUSPENDED for each in told),
        "reasons": SuspensionReason.choices,
        "progress": _progress(account, task),
        "chooses": decides and any(each in steps.NAMES_TEAM for each in steps.next_steps(task.status)),
    }


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


def may_decide(account: Any, task: Task) -> bool:
    """Whether an account may take steps of this task."""
    return Task._default_manager.filter(access.acting_scope(account, Task, "decide"), pk=task.pk).exists()


def said_of(finding: Finding, hidden: set[str]) -> Row:
    """A finding with links to those of its records that may be seen."""
    links = [
        (code, reverse("review", args=[id]) if kind == "report" else reverse("record", args=[kind, id]))
        for kind, id, code in finding.records
        if kind and id not in hidden
    ]
    return {"weight": finding.weight, "sentence": finding.told(hidden), "links": links}


def _step(each: stepping.Next, hidden: set[str]) -> Row:
    return {
        "status": each.status,
        "word": word_of(each.status),
        "findings": [said_of(said, hidden) for said in each.findings],
        "forbidden": each.weight == FORBIDS,
        "needs_reason": any(said.weight == NEEDS_REASON for said in each.findings),
    }


def _states(account: Any, task: Task) -> list[Row]:
    """The states, the latest first; why and by whom for those who may see the decision."""
    past = stepping.past_of(task)
    entries = [each.decision for each in past] + [each.report for each in past]
    seen = set(openness.entries(account).filter(id__in=entries).values_list("id", flat=True))
    return [
        {
            "word": word_of(each.status),
            "date": day(each.date),
            "author": each.author if each.decision in seen else "",
            "reason": each.reason if each.decision in seen else "",
            "despite": each.despite if each.decision in seen else "",
            "url": reverse("entry", args=[each.report]) if each.report in seen else "",
            "code": each.code.removeprefix(each.report) or each.report[:8] if each.report in seen else "",
        }
        for each in reversed(past)
    ]


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
        "findings": [said_of(said, hidden) for said in each.findings],
    }


def _is_in_sight(free_from: datetime.date | None) -> TypeGuard[datetime.date]:
    return free_from is not None and free_from != datetime.date.max
