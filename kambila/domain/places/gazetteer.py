"""Files of places: the GeoPackage of administrative areas and the CSV of settlements of a common operational dataset.

A GeoPackage is an SQLite database whose geometries are WKB behind a short header (OGC 12-128r18, clause 2.1.3), so it
is read with what Python and shapely bring; a library of drivers for a hundred other formats would not read it better.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _

from kambila.domain.places import errors  # noqa: F401  the catalogue
from kambila.domain.places.codes import PlaceClass
from kambila.journal.errors import Problem

ENVELOPE_BYTES = (0, 32, 48, 48, 64)
DECIMALS = 7  # of a degree: a centimetre; more is noise of the conversion
CLASSES = dict(zip("12345", PlaceClass.values, strict=False))
COLUMNS = {"pcode", "name", "longitude", "latitude"}


class Refused(ValueError):  # noqa: N818  it is the row's fault, not the program's
    """A row that cannot become a record; the message is the reason."""


@dataclass(frozen=True)
class Found:
    """One row of a file: where it stands, its values as a report states them, or why there are none."""

    where: str
    kind: str
    pcode: str
    parent: str = ""
    date: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""


def read(path: Path) -> Iterator[Found]:
    """The rows of a file, areas before what lies in them. Raises Problem when it is no list of places."""
    with path.open("rb") as file:
        is_database = file.read(16) == b"SQLite format 3\0"
    return _read_geopackage(path) if is_database else _read_csv(path)


def _read_geopackage(path: Path) -> Iterator[Found]:
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as database:
        database.row_factory = sqlite3.Row
        try:
            layers = [row[0] for row in database.execute("SELECT table_name FROM gpkg_geometry_columns")]
        except sqlite3.DatabaseError as error:
            raise Problem("not-a-gazetteer", path=path.name, what=error) from None
        levels = [level for level in ("adm0", "adm1", "adm2", "adm3") if level in layers]
        if not levels:
            raise Problem("not-a-gazetteer", path=path.name, what=_("it has none of the layers adm0 to adm3"))
        for level in levels:
            for number, row in enumerate(database.execute(f'SELECT * FROM "{level}"'), 1):
                yield _found(f"{level}/{number}", "admin_area", dict(row), lambda row, level=level: _area(row, level))
    database.close()


def _read_csv(path: Path) -> Iterator[Found]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = COLUMNS - set(rows.fieldnames or ())
            if missing:
                what = _("it has no column %(names)s") % {"names": ", ".join(sorted(missing))}
                raise Problem("not-a-gazetteer", path=path.name, what=what)
            for row in rows:
                yield _found(_("line %(number)d") % {"number": rows.line_num}, "village", row, _village)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Problem("not-a-gazetteer", path=path.name, what=error) from None


def _found(where: str, kind: str, row: Mapping[str, Any], values: Any) -> Found:
    pcode = _text(row, "pcode")
    parent = _text(row, "parent_pcode") or _text(row, "adm3_pcode")
    try:
        if not pcode:
            raise Refused(_("It has no P-code."))
        if not _text(row, "name"):
            raise Refused(_("It has no name."))
        date = _text(row, "valid_on").replace("/", "-")
        stated = {**_names(row), **({"valid_from": date} if date else {}), **values(row)}
        return Found(where, kind, pcode, parent, date, stated)
    except Refused as reason:
        return Found(where, kind, pcode, refused=str(reason))


def _names(row: Mapping[str, Any]) -> dict[str, str]:
    """What the place is called, without what was left empty."""
    columns = {"title": "name", "reference_title": "reference_name", "alternative_names": "alternative_name"}
    names = {name: _text(row, column) for name, column in columns.items()}
    pcode = _text(row, "pcode")
    return {"code": pcode, "pcode": pcode, **{name: value for name, value in names.items() if value}}


def _area(row: Mapping[str, Any], level: str) -> dict[str, Any]:
    return {"level": level, "outline": outline(row["geom"])}


def _village(row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        position = [round(float(row[each]), DECIMALS) for each in ("longitude", "latitude")]
    except (TypeError, ValueError):
        raise Refused(_("Its coordinates cannot be read.")) from None
    if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
        raise Refused(_("Its coordinates lie outside the world."))
    place_class = _text(row, "place_class")
    if place_class not in CLASSES and place_class:
        raise Refused(_("Its class of place is not known: %(code)s.") % {"code": place_class})
    return {
        "location": {"type": "Point", "coordinates": position},
        **({"place_class": CLASSES[place_class]} if place_class else {}),
    }


def outline(blob: bytes | None) -> dict[str, Any]:
    """GeoJSON of a geometry as a GeoPackage keeps it. Raises Refused when it cannot be read."""
    try:
        if blob is None or blob[:2] != b"GP":
            raise ValueError
        start = 8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7]
        geometry = shapely.from_wkb(blob[start:])
        rounded = shapely.transform(geometry, lambda positions: positions.round(DECIMALS))
        # Rounding by a centimetre can make a sliver touch itself; the polygon before it is then the better one.
        return json.loads(shapely.to_geojson(rounded if rounded.is_valid else geometry))
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        raise Refused(_("Its outline cannot be read.")) from None


def _text(row: Mapping[str, Any], column: str) -> str:
    return " ".join(str(row.get(column) or "").split())
