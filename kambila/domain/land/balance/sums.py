"""The balance of a period: opening + new + found larger − released ± differences with a reason = closing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kambila.domain.land.balance.ground import Cents, Flags
from kambila.domain.land.balance.lines import NOBODY, Lines, Why


@dataclass(frozen=True)
class Balance:
    """Sums in hundredths of m², (groups, 2): geodesic and stated in the last dimension. `moved` has a column for each
    :class:`Why`; `taken_over` is ground that one group released in the areas of another: it takes it over first."""

    opening: Cents
    moved: Cents  # (groups, whys, 2)
    taken_over: Cents
    closing: Cents

    @property
    def holds(self) -> Flags:
        """Whether the equation comes out, by group."""
        after: Cents = self.opening + self.moved.sum(axis=1) + self.taken_over
        return (after == self.closing).all(axis=-1)


def summed(
    found: Lines, homes: Cents, workers: Cents, groups: int, first: np.datetime64 | None, last: np.datetime64 | None
) -> Balance:
    """The balance of each group from the day `first` to the day `last`, both within it; None: from the beginning, for ever.

    `homes` is the group of each area, `workers` that of each product (NOBODY: of its area). A group that released ground
    of an area at home elsewhere has taken it over there.
    """
    home = homes[found.area]
    worker = np.where(found.product == NOBODY, NOBODY, workers[found.product] if len(workers) else NOBODY)
    group = np.where(worker == NOBODY, home, worker)
    before = np.zeros(len(found), bool) if first is None else found.day < first
    within = ~before if last is None else ~before & (found.day <= last)
    sizes = np.stack([found.geodesic, found.stated], axis=-1)
    opening, closing = (np.zeros((groups, 2), np.int64) for _ in range(2))
    np.add.at(opening, home[before], sizes[before])
    np.add.at(closing, home[before | within], sizes[before | within])
    moved = np.zeros((groups, len(Why), 2), np.int64)
    np.add.at(moved, (group[within], found.why[within]), sizes[within])
    taken_over = np.zeros((groups, 2), np.int64)
    foreign = within & (group != home)
    np.add.at(taken_over, group[foreign], -sizes[foreign])
    np.add.at(taken_over, home[foreign], sizes[foreign])
    return Balance(opening, moved, taken_over, closing)
