"""The lines of the ledger: on which day how much ground came, went or passed, in which area, why, and by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kambila.domain.land.balance.ground import Cents


class Why(IntEnum):
    """Why square metres moved. The first six are the equation; each of the others is a difference that has a reason."""

    NEW = 0  # an area that was not known
    LARGER = 1  # a later report found more
    CANCELLED = 2
    REDUCED = 3
    CLEARED = 4
    UNSTATED = 5  # released, but the product does not say in what way
    SMALLER = 6  # a later report drew or stated less: a correction
    MEASUREMENT = 7  # whole is whole within the tolerance; stated and drawn sizes differ
    RESIDUAL = 8  # what overlay left is smaller than the limit
    SPLIT = 9  # passed to or from another area, which took over a part
    MERGED = 10  # passed to or from another area, which took over the whole
    OVERLAP = 11  # ground that two areas had in common, counted once since they are one
    ENDED = 12  # the record of the area, or of a product, was retired


RELEASES = {"cancelled": Why.CANCELLED, "reduced": Why.REDUCED, "cleared": Why.CLEARED}
NOBODY = -1


@dataclass(frozen=True)
class Lines:
    """Lines as columns: place of the area, day (datetime64), reason, hundredths of m² geodesic and stated (with their
    sign), place of the product (NOBODY without) and of the other area (NOBODY without)."""

    area: Cents
    day: NDArray[np.datetime64]
    why: NDArray[np.int8]
    geodesic: Cents
    stated: Cents
    product: Cents
    other: Cents

    def __len__(self) -> int:
        return len(self.area)

    def where(self, chosen: NDArray[np.bool_]) -> Lines:
        """The lines that are chosen."""
        return Lines(*(column[chosen] for column in vars(self).values()))


def joined(parts: list[Lines]) -> Lines:
    """The lines of all parts, without those that move nothing."""
    columns = [np.concatenate(each) for each in zip(*(vars(part).values() for part in parts), strict=True)]
    found = Lines(*columns)
    return found.where((found.geodesic != 0) | (found.stated != 0))


def lines(rows: list[tuple[int, str, Why, int, int, int, int]]) -> Lines:
    """Lines from rows, in the order of the columns."""
    area, day, why, geodesic, stated, product, other = zip(*rows, strict=True) if rows else [()] * 7
    whole = (np.array(each, np.int64) for each in (area, geodesic, stated, product, other))
    of, one, two, by, beside = whole
    return Lines(of, np.array(day, "datetime64[D]"), np.array(why, np.int8), one, two, by, beside)
