"""The ledger: every movement of ground, in all areas, from the first report on.

What an area holds on a day is the sum of its lines until then, and it is what overlay of its geometries finds on that day
(a property test holds both against each other). So any period, and any grouping of areas, is a sum, and it balances.
"""

from __future__ import annotations

import numpy as np

from kambila.domain.land.balance.family import histories
from kambila.domain.land.balance.ground import Cents
from kambila.domain.land.balance.lines import NOBODY, Lines, Why, joined
from kambila.domain.land.balance.register import Register
from kambila.domain.land.balance.settle import Areas, Limits, settle


def ledger(register: Register, limits: Limits) -> Lines:
    """All lines. Areas with one state are settled together, as arrays; the others step by step."""
    alone = np.ones(len(register.since), bool)
    alone[list(register.steps)] = False
    places = np.flatnonzero(alone)
    return joined(
        [_opened(register, places), *_released(register, places, alone, limits), *histories(register, limits)]
    )


def _opened(register: Register, places: Cents) -> Lines:
    """The areas as they were first reported."""
    geodesic, stated = register.areas.sizes
    none = np.full(len(places), NOBODY)
    why = np.full(len(places), Why.NEW, np.int8)
    return Lines(places, register.since[places], why, geodesic[places], stated[places], none, none)


def _released(register: Register, places: Cents, alone: np.ndarray, limits: Limits) -> list[Lines]:
    """What the products of these areas released, and what tolerance and limits wrote off with it."""
    released = register.released
    rows = np.flatnonzero(alone[released.area])
    if not len(rows):
        return []
    area = released.area[rows]
    near = np.searchsorted(places, area)
    chosen = register.areas
    areas = Areas(chosen.shapes[places], chosen.geodesic[places], chosen.stated[places])
    result = settle(areas, released.at(rows, near), limits)
    day = np.maximum(released.day[rows], register.since[area])
    nobody = np.full(len(rows), NOBODY)
    moved = Lines(area, day, released.why[rows], -result.pieces[0], -result.pieces[1], rows, nobody)
    first = np.diff(near, prepend=-1) > 0
    known = ~areas.unknown[near]
    rests = []
    for size, left, piece in zip(areas.sizes, result.left, result.pieces, strict=True):
        before = np.where(first, size[near], np.concatenate([[0], left[:-1]]))
        rests.append(left - before + piece)
    small = (result.raw > 0) & (result.raw < limits.residual)
    why = np.where(known, np.where(small, Why.RESIDUAL, Why.MEASUREMENT), Why.LARGER).astype(np.int8)
    return [moved, Lines(area, day, why, rests[0], rests[1], rows, nobody)]
