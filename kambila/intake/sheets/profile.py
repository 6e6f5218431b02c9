"""A profile: which column becomes which field, which code which code, and which rows are not ours. It is read from TOML.

docs/import.md shows what one looks like, and docs/decisions/profiles.md says why it is TOML.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from kambila.journal.errors import Problem
from kambila.registry.fields import Attachment, Shape
from kambila.registry.kinds import kinds, plan_of

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
DATE_ORDERS = ("ymd", "dmy", "mdy")
POSITIONS = ("latitude", "longitude", "easting", "northing", "zone", "grid", "position", "bearing", "distance", "from")
SOURCE_KEYS = {
    "column", "columns", "value", "codes", "join", "first", "times", "split", "record", "wkt", "geometry", "epsg",
    "hemisphere", "declination", *POSITIONS,
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a value comes from: columns, or a constant; and what is done to it."""

    columns: tuple[str, ...] = ()
    value: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    join: str = " "
    first: int = 0  # only so many characters, as of a P-code that holds those of the areas around
    times: str = ""  # a factor: 10000 makes m² of hectares
    split: str = ""  # what separates several values in one cell
    record: str = ""  # of a link: a place of the profile's own ids, by its `source`
    position: Mapping[str, Any] = field(default_factory=dict)  # of a geometry: how it is written

    @cached_property
    def only(self) -> str:
        """The one column that it reads; empty where there are several, or none."""
        return self.columns[0] if len(self.columns) == 1 else ""

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the text of a cell states, once it was read: most texts of a column stand there more than once."""
        return {}

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Every column that it reads."""
        where = [each for key, each in self.position.items() if key in POSITIONS and key != "from"]
        start = self.position.get("from") or {}
        return (*self.columns, *(str(each) for each in where), *(str(each) for each in start.values()))


@dataclass(frozen=True)
class Condition:
    """A condition on the value of a column; `reason` is what the person importing is told."""

    column: str
    among: frozenset[str] | None = None
    unless: frozenset[str] | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)

    def holds(self, cells: Mapping[str, Any]) -> bool:
        said = str(cells.get(self.column) if cells.get(self.column) is not None else "").strip().casefold()
        if self.among is not None:
            return said in self.among
        return said not in (self.unless or ())

    @property
    def reason(self) -> str:
        language = (get_language() or "en")[:2]
        return self.reasons.get(language) or self.reasons.get("en") or ""


@dataclass(frozen=True)
class Identity:
    """How a record is known again: by its UUID, or by an id of `source`'s own; `oid` is how our own imports make UUIDs."""

    uuid: str = ""  # a column of UUIDs
    columns: tuple[str, ...] = ()  # the columns of the id; none: the whole row is the id
    source: str = ""
    oid: str = ""


@dataclass(frozen=True)
class RecordPlan:
    """One record that a row speaks of."""

    kind: str
    identity: Identity
    fields: Mapping[str, Source]
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Points:
    """Rows that are turning points: those of one `group` become one row with the polygon that they walk around."""

    group: str
    position: Mapping[str, Any]
    order: str = ""
    sheet: str = ""  # where they lie in a sheet of their own
    key: str = ""  # the column of the main sheet that holds the group
    only: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Profile:
    """What is needed to read one kind of file."""

    name: str
    titles: Mapping[str, str]
    records: tuple[RecordPlan, ...]
    date: Source
    office: Source
    organisation: Source
    left_out: tuple[Condition, ...]
    points: Points | None
    sheet: str
    decimal: str
    dates: str
    fills_places: bool
    text: str  # as it was written

    @cached_property
    def version(self) -> str:
        """A hash of what it says, so that a report tells by which rules its row was read."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @cached_property
    def form(self) -> str:
        """What the reports of its rows say as their form."""
        return f"import:{self.name}"

    @property
    def title(self) -> str:
        return self.titles.get((get_language() or "en")[:2]) or self.titles.get("en") or self.name

    @property
    def columns(self) -> set[str]:
        """Every column that it reads."""
        found = {name for each in (self.date, self.office, self.organisation) for name in each.named}
        for plan in self.records:
            found |= {name for source in plan.fields.values() for name in source.named}
            found |= {*plan.identity.columns, plan.identity.uuid, *(each.column for each in plan.when)}
        return (found | {each.column for each in self.left_out}) - {""}


def read(text: str) -> Profile:
    """A profile from TOML. Raises Problem that names what is wrong."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem("profile-unreadable", name="", why=error) from None
    try:
        return _profile(said, text)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Problem("profile-unreadable", name=said.get("name", ""), why=error) from None


