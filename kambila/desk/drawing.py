"""A geometry before and after, drawn on the server: north up, with the width in metres so that sizes can be judged."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import shapely
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from kambila.desk.values import number

SIDE, EDGE = 320, 16
METRES = 111_320.0  # of a degree of latitude
LEAST = 40.0  # metres that a drawing is wide at least, so that a single point has surroundings
OLD = {"fill": "none", "stroke": "#5a6068", "dash": "6 4"}
NEW = {"fill": "#fbf0e8", "stroke": "#9c3d10", "dash": "none"}


def before_and_after(old: bytes | None, new: bytes | None) -> SafeString:
    """Both geometries (WKB) in one frame, the new one under the dashed line of the old; nothing for none."""
    told = [(shapely.from_wkb(bytes(wkb)), look) for wkb, look in ((new, NEW), (old, OLD)) if wkb]
    told = [(geometry, look) for geometry, look in told if not geometry.is_empty]
    if not told:
        return SafeString("")
    west, south, east, north = shapely.MultiPoint(
        [corner for geometry, _look in told for corner in _corners(geometry)]
    ).bounds
    squeeze = max(0.05, math.cos(math.radians((south + north) / 2)))
    wide = max((east - west) * squeeze, north - south, LEAST / METRES)
    scale = (SIDE - 2 * EDGE) / wide
    middle = ((west + east) / 2, (south + north) / 2)

    def at(x: float, y: float) -> tuple[float, float]:
        return SIDE / 2 + (x - middle[0]) * squeeze * scale, SIDE / 2 + (middle[1] - y) * scale

    drawn = [_draw(geometry, look, at) for geometry, look in told]
    return format_html(
        '<figure><svg class="drawing" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" aria-label="{1}">{2}</svg>'
        "<figcaption>{3}</figcaption></figure>",
        SIDE,
        _("outline"),
        SafeString("".join(drawn)),
        _caption(bool(old), bool(new), wide * METRES),
    )


def _caption(old: bool, new: bool, metres: float) -> str:
    across = _("North is up; about %(metres)s m across.") % {"metres": number(_rounded(metres))}
    which = _("Dashed: as known now. Filled: as reported.")
    return f"{which} {across}" if old and new else across


def _rounded(metres: float) -> int:
    return int(round(metres, -1 if metres < 1_000 else -2))


def _corners(geometry: BaseGeometry) -> list[tuple[float, float]]:
    west, south, east, north = geometry.bounds
    return [(west, south), (east, north)]


def _draw(geometry: BaseGeometry, look: dict[str, str], at: Any) -> SafeString:
    return SafeString("".join(_part(part, look, at) for part in shapely.get_parts(geometry)))


def _part(part: BaseGeometry, look: dict[str, str], at: Any) -> SafeString:
    if part.geom_type == "Point":
        x, y = at(part.x, part.y)
        shape = '<circle cx="{}" cy="{}" r="7" fill="{}" stroke="{}" stroke-dasharray="{}" stroke-width="2"/>'
        return format_html(shape, f"{x:.1f}", f"{y:.1f}", look["fill"], look["stroke"], look["dash"])
    path = "".join(_ring(line, at) for line in _lines(part))
    return format_html(
        '<path d="{}" fill="{}" fill-rule="evenodd" stroke="{}" stroke-dasharray="{}" stroke-width="2"/>',
        path,
        "none" if "Line" in part.geom_type else look["fill"],
        look["stroke"],
        look["dash"],
    )


def _lines(part: BaseGeometry) -> Iterator[BaseGeometry]:
    if part.geom_type == "Polygon":
        yield from (part.exterior, *part.interiors)
    else:
        yield part


def _ring(line: BaseGeometry, at: Any) -> str:
    return "M" + "L".join("{:.1f},{:.1f}".format(*at(x, y)) for x, y, *_height in line.coords)
