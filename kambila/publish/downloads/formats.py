"""The formats in which a list can be had, and how long each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.journal.errors import Problem
from kambila.publish.downloads import delimited, geojson, maps, workbook
from kambila.publish.downloads.reading import CHUNK, Reading

Heard = Callable[[int], None]  # is told how many records are done
Write = Callable[[Reading, Path, Heard], None]
Pieces = Callable[[Reading], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """A format. Either `pieces`, which can be sent as they are made, or `write`, which needs a file.

    `at_once` is the number of records up to which it is made while somebody waits: about ten seconds of what can be sent
    as it is made, about one of what shows nothing before its end.
    """

    name: str
    title: Any
    ending: str
    type: str
    at_once: int
    pieces: Pieces | None = None
    write: Write | None = None


def _tagged(reading: Reading) -> Iterator[bytes]:
    return delimited.pieces(reading, hxl=True)


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("csv", _("CSV, for any program"), ".csv", "text/csv; charset=utf-8", 500_000, pieces=delimited.pieces),
        Format("hxl", _("CSV with HXL tags"), ".csv", "text/csv; charset=utf-8", 500_000, pieces=_tagged),
        Format(
            "xlsx", _("XLSX, for Excel"), ".xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 3_000, write=workbook.write,
        ),
        Format("geojson", _("GeoJSON, for web maps"), ".geojson", "application/geo+json", 300_000, pieces=geojson.pieces),
        Format("gpkg", _("GeoPackage, for QGIS"), ".gpkg", "application/geopackage+sqlite3", 20_000, write=maps.geopackage),
        Format("shp", _("Shapefile, for older map programs"), ".zip", "application/zip", 20_000, write=maps.shapefile),
        Format("kml", _("KML, for Google Earth"), ".kml", "application/vnd.google-earth.kml+xml", 20_000, write=maps.kml),
    )
}  # fmt: skip


def format_of(name: str, offered: Mapping[str, Any] = FORMATS) -> Format:
    """A format by its name. Raises Problem."""
    if name not in offered:
        raise Problem("no-such-format", format=name[:40], formats=", ".join(offered))
    return FORMATS[name]


def of_file(path: Path) -> Format:
    """The format that the ending of a name means. Raises Problem."""
    ending = path.suffix.lower()
    endings = {each.ending: each for each in reversed(list(FORMATS.values()))} | {".zip": FORMATS["shp"]}
    if ending not in endings:
        raise Problem("no-such-format", format=ending or path.name, formats=", ".join(sorted(endings)))
    return endings[ending]


def write(reading: Reading, format: Format, to: Path, heard: Heard) -> None:
    """Write a list into a file."""
    if format.write is not None:
        format.write(reading, to, heard)
        return
    assert format.pieces is not None
    with to.open("wb") as file:
        for number, piece in enumerate(format.pieces(reading)):
            file.write(piece)
            heard(number * CHUNK)
