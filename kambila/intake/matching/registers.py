"""The two registers that are compared: the rows of an operator's file, and its records here with what waits of it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from kambila.accounts.roles import RESTRICTED, RULES, Held, Role, held
from kambila.accounts.scopes import Scope
from kambila.intake.matching.sides import value_of
from kambila.registry import access, history, openness, same, sql
from kambila.registry.kinds import model_of
from kambila.registry.likeness import SameCode
from kambila.registry.matching import compared_of, matching_of
from kambila.registry.models import Change, Code, Decision, Record, Report, stated_fields
from kambila.registry.names import plain_code

OPEN = (Report.Status.WAITING, Report.Status.RETURNED, Report.Status.REJECTED, Report.Status.WITHDRAWN)


@dataclass(frozen=True)
class Line:
    """A row of the register of an operator: what it states of one record (JSON, as a report would), by the operator's id.

    `record` is the UUID that the profile makes of it, `date` the date of information (empty where the file says none),
    `fault` why it cannot be read.
    """

    number: int
    kind: str
    values: Mapping[str, Any]
    id: str
    record: str = ""
    date: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Here:
    """A record of the operator in our registry."""

    id: str
    code: str
    codes: tuple[str, ...]  # every code and number that it is known by
    values: Mapping[str, Any]  # stated and compared derived fields that may be shown, as read
    date: datetime.date | None  # of information


@dataclass
class Register:
    """What we hold of one kind of an operator: its records, and what became of its reports that do not count."""

    kind: str
    records: dict[str, Here] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)  # record: the latest report of it that does not count
    retired: set[str] = field(default_factory=set)
    elsewhere: set[str] = field(default_factory=set)  # records that another organisation reported

    def by_code(self) -> dict[str, set[str]]:
        """record ids by their codes, however these are written."""
        found: dict[str, set[str]] = {}
        for here in self.records.values():
            for code in here.codes:
                found.setdefault(plain_code(code), set()).add(here.id)
        return found


def register_of(kind: str, organisation: str, lines: Iterable[Line], account: Any) -> Register:
    """What an account sees of an operator: no more than the operator itself may see, for the list goes back to it."""
    own = _own(kind, organisation, account)
    register = Register(kind, {here.id: here for here in _here(kind, own, account)})
    named = {line.record for line in lines if line.record} - register.records.keys()
    reports = {each.id: each for each in _unaccepted(kind, organisation, account)}
    for record, entry in _speaking(kind, reports):
        register.reports[record] = reports[entry]
    register.retired = _retired(kind, named)
    roots = same.roots_of(kind, named)
    for chunk in sql.chunks(named | set(roots.values())):
        seen = access.visible(account, model_of(kind)).filter(pk__in=chunk)
        register.elsewhere |= set(seen.values_list("pk", flat=True)) - register.records.keys()
    return register


def sees_whole(account: Any, kind: str, organisation: str) -> bool:
    """Whether an account sees all records of a kind of an organisation; else what it does not see would look missing."""
    wanted = Scope(organisation=organisation)
    near = [each for each in held(account) if each.rule.within == RESTRICTED and not each.rule.links_only]
    return access.sees_all(account, model_of(kind)) or any(each.scope.contains(wanted) for each in near)


def last_reports(kind: str, records: Collection[str]) -> dict[str, Report]:
    """For each record the latest report that counts in it."""
    latest = {record: entries[-1] for record, entries in history.reports_of(kind, sorted(records)).items() if entries}
    found = {each.id: each for chunk in sql.chunks(latest.values()) for each in Report.objects.filter(pk__in=chunk)}
    return {record: found[entry] for record, entry in latest.items() if entry in found}


def _own(kind: str, organisation: str, account: Any) -> QuerySet[Any]:
    model = model_of(kind)
    as_operator = Held(Role.OPERATOR, RULES[Role.OPERATOR], Scope(organisation=organisation))
    return access.visible(account, model).filter(access.within_scope(as_operator, model))


def _here(kind: str, rows: QuerySet[Any], account: Any) -> Iterable[Here]:
    model, declared = model_of(kind), stated_fields(model_of(kind))
    derived: dict[str, Any] = {each.derived: model._meta.get_field(each.derived) for each in compared_of(kind).values()}
    compared: dict[str, Any] = {**{n: f for n, f in declared.items() if not f.sealed}, **derived}
    older: dict[str, list[str]] = {}
    for code, record in Code.objects.filter(kind=kind).values_list("code", "record"):
        older.setdefault(record, []).append(code)
    numbers = _numbers(kind)
    for row in rows.order_by("pk").iterator(chunk_size=1_000):
        allowed = set(access.fields(account, model, row))
        values = {name: value_of(row, each) for name, each in compared.items() if name in allowed}
        codes = [row.code, *older.get(row.id, ()), *(values.get(name) for name in numbers)]
        yield Here(row.id, row.code or "", tuple(dict.fromkeys(map(str, filter(None, codes)))), values, _date(row))


def _numbers(kind: str) -> list[str]:
    """Fields besides the code by which records of a kind are known, such as the number of a task order."""
    matching = matching_of(kind)
    comparers = [each for way in matching.ways for each in way.comparers] if matching else []
    return list(dict.fromkeys(path for each in comparers if isinstance(each, SameCode) for path in each.paths))


def _date(row: Record) -> datetime.date | None:
    value: Any = row.information_date
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _unaccepted(kind: str, organisation: str, account: Any) -> QuerySet[Report]:
    mine = Report.objects.filter(status__in=OPEN, organisation=organisation, kinds__contains=f" {kind} ")
    return openness.reports(account, mine, kind)


def _speaking(kind: str, reports: Collection[str]) -> list[tuple[str, str]]:
    """(record, report), the earliest first; by the one that bears it where records were joined."""
    rows: list[tuple[int, str, str]] = []
    for chunk in sql.chunks(reports):
        said = Change.objects.filter(kind=kind, entry__in=chunk)
        rows += said.values_list("tick", "record", "entry")
    roots = same.roots_of(kind, {record for _tick, record, _entry in rows})
    return [(roots.get(record, record), entry) for _tick, record, entry in sorted(rows)]


def _retired(kind: str, records: Collection[str]) -> set[str]:
    found: dict[str, str] = {}
    for chunk in sql.chunks(records):
        decided = Decision.objects.filter(kind=kind, verb__in=("retire", "restore"), effective=True, record__in=chunk)
        found |= dict(decided.order_by("tick", "recorded", "id").values_list("record", "verb"))
    return {record for record, verb in found.items() if verb == "retire"}
