"""The steps of a task: each is an ordinary report with one change and the decision that accepts it, written as one.

The guards are asked while the write lock is held, so that nothing that is received meanwhile slips past them. Nothing else
here writes; what a step did is undone, like any report, by withdrawing it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kambila.accounts.models import Account
from kambila.domain.operations import guards, steps
from kambila.domain.operations.checks import word_of
from kambila.domain.operations.codes import TaskStatus
from kambila.domain.operations.guards import FORBIDS, NEEDS_REASON, Finding
from kambila.domain.operations.models import SpotTask, Task
from kambila.domain.operations.showing import hidden_from
from kambila.intake import codes, errors  # noqa: F401  the catalogue
from kambila.intake.authority import known_account, must_with_record
from kambila.intake.decisions import acceptance
from kambila.intake.lookup import find_record
from kambila.intake.returned import reasons
from kambila.intake.writing import Result, draft, results
from kambila.journal import Draft, append, clock
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.parts import named, read_part
from kambila.registry import history, same
from kambila.registry.models import Decision, Report

FORM, VERSION = "task_step", "1"
DESPITE = "despite"  # the key of a signed reason among the answers of a decision


@dataclass(frozen=True)
class Next:
    """A step that may follow, and what the guards say of it now."""

    status: str
    findings: tuple[Finding, ...]

    @property
    def weight(self) -> str:
        """The gravest thing that a guard says; empty when all are silent."""
        return self.findings[0].weight if self.findings else ""


@dataclass(frozen=True)
class Past:
    """A state that a task was in: since when, by whose report, and why. `decision` is empty for a report that waits."""

    status: str
    date: str
    recorded: str
    author: str
    report: str
    code: str
    decision: str
    reason: str
    despite: str


def take(
    task: str,
    status: str,
    author: str,
    reason: str,
    *,
    because: str = "",
    despite: str = "",
    team: str = "",
) -> Result:
    """Take a step of a task (code or UUID). Raises Problem when it may not follow, or a guard forbids it.

    `because` is the reason code of a suspension; `despite` signs a step of which a guard says that it needs a reason;
    `team` (code or UUID) chooses the team, and with it the operator, when the task is drafted or issued.
    """
    account = known_account(author)
    id = find_record("task", task)
    for action in ("report", "decide"):
        must_with_record(account, action, "task", id)
    if not reason.strip():
        raise Problem("no-reason")
    chosen = find_record("team", team) if team else ""
    written = append(lambda: _drafts(id, status, account, reason, because, despite.strip(), chosen))
    return results([written[1]])[0]


def current(task: str) -> Task:
    """The task of a code or UUID, as it stands. Raises Problem when it is not shown."""
    id = find_record("task", task)
    found = Task._default_manager.filter(pk=same.roots_of("task", [id]).get(id, id)).first()
    if found is None:
        raise Problem("not-shown", name=task)
    return found


def call_of(name: str) -> SpotTask | None:
    """The EOD call of a code or UUID; None when the name is not that of a call."""
    found = history.find(name, "spot_task")
    return SpotTask._default_manager.filter(pk=found[0][1]).first() if found else None


def next_of(task: Task) -> list[Next]:
    """The steps that may follow now. A suspension is judged as if a reason had been chosen."""
    any_reason = "other"
    case = guards.case_of(task, clock.now().date(), because=any_reason)
    return [Next(each, tuple(guards.judge(case, each))) for each in steps.next_steps(task.status)]


def past_of(task: Task) -> list[Past]:
    """Every state that was stated of a task and counts, the oldest first."""
    said = sorted((s for s in history.component("task", task.id).statements if s.counts), key=lambda each: each.order)
    stated = [each for each in said if "status" in each.values]
    reports = Report.objects.in_bulk([each.order[2] for each in stated])
    why = reasons([each.decision for each in reports.values()])
    return [_past(each, reports[each.order[2]], why) for each in stated]


def _past(statement: Any, report: Report, why: dict[str, tuple[str, str]]) -> Past:
    decided = Decision.objects.filter(pk=report.decision).first()
    return Past(
        status=statement.values["status"] or "",
        date=report.date,
        recorded=report.recorded,
        author=decided.author if decided else report.author,
        report=report.id,
        code=str(report),
        decision=report.decision,
        reason=why.get(report.decision, ("", ""))[0],
        despite=_despite(report.decision),
    )


def _despite(decision: str) -> str:
    sealed = EntryRow._default_manager.filter(id=decision).values_list("sealed", flat=True).first()
    commitment = named(orjson.loads(sealed), "answers") if sealed else None
    content = read_part(commitment) if commitment else None
    return str(orjson.loads(content).get(DESPITE, "")) if content else ""


def _drafts(
    id: str, status: str, account: Account, reason: str, because: str, despite: str, chosen: str
) -> Sequence[Draft]:
    """The report and its acceptance; within the write lock."""
    task = current(id)
    must_follow(task, status)
    team = guards.team_of(chosen)
    if chosen and (team is None or status not in steps.NAMES_TEAM):
        raise Problem("no-team-now", task=task, team=team or chosen)
    case = guards.case_of(task, clock.now().date(), team, because)
    findings = guards.judge(case, status)
    must_pass(task, status, findings, despite, hidden_from(account, findings))
    values = _values(task, status, because, team, case.day.isoformat())
    shown = history.shown("task", task.id)
    base = {"0": {name: shown[name] for name in values if shown.get(name)}}
    author = account.username
    body = {
        "form": FORM, "version": VERSION, "reporter": author, "office": task.office, "organisation": task.organisation,
        "date": case.day.isoformat(), "instance": "", "code": codes.give({codes.REPORT: 1})[codes.REPORT][0],
        "changes": [{"kind": "task", "id": task.id, "values": values}],
    }  # fmt: skip
    report = Draft("report", author, body)
    answers = {DESPITE: despite} if despite else None
    return [report, draft(author, acceptance(report.id, base if base["0"] else {}), reason, answers)]


def must_follow(task: Task, status: str) -> None:
    """Raises Problem when a step may not follow the status of a task."""
    allowed = steps.next_steps(task.status)
    if status not in allowed:
        words = ", ".join(f"{each} ({word_of(each)})" for each in allowed) or _("none")
        raise Problem("no-such-step", task=task, now=word_of(task.status), step=word_of(status), allowed=words)


def must_pass(task: Task, status: str, findings: Sequence[Finding], despite: str, hidden: Collection[str]) -> None:
    """Raises Problem when a guard forbids a step, or asks for a signed reason that is not given."""
    if forbidding := [each.told(hidden) for each in findings if each.weight == FORBIDS]:
        raise Problem("step-forbidden", task=task, step=word_of(status), sentences=" ".join(forbidding))
    asking = [each.told(hidden) for each in findings if each.weight == NEEDS_REASON]
    if asking and not despite:
        raise Problem("step-needs-reason", task=task, step=word_of(status), sentences=" ".join(asking))


def _values(task: Task, status: str, because: str, team: Any, day: str) -> dict[str, Any]:
    """What the report of a step states of the task."""
    values: dict[str, Any] = {"status": status, "status_date": day}
    if status == TaskStatus.SUSPENDED:
        values["suspension_reason"] = because
    elif task.suspension_reason:
        values["suspension_reason"] = None
    if status == TaskStatus.ISSUED and not task.issued_on:
        values["issued_on"] = day
    if status == TaskStatus.COMPLETED:
        values["completed_on"] = day
    if team is not None:
        values |= {"team": team.id, "operator": team.operator_id}
    return values
