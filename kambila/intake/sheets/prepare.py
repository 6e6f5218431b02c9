"""The rows of a table as a profile reads them: columns found by name or HXL tag, turning points gathered to polygons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kambila.intake.sheets import cells as reading
from kambila.intake.sheets.mapping import missing_columns
from kambila.intake.sheets.neutral import as_written
from kambila.intake.sheets.profile import Points, Profile
from kambila.intake.sheets.tables import Row, Table, open_table
from kambila.journal.errors import Problem


@dataclass
class Prepared:
    """A table whose rows have their cells under the names that the profile uses."""

    table: Table
    profile: Profile
    names: Mapping[str, str]  # what the profile calls a column: what the file does
    absent: list[str]  # columns that the profile reads and the file has not
    path: Path

    def __iter__(self) -> Iterator[Row]:
        rows: Iterable[Row] = self.table
        if self.profile.points is not None:
            rows = self._gathered(self.profile.points, rows)
        other = {told: name for told, name in self.names.items() if told != name}
        for row in rows:
            cells = row.cells if self.table.is_map else _plain(row.cells)
            if other:
                cells = {**cells, **{told: cells[name] for told, name in other.items()}}
            yield row if cells is row.cells else replace(row, cells=cells)

    def _gathered(self, points: Points, rows: Iterable[Row]) -> Iterator[Row]:
        """One row for each group of turning points, with their polygon; a point by itself stays a point."""
        if points.sheet:
            drawn = _groups(points, open_table(self.path, points.sheet))
            for row in rows:
                yield _drawn(row, points, drawn.pop(reading.text_of(row.cells.get(points.key)), []))
            return
        for group in _groups(points, rows).values():
            yield _drawn(group[0], points, group)


def prepare(path: Path, profile: Profile, table: Table | None = None) -> Prepared:
    """Raises Problem when the file has not the columns without which the profile cannot read it."""
    table = table or open_table(path, profile.sheet)
    names = names_in(table, profile.columns)
    needed, absent = missing_columns(profile, names)
    if needed:
        raise Problem("profile-does-not-fit", file=table.name, name=profile.name, columns=", ".join(needed))
    return Prepared(table, profile, names, absent, path)


def _plain(cells: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without the apostrophes that keep a spreadsheet from running a text."""
    for each in cells.values():
        if isinstance(each, str) and each[:1] == "'":
            break
    else:
        return cells
    return {name: as_written(each) if isinstance(each, str) else each for name, each in cells.items()}


def names_in(table: Table, wanted: Iterable[str]) -> dict[str, str]:
    """The columns of the file by the names that the profile gives them: exactly, by HXL tag, or nearly."""
    tags = {tag_of(tag): column for column, tag in table.tags.items()}
    nearly = {reading.folded(column): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    for name in wanted:
        if name in table.columns:
            found[name] = name
        elif name.startswith("#"):
            found |= {name: tags[tag_of(name)]} if tag_of(name) in tags else {}
        elif reading.folded(name) in nearly and reading.folded(name):
            found[name] = nearly[reading.folded(name)]
    return found


def tag_of(tag: str) -> str:
    """A tag with its attributes in order, for their order means nothing (hxlstandard.org, 1.1)."""
    first, *rest = tag.replace(" ", "").lower().split("+")
    return "+".join([first, *sorted(rest)])


def _groups(points: Points, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if all(each.holds(row.cells) for each in points.only):
            found.setdefault(reading.text_of(row.cells.get(points.group)), []).append(row)
    return found


def _drawn(row: Row, points: Points, group: list[Row]) -> Row:
    if points.order:
        group = sorted(group, key=lambda each: _order(each.cells.get(points.order)))
    places: list[list[float]] = []
    for each in group:
        try:
            places.append(list(reading.located(points.position, each.cells)))
        except ValueError as error:
            return replace(row, problem=_("Row %(number)d: %(why)s") % {"number": each.number, "why": error})
    if not places:
        return row
    if len(places) == 1:
        return replace(row, geometry={"type": "Point", "coordinates": places[0]})
    ring = places if places[0] == places[-1] else [*places, places[0]]
    if len(ring) < 4:
        why = _("The area has only %(number)d turning points; it needs three.") % {"number": len(places)}
        return replace(row, problem=why)
    return replace(row, geometry={"type": "Polygon", "coordinates": [ring]})


def _order(cell: Any) -> tuple[int, float, str]:
    text = reading.text_of(cell)
    try:
        return (0, float(text), "")
    except ValueError:
        return (1, 0, text)
