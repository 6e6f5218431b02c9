"""A small map: the country, the offices, and a circle for the work in each région. An equirectangular drawing, north up."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

WIDTH = 440.0
MARGIN_DEGREES = 0.6
LARGEST = 30.0  # radius of the greatest circle
BASEMAP = "bundle/basemap.json"
LETTER = 8.0  # width of a letter of a name, about
COARSE = 0.03  # degrees within which outlines are simplified


@dataclass(frozen=True)
class Place:
    """A point of the map: degrees, what it is called, and for a région how much and how that is written."""

    longitude: float
    latitude: float
    title: str
    amount: float = 0.0
    said: str = ""


@dataclass(frozen=True)
class Frame:
    """From degrees to the drawing."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.west) * self.scale * self.squeeze, (self.north - latitude) * self.scale


def draw(offices: Sequence[Place], regions: Sequence[Place], title: str) -> SafeString:
    """The map, or nothing when no place is known. Without the browser bundle there is no outline behind it."""
    places = [*offices, *regions]
    if not places:
        return SafeString("")
    country, neighbours = _countries(places)
    bounds = shapely.MultiPoint([(each.longitude, each.latitude) for each in places]).bounds
    frame = _frame(country.bounds if country else bounds)
    return format_html(
        '<svg class="map" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
        '<g aria-hidden="true">{}{}{}{}</g></svg>',
        title,
        f"{WIDTH:.0f}",
        f"{frame.height:.0f}",
        f"{WIDTH:.0f}",
        format_html_join("", '<path class="far" d="{}"/>', ((_path(each, frame),) for each in neighbours)),
        format_html('<path class="land" d="{}"/>', _path(country, frame)) if country else "",
        format_html_join("", "{}", ((_circle(each, regions, frame),) for each in regions)),
        format_html_join("", "{}", ((each,) for each in _offices(offices, frame))),
    )


def _circle(place: Place, regions: Sequence[Place], frame: Frame) -> SafeString:
    """Its surface, not its radius, is in proportion to the amount, which stands above it, or below where it is crowded."""
    x, y = frame.at(place.longitude, place.latitude)
    most = max(each.amount for each in regions) or 1.0
    radius = _radius(place, most)
    above = y - radius - 4
    others = [(each, *frame.at(each.longitude, each.latitude)) for each in regions if each is not place]
    crowded = any(math.dist((x, above - 5), (ox, oy)) < _radius(each, most) + 6 for each, ox, oy in others)
    return format_html(
        '<circle class="work" cx="{0}" cy="{1}" r="{2}"/><text class="amount" x="{0}" y="{3}">{4}</text>',
        f"{x:.1f}",
        f"{y:.1f}",
        f"{radius:.1f}",
        f"{y + radius + 13 if crowded else above:.1f}",
        place.said,
    )


def _radius(place: Place, most: float) -> float:
    return max(2.0, LARGEST * math.sqrt(place.amount / most))


def _offices(offices: Sequence[Place], frame: Frame) -> list[SafeString]:
    """A square and its name for each office, its name to the right where there is room."""
    found = []
    for place in offices:
        x, y = frame.at(place.longitude, place.latitude)
        left = x + LETTER * (len(place.title) + 1) > WIDTH
        found.append(
            format_html(
                '<rect class="office" x="{}" y="{}" width="8" height="8"/><text class="town" x="{}" y="{}"{}>{}</text>',
                f"{x - 4:.1f}",
                f"{y - 4:.1f}",
                f"{x - 8 if left else x + 8:.1f}",
                f"{y + 5:.1f}",
                SafeString(' text-anchor="end"' if left else ""),
                place.title,
            )
        )
    return found


def _frame(bounds: tuple[float, ...]) -> Frame:
    west, south, east, north = bounds
    west, south, east, north = (
        west - MARGIN_DEGREES,
        south - MARGIN_DEGREES,
        east + MARGIN_DEGREES,
        north + MARGIN_DEGREES,
    )
    squeeze = max(0.2, math.cos(math.radians((south + north) / 2)))
    scale = WIDTH / ((east - west) * squeeze)
    return Frame(west, north, scale, squeeze, (north - south) * scale)


def _countries(places: Sequence[Place]) -> tuple[BaseGeometry | None, list[BaseGeometry]]:
    """The country in which most places lie, and those that are seen beside it, cut off at the edge."""
    points = [shapely.Point(each.longitude, each.latitude) for each in places]
    known = countries()
    holds = [sum(country.contains(point) for point in points) for country in known]
    if not any(holds):
        return None, []
    country = known[holds.index(max(holds))]
    west, south, east, north = country.bounds
    window = shapely.box(west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES)
    return country, [each.intersection(window) for each in known if each is not country and each.intersects(window)]


@cache
def countries() -> list[BaseGeometry]:
    """Outlines of countries for a small map, in the order of the file; none where the browser bundle was not made."""
    return [each.simplify(COARSE) for each in outlines()]


def outlines() -> list[BaseGeometry]:
    """The same as fine as the file has them."""
    path = finders.find(BASEMAP)
    if not path:
        return []
    with open(path) as file:
        features: list[dict[str, Any]] = json.load(file)["features"]
    return [shapely.make_valid(shape(each["geometry"])) for each in features]


def _path(geometry: BaseGeometry, frame: Frame) -> str:
    rings = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            rings += [part.exterior, *part.interiors]
    return "".join(
        "M" + "L".join("{:.1f},{:.1f}".format(*frame.at(x, y)) for x, y in ring.coords) + "Z" for ring in rings
    )
