"""A view of the map as a drawing for paper: records over borders, a net of degrees, a scale bar and an arrow to the north.

One unit of the drawing is a quarter of a millimetre on A4. Degrees are drawn equirectangular, true to scale in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext
from shapely.geometry.base import BaseGeometry

from kambila.desk.values import number
from kambila.publish.tiles.symbols import BORDER, INK, LAND, SEA, UNCONFIRMED, Symbol

MILLIMETRES = 0.25
# Of the frame, so that the legend finds room on the same page: paper that lies has it beside, paper that stands below.
WIDE, HIGH = (780, 550), (696, 700)
METRES = 111_320.0  # of a degree of latitude
LEAST = 100.0  # metres that a sheet shows at least
LINES = 5  # of the net, about, over the longer side
CORNER = 44  # units: there nothing of the net is written, under the arrow, the bar and each other
LABELLED = 60  # records whose codes are written beside them; more would hide the map
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """A record on the sheet; `label` is written beside it."""

    shape: BaseGeometry
    symbol: Symbol
    label: str = ""


@dataclass(frozen=True)
class Sheet:
    """A frame of paper over a piece of the earth: all that was asked for is on it, and what the paper leaves around it."""

    size: tuple[int, int]
    bounds: Bounds

    @property
    def scale(self) -> tuple[float, float]:
        """Units of the drawing for a degree of longitude and of latitude."""
        west, south, east, north = self.bounds
        return self.size[0] / (east - west), self.size[1] / (north - south)

    @property
    def metres(self) -> float:
        """Of a unit of the drawing, in the middle."""
        return METRES / self.scale[1]

    @property
    def denominator(self) -> int:
        """Of the scale, rounded to two digits as it is good for no more."""
        exact = self.metres * 1000 / MILLIMETRES
        step = 10 ** (len(str(int(exact))) - 2)
        return int(round(exact / step) * step)

    def at(self, places: Any) -> Any:
        """Degrees (n × 2) in units of the drawing."""
        return (places - (self.bounds[0], self.bounds[3])) * (self.scale[0], -self.scale[1])


def sheet_of(box: Bounds) -> Sheet:
    """The paper that suits a box of degrees, standing or lying."""
    west, south, east, north = box
    squeeze = max(0.05, math.cos(math.radians((south + north) / 2)))
    wide, high = max((east - west) * squeeze, LEAST / METRES), max(north - south, LEAST / METRES)
    size = WIDE if wide > high else HIGH
    degree = min(size[0] / wide, size[1] / high)
    half = size[0] / degree / squeeze / 2, size[1] / degree / 2
    middle = (west + east) / 2, (south + north) / 2
    left, bottom = min(west, middle[0] - half[0]), min(south, middle[1] - half[1])
    return Sheet(size, (left, bottom, max(east, middle[0] + half[0]), max(north, middle[1] + half[1])))


def picture(
    sheet: Sheet, ground: Sequence[BaseGeometry], borders: Sequence[BaseGeometry], marks: Sequence[Mark]
) -> str:
    """The drawing as SVG that stands alone; `ground` are countries, `borders` what lies within them."""
    width, height = sheet.size
    under = Symbol(LAND, BORDER, 1.0, width=1)
    drawn = [_drawn(each, under, sheet) for each in ground] + [
        _drawn(each, Symbol(LAND, BORDER, 0, width=0.6), sheet) for each in borders
    ]
    drawn += [_net(sheet)] + [_drawn(_seen(each, sheet), each.symbol, sheet) for each in marks]
    named = [each for each in marks if each.label]
    drawn += [_label(each, sheet) for each in named] if len(named) <= LABELLED else []
    return str(
        format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
            '<clipPath id="frame"><rect width="{0}" height="{1}"/></clipPath><rect width="{0}" height="{1}" fill="{2}"/>'
            '<g clip-path="url(#frame)">{3}</g>{4}{5}'
            '<rect width="{0}" height="{1}" fill="none" stroke="{6}" stroke-width="2"/></svg>',
            width,
            height,
            SEA if ground else LAND,
            SafeString("".join(drawn)),
            _bar(sheet),
            _north(sheet),
            INK,
        )
    )


def symbol_alone(symbol: Symbol, form: str) -> str:
    """A symbol for the legend, as SVG; `form` as `mapping.form_of` gives it."""
    shape = shapely.LineString([(2, 8), (22, 8)]) if form == "line" else shapely.box(3, 2, 21, 14)
    path = "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in shapely.get_coordinates(shape))
    fill = "none" if form == "line" else symbol.fill
    lies = "" if form == "mark" else format_html('<path d="{}" fill="{}" {}/>', path, fill, _stroke(symbol))
    drawn = format_html("{}{}", lies, "" if form == "line" else _circle(12, 8, symbol, 4))
    return str(
        format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16" width="24" height="16">{}</svg>', drawn
        )
    )


def _drawn(shape: BaseGeometry, symbol: Symbol, sheet: Sheet) -> SafeString:
    return SafeString("".join(_part(part, symbol, sheet) for part in shapely.get_parts(_near(shape, sheet))))


def _seen(mark: Mark, sheet: Sheet) -> BaseGeometry:
    """A geometry, or a point in it where it would be smaller on paper than a mark: a small area is a point before it is
    nothing."""
    west, south, east, north = mark.shape.bounds
    size = max((east - west) * sheet.scale[0], (north - south) * sheet.scale[1])
    return mark.shape if size > 2 * mark.symbol.radius else shapely.point_on_surface(mark.shape)


def _near(shape: BaseGeometry, sheet: Sheet) -> BaseGeometry:
    """What of a geometry lies on the sheet or close to it: far corners would make huge numbers of no use."""
    west, south, east, north = sheet.bounds
    wide, high = east - west, north - south
    valid = shape if shape.is_valid else shapely.make_valid(shape)
    return shapely.clip_by_rect(valid, west - wide / 10, south - high / 10, east + wide / 10, north + high / 10)


def _part(part: BaseGeometry, symbol: Symbol, sheet: Sheet) -> SafeString:
    if part.is_empty:
        return SafeString("")
    if part.geom_type == "Point":
        [(x, y)] = sheet.at(shapely.get_coordinates(part))
        return _circle(x, y, symbol, symbol.radius)
    lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
    path = "".join(
        "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in sheet.at(shapely.get_coordinates(line))) for line in lines
    )
    fill = symbol.fill if part.geom_type == "Polygon" else "none"
    return format_html('<path d="{}" fill="{}" fill-rule="evenodd" {}/>', path, fill, _stroke(symbol))


def _circle(x: float, y: float, symbol: Symbol, radius: float) -> SafeString:
    """Danger that is not confirmed is a bold ring, as on the screen: nothing on the paper may be seen less well."""
    is_bold = symbol is UNCONFIRMED
    look = 'stroke="{}" stroke-width="{}"' + (' stroke-dasharray="2 2"' if symbol.dash and not is_bold else "")
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" fill-opacity="{}" ' + look + "/>",
        f"{x:.1f}", f"{y:.1f}", radius, symbol.fill, 1 if symbol.cover or is_bold else 0, symbol.outline,
        symbol.width if is_bold else 1.5,
    )  # fmt: skip


def _stroke(symbol: Symbol) -> SafeString:
    dash = " ".join(str(each * symbol.width) for each in symbol.dash) or "none"
    return format_html(
        'fill-opacity="{}" stroke="{}" stroke-width="{}" stroke-dasharray="{}"',
        symbol.cover,
        symbol.outline,
        symbol.width,
        dash,
    )


def _label(mark: Mark, sheet: Sheet) -> SafeString:
    at = shapely.point_on_surface(mark.shape)
    [(x, y)] = sheet.at(shapely.get_coordinates(at))
    return _text(x + 7, y + 4, mark.label, 11)


def _text(x: float, y: float, said: str, size: int, anchor: str = "start") -> SafeString:
    """Twice, the first time wide and light, so that it is read over any ground."""
    look = '<text x="{0}" y="{1}" font-family="Libertinus Serif" font-size="{2}" text-anchor="{3}" {5}>{4}</text>'
    halo = SafeString(f'fill="{LAND}" stroke="{LAND}" stroke-width="3"')
    parts = (f"{x:.1f}", f"{y:.1f}", size, anchor, said)
    return SafeString(format_html(look, *parts, halo) + format_html(look, *parts, SafeString(f'fill="{INK}"')))


def _net(sheet: Sheet) -> SafeString:
    """Meridians and parallels at round degrees, written at the edge of the frame."""
    west, south, east, north = sheet.bounds
    width, height = sheet.size
    step = _round_step(max(east - west, north - south) / LINES)
    drawn = []
    for degree in _steps(west, east, step):
        x = (degree - west) * sheet.scale[0]
        said = said_degree(degree, step, is_latitude=False)
        drawn += [_line(x, 0, x, height), *([_text(x + 3, 12, said, 11)] if CORNER < x < width - 2 * CORNER else [])]
    for degree in _steps(south, north, step):
        y = (north - degree) * sheet.scale[1]
        said = said_degree(degree, step, is_latitude=True)
        drawn += [_line(0, y, width, y), *([_text(4, y - 3, said, 11)] if CORNER < y < height - CORNER else [])]
    return SafeString("".join(drawn))


def _line(x: float, y: float, to_x: float, to_y: float) -> SafeString:
    path = f"M{x:.1f},{y:.1f}L{to_x:.1f},{to_y:.1f}"
    return format_html('<path d="{}" fill="none" stroke="{}" stroke-width="0.4"/>', path, BORDER)


def _steps(first: float, last: float, step: float) -> Iterator[float]:
    for number_ in range(math.ceil(first / step), math.floor(last / step) + 1):
        yield number_ * step


def _round_step(about: float) -> float:
    """1, 2 or 5 times a power of ten, the largest that is not above."""
    power = 10 ** math.floor(math.log10(about) + 1e-9)
    return float(next(each * power for each in (5, 2, 1) if each * power <= about * 1.001))


def said_degree(degree: float, step: float, is_latitude: bool) -> str:
    """A degree of the net with as many decimals as it has: 16.25° N."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if is_latitude:
        letter = pgettext("north", "N") if degree >= 0 else pgettext("south", "S")
    else:
        letter = pgettext("east", "E") if degree >= 0 else pgettext("west", "W")
    return f"{abs(degree):.{decimals}f}° {letter}"


