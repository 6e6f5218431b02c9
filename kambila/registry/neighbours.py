"""What lies beside a record: overlapping, touching, or within some metres; only what the account may see.

Distances are measured on a plane that touches the earth at the place (to 0.1 % within 50 km), areas on the ellipsoid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kambila.registry import access, spatial
from kambila.registry.geometry import area_m2
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Record, kind_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

OVERLAPS, TOUCHES, NEAR = "overlaps", "touches", "near"
FARTHEST_M = 50_000
MOST = 2_000  # records of a kind that are measured
LARGEST_M2 = 100_000_000  # what is larger is where a record lies (a commune), not what lies beside it


@dataclass(frozen=True)
class Neighbour:
    """A record beside another: how it lies, how far away (m), the common ground (m²) and its share of the first (%)."""

    kind: str
    record: Record
    relation: str
    distance_m: float
    common_m2: Decimal
    percent: int


def neighbours(account: Any, record: Record, within_m: float = 0) -> list[Neighbour]:
    """What lies beside a record that the account sees; empty where it has no place that the account may see."""
    import shapely

    places = places_of(account, record)
    return beside(account, shapely.union_all(places), within_m, record.pk) if places else []


def beside(account: Any, place: BaseGeometry, within_m: float = 0, own: str = "") -> list[Neighbour]:
    """The records of all kinds beside a place that the account sees, without `own`: common ground first, then nearest.

    A geometry that crosses itself is measured as the library mends it.
    """
    import shapely

    place = place if place.is_valid else shapely.make_valid(place)
    metres = min(within_m, FARTHEST_M)
    found = [
        neighbour
        for kind, ids in _around(place, metres).items()
        for other in access.visible(account, kinds()[kind]).filter(pk__in=ids[:MOST])
        if other.pk != own and (neighbour := _neighbour(account, place, kind, other, metres)) is not None
    ]
    return sorted(found, key=lambda each: (-each.common_m2, each.distance_m, each.kind, each.record.pk))


def areas_near(account: Any, place: BaseGeometry, metres: float, own: str = "") -> list[tuple[Record, BaseGeometry]]:
    """The records, without `own`, of which the account sees a polygon that comes so near to a place, and the polygon."""
    import shapely

    found = []
    for kind, ids in _around(place, metres).items():
        for other in access.visible(account, kinds()[kind]).filter(pk__in=ids[:MOST]).order_by("pk"):
            parts = [each for each in places_of(account, other) if shapely.get_dimensions(each) == 2]
            whole = shapely.union_all(parts) if len(parts) > 1 else parts[0] if parts else None
            if other.pk != own and whole is not None and area_m2(whole) <= LARGEST_M2:
                found.append((other, whole))
    return found


def metres_of_a_degree(place: BaseGeometry) -> tuple[float, float]:
    """Of longitude and of latitude on WGS84, in the middle of a geometry (series of the ellipsoid)."""
    _west, south, _east, north = place.bounds
    phi = math.radians((south + north) / 2)
    wide = 111_412.84 * math.cos(phi) - 93.5 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    high = 111_132.92 - 559.82 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    return max(wide, 1.0), high


def _around(place: BaseGeometry, metres: float) -> dict[str, list[str]]:
    """The records whose bounding boxes come that near, by kind."""
    found: dict[str, list[str]] = {}
    for kind, id in spatial.around(_widened(place, metres)):
        if kind in kinds():
            found.setdefault(kind, []).append(id)
    return found


def _widened(place: BaseGeometry, metres: float) -> spatial.Bounds:
    west, south, east, north = place.bounds
    wide, high = metres_of_a_degree(place)
    return west - metres / wide, south - metres / high, east + metres / wide, north + metres / high


def places_of(account: Any, record: Record) -> list[BaseGeometry]:
    """The areas of a record that the account may see; where it has none, its lines and points."""
    import shapely

    plan = plan_of(kind_of(type(record)))
    allowed = [name for name in access.fields(account, type(record), record) if name in plan.shapes]
    kept = [shapely.from_wkb(bytes(value)) for name in allowed if (value := getattr(record, name))]
    valid = [each if each.is_valid else shapely.make_valid(each) for each in kept if not each.is_empty]
    areas = [each for each in valid if shapely.get_dimensions(each) == 2]
    return areas or valid


def _neighbour(account: Any, place: BaseGeometry, kind: str, other: Record, metres: float) -> Neighbour | None:
    import shapely

    parts = places_of(account, other)
    if not parts:
        return None
    theirs = shapely.union_all(parts)
    if area_m2(theirs) > LARGEST_M2:
        return None
    if place.intersects(theirs):
        common = area_m2(place.intersection(theirs))
        whole = area_m2(place)
        relation = TOUCHES if place.touches(theirs) else OVERLAPS
        return Neighbour(kind, other, relation, 0.0, common, round(100 * common / whole) if whole else 0)
    distance = _distance(place, theirs)
    return Neighbour(kind, other, NEAR, round(distance, 1), Decimal(0), 0) if distance <= metres else None


def _distance(one: BaseGeometry, other: BaseGeometry) -> float:
    import shapely

    scale = metres_of_a_degree(one)
    first, second = (shapely.transform(each, lambda places: places * scale) for each in (one, other))
    return float(first.distance(second))


def as_json(found: Iterable[Neighbour]) -> Iterator[dict[str, Any]]:
    """What `kambila near --json` prints of each."""
    for each in found:
        yield {
            "kind": each.kind,
            "id": each.record.pk,
            "code": each.record.code,
            "relation": each.relation,
            "distance_m": each.distance_m,
            "common_m2": str(each.common_m2),
            "percent": each.percent,
        }
