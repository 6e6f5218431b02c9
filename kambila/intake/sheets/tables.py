"""Any file with rows, as a table: `open_table` is the door for spreadsheets and map files alike.

What a cell holds is given as it was typed. Geometries are given in WGS84, whatever the file's own system is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kambila.journal.errors import Problem

Cell = str | int | float | None
PACKED, SQLITE, OLD_OFFICE = b"PK\x03\x04", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` is as a person counts: in a sheet the header is 1; in a map file the first feature is 1."""

    number: int
    cells: Mapping[str, Cell]
    geometry: Mapping[str, Any] | None = None  # GeoJSON, WGS84, longitude before latitude
    problem: str = ""  # a sentence: why the row cannot be taken as it stands


@dataclass
class Table:
    """Columns and rows. Iterating reads the file anew, streaming where the format allows."""

    name: str
    format: str  # csv, xlsx, ods, geojson, gpkg, shapefile, kml, kmz, gpx
    columns: list[str]
    read: Callable[[], Iterable[Row]]
    sheet: str = ""
    sheets: Sequence[str] = ()
    tags: Mapping[str, str] = field(default_factory=dict)  # HXL: column → tag, from a row of tags below the header
    details: Mapping[str, str] = field(default_factory=dict)  # csv: delimiter, encoding; maps: crs, geometry

    def __iter__(self) -> Iterator[Row]:
        return iter(self.read())

    @property
    def is_map(self) -> bool:
        return self.format not in ("csv", "xlsx", "ods")


def open_table(path: Path, sheet: str = "") -> Table:
    """The table in a file; `sheet` names a sheet or layer, by default the first that has rows.

    The format follows from the content, not from the name. Raises Problem for what cannot be read, or is too large.
    """
    from kambila.intake.sheets import delimited, maps, workbooks

    format = format_of(path)
    if format == "csv":
        return delimited.open_csv(path)
    if format in ("xlsx", "ods"):
        return workbooks.open_workbook(path, format, sheet)
    return maps.open_map(path, format, sheet)


def format_of(path: Path) -> str:
    """Which format a file has, by its first bytes. Raises Problem for one that is none of ours."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(PACKED):
        return _packed_format(path)
    if start.startswith(SQLITE):
        return "gpkg"
    if start.startswith(OLD_OFFICE):
        raise Problem("table-unknown-format", name=path.name, why=_("it is an old .xls, or a password protects it"))
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return "geojson"
    if text.startswith(b"<"):
        return _xml_format(path, text)
    if b"\x00" in start:
        raise Problem("table-unknown-format", name=path.name, why=_("it is not text"))
    return "csv"


def _packed_format(path: Path) -> str:
    from kambila.intake.sheets.limits import open_zip

    with open_zip(path) as packed:
        names = [each.lower() for each in packed.namelist()]
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "content.xml" in names:
            return "ods"
    for ending, format in ((".shp", "shapefile"), (".kml", "kmz")):
        if any(each.endswith(ending) for each in names):
            return format
    raise Problem("table-unknown-format", name=path.name, why=_("the zip holds no spreadsheet, Shapefile or KML"))


def _xml_format(path: Path, start: bytes) -> str:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Problem("table-unknown-format", name=path.name, why=_("it has a document type or entities in it"))
    for element, format in ((b"<kml", "kml"), (b"<gpx", "gpx")):
        if element in start:
            return format
    raise Problem("table-unknown-format", name=path.name, why=_("it is XML, but neither KML nor GPX"))


def headed(name: str, header: Sequence[Any]) -> list[str]:
    """The names of columns: trimmed, each once ("name", "name (2)"); a column without one is called by its number."""
    while header and not _text(header[-1]).strip():
        header = header[:-1]
    if not header:
        raise Problem("table-empty", name=name)
    columns: list[str] = []
    for index, each in enumerate(header, 1):
        wanted = " ".join(_text(each).split()) or f"column {index}"
        title, number = wanted, 1
        while title in columns:
            number += 1
            title = f"{wanted} ({number})"
        columns.append(title)
    return columns


def tags_in(columns: Sequence[str], row: Sequence[Any]) -> dict[str, str]:
    """HXL tags, if a row is a row of tags: every cell that is not empty begins with # (hxlstandard.org, 1.1)."""
    said = {column: _text(each).strip() for column, each in zip(columns, row, strict=False) if _text(each).strip()}
    return said if said and all(each.startswith("#") and each[1:2].isalpha() for each in said.values()) else {}


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)
