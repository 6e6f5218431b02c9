"""Rows that could not be taken in go back in a file of the same shape, with a column that says what to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from kambila.intake.sheets import cells as reading
from kambila.intake.sheets.mapping import Fault
from kambila.intake.sheets.profile import Profile
from kambila.intake.sheets.tables import Row, Table, open_table
from kambila.intake.sheets.writing import Sheet, write

Bad = Iterable[tuple[Row, Sequence[Fault]]]
SHAPES = {"csv": ".csv", "xlsx": ".xlsx", "ods": ".xlsx", "gpkg": ".gpkg"}  # other map files come back as GeoJSON


def shape_of(table: Table) -> str:
    """The ending of the file that goes back."""
    return SHAPES.get(table.format, ".geojson")


def hand_back(bad: Bad, table: Table, source: Path, to: Path, profile: Profile) -> None:
    """Write the bad rows of a table, as they were, with what is wrong with each; points go with the areas they draw."""
    points = profile.points
    rows: Iterable[tuple[Row, str]] = ((row, " ".join(map(str, faults))) for row, faults in bad)
    if points is not None and not points.sheet:
        keys = {reading.text_of(row.cells.get(points.group)): said for row, said in rows}
        rows = ((row, keys[key]) for row, key in _keyed(table, points.group) if key in keys)
    sheets = [_sheet(table, rows, profile.sheet)]
    if points is not None and points.sheet:
        keys = {reading.text_of(row.cells.get(points.key)): "" for row, _faults in bad}
        other = open_table(source, points.sheet)
        sheets.append(
            _sheet(other, ((row, "") for row, key in _keyed(other, points.group) if key in keys), points.sheet)
        )
    write(to, sheets, table.details.get("delimiter", ","), _encoding(table))


def _keyed(rows: Iterable[Row], column: str) -> Iterator[tuple[Row, str]]:
    return ((row, reading.text_of(row.cells.get(column))) for row in rows)


def _sheet(table: Table, rows: Iterable[tuple[Row, str]], name: str) -> Sheet:
    title = _("What is wrong, and what to do")
    rows = list(rows) if table.is_map else rows
    drawn = [row.geometry for row, _said in rows] if table.is_map else ()
    lines = ([*_cells(table, row.cells), said] for row, said in rows)
    return Sheet(table.sheet or name or "Sheet1", [*table.columns, title], lines, drawn)


def _cells(table: Table, cells: Mapping[str, object]) -> list[object]:
    return [cells.get(column) for column in table.columns]


def _encoding(table: Table) -> str:
    return table.details.get("encoding", "utf-8-sig")
