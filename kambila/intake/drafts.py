"""The changes of a report as the checks see them, over the registry as it stands. Sealed values are never opened."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from kambila.journal.entry import Entry
from kambila.journal.parts import named
from kambila.registry import partial_dates, questions, same, sql
from kambila.registry.fields import Link, PartialDate
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import derived_fields, stated_fields

Row = Mapping[str, Any]
UNDATED = ("", "", "")


class Known:
    """What the registry knows, asked at most once for each question; for the length of one review or of one batch."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], Row] = {}
        self._rows: dict[tuple[Any, ...], list[Row]] = {}

    def record(self, kind: str, id: str) -> Row:
        """A record, also by the UUID of one that was merged into it; empty when there is none."""
        key = (kind, id)
        if key not in self._records:
            if kind not in kinds():
                self._records[key] = {}
            else:
                found = self.rows(kind, {"pk": id}) if _is_there(kind, id) else []
                if not found and (root := same.roots_of(kind, [id]).get(id, id)) != id:
                    found = self.rows(kind, {"pk": root})
                self._records[key] = found[0] if found else {}
        return self._records[key]

    def learn(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Look up many records (kind, id) with one question for each kind."""
        asked: dict[str, set[str]] = {}
        for kind, id in wanted:
            if kind in kinds() and (kind, id) not in self._records:
                asked.setdefault(kind, set()).add(id)
        for kind, ids in asked.items():
            # Few are there, and a whole row is dear to ask for.
            there = sql.select(f"SELECT id FROM {plan_of(kind).table} WHERE id IN ({{keys}})", ids)
            asked_for = sql.chunks(id for (id,) in there)
            found = {row["id"]: row for chunk in asked_for for row in self.rows(kind, {"pk__in": chunk})}
            missing = ids - found.keys()
            merged = same.roots_of(kind, missing) if missing else {}
            self._records |= {(kind, id): found.get(id, {}) for id in ids - merged.keys()}

    def rows(self, kind: str, filters: Mapping[str, Any]) -> list[Row]:
        """Known records of a kind, by Django filters."""
        key = _question(kind, filters)
        if key not in self._rows:
            self.note(kind, filters, questions.rows(kind, filters))
        return self._rows[key]

    def has(self, kind: str, id: str) -> bool:
        """Whether a record was looked up before."""
        return (kind, id) in self._records

    def note(self, kind: str, filters: Mapping[str, Any], rows: Iterable[dict[str, Any]]) -> None:
        """Keep the answer to a question: rows as the database has them."""
        self._rows[_question(kind, filters)] = [_as_read(kind, row) for row in rows]


def _question(kind: str, filters: Mapping[str, Any]) -> tuple[Any, ...]:
    return (kind, *((name, repr(value)) for name, value in sorted(filters.items())))


def _is_there(kind: str, id: str) -> bool:
    """Asked first, because nearly every record of a new report is new, and a whole row is dear to ask for."""
    return bool(sql.run(f"SELECT 1 FROM {plan_of(kind).table} WHERE id = %s", [id]))


@dataclass
class Reviewed:
    """One change of a report; it is what `kambila.registry.checks.Draft` asks for."""

    kind: str
    id: str
    index: int
    stated: Row
    unreadable: Mapping[str, str]  # field: why
    names: frozenset[str]  # every field that the change names
    information: tuple[str, str, str]
    received: str
    office: str
    organisation: str
    registry: Known
    together: list[Reviewed] = field(default_factory=list)
    answered: dict[str, Any] = field(default_factory=dict)  # check: what it found without asking the registry

    @cached_property
    def known(self) -> Row:
        return self.registry.record(self.kind, self.id)

    @cached_property
    def is_new(self) -> bool:
        return not self.known

    @cached_property
    def values(self) -> Row:
        return {**self.known, **self.stated}

    def record(self, kind: str, id: str | None) -> Row | None:
        if not id:
            return None
        here = [each for each in self.together if (each.kind, each.id) == (kind, id)]
        found = dict(self.registry.record(kind, id))
        for each in here:
            found.update(each.stated)
        return {**found, "id": id} if found or here else None

    def records(self, kind: str, ids: Sequence[str]) -> Sequence[Row]:
        self.registry.learn((kind, id) for id in ids)
        return [row for id in ids if (row := self.record(kind, id)) is not None]

    def siblings(self, kind: str) -> Sequence[Reviewed]:
        return [each for each in self.together if each.kind == kind and each is not self]

    def rows(self, kind: str, **filters: Any) -> Sequence[Row]:
        """Without this record, and without the one that it was merged into."""
        own = {self.id, self.known.get("id")} if kind == self.kind else set()
        return [row for row in self.registry.rows(kind, filters) if row["id"] not in own]


def drafts_of(entry: Entry, registry: Known | None = None) -> list[Reviewed]:
    """The changes of a report entry. Those of a kind that nobody declares are there too, with nothing stated."""
    registry, body = registry or Known(), entry.body
    together: list[Reviewed] = []
    for index, change in enumerate(body.get("changes", [])):
        said = {**change.get("values", {})}
        said |= {name: named(entry.sealed, part) for name, part in change.get("sealed", {}).items()}
        stated, unreadable = read_values(change["kind"], said)
        together.append(
            Reviewed(
                kind=change["kind"],
                id=change["id"],
                index=index,
                stated=stated,
                unreadable=unreadable,
                names=frozenset(said),
                information=read_date(change.get("date") or body.get("date")),
                received=entry.recorded[:10],
                office=body.get("office", ""),
                organisation=body.get("organisation", ""),
                registry=registry,
                together=together,
            )
        )
    return together


def read_values(kind: str, said: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """(what was stated, as the fields read it; for what they cannot read, why). Unknown fields are left out."""
    stated: dict[str, Any] = {}
    unreadable: dict[str, str] = {}
    fields = plan_of(kind).stated if kind in kinds() else {}
    for name, value in said.items():
        if name in fields and (value is None or fields[name].sealed):
            stated[name] = value
        elif name in fields:
            try:
                stated[name] = fields[name].read(value)
            except ValueError as error:
                unreadable[name] = error.args[0]
    return stated, unreadable


def read_date(text: Any) -> tuple[str, str, str]:
    """A date of information; three empty texts when it cannot be read."""
    try:
        return partial_dates.read(text)
    except ValueError:
        return UNDATED


def _as_read(kind: str, row: dict[str, Any]) -> Row:
    """A row with the values as the fields read them: links by name, dates with their days. Geometries stay WKB."""
    links, dates = _forms(kind)
    for name, column in links:
        row[name] = row[column]
    for name in dates:
        if row[name] is not None:
            row[name] = (row[name], _day(row[f"{name}_first"]), _day(row[f"{name}_last"]))
    return row


@cache
def _forms(kind: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    fields = {**stated_fields(kinds()[kind]), **derived_fields(kinds()[kind])}
    links = tuple((name, each.attname) for name, each in fields.items() if isinstance(each, Link))
    return links, tuple(name for name, each in fields.items() if isinstance(each, PartialDate))


def _day(value: datetime.date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()
