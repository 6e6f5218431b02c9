"""Ground as arrays of geometries: reading them, measuring them on the ellipsoid, cutting pieces out of them.

Shapes are arrays of polygons in WGS84 degrees, None where nothing was drawn. Sizes are whole hundredths of m² (`cents`),
so that sums are exact. Overlay is done in degrees, on the turning points as they were drawn: shapes that share an edge
share it exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from kambila.registry.geometry import ellipsoid

Shapes = NDArray[Any]
Cents = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOTHING = 1e-16  # square degrees: about a millionth of a m², less than what rounding of coordinates leaves
NEARLY = 0.98  # the share of an area from which on its rest is measured, not only subtracted


def read(wkbs: Sequence[Any]) -> Shapes:
    """Shapes from WKB; None for what is none, or cannot be read as a polygon."""
    raw = np.array([bytes(each) if isinstance(each, bytes | memoryview) else None for each in wkbs], dtype=object)
    found = shapely.from_wkb(raw, on_invalid="ignore")
    found[shapely.get_dimensions(found) < 2] = None
    return found


def mended(shapes: Shapes) -> Shapes:
    """Dangerous ground that was drawn with crossing lines, as all that its lines enclose: it must not get lost."""
    broken = ~(shapely.is_valid(shapes) | shapely.is_missing(shapes))
    if broken.any():
        shapes = shapes.copy()
        shapes[broken] = [polygons(each) for each in shapely.make_valid(shapes[broken])]
    return shapes


def sound(shapes: Shapes) -> Shapes:
    """Released ground without what was drawn with crossing lines: nobody can say what that released."""
    found = shapes.copy()
    found[~shapely.is_valid(shapes)] = None
    return found


def polygons(shape: Any) -> Any:
    """What of a geometry has an area; None for nothing. Overlay may leave points and lines where two shapes touch."""
    if shape is None or shape.geom_type in ("Polygon", "MultiPolygon"):
        return None if shape is None or shape.is_empty else shape
    parts = shapely.get_parts(shape)
    flat = parts[shapely.get_type_id(parts) == 3]
    return shapely.union_all(flat) if len(flat) else None


def measured(shapes: Iterable[Any]) -> Cents:
    """Geodesic sizes; 0 for None."""
    return np.array([_measured(each) for each in shapes], dtype=np.int64)


def _measured(shape: Any) -> int:
    if shape is None or shapely.get_dimensions(shape) < 2:
        return 0
    if shape.geom_type == "Polygon" and not shapely.get_num_interior_rings(shape):
        return round(_ring(shape) * 100)
    size = 0.0
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            outer, *holes = (_ring(ring) for ring in (part.exterior, *part.interiors))
            size += outer - sum(holes)
    return max(round(size * 100), 0)


def _ring(ring: Any) -> float:
    xy = shapely.get_coordinates(ring)
    return abs(ellipsoid().polygon_area_perimeter(xy[:, 0], xy[:, 1])[0])


def without(shape: Any, others: Sequence[Any]) -> Any:
    """A shape less all of the others; None when nothing is left."""
    gone = [each for each in others if each is not None]
    if shape is None or not gone:
        return shape
    left = polygons(shapely.difference(shape, shapely.union_all(gone)))
    return None if left is None or left.area <= NOTHING else left


def common(one: Any, other: Any) -> Any:
    """What two shapes have in common; None for nothing."""
    found = polygons(shapely.intersection(one, other))
    return None if found is None or found.area <= NOTHING else found


def together(shapes: Sequence[Any]) -> Any:
    """All that several shapes cover; None for nothing."""
    drawn = [each for each in shapes if each is not None]
    return drawn[0] if len(drawn) == 1 else polygons(shapely.union_all(drawn)) if drawn else None


def beyond(shapes: Shapes, grounds: Shapes) -> Shapes:
    """What of each shape lies outside its ground; None for nothing, and where there is no ground to lie outside of."""
    left = shapely.difference(shapes, grounds)
    left[~(shapely.area(left) > NOTHING)] = None
    return left


def overlaps(shapes: Shapes, of: Cents) -> tuple[Cents, Cents]:
    """The pairs (earlier, later) of products of one area whose shapes have ground in common.

    `of` is the area of each shape; those of one area stand together.
    """
    boxes = shapely.bounds(shapes)
    earlier, later = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for lag in range(1, len(of)):
        one = np.flatnonzero(of[:-lag] == of[lag:])
        if not len(one):
            break
        a, b = boxes[one], boxes[one + lag]
        near = (a[:, 0] < b[:, 2]) & (b[:, 0] < a[:, 2]) & (a[:, 1] < b[:, 3]) & (b[:, 1] < a[:, 3])
        one = one[near]
        common = shapely.area(shapely.intersection(shapes[one], shapes[one + lag])) > NOTHING
        earlier.append(one[common])
        later.append(one[common] + lag)
    return np.concatenate(earlier), np.concatenate(later)


def cut(grounds: Shapes, shapes: Shapes, sizes: Cents, of: Cents) -> tuple[Cents, Cents]:
    """What each product takes from what the earlier ones left of its ground, and its part outside that ground.

    `grounds` (n) and `shapes` (m) are all drawn; `sizes` (m) are those of the shapes; `of` (m) is the ground of each,
    ascending, products in order. A product that lies in its ground and touches no other keeps its own size.
    """
    pieces, inside = sizes.copy(), sizes.copy()
    shapely.prepare(grounds)
    crossing = np.flatnonzero(~shapely.covers(grounds[of], shapes))
    parts = shapely.intersection(grounds[of[crossing]], shapes[crossing])
    parts_of = dict(zip(crossing.tolist(), parts, strict=True))
    lost = shapely.area(shapes[crossing]) - shapely.area(parts)
    for row, part, gone in zip(crossing.tolist(), parts, lost, strict=True):
        if gone > NOTHING:
            inside[row] = pieces[row] = min(int(measured([part])[0]), int(sizes[row]))
    before: dict[int, list[int]] = {}
    for one, other in zip(*(each.tolist() for each in overlaps(shapes, of)), strict=True):
        before.setdefault(other, []).append(one)
    for row, others in before.items():
        left = without(polygons(parts_of.get(row, shapes[row])), list(shapes[others]))
        pieces[row] = min(int(measured([left])[0]), int(inside[row]))
    return pieces, sizes - inside


def rests(grounds: Shapes, ground_m2: Cents, shapes: Shapes, taken: Cents, of: Cents) -> Cents:
    """What is left of its ground after each product: measured where little is, else what was not taken yet.

    `taken` (m) is what this product and the earlier ones of its ground have taken together.
    """
    left = np.maximum(ground_m2[of] - taken, 0)
    nearly = np.zeros(len(grounds), bool)
    nearly[of[taken >= NEARLY * ground_m2[of]]] = True
    first = np.flatnonzero(np.diff(of, prepend=-1))
    standing, rank = grounds.copy(), 0
    rows = first[nearly[of[first]]]
    while len(rows):
        standing[of[rows]] = shapely.difference(standing[of[rows]], shapes[rows])
        close = rows[taken[rows] >= NEARLY * ground_m2[of[rows]]]
        left[close] = [_rest(each) for each in standing[of[close]]]
        rank += 1
        rows = rows + 1
        rows = rows[rows < len(of)]
        rows = rows[of[rows] == of[rows - 1]]
    return left


def _rest(shape: Any) -> int:
    return 0 if shapely.area(shape) <= NOTHING else _measured(shape)
