"""Spatial conditions of a filter: regions, in which exact geometry decides."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kambila.publish.features import crs
from kambila.publish.features.comparing import wrong
from kambila.registry.regions import Region, box_region

CORNERS = 4


def _predicates() -> Mapping[str, Callable[[Any, Any], Any]]:
    """(given, found): whether what was found stands so to what the filter gives."""
    import shapely

    return {
        "s_intersects": shapely.intersects,
        "s_disjoint": shapely.intersects,  # its contrary is taken by who asks
        "s_equals": shapely.equals,
        "s_within": shapely.contains,
        "s_contains": shapely.within,
        "s_touches": shapely.touches,
        "s_crosses": shapely.crosses,
        "s_overlaps": shapely.overlaps,
    }


OPERATORS = (
    "s_intersects", "s_disjoint", "s_equals", "s_within", "s_contains", "s_touches", "s_crosses", "s_overlaps",
)  # fmt: skip
CONTRARY = {"s_within": "s_contains", "s_contains": "s_within"}


def region(operator: str, node: Any, uri: str) -> Region:
    """Where the records are that stand so to a geometry of the filter, which is in the system `uri`. Raises Problem."""
    import shapely

    geometry = _geometry(node, uri)
    if operator in ("s_intersects", "s_disjoint") and _is_box(geometry):
        return box_region([geometry.bounds])
    shapely.prepare(geometry)
    test = _predicates()[operator]
    name = f"{operator} {shapely.to_wkb(geometry, hex=True)}"
    # A predicate that reads the other way round (contained, not containing) is asked with its two sides in their places.
    return Region(name, (geometry.bounds,), lambda found: test(geometry, found))


def _geometry(node: Any, uri: str) -> Any:
    from shapely.geometry import shape

    try:
        if isinstance(node, dict) and "bbox" in node:
            geometry = _boxed(node["bbox"])
        else:
            geometry = shape(node)
        geometry = crs.unproject(geometry, uri)
        inside = not geometry.is_empty and _is_on_earth(geometry.bounds)
    except Exception:  # shapely raises several kinds for what is no geometry; to who asks they are one
        raise wrong(_("a geometry was expected")) from None
    if not inside or not geometry.is_valid:
        raise wrong(_("the geometry is empty, crosses itself, or lies outside its reference system"))
    return geometry


def _is_on_earth(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return all(map(math.isfinite, bounds)) and -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _boxed(corners: list[float]) -> Any:
    import shapely

    if len(corners) not in (CORNERS, CORNERS + 2):
        raise ValueError(corners)
    half = len(corners) // 2
    west, south, east, north = *corners[:2], *corners[half : half + 2]
    if west > east:
        return shapely.union_all([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])
    return shapely.box(west, south, east, north)


def _is_box(geometry: Any) -> bool:
    return bool(geometry.geom_type == "Polygon" and geometry.equals(geometry.envelope) and geometry.area > 0)
