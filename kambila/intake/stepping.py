"""Steps on the path of a record: each is a report with one change and the decision that accepts it, written as one.

What keeps the record from it is asked while the write lock is held, so that nothing that comes meanwhile slips past: the
guards where its path has some, else the checks of its kind. Nothing else here writes; what a step did is undone, like
any report, by withdrawing it (`kambila.intake.stepping_back`).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from kambila.accounts.models import Account
from kambila.intake import codes
from kambila.intake.authority import known_account, must_with_record
from kambila.intake.corrections import stated_value
from kambila.intake.decisions import acceptance, answered
from kambila.intake.lookup import current, find_record
from kambila.intake.returned import reasons
from kambila.intake.review import review_entry
from kambila.intake.sender import said_of
from kambila.intake.writing import Result, draft, results
from kambila.journal import Draft, Part, append, clock
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem
from kambila.journal.models import EntryRow
from kambila.journal.parts import named, read_part
from kambila.registry import access, history
from kambila.registry.findings import FORBIDS, NEEDS_REASON, Finding, hidden_from, of_weight
from kambila.registry.kinds import plan_of
from kambila.registry.models import Decision, Record, Report, kind_of
from kambila.registry.paths import Path, has_path, path_of

FORM, VERSION = "step", "1"
PART = "change-0"  # where the sealed values of a step lie
DESPITE = "despite"  # the key of a signed reason among the answers of a decision
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Next:
    """A step that may follow: the fields that it asks for (None of them is known yet), and what the guards say now."""

    status: str
    word: str
    asks: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def weight(self) -> str:
        """The gravest thing that a guard says; empty when all are silent."""
        return self.findings[0].weight if self.findings else ""


@dataclass(frozen=True)
class Past:
    """A state that a record was in: since when, by whose report, and why."""

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
    kind: str, name: str, step: str, author: str, reason: str, also: Values | None = None, despite: str = ""
) -> Result:
    """Take a step with a record, named by code or UUID; `also` are further fields that it states, as a form would.

    `despite` signs a step of which a guard says that it needs a reason, or answers what a check finds doubtful. Raises
    Problem for a step that may not follow, is not given what it asks for, or is forbidden; without a reason; and for who
    may not both report and decide about this record.
    """
    path, account = path_of(kind), known_account(author)
    id = find_record(kind, name)
    for action in ("report", "decide"):
        must_with_record(account, action, kind, id)
    if not reason.strip():
        raise Problem("no-reason")

    def written() -> Sequence[Draft]:
        """Called while the write lock is held: two who take a step at once do not both take it."""
        record = current(kind, id)
        stated = _stated(path, record, step, account, also or {})
        report, base = _report(path, record, step, account, stated)
        said = _judged(path, record, step, account, stated, report, despite.strip())
        return [report, draft(author, acceptance(report.id, base), reason, said)]

    return results(append(written)[1:])[0]


def may_step(account: Any, record: Record) -> bool:
    """Whether records of this kind take steps, and the account may take them with this one."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    scopes = (access.acting_scope(account, type(record), each) for each in ("report", "decide"))
    return has_path(kind_of(type(record))) and all(rows.filter(scope).exists() for scope in scopes)


def next_of(record: Record) -> list[Next]:
    """The steps that may follow now, with what each asks for and what the guards say of it."""
    path = path_of(kind_of(type(record)))
    return [
        Next(each, path.word(each), path.missing(record, each, {}), tuple(path.ask(record, each, {})))
        for each in path.next(getattr(record, path.field))
    ]


def past_of(record: Record) -> list[Past]:
    """Every state that was stated of a record and counts, the oldest first."""
    kind = kind_of(type(record))
    stated = history.stated(kind, record.id, path_of(kind).field)
    reports = Report.objects.in_bulk([each.order[2] for each in stated])
    decisions = Decision.objects.in_bulk([each.decision for each in reports.values()])
    why = reasons(decisions)
    found = []
    for each in stated:
        report = reports[each.order[2]]
        decided = decisions.get(report.decision)
        found.append(
            Past(
                status=each.values[path_of(kind).field] or "",
                date=report.date,
                recorded=report.recorded,
                author=decided.author if decided else report.author,
                report=report.id,
                code=str(report),
                decision=report.decision,
                reason=why.get(report.decision, ("", ""))[0],
                despite=_despite(report.decision),
            )
        )
    return found