def _profile(said: Mapping[str, Any], text: str) -> Profile:
    name = str(said.get("name", ""))
    if not NAME.fullmatch(name):
        raise ValueError(f"name = {name!r}")
    file, report = said.get("file", {}), said.get("report", {})
    if file.get("dates", "ymd") not in DATE_ORDERS:
        raise ValueError(f"dates = {file['dates']!r} ({', '.join(DATE_ORDERS)})")
    records = tuple(_record(each, said.get("source") or name) for each in said.get("records", []))
    if not records:
        raise ValueError("[[records]]")
    return Profile(
        name=name,
        titles={"en": str(said.get("title", name)), **_languages(said, "title")},
        records=records,
        date=_source(report.get("date", {})),
        office=_source(report.get("office", {})),
        organisation=_source(report.get("organisation", {})),
        left_out=tuple(_condition(each) for each in said.get("left_out", [])),
        points=_points(said["points"]) if "points" in said else None,
        sheet=str(file.get("sheet", "")),
        decimal=str(file.get("decimal", ".")),
        dates=str(file.get("dates", "ymd")),
        fills_places=bool(report.get("fill_places", True)),
        text=text,
    )


def _record(said: Mapping[str, Any], source: str) -> RecordPlan:
    kind = said.get("kind", "")
    if kind not in kinds():
        raise ValueError(f"kind = {kind!r}")
    stated, fields = plan_of(kind).stated, {}
    for name, each in said.get("fields", {}).items():
        if name not in stated or isinstance(stated[name], Attachment):
            raise ValueError(f"{kind}: {name}")
        fields[name] = _source(each)
        if fields[name].position and not isinstance(stated[name], Shape):
            raise ValueError(f"{kind}: {name}")
    id = said.get("id", {})
    id = {"column": id} if isinstance(id, str) else id
    identity = Identity(str(id.get("uuid", "")), _columns(id), str(id.get("source", source)), str(id.get("oid", "")))
    return RecordPlan(kind, identity, fields, tuple(_condition(each) for each in said.get("when", [])))


def _source(said: Any) -> Source:
    if isinstance(said, str):
        return Source((said,))
    if unknown := set(said) - SOURCE_KEYS:
        raise ValueError(", ".join(sorted(unknown)))
    position = {key: value for key, value in said.items() if key in (*POSITIONS, "wkt", "geometry", "epsg")}
    position |= {key: said[key] for key in ("hemisphere", "declination") if key in said}
    if position.get("wkt"):
        said = {**said, "column": position["wkt"]}
    codes = {str(key).strip().casefold(): str(value) for key, value in said.get("codes", {}).items()}
    return Source(
        columns=_columns(said),
        value=str(said.get("value", "")),
        codes=codes,
        join=str(said.get("join", " ")),
        first=int(said.get("first", 0)),
        times=str(said.get("times", "")),
        split=str(said.get("split", "")),
        record=str(said.get("record", "")),
        position=position,
    )


def _columns(said: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(said.get("columns", [])) or ((said["column"],) if said.get("column") else ())


def _condition(said: Mapping[str, Any]) -> Condition:
    among, unless = said.get("is"), said.get("not")
    if (among is None) == (unless is None):
        raise ValueError(f"left_out {said.get('column')}: is / not")
    folded = frozenset(str(each).strip().casefold() for each in (among or unless or []))
    reasons = {"en": str(said.get("reason", "")), **_languages(said, "reason")}
    return Condition(said["column"], folded if unless is None else None, folded if among is None else None, reasons)


def _points(said: Mapping[str, Any]) -> Points:
    position = {key: value for key, value in said.items() if key in (*POSITIONS, "epsg", "hemisphere")}
    only = tuple(_condition(each) for each in said.get("only", []))
    key = str(said.get("key", said["group"]))
    return Points(said["group"], position, str(said.get("order", "")), str(said.get("sheet", "")), key, only)


def _languages(said: Mapping[str, Any], word: str) -> dict[str, str]:
    return {key.rpartition("_")[2]: str(value) for key, value in said.items() if key.startswith(f"{word}_")}
