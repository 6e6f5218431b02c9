"""A GeoPackage of synthetic hazardous areas, with defects planted in known places. For tests and the bench only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import Polygon

from kambila.registry.geometry import area_m2
from tests.intake.sheets.files import map_file

PROFILE = """
name = "register"
title = "An operator's register of hazardous areas"

[report]
date = "surveyed"

[[records]]
kind = "hazardous_area"
id = "ha_code"

[records.fields]
code = "ha_code"
classification = "class"
devices = "devices"
surveyed_on = "surveyed"
polygon = { geometry = true }
area_m2 = "size_m2"
adm1 = "adm1"
"""
# Each defect, and a piece of the sentence that finds it (en).
DEFECTS: Mapping[str, str] = {
    "crosses itself": "crosses itself",
    "swapped": "outside the country",
    "null island": "outside the country",
    "two points": "an area three",
    "duplicate point": "more than once at the same place",
    "duplicate id": "stands in row",
    "no date": "date of information is missing",
    "impossible date": "no such day",
    "date to come": "future",
    "unknown code": "not in the list",
    "unknown device": "not in the list",
    "long leg": "m apart",
    "wrong size": "more than 5 %",
    "size is text": "number was expected",
    "same polygon": "exactly the same geometry",
    "no id": "id of the record is missing",
    "no devices": "is not answered",
}


def square(number: int, metres: float = 100) -> Polygon:
    """A place of its own for each number, in the north of Mali."""
    x, y = -3 + (number % 100) * 0.02, 16 + (number // 100) * 0.02
    side = metres / 111_320
    return Polygon([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])


def hazard(number: int) -> tuple[Any, dict[str, Any]]:
    """A good area: its polygon and its columns."""
    shape = square(number)
    said = {"ha_code": f"OP-{number:05}", "class": "SHA", "devices": "uxo", "surveyed": "2014-05-20", "adm1": "ML06"}
    return shape, {**said, "size_m2": str(area_m2(shape))}


def spoilt(defect: str, number: int) -> tuple[Any, dict[str, Any]]:
    shape, said = hazard(number)
    (a, b, c, d, _e) = list(shape.exterior.coords)
    changed: dict[str, Any] = {
        "crosses itself": Polygon([a, c, b, d]),
        "swapped": shapely.transform(shape, lambda places: places[:, ::-1]),
        "null island": Polygon([(0, 0), (0.001, 0), (0.001, 0.001)]),
        "two points": _two_points(a, b),
        "duplicate point": Polygon([a, b, b, c, d]),
        "long leg": Polygon([a, (a[0] + 0.08, a[1]), c, d]),
        "same polygon": square(0),
    }
    stated: dict[str, dict[str, Any]] = {
        "duplicate id": {"ha_code": "OP-00001"},
        "no date": {"surveyed": None},
        "impossible date": {"surveyed": "2014-02-31"},
        "date to come": {"surveyed": "2041-01-01"},
        "unknown code": {"class": "XHA"},
        "unknown device": {"devices": "ufo"},
        "wrong size": {"size_m2": "20000"},
        "size is text": {"size_m2": "about two hectares"},
        "no id": {"ha_code": None},
        "no devices": {"devices": None},
    }
    return changed.get(defect, shape), {**said, **stated.get(defect, {})}


def _two_points(a: Any, b: Any) -> bytes:
    """What GIS programs write for an area of two points: a ring that no library takes for one."""
    import struct

    ring = [a, b, a]
    return struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *each) for each in ring)


def register(path: Path, number: int, share: float = 0.05) -> dict[int, str]:
    """Write so many areas; gives the defects by the number of their row."""
    every, names = round(1 / share), list(DEFECTS)
    planted = {row: names[(row // every) % len(names)] for row in range(every, number + 1, every)}
    rows = [spoilt(planted[row], row) if row in planted else hazard(row) for row in range(1, number + 1)]
    rows[0] = (square(0), {**rows[0][1], "size_m2": str(area_m2(square(0)))})
    columns = {name: [said[name] for _shape, said in rows] for name in rows[0][1]}
    map_file(
        path, [s if isinstance(s, bytes) else shapely.to_wkb(s) for s, _ in rows], columns, "GPKG", geometry="Polygon"
    )
    return planted
