"""What products leave of areas: the one rule by which a record, the ledger and the checks come to the same numbers.

Two sizes go side by side, in hundredths of m². The *geodesic* one is the ground that was drawn, measured by overlay on the
ellipsoid; the *stated* one is what teams typed, each product with the share of its polygon that still was dangerous
ground of its area. Where one of the two is missing the other stands in for it. A product releases nothing but ground of
the area that it names, and no ground twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kambila.domain.land import criteria
from kambila.domain.land.balance import ground
from kambila.domain.land.balance.ground import Cents, Flags, Shapes

NONE = -1  # a size that was not stated


@dataclass(frozen=True)
class Areas:
    """Areas (n): shape or None, its geodesic size (0 without), the stated size (NONE without)."""

    shapes: Shapes
    geodesic: Cents
    stated: Cents

    @property
    def sizes(self) -> tuple[Cents, Cents]:
        """(geodesic, stated), each standing in for the other; 0 where neither is known. Nobody reports an area of no size:
        a stated 0 beside a polygon is a number that was not typed."""
        drawn = self.geodesic > 0
        one = np.where(drawn, self.geodesic, np.maximum(self.stated, 0))
        return one, np.where(self.stated > 0, self.stated, one)

    @property
    def unknown(self) -> Flags:
        return (self.geodesic <= 0) & (self.stated < 0)


@dataclass(frozen=True)
class Products:
    """Products (m), those of one area together and in the order of their dates: `of` is the place of the area, ascending;
    shape or None, geodesic size (0 without), stated size (NONE without), whether it says that nothing is left."""

    of: Cents
    shapes: Shapes
    geodesic: Cents
    stated: Cents
    whole: Flags


@dataclass(frozen=True)
class Limits:
    """The national criteria of measurement: the share within which whole is whole, and the size of a residual polygon."""

    tolerance: float = 0.05
    residual: int = 100


def limits() -> Limits:
    """The limits of the criteria in force."""
    said = criteria.current()
    return Limits(said.tolerance, round(said.residual_m2 * 100))


@dataclass(frozen=True)
class Settled:
    """For each product: the pieces that it released, the parts of its polygon outside its area and released before, and
    what is left of the area after it. `raw` is what overlay leaves, before tolerance and residual limit."""

    pieces: tuple[Cents, Cents]
    outside: Cents
    overlap: Cents
    left: tuple[Cents, Cents]
    raw: Cents


def settle(areas: Areas, products: Products, within: Limits) -> Settled:
    """Take the products out of their areas, one after the other."""
    of, (size, stated_size) = products.of, areas.sizes
    drawn = (areas.geodesic > 0)[of] & (products.geodesic > 0)
    typed = np.where(products.stated >= 0, products.stated, products.geodesic)
    pieces, stated = np.where(drawn, 0, typed), typed.copy()
    outside, overlap = np.zeros_like(pieces), np.zeros_like(pieces)
    rows = np.flatnonzero(drawn)
    places, near = np.unique(of[rows], return_inverse=True)
    if len(rows):
        shapes, sizes = products.shapes[rows], products.geodesic[rows]
        taken, outside[rows] = ground.cut(areas.shapes[places], shapes, sizes, near)
        pieces[rows] = taken
        overlap[rows] = sizes - outside[rows] - taken
        stated[rows] = np.round(typed[rows] * (taken / sizes)).astype(np.int64)
    by_overlay = _running(np.where(drawn, pieces, 0), of)
    left = np.maximum(size[of] - by_overlay, 0)
    if len(rows):
        left[rows] = ground.rests(areas.shapes[places], areas.geodesic[places], shapes, by_overlay[rows], near)
        left = _carried(left, drawn, of)
    known = ~areas.unknown[of]
    pieces, left = _typed_too(pieces, left, drawn | ~known, of)
    left = np.where(known, left, 0)
    whole = _running(products.whole.astype(np.int64), of) > 0
    taken_stated = _running(stated, of)
    ends = remaining(size[of], stated_size[of], left, taken_stated, whole, within)
    stated = np.where(known, stated - _excess(stated_size[of], taken_stated, stated), stated)
    return Settled((pieces, stated), outside, overlap, ends, left)


def remaining(size: Any, stated_size: Any, left: Any, taken: Any, whole: Any, within: Limits) -> tuple[Any, Any]:
    """What remains (geodesic, stated): of sizes, what overlay leaves, and what was taken of the stated size.

    Two measurements of the same ground never agree to the last metre: within the tolerance whole is whole, and a rest
    below the residual limit is no rest. What was typed alone never makes ground disappear that overlay still finds.
    """
    left = np.where(left < within.residual, 0, left)
    left = np.where(whole & (left <= within.tolerance * size), 0, left)
    stated = np.maximum(stated_size - taken, 0)
    stated = np.where((left == 0) & (stated <= within.tolerance * np.maximum(size, stated_size)), 0, stated)
    return left, np.where((left > 0) & (stated == 0), left, stated)


def _running(values: Cents, of: Cents) -> Cents:
    """The running sum within each area."""
    total = np.cumsum(values)
    first = np.flatnonzero(np.diff(of, prepend=-1))
    offset = np.repeat(total[first] - values[first], np.diff(np.append(first, len(of))))
    return total - offset if len(of) else total


def _excess(size: Cents, taken: Cents, pieces: Cents) -> Cents:
    """What of each piece goes beyond the stated size: a stated size is never taken twice."""
    return np.clip(taken - size, 0, pieces)


def _carried(left: Cents, measured: Flags, of: Cents) -> Cents:
    """After a product that was not drawn, as much is left by overlay as after the last one that was."""
    rows = np.flatnonzero(~measured & (np.diff(of, prepend=-1) == 0))
    for row in rows.tolist():
        left[row] = left[row - 1]
    return left


def _typed_too(pieces: Cents, left: Cents, by_shape: Flags, of: Cents) -> tuple[Cents, Cents]:
    """Products without a polygon count by what was typed, up to what is left."""
    if by_shape.all():
        return pieces, left
    typed = _running(np.where(by_shape, 0, pieces), of)
    after = np.maximum(left - typed, 0)
    is_first = np.diff(of, prepend=-1) > 0
    before = np.where(is_first, left, np.concatenate([[0], after[:-1]]))
    pieces = np.where(by_shape, pieces, np.minimum(pieces, np.maximum(before, 0)))
    return pieces, after
