"""Coordinate reference systems (Part 2): longitude and latitude of WGS84, Web Mercator, and the programme's UTM zones."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from kambila.journal.errors import Problem
from kambila.publish.features import errors  # noqa: F401  the catalogue
from kambila.registry import precision

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
NORTH, SOUTH, WIDTH = 32600, 32700, 6  # EPSG codes of UTM zones on WGS84 begin here; degrees of a zone
CODE = re.compile(rf"\[?(?:{re.escape(EPSG)}|EPSG:|urn:ogc:def:crs:EPSG::)(\d{{4,5}})\]?")
BOUNDS_POINTS = 21


def offered() -> list[str]:
    """The URIs of the systems in which coordinates are given and taken; CRS84 is the one in which they are kept."""
    return [CRS84, *(f"{EPSG}{code}" for code in (4326, 3857, *_zones()))]


def named(said: str, parameter: str) -> str:
    """The URI of a system that is offered, from a URI or a short name. Raises Problem for another."""
    if said in ("", CRS84, "OGC:CRS84", "CRS84", f"[{CRS84}]"):
        return CRS84
    found = CODE.fullmatch(said)
    uri = f"{EPSG}{found[1]}" if found else said
    if uri not in offered():
        raise Problem("bad-parameter", name=parameter, why=said)
    return uri


def project(geometries: Any, uri: str) -> Any:
    """An array of geometries, from longitude and latitude into a system, in its own order of axes."""
    import shapely

    if uri == CRS84:
        return geometries
    to = _transformer(CRS84, uri)
    return shapely.transform(geometries, lambda places: _columns(to.transform(places[:, 0], places[:, 1])))


def unproject(geometry: Any, uri: str) -> Any:
    """A geometry, from a system into longitude and latitude."""
    import shapely

    if uri == CRS84:
        return geometry
    back = _transformer(uri, CRS84)
    return shapely.transform(geometry, lambda places: _columns(back.transform(places[:, 0], places[:, 1])))


def unproject_box(box: Sequence[float], uri: str) -> tuple[float, float, float, float]:
    """The box in longitude and latitude that holds a box of a system, with its curved edges."""
    if uri == CRS84:
        return (box[0], box[1], box[2], box[3])
    if uri == f"{EPSG}4326":
        return (box[1], box[0], box[3], box[2])
    west, south, east, north = _transformer(uri, CRS84).transform_bounds(*box, densify_pts=BOUNDS_POINTS)
    return (float(west), float(south), float(east), float(north))


def _columns(places: Any) -> Any:
    import numpy

    return numpy.column_stack(places)


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(_authority(source), _authority(target))


def _authority(uri: str) -> str:
    return "OGC:CRS84" if uri == CRS84 else f"EPSG:{uri.removeprefix(EPSG)}"


def _zones() -> list[int]:
    """The UTM zones in which the programme's administrative areas lie, and those between."""
    places = list(precision.middles().values())
    if not places:
        return []
    zones = [min(60, math.floor((x + 180) / WIDTH) + 1) for x, _y in places]
    starts = sorted({NORTH if y >= 0 else SOUTH for _x, y in places})
    return [start + zone for start in starts for zone in range(min(zones), max(zones) + 1)]
