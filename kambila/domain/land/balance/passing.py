"""Ground that passes from one area to another: an area is split, several are joined, one takes over a part of another.

The area that takes over says so, in an accepted report (`taken_from`) that two people signed. From then on the ground of
the other that lies in its polygon is its own. What it does not cover stays where it was, and when its report stops
counting all of it comes back: no ground is lost between two areas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.settle import NONE, Areas


class Extent(NamedTuple):
    """How large an area is: shape or None, geodesic size (0 without), stated size (NONE without); hundredths of m²."""

    shape: Any
    geodesic: int
    stated: int

    @property
    def size(self) -> int:
        return self.geodesic if self.geodesic > 0 else max(self.stated, 0)


def many_areas(extents: Sequence[Extent]) -> Areas:
    """Extents as arrays."""
    shapes = np.full(len(extents), None, dtype=object)
    for place, each in enumerate(extents):
        shapes[place] = each.shape
    sizes = (np.array([each[n] for each in extents], np.int64) for n in (1, 2))
    return Areas(shapes, *sizes)


def kept(own: Extent, takers: Sequence[Extent], residual: int) -> Extent:
    """What an area keeps beside those that took over from it; a rest below the residual limit is no rest.

    Where either was not drawn nothing can be laid over it: an area that was not drawn gives as much as the other states,
    and one that was drawn gives nothing to one that was not.
    """
    if own.shape is None:
        given = sum(each.size for each in takers)
        return own._replace(stated=max(own.stated - given, 0)) if own.stated != NONE and given else own
    left = ground.without(own.shape, [each.shape for each in takers])
    if left is own.shape:
        return own
    size = int(ground.measured([left])[0])
    if size < residual:
        return Extent(None, 0, 0)
    stated = NONE if own.stated == NONE else round(own.stated * size / own.geodesic)
    return Extent(left, size, stated)
