"""Everything that the ledger is written from, apart from any database: areas with their states, products in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kambila.domain.land.balance.ground import Cents
from kambila.domain.land.balance.passing import Extent
from kambila.domain.land.balance.settle import Areas, Products


class Step(NamedTuple):
    """What an area is from a day on: its extent, None while it does not exist, and the places of those that it takes
    over from."""

    day: str
    extent: Extent | None
    takes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Released:
    """Products as columns, those of one area together and in the order of their dates.

    `area` is the place of the area, `day` the last day of the date, `why` the way of release. `lives` has those that
    were retired or restored: by place (day, whether it stands from then on).
    """

    area: Cents
    day: NDArray[np.datetime64]
    why: NDArray[np.int8]
    products: Products  # whose `of` is `area`
    lives: Mapping[int, list[tuple[str, bool]]] = field(default_factory=dict)

    def at(self, rows: Cents, of: Cents) -> Products:
        """The products of some rows, whose areas stand at other places."""
        chosen = self.products
        return Products(of, chosen.shapes[rows], chosen.geodesic[rows], chosen.stated[rows], chosen.whole[rows])


@dataclass(frozen=True)
class Register:
    """Areas (n) as they are now with the day since which they are known; `steps` has, by place, the states of those that
    went through several, that pass ground to one another, or of which a product was retired."""

    areas: Areas
    since: NDArray[np.datetime64]
    steps: Mapping[int, list[Step]]
    released: Released