def _bar(sheet: Sheet) -> SafeString:
    """A bar of a round length, at most a quarter of the width."""
    most = sheet.size[0] / 4 * sheet.metres
    power = 10 ** math.floor(math.log10(most))
    metres = next(each * power for each in (5, 2, 1) if each * power <= most)
    long, y = metres / sheet.metres, sheet.size[1] - 16
    words = f"{number(int(metres / 1000))} km" if metres >= 1000 else f"{number(int(metres))} m"
    return format_html(
        '<rect x="10" y="{0}" width="{1}" height="34" fill="{2}" fill-opacity="0.85"/>'
        '<path d="M20,{3}v8h{4}v-8" fill="none" stroke="{5}" stroke-width="2"/>{6}',
        sheet.size[1] - 42, f"{long + 20:.1f}", LAND, y - 6, f"{long:.1f}", INK, _text(20, y - 10, words, 13),
    )  # fmt: skip


def _north(sheet: Sheet) -> SafeString:
    x = sheet.size[0] - 30
    box = format_html('<rect x="{}" y="2" width="40" height="56" fill="{}" fill-opacity="0.85"/>', x - 20, LAND)
    arrow = format_html('<path d="M{},22l10,30l-10,-7l-10,7z" fill="{}"/>', x, INK)
    return SafeString(box + arrow + _text(x, 18, pgettext("north", "N"), 14, "middle"))
