"""What is compared: records of the registry and of reports that wait, with those of their values that may be seen.

Nothing sealed is among the values, so no name or story is ever compared. With an account, what it may not see of a record
is left out too: neither a score nor a reason tells it anything else.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import orjson
from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from kambila.registry import access, openness, sql
from kambila.registry.dangers import UNDECIDED
from kambila.registry.fields import Link, Number, PartialDate, Shape, Stated
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Change, Record, Report, derived_fields, stated_fields

CHUNK = 1_000
NEWEST = 5_000  # reports with a kind that wait, and as many that were returned, are looked at, the newest
Values = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """One of two that are compared; `report` is the id of the report that it waits in, empty for the registry."""

    kind: str
    id: str
    code: str
    values: Mapping[str, Any]
    report: str = ""


def recorded(kind: str, paths: Sequence[str], condition: Q | None = None, account: Any = None) -> Iterator[Side]:
    """Records of the registry; without an account, all of them with all that is not sealed."""
    rows = _records(kind, Q() if condition is None else condition, account).iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        values = [_values(kind, row, [path for path in paths if "__" not in path], account) for row in chunk]
        _follow(kind, paths, values, [{link: _link(row, link) for link in _links(paths)} for row in chunk], account)
        for row, found in zip(chunk, values, strict=True):
            yield Side(kind, row.id, row.code or "", found)


def reported(
    kind: str, paths: Sequence[str], account: Any = None, records: Collection[str] | None = None
) -> Iterator[Side]:
    """Records (all of a kind, or some) of which only reports that wait or were returned speak, as these say together."""
    said = _statements(kind, account, records)
    model = model_of(kind)
    known = {id for chunk in sql.chunks(said) for id in _ids(model, chunk)}
    stated = plan_of(kind).stated
    fresh = {id: each for id, each in said.items() if id not in known}
    own = [path for path in paths if "__" not in path]
    values = [{path: as_read(stated[path], said[path]) for path in own if path in said} for _, said in fresh.values()]
    linked = [{link: said.get(link) for link in _links(paths)} for _, said in fresh.values()]
    _follow(kind, paths, values, linked, account)
    for (id, (report, said_of_it)), found in zip(fresh.items(), values, strict=True):
        yield Side(kind, id, str(said_of_it.get("code") or ""), found, report)


def stated(kind: str, paths: Sequence[str], said: Mapping[str, Any], account: Any = None) -> Values:
    """The values of a row or a change, stated (JSON) or read, with those of the records that it links to."""
    declared = plan_of(kind).stated
    own = [path for path in paths if path in declared and path in said and not declared[path].sealed]
    values = [{path: as_read(declared[path], said[path]) for path in own}]
    _follow(kind, paths, values, [{link: said.get(link) for link in _links(paths)}], account)
    return values[0]


def labels(kind: str, paths: Iterable[str]) -> dict[str, str]:
    """What each field is called, in the reader's language."""
    return {path: capfirst(str(_field(kind, path).verbose_name)) for path in paths}


def as_read(field: Stated, value: Any) -> Any:
    """A value as the field reads it, whether it is given as stated or as read; None for what cannot be read."""
    if value is None or (isinstance(field, Number) and isinstance(value, Decimal)):
        return value
    if isinstance(field, PartialDate | Shape) and not isinstance(value, str | dict):
        return value
    with suppress(ValueError):
        return field.read(value)
    return None


def value_of(record: Record, field: Any) -> Any:
    """The value of a field of a record, as `read` gives it; a geometry as WKB."""
    value = getattr(record, field.attname)
    if value is None or not isinstance(field, PartialDate):
        return value
    return value, _day(getattr(record, f"{field.name}_first")), _day(getattr(record, f"{field.name}_last"))


def _records(kind: str, condition: Q, account: Any) -> Any:
    model = model_of(kind)
    rows = model._default_manager.all() if account is None else access.visible(account, model)
    return rows.filter(condition).order_by("pk")


