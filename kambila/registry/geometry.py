"""Geometries: GeoJSON in, WKB kept, area on the ellipsoid.

Areas are geodesic on WGS84, in m², rounded to 0.01 m², so that two machines agree. The libraries for it are imported
when a geometry is met: they would take a third of the time in which a command starts.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

CENT, NOTHING = Decimal("0.01"), Decimal("0.00")
LEAST = 4  # positions of a closed ring, as GeoJSON and the library want it
ENDIAN, POINT = (1, "<BIdd") if sys.byteorder == "little" else (0, ">BIdd")  # WKB: order of bytes, type 1, x, y


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry that was understood: (min lon, min lat, max lon, max lat) in degrees, area in m² (0 for points).

    `problem` says why it is not valid, in the words of the library; `is_open` that a ring did not come back to its first
    point and was kept as if it had; `ids` are the names that the surveyor gave the turning points, in their order.
    """

    wkb: bytes
    bounds: tuple[float, float, float, float]
    area_m2: Decimal
    problem: str
    is_open: bool = False
    ids: tuple[str, ...] = ()


@cache
def ellipsoid() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def area_m2(geometry: BaseGeometry) -> Decimal:
    """Geodesic area in m²; holes are subtracted, the order of turning does not matter."""
    import shapely

    if shapely.get_dimensions(geometry) < 2:
        return NOTHING
    oriented = shapely.normalize(geometry)
    return Decimal(abs(ellipsoid().geometry_area_perimeter(oriented)[0])).quantize(CENT)


def _point(places: Any) -> Shape | None:
    """Two numbers within their bounds, as nearly every point is: read without the libraries, to the same bytes."""
    if type(places) is not list or len(places) != 2:
        return None
    x, y = places
    if not (type(x) in (float, int) and type(y) in (float, int) and -180 <= x <= 180 and -90 <= y <= 90):
        return None
    x, y = float(x), float(y)
    return Shape(struct.pack(POINT, ENDIAN, 1, x, y), (x, y, x, y), NOTHING, "")


def read(stated: Any, types: tuple[str, ...]) -> Shape:
    """A geometry from GeoJSON. Raises ValueError with a sentence when it is none, or of another type.

    A polygon that crosses itself is kept, with the reason in `problem`: danger is shown as it was drawn. So is one whose
    ring is not closed, or that has only one or two turning points.
    """
    if not isinstance(stated, dict) or stated.get("type") not in types:
        raise ValueError(_("A geometry was expected."))
    if stated["type"] == "Point" and (point := _point(stated.get("coordinates"))):
        return point
    from shapely.geometry import shape as from_geojson
    from shapely.validation import explain_validity

    try:
        is_open, coordinates = _closed(stated["type"], stated["coordinates"])
        geometry = from_geojson({"type": stated["type"], "coordinates": coordinates})
        bounds = geometry.bounds
        inside = -180 <= bounds[0] <= bounds[2] <= 180 and -90 <= bounds[1] <= bounds[3] <= 90
    except Exception:  # shapely raises several kinds for malformed coordinates; to a reporter they are one
        raise ValueError(_("The coordinates of the geometry cannot be read.")) from None
    if not inside:
        raise ValueError(_("A longitude lies between -180 and 180 degrees, a latitude between -90 and 90."))
    problem = "" if geometry.is_valid else explain_validity(geometry)
    return Shape(geometry.wkb, bounds, area_m2(geometry), problem, is_open, _ids(stated.get("ids")))


def rings_of(type: str, coordinates: Any) -> list[Any]:
    """The rings of the coordinates of a GeoJSON polygon or multipolygon, in their order; none of anything else."""
    parts = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(type, [])
    return [ring for part in parts for ring in part]


def _closed(type: str, coordinates: Any) -> tuple[bool, Any]:
    """(whether a ring was open, the coordinates with rings that the library takes: closed, of four positions or more)."""
    rings = rings_of(type, coordinates)
    is_open = any(not _comes_back(ring) for ring in rings)
    if not is_open and all(len(ring) >= LEAST for ring in rings):
        return False, coordinates
    if type == "Polygon":
        return is_open, [_ring(ring) for ring in coordinates]
    return is_open, [[_ring(ring) for ring in part] for part in coordinates]


def _comes_back(ring: Any) -> bool:
    return list(ring[0][:2]) == list(ring[-1][:2])


def _ring(ring: Any) -> Any:
    closed = [*ring] if _comes_back(ring) else [*ring, ring[0]]
    return closed + [closed[-1]] * (LEAST - len(closed))


def _ids(stated: Any) -> tuple[str, ...]:
    """The names of turning points that were stated beside the coordinates; what is no list of texts names nothing."""
    return tuple(stated) if isinstance(stated, list) and all(isinstance(each, str) for each in stated) else ()
