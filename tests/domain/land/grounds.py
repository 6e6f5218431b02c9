"""Made-up ground for tests: rectangles on a grid of 10 m, as they come from surveyors, and what is left of them by overlay.

What is left is found here in another way than the ledger finds it: cell by cell, on paper.
"""

from __future__ import annotations

import numpy as np
import shapely

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.passing import Extent
from kambila.domain.land.balance.register import Register, Released, Step
from kambila.domain.land.balance.settle import NONE, Areas, Products

WEST, SOUTH, CELL = -0.05, 16.27, 0.0001


def box(x0: int, y0: int, x1: int, y1: int):
    """A rectangle of grid cells, as a shape."""
    return shapely.box(WEST + x0 * CELL, SOUTH + y0 * CELL, WEST + x1 * CELL, SOUTH + y1 * CELL)


def cells(*corners: int) -> set[tuple[int, int]]:
    """The grid cells of a rectangle."""
    x0, y0, x1, y1 = corners
    return {(x, y) for x in range(x0, x1) for y in range(y0, y1)}


def extent(corners: tuple[int, int, int, int] | None, stated: int = NONE) -> Extent:
    """An area of this rectangle, None for one that was not drawn; `stated` in hundredths of m²."""
    shape = None if corners is None else box(*corners)
    return Extent(shape, int(ground.measured([shape])[0]), stated)


def step(day: str, corners, stated: int = NONE, takes: tuple[int, ...] = ()) -> Step:
    return Step(day, extent(corners, stated), takes)


def register(areas, products=(), lives=None) -> Register:
    """`areas`: for each its steps; `products`: (area, day, why, corners or None, stated, whole)."""
    present = [next((each.extent for each in reversed(steps) if each.extent), Extent(None, 0, NONE)) for steps in areas]
    passing = {i for i, steps in enumerate(areas) for each in steps if each.takes}
    passing |= {giver for steps in areas for each in steps for giver in each.takes}
    passing |= {products[i][0] for i in lives or {}}
    several = {i: list(steps) for i, steps in enumerate(areas) if len(steps) > 1 or i in passing}
    order = sorted(range(len(products)), key=lambda i: (products[i][0], products[i][1], i))
    rows = [products[i] for i in order]
    of = np.array([each[0] for each in rows], np.int64)
    extents = [extent(each[3], each[4]) for each in rows]
    released = Released(
        of,
        np.array([each[1] for each in rows], "datetime64[D]"),
        np.array([each[2] for each in rows], np.int8),
        Products(of, *columns(extents), np.array([each[5] for each in rows], bool)),
        {order.index(i): steps for i, steps in (lives or {}).items()},
    )
    since = np.array([steps[0].day for steps in areas], "datetime64[D]")
    return Register(Areas(*columns(present)), since, several, released)


def columns(extents: list[Extent]):
    shapes = np.array([None] * len(extents), dtype=object)
    for place, each in enumerate(extents):
        shapes[place] = each.shape
    return shapes, np.array([e.geodesic for e in extents], np.int64), np.array([e.stated for e in extents], np.int64)


def total(lines, why: Why | None = None, area: int | None = None, until: str = "9999-12-31") -> int:
    """The geodesic sum of lines, in whole m²."""
    chosen = lines.day <= np.datetime64(until)
    chosen &= (lines.why == why) if why is not None else True
    chosen &= (lines.area == area) if area is not None else True
    return round(int(lines.geodesic[chosen].sum()) / 100)
