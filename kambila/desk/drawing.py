"""A geometry before and after, drawn on the server: north up, with the width in metres so that sizes can be judged."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from kambila.desk.values import number
from kambila.publish.tiles.symbols import Symbol

SIDE, EDGE = 320, 16
METRES = 111_320.0  # of a degree of latitude
LEAST = 40.0  # metres that a drawing is wide at least, so that a single point has surroundings
OLD = {"fill": "none", "stroke": "#5a6068", "dash": "6 4"}
NEW = {"fill": "#fbf0e8", "stroke": "#9c3d10", "dash": "none"}
WRONG = {"fill": "#9c3d10", "fill-opacity": "0.35", "stroke": "#9c3d10", "dash": "none", "width": "5"}
POINT = {"fill": "#1d2126", "stroke": "#1d2126", "dash": "none"}
Look = Mapping[str, str]
Point = tuple[int | str, float, float]  # what stands beside it, longitude, latitude


def before_and_after(old: bytes | None, new: bytes | None, which: str = "") -> SafeString:
    """Both geometries (WKB) in one frame, the new one under the dashed line of the old; nothing for none.

    `which` says what the two are; by default what is known, and what is reported.
    """
    told = [(shapely.from_wkb(bytes(wkb)), look) for wkb, look in ((new, NEW), (old, OLD)) if wkb]
    both = (which or _("Dashed: as known now. Filled: as reported.")) if old and new else ""
    return _framed([(geometry, look) for geometry, look in told if not geometry.is_empty], both)


def with_faults(stated: Sequence[BaseGeometry], wrong: BaseGeometry, points: Sequence[Point]) -> SafeString:
    """A geometry as it was stated, what is wrong with it in thick lines, and the turning points (number, lon, lat)."""
    told = [(geometry, NEW) for geometry in stated if not geometry.is_empty]
    return _framed([*told, (wrong, WRONG)], _("Thick: what is meant."), points)


def with_surroundings(
    own: Sequence[BaseGeometry], others: Sequence[BaseGeometry], events: Sequence[BaseGeometry], labels: Sequence[Point]
) -> SafeString:
    """What a task is about, the hazardous areas around it with their codes, and what happened or was found there."""
    layers = ((others, OLD), (own, NEW), (events, POINT))
    told = [(geometry, look) for geometries, look in layers for geometry in geometries if not geometry.is_empty]
    return _framed(told, _("Filled: this task. Dashed: other hazardous areas. Black: accidents and items."), labels)


def with_points(own: Sequence[BaseGeometry], points: Sequence[Point]) -> SafeString:
    """What a task is about, with the numbers of its turning points."""
    told = [(geometry, NEW) for geometry in own if not geometry.is_empty]
    return _framed(told, "", points)


def roads(lines: Sequence[tuple[str | None, BaseGeometry]]) -> SafeString:
    """The courses of roads by their status: closed and restricted ones thick, those of which nothing is known dashed."""
    looks = {"open": NEW, None: OLD}
    told = [(line, looks.get(status, WRONG)) for status, line in lines if not line.is_empty]
    return _framed(told, _("Thick: closed or restricted. Dashed: unknown. Thin: open."))


def records(told: Sequence[tuple[BaseGeometry, Symbol]]) -> SafeString:
    """Records as the map draws them, for those whose browser draws none."""
    looks = {symbol: _look(symbol) for _geometry, symbol in told}
    return _framed([(geometry, looks[symbol]) for geometry, symbol in told if not geometry.is_empty], "")


def _look(symbol: Symbol) -> Look:
    return {
        "fill": symbol.fill,
        "fill-opacity": str(symbol.cover),
        "stroke": symbol.outline,
        "dash": " ".join(str(each * symbol.width) for each in symbol.dash) or "none",
        "width": str(symbol.width),
        "radius": str(symbol.radius),
    }


def _framed(told: Sequence[tuple[BaseGeometry, Look]], which: str, points: Sequence[Point] = ()) -> SafeString:
    """Geometries over each other in one frame, with numbers at points, and a caption that tells the scale."""
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

    drawn = [_draw(geometry, look, at) for geometry, look in told] + [_number(each, at) for each in points]
    drawn.append(_bar(wide * METRES, scale / METRES))
    return format_html(
        '<figure><svg class="drawing" viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" aria-label="{1}">{2}</svg>'
        "<figcaption>{3}</figcaption></figure>",
        SIDE,
        _("outline"),
        SafeString("".join(drawn)),
        " ".join(filter(None, (which, _across(wide * METRES)))),
    )


def _across(metres: float) -> str:
    return _("North is up; about %(metres)s m across.") % {"metres": number(_rounded(metres))}


def _bar(across: float, pixels: float) -> SafeString:
    """A bar of a round length, at most a third of the width; `pixels` for a metre."""
    power = 10 ** math.floor(math.log10(across / 3))
    metres = next(each for each in (5 * power, 2 * power, power) if each <= across / 3)
    return format_html(
        '<path d="M8,{0}v5h{1}v-5" fill="none" stroke="#1d2126" stroke-width="1.5"/>'
        '<text x="8" y="{2}" font-size="11" fill="#1d2126">{3} m</text>',
        SIDE - 13,
        f"{metres * pixels:.1f}",
        SIDE - 16,
        number(metres),
    )


def _number(point: Point, at: Any) -> SafeString:
    """The number of a turning point, or the code of an area, beside it, on the side where there is room."""
    x, y = at(point[1], point[2])
    right = x < SIDE / 2
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="600" fill="#1d2126" stroke="#ffffff"'
        ' stroke-width="3" paint-order="stroke">{}</text>',
        f"{x + (6 if right else -6):.1f}",
        f"{y + (14 if y < SIDE / 2 else -6):.1f}",
        "start" if right else "end",
        14 if isinstance(point[0], int) else 10,
        point[0],
    )


def _rounded(metres: float) -> int:
    return int(round(metres, -1 if metres < 1_000 else -2))


def _corners(geometry: BaseGeometry) -> list[tuple[float, float]]:
    west, south, east, north = geometry.bounds
    return [(west, south), (east, north)]


def _draw(geometry: BaseGeometry, look: Look, at: Any) -> SafeString:
    return SafeString("".join(_part(part, look, at) for part in shapely.get_parts(geometry)))


def _part(part: BaseGeometry, look: Look, at: Any) -> SafeString:
    if part.geom_type == "Point":
        x, y = at(part.x, part.y)
        shape = '<circle cx="{}" cy="{}" r="{}" fill="{}" {}/>'
        return format_html(shape, f"{x:.1f}", f"{y:.1f}", look.get("radius", "7"), look["fill"], _stroke(look))
    path = "".join(_ring(line, at) for line in _lines(part))
    return format_html(
        '<path d="{}" fill="{}" fill-rule="evenodd" {}/>',
        path,
        "none" if "Line" in part.geom_type else look["fill"],
        _stroke(look),
    )


def _stroke(look: Look) -> SafeString:
    return format_html(
        'fill-opacity="{}" stroke="{}" stroke-dasharray="{}" stroke-width="{}"',
        look.get("fill-opacity", "1"),
        look["stroke"],
        look["dash"],
        look.get("width", "2"),
    )


def _lines(part: BaseGeometry) -> Iterator[BaseGeometry]:
    if part.geom_type == "Polygon":
        yield from (part.exterior, *part.interiors)
    else:
        yield part


def _ring(line: BaseGeometry, at: Any) -> str:
    return "M" + "L".join("{:.1f},{:.1f}".format(*at(x, y)) for x, y, *_height in line.coords)