def _ids(model: type[Record], chunk: list[str]) -> Iterable[str]:
    return model._default_manager.filter(pk__in=chunk).values_list("pk", flat=True)


def _values(kind: str, row: Record, names: Iterable[str], account: Any) -> Values:
    model = model_of(kind)
    allowed = None if account is None else set(access.fields(account, model, row))
    fields = {**stated_fields(model), **derived_fields(model)}
    open_ones = [name for name in names if not fields[name].sealed and (allowed is None or name in allowed)]
    return {name: value_of(row, fields[name]) for name in open_ones}


def _statements(kind: str, account: Any, records: Collection[str] | None) -> dict[str, tuple[str, Values]]:
    """record: (the report that spoke of it last, all that waiting reports state of it)."""
    columns = ("tick", "id", "record", "entry", "stated")
    rows: list[tuple[Any, ...]] = []
    if records is None:
        entries = [id for status in UNDECIDED for id in _newest(kind, status, account)]
        for chunk in sql.chunks(entries):
            rows += Change.objects.filter(kind=kind, entry__in=chunk).values_list(*columns)
    else:
        seen = _seen(Report.objects.filter(status__in=UNDECIDED), kind, account).values("pk")
        for chunk in sql.chunks(records):
            rows += Change.objects.filter(kind=kind, record__in=chunk, entry__in=seen).values_list(*columns)
    sealed = {name for name, field in plan_of(kind).stated.items() if field.sealed}
    found: dict[str, tuple[str, Values]] = {}
    for _tick, _id, record, entry, text in sorted(rows):
        said = {name: value for name, value in orjson.loads(text)["values"].items() if name not in sealed}
        found[record] = (entry, {**(found[record][1] if record in found else {}), **said})
    return found


def _newest(kind: str, status: str, account: Any) -> Iterable[str]:
    """Ids are in the order of time, and in the index of a status."""
    reports = Report.objects.filter(status=status, kinds__contains=f" {kind} ")
    return _seen(reports, kind, account).order_by("-id").values_list("pk", flat=True)[:NEWEST]


def _seen(reports: QuerySet[Report], kind: str, account: Any) -> QuerySet[Report]:
    return reports if account is None else openness.reports(account, reports, kind)


def _follow(
    kind: str, paths: Sequence[str], values: Sequence[Values], linked: Sequence[Mapping[str, Any]], account: Any
) -> None:
    """Add the values of linked records (``incident__date``), of the registry or of what waits."""
    for link, names in _links(paths).items():
        target = plan_of(kind).links[link]
        ids = {each[link] for each in linked if each.get(link)}
        found = _of_linked(target, ids, names, account)
        for own, links in zip(values, linked, strict=True):
            own.update({f"{link}__{name}": value for name, value in found.get(links.get(link) or "", {}).items()})


def _of_linked(kind: str, ids: set[str], names: list[str], account: Any) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for chunk in sql.chunks(ids):
        found |= {row.id: _values(kind, row, names, account) for row in _records(kind, Q(pk__in=chunk), account)}
    missing = sorted(ids - found.keys())
    return found | {side.id: dict(side.values) for side in reported(kind, names, account, missing)}


def _links(paths: Iterable[str]) -> dict[str, list[str]]:
    """link: the fields behind it."""
    found: dict[str, list[str]] = {}
    for path in paths:
        link, behind, name = path.partition("__")
        if behind:
            found.setdefault(link, []).append(name)
    return found


def _link(row: Record, link: str) -> Any:
    return getattr(row, f"{link}_id")


def _field(kind: str, path: str) -> Any:
    link, behind, name = path.partition("__")
    model = model_of(kind)
    if behind and isinstance(field := model._meta.get_field(link), Link):
        return field.related_model._meta.get_field(name)
    return model._meta.get_field(path)


def _day(value: datetime.date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()
