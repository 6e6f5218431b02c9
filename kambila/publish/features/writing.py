"""Items as GeoJSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from kambila.intake.sheets.neutral import neutral
from kambila.journal import directory
from kambila.publish.features import crs
from kambila.publish.features.collections import INFORMATION_DATE, PRECISION
from kambila.publish.features.finding import Page
from kambila.publish.features.rows import features, geometries, place, writer

BOM = "\ufeff"  # by which spreadsheets know that it is UTF-8


def collection(page: Page, uri: str, wanted: Sequence[str] | None, links: list[dict[str, str]]) -> bytes:
    """A FeatureCollection. Decimals are numbers here: map programs know no other."""
    found = list(features(page.layout, page.rows, uri, wanted))
    said = {
        "type": "FeatureCollection",
        "features": found,
        "numberMatched": page.matched,
        "numberReturned": len(found),
        "links": links,
    }
    if directory.current().node.example:
        said["example"] = True
    return orjson.dumps(said, default=str)


def table(page: Page, uri: str, wanted: Sequence[str] | None) -> bytes:
    """A table with the same items: each field a column, several values with a space between, a geometry as WKT."""
    names = [name for name in (*page.layout.names, INFORMATION_DATE) if wanted is None or name in wanted]
    has_place = page.layout.collection.has_place
    heads = ["id", *names, *(["x", "y", PRECISION, "wkt"] if has_place else [])]
    example = directory.current().node.example
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([*heads, *(["example"] if example else [])])
    places = _placed(page, uri) if has_place else [()] * len(page.rows)
    for feature, where in zip(features(page.layout, page.rows, crs.CRS84, wanted), places, strict=True):
        said = feature["properties"]
        cells = [feature["id"], *(_cell(said.get(name)) for name in names), *where]
        sheet.writerow([*cells, *(["true"] if example else [])])
    return (BOM + out.getvalue()).encode()


def _placed(page: Page, uri: str) -> Iterable[tuple[Any, ...]]:
    """x, y, precision and WKT of each row; of what is no point, x and y are those of a point on it."""
    import shapely

    writers = {key: writer(page.layout, key, None) for key in {page.layout.shown(row) for row in page.rows}}
    found = [place(row, writers[page.layout.shown(row)]) for row in page.rows]
    there = [number for number, (where, _how) in enumerate(found) if where is not None]
    drawn = geometries([found[number][0] for number in there], uri) if there else ()
    told: list[tuple[Any, ...]] = [(None, None, None, None)] * len(found)
    for number, geometry in zip(there, drawn, strict=True):
        if geometry is not None:
            point = geometry if geometry.geom_type == "Point" else geometry.point_on_surface()
            wkt = None if geometry.geom_type == "Point" else shapely.to_wkt(geometry, rounding_precision=7)
            told[number] = (point.x, point.y, found[number][1], wkt)
    return told


def _cell(value: Any) -> Any:
    value = " ".join(value) if isinstance(value, list) else value
    return neutral(value) if isinstance(value, str) else value