def _despite(decision: str) -> str:
    sealed = EntryRow._default_manager.filter(id=decision).values_list("sealed", flat=True).first()
    commitment = named(orjson.loads(sealed), "answers") if sealed else None
    content = read_part(commitment) if commitment else None
    return str(orjson.loads(content).get(DESPITE, "")) if content else ""


def _stated(path: Path, record: Record, step: str, account: Account, also: Values) -> Values:
    """What is stated with a step, as the journal keeps it. Raises Problem for a step that may not follow, or lacks
    something."""
    status = getattr(record, path.field)
    if step not in path.next(status):
        words = ", ".join(f"{each} ({path.word(each)})" for each in path.next(status)) or "–"
        raise Problem("not-on-path", record=record, status=path.word(status), step=path.word(step), steps=words)
    if missing := path.missing(record, step, also):
        fields = plan_of(path.kind).stated
        asked = ", ".join(f"{fields[each].verbose_name} ({each})" for each in missing)
        raise Problem("step-asks", step=path.word(step), fields=asked)
    links = plan_of(path.kind).links
    named_by_code = {each: find_record(links[each], also[each]) for each in links.keys() & also.keys() if also[each]}
    stated = {each: stated_value(path.kind, each, value) for each, value in (dict(also) | named_by_code).items()}
    return stated | dict(path.implied(record, step, stated, account))


def _report(
    path: Path, record: Record, step: str, account: Account, stated: Values
) -> tuple[Draft, dict[str, dict[str, list[str]]]]:
    """The report of a step, and what was shown of what it states."""
    day = clock.text(clock.now())[:10]
    values = path.states(record, step, day, stated)
    known = history.shown(path.kind, record.id)
    base = {name: known[name] for name in values if known.get(name)}
    sealed = {
        name: values.pop(name) for name in list(values) if plan_of(path.kind).stated[name].sealed and values[name]
    }
    change = {"kind": path.kind, "id": record.id, "values": values} | (
        {"sealed": dict.fromkeys(sealed, PART)} if sealed else {}
    )
    parts = {PART: Part("application/json", canonical(sealed).encode())} if sealed else {}
    office, organisation = said_of(account)
    body = {
        "form": FORM, "version": VERSION, "reporter": account.username, "office": office, "organisation": organisation,
        "code": codes.give({codes.REPORT: 1})[codes.REPORT][0], "date": day, "instance": "",
        "changes": [change],
    }  # fmt: skip
    return Draft("report", account.username, body, parts), {"0": base} if base else {}


def _judged(
    path: Path, record: Record, step: str, account: Account, stated: Values, report: Draft, despite: str
) -> dict[str, str]:
    """What is kept beside the decision. Raises Problem when something forbids the step, or asks for a reason that is not
    given."""
    signed = _guarded(path, record, step, account, stated, despite) if path.guards else {}
    if path.guards is not None and not path.reported:
        return signed
    entry = _as_entry(report)
    return signed | answered(entry, review_entry(entry), despite)


def _guarded(path: Path, record: Record, step: str, account: Account, stated: Values, despite: str) -> dict[str, str]:
    would_be = copy.copy(record)
    for name, value in stated.items():
        setattr(would_be, plan_of(path.kind).stated[name].attname, value)
    findings = path.ask(would_be, step, stated)
    hidden = hidden_from(account, findings)
    if sentences := of_weight(findings, FORBIDS, hidden):
        raise Problem("step-forbidden", record=record, step=path.word(step), sentences=sentences)
    if (sentences := of_weight(findings, NEEDS_REASON, hidden)) and not despite:
        raise Problem("step-needs-reason", record=record, step=path.word(step), sentences=sentences)
    return {DESPITE: despite} if despite else {}


def _as_entry(report: Draft) -> Entry:
    """A report that lies in no journal yet, as the checks read it."""
    body = orjson.dumps(report.body).decode()
    now = clock.text(clock.now())
    sealed = canonical([{"name": name, "commitment": name} for name in report.parts])
    return Entry(report.id, "", 0, 0, "report", 1, now, report.author, body, sealed, "", "")
