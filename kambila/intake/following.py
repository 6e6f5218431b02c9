"""Taking a step on the path of a record: a report with one change and the decision that accepts it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from kambila.accounts.models import Account
from kambila.intake import codes
from kambila.intake.authority import known_account, must_with_record
from kambila.intake.corrections import stated_value
from kambila.intake.decisions import acceptance, answered
from kambila.intake.lookup import find_record
from kambila.intake.review import review_entry
from kambila.intake.sender import said_of
from kambila.intake.writing import Result, draft, results
from kambila.journal import Draft, append, clock
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem
from kambila.registry import access, history, same
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Record
from kambila.registry.paths import Path, has_path, path_of

FORM = "step"


@dataclass(frozen=True)
class Offered:
    """A step that may follow: its value, its label, and the fields that it asks for (None of them is known yet)."""

    value: str
    label: str
    asks: tuple[str, ...]


def take(
    kind: str, name: str, step: str, author: str, reason: str, also: Mapping[str, Any] | None = None, answers: str = ""
) -> Result:
    """Take a step with a record, named by code or UUID; `also` are further fields that it states, as a form would.

    Raises Problem for a step that may not follow, one that is not given what it asks for, what a check finds wrong, a
    warning that is not answered, no reason, or who may not both report and decide about this record.
    """
    path, account = path_of(kind), known_account(author)
    id = find_record(kind, name)
    for action in ("report", "decide"):
        must_with_record(account, action, kind, id)
    if not reason.strip():
        raise Problem("no-reason")

    def written() -> Sequence[Draft]:
        """Called while the write lock is held: two who take a step at once do not both take it."""
        record = _record(account, kind, same.roots_of(kind, [id]).get(id, id), name)
        report = _report(path, record, step, account, also or {})
        found = answered(_as_entry(report), review_entry(_as_entry(report)), answers)
        return [report, draft(author, acceptance(report.id, {}), reason, found)]

    return results(append(written)[1:])[0]


def offered(account: Any, record: Record, kind: str) -> list[Offered]:
    """The steps that an account may take with a record that it sees; none where it may not decide about it."""
    if not may_step(account, record, kind):
        return []
    path = path_of(kind)
    status = getattr(record, path.field)
    labels = dict(plan_of(kind).stated[path.field].choices or ())
    return [Offered(each, str(labels.get(each, each)), _missing(path, record, each, {})) for each in path.next(status)]


def may_step(account: Any, record: Record, kind: str) -> bool:
    """Whether records of this kind take steps, and the account may take them with this one."""
    rows = type(record)._default_manager.filter(pk=record.pk)
    scopes = (access.acting_scope(account, type(record), each) for each in ("report", "decide"))
    return has_path(kind) and all(rows.filter(scope).exists() for scope in scopes)


def _record(account: Account, kind: str, id: str, name: str) -> Record:
    found = access.visible(account, model_of(kind)).filter(pk=id).first()
    if found is None:
        raise Problem("no-such-record", name=name)
    return found


def _report(path: Path, record: Record, step: str, account: Account, also: Mapping[str, Any]) -> Draft:
    status = getattr(record, path.field)
    if step not in path.next(status):
        offered = ", ".join(path.next(status)) or "–"
        raise Problem("not-on-path", record=record, status=status or "–", step=step, steps=offered)
    if missing := _missing(path, record, step, also):
        fields = plan_of(path.kind).stated
        raise Problem("step-asks", step=step, fields=", ".join(f"{fields[n].verbose_name} ({n})" for n in missing))
    day = clock.text(clock.now())[:10]
    values = path.defaults(step, day) | {name: stated_value(path.kind, name, each) for name, each in also.items()}
    values[path.field] = step
    known = history.shown(path.kind, record.id)
    change = {"kind": path.kind, "id": record.id, "values": values}
    change["base"] = {name: known[name] for name in values if name in known}
    office, organisation = said_of(account)
    body = {
        "form": FORM, "version": "1", "reporter": account.username, "office": office, "organisation": organisation,
        "code": codes.give({codes.REPORT: 1})[codes.REPORT][0], "date": day, "instance": "", "changes": [change],
    }  # fmt: skip
    return Draft("report", account.username, body, {})


def _missing(path: Path, record: Record, step: str, also: Mapping[str, Any]) -> tuple[str, ...]:
    """What a step asks for, was not given with it, and is not known already or would be made unknown by it."""
    asked = path.asks(getattr(record, path.field), step)
    ends = step in path.today  # what is known of an earlier end does not say why there is another
    return tuple(name for name in asked if not also.get(name) and (ends or not getattr(record, name)))


def _as_entry(report: Draft) -> Entry:
    """A report that lies in no journal yet, as the checks read it."""
    body = orjson.dumps(report.body).decode()
    now = clock.text(clock.now())
    return Entry(report.id, "", 0, 0, "report", 1, now, report.author, body, canonical([]), "", "")
