"""From a row to the records that it speaks of, by a profile. What is wrong with a row is said by column."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.utils.translation import gettext as _

from kambila.intake import codes
from kambila.intake.drafts import Known
from kambila.intake.sheets import cells as reading
from kambila.intake.sheets.profile import Identity, Profile, RecordPlan
from kambila.intake.sheets.tables import Row
from kambila.intake.submissions import Said
from kambila.intake.values import target_kind
from kambila.registry import sql
from kambila.registry.fields import Link, Links
from kambila.registry.kinds import model_of, plan_of

OWN_IDS = uuid.UUID("3d0f1c52-6f0e-5a54-9b7d-6a5c1d1a7e60")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: where, and what to do."""

    column: str
    sentence: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.column}: " if self.column else ""
        return f"{where}{self.sentence} {self.remedy}".strip()


@dataclass
class Mapped:
    """A row and what it says."""

    row: Row
    instance: str
    date: str = ""
    office: str = ""
    organisation: str = ""
    said: list[Said] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Fault] = field(default_factory=list)
    becomes: str = ""  # new, changed, known
    id: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    known: Known = field(default_factory=Known)  # what was looked up for the rows of a piece together
    entry: Any = None  # the report as it would stand in the journal

    @property
    def counts(self) -> bool:
        """Whether there is something to be written."""
        return not self.faults and self.becomes in ("new", "changed")


def record_id(source: str, kind: str, id: str) -> str:
    """The UUID of a record that `source` (an organisation, a database) knows by an id of its own: always the same."""
    return str(uuid.uuid5(OWN_IDS, f"{source}\n{kind}\n{id.strip()}"))


def instance_of(profile: Profile, row: Row) -> str:
    """What a row says, under a profile, as one name: the same row is the same submission."""
    content = orjson.dumps([profile.form, profile.version, row.cells, row.geometry])
    return f"row:{hashlib.blake2b(content, digest_size=20).hexdigest()}"


class Codes:
    """Looks up the codes in links: those of many rows with one question for each kind."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str | None] = {}

    def __call__(self, kind: str, code: str) -> str | None:
        if (kind, code) not in self._found:
            self._found[kind, code] = codes.resolve(kind, code)
        return self._found[kind, code]

    def learn(self, profile: Profile, rows: Sequence[Row]) -> None:
        """Look up what these rows name; what is not found at once, or twice, is asked singly."""
        wanted: dict[str, set[str]] = {}
        for plan in profile.records:
            stated = plan_of(plan.kind).stated
            for name, source in plan.fields.items():
                if isinstance(stated[name], Link) and not isinstance(stated[name], Links) and not source.record:
                    kind = target_kind(stated[name])
                    said = {reading.said(source, row.cells) for row in rows}
                    wanted.setdefault(kind, set()).update(source.codes.get(each.casefold(), each) for each in said)
        for kind, texts in wanted.items():
            new = {
                each for each in texts if each and not reading.UUID.fullmatch(each) and (kind, each) not in self._found
            }
            self._learn(kind, new)

    def _learn(self, kind: str, texts: set[str]) -> None:
        table, named = model_of(kind)._meta.db_table, ["code"]
        if "pcode" in plan_of(kind).stated:
            named.append("pcode")
        found: dict[str, set[str]] = {}
        for column in named:
            for id, text in sql.select(f"SELECT id, {column} FROM {table} WHERE {column} IN ({{keys}})", texts):
                found.setdefault(text, set()).add(id)
        self._found |= {(kind, text): min(ids) for text, ids in found.items() if len(ids) == 1}


def map_row(profile: Profile, row: Row, instance: str, resolve: Codes) -> Mapped:
    """What a row says. What cannot be read at all is among its faults."""
    mapped = Mapped(row, instance)
    if row.problem:
        mapped.faults.append(Fault("", row.problem, _("Mend the row.")))
        return mapped
    mapped.date = reading.date(profile.date, row.cells, profile.dates)
    if not mapped.date:
        where = ", ".join(profile.date.columns)
        mapped.faults.append(
            Fault(where, _("The date of information is missing."), _("Write it as 2014, 2014-06 or 2014-06-20."))
        )
    mapped.office = _linked(profile.office, row, "office", resolve)
    mapped.organisation = _linked(profile.organisation, row, "organisation", resolve)
    for plan in profile.records:
        if all(each.holds(row.cells) for each in plan.when):
            id = _identify(plan.kind, plan.identity, row, mapped)
            if id:
                mapped.said.append(_say(plan, id, row, profile, resolve, mapped))
    return mapped


def _linked(source: Any, row: Row, kind: str, resolve: Codes) -> str:
    text = reading.said(source, row.cells)
    return reading.link(kind, text, resolve)[:36] if text else ""


def _identify(kind: str, identity: Identity, row: Row, mapped: Mapped) -> str:
    if identity.uuid:
        text = reading.text_of(row.cells.get(identity.uuid)).lower()
        if reading.UUID.fullmatch(text):
            return text
        no_id = _("“%(text)s” is no UUID.") % {"text": text}
        mapped.faults.append(Fault(identity.uuid, no_id, _("Leave the column as it was exported.")))
        return ""
    if not identity.columns:
        return record_id(identity.source, kind, mapped.instance)
    parts = [reading.text_of(row.cells.get(name)) for name in identity.columns]
    if not all(parts):
        where = ", ".join(name for name, each in zip(identity.columns, parts, strict=True) if not each)
        mapped.faults.append(
            Fault(where, _("The id of the record is missing."), _("Give it the id that your records use."))
        )
        return ""
    if identity.oid:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{identity.oid}{parts[0]}"))
    return record_id(identity.source, kind, "\n".join(parts))


def _say(plan: RecordPlan, id: str, row: Row, profile: Profile, resolve: Codes, mapped: Mapped) -> Said:
    said, stated = Said(plan.kind, id, is_created=True, base_version=None), plan_of(plan.kind).stated
    for name, source in plan.fields.items():
        declared = stated[name]
        try:
            if source.record:
                text = reading.said(source, row.cells)
                value: Any = record_id(source.record, target_kind(declared), text) if text else ...
            else:
                value = reading.state(declared, source, row.cells, row.geometry, profile, resolve)
        except ValueError as error:
            mapped.faults.append(Fault(", ".join(source.named), str(error), _("Correct what is written there.")))
            continue
        if value is ...:
            continue
        if declared.sealed:
            said.opened[name] = value
        else:
            said.values[name] = value
    return said


def columns_of(profile: Profile, said: Said, name: str) -> str:
    """The columns from which a field of a record was read."""
    found = [plan.fields[name].named for plan in profile.records if plan.kind == said.kind and name in plan.fields]
    return ", ".join(found[0]) if found else ""


def left_out(profile: Profile, cells: Mapping[str, Any]) -> str | None:
    """Why a row is not ours; None when it is."""
    return next((each.reason for each in profile.left_out if each.holds(cells)), None)


def missing_columns(profile: Profile, columns: Iterable[str]) -> tuple[list[str], list[str]]:
    """(columns without which the file cannot be read, others that the profile reads and the file has not)."""
    there = set(columns)
    needed = {*profile.date.named, *(each.column for each in profile.left_out)}
    for plan in profile.records:
        needed |= {plan.identity.uuid, *plan.identity.columns, *(each.column for each in plan.when)}
    absent = profile.columns - there
    return sorted(absent & needed), sorted(absent - needed)
