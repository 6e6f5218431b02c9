"""The rows of an operator's file as lines of its register, read by a profile as an import would read them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kambila.intake.drafts import read_values
from kambila.intake.matching.registers import Line
from kambila.intake.sheets import cells as reading
from kambila.intake.sheets import mapping
from kambila.intake.sheets.mapping import Mapped
from kambila.intake.sheets.prepare import prepare
from kambila.intake.sheets.profile import Profile, RecordPlan
from kambila.intake.sheets.tables import Row, Table
from kambila.intake.submissions import Said
from kambila.registry.kinds import kinds

CHUNK = 1_000


@dataclass
class Read:
    """What a file says: its lines, the kinds that it speaks of, and how many rows are not of this register."""

    kinds: list[str]
    lines: list[Line] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0


def read_lines(path: Path, profile: Profile, organisation: str, table: Table | None = None) -> Read:
    """Read a register. Rows that the profile leaves out, or that name another organisation, are not part of it.

    Raises Problem for a file that the profile does not fit.
    """
    spoken = {plan.kind for plan in profile.records}
    read, resolve = Read([kind for kind in kinds() if kind in spoken]), mapping.Codes()
    rows = iter(prepare(path, profile, table))
    while chunk := list(itertools.islice(rows, CHUNK)):
        ours = [row for row in chunk if mapping.left_out(profile, row.cells) is None]
        resolve.learn(profile, ours)
        mapped = [mapping.map_row(profile, row, mapping.instance_of(profile, row), resolve) for row in ours]
        here = [each for each in mapped if each.organisation in ("", organisation)]
        read.lines += [line for each in here for line in _lines(profile, each)]
        read.rows += len(here)
        read.left_out += len(chunk) - len(here)
    return read


def _lines(profile: Profile, mapped: Mapped) -> Iterator[Line]:
    """A row may speak of several records; one of which nothing can be read is a line that says why."""
    fault = " ".join(map(str, _faults(profile, mapped)))
    date = mapped.date if profile.date.columns else ""  # one day for the whole file dates none of its rows
    plans = [plan for plan in profile.records if all(each.holds(mapped.row.cells) for each in plan.when)]
    said = {(each.kind, each.id): each for each in mapped.said}
    for plan in plans:
        id = id_of(plan, mapped.row)
        found = next((each for (kind, _id), each in said.items() if kind == plan.kind), None)
        if found is not None:
            del said[found.kind, found.id]
            unread = _unread(profile, found)
            yield Line(mapped.row.number, plan.kind, found.values, id, found.id, date, f"{fault} {unread}".strip())
        else:
            yield Line(mapped.row.number, plan.kind, {}, id, "", date, fault)


def _unread(profile: Profile, said: Said) -> str:
    """What its fields cannot read, by column. The other fields of the row are compared."""
    _stated, unreadable = read_values(said.kind, said.values)
    return " ".join(f"{mapping.columns_of(profile, said, name) or name}: {why}" for name, why in unreadable.items())


def _faults(profile: Profile, mapped: Mapped) -> list[mapping.Fault]:
    """What keeps a row from being read. A register may be compared without a date of information."""
    undated = ", ".join(profile.date.columns)
    return [each for each in mapped.faults if mapped.row.problem or mapped.date or each.column != undated]


def id_of(plan: RecordPlan, row: Row) -> str:
    """The id that the operator gives a record; for one that is known by UUID, its code."""
    identity = plan.identity
    if identity.uuid:
        source = plan.fields.get("code")
        return reading.said(source, row.cells) if source else ""
    return " ".join(reading.text_of(row.cells.get(name)) for name in identity.columns).strip()
