"""Areas with a history: drawn anew, split, joined, retired. They are gone through day by day, with all that they pass
ground to or from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.lines import NOBODY, Lines, Why, lines
from kambila.domain.land.balance.passing import Extent, kept, many_areas
from kambila.domain.land.balance.register import Register, Step
from kambila.domain.land.balance.settle import Limits, settle

Pair = tuple[int, int]  # hundredths of m², geodesic and stated
ZERO: Pair = (0, 0)
PRODUCT, STATE = 0, 1  # what is released on the day of a split is released first


def histories(register: Register, limits: Limits) -> Iterator[Lines]:
    """The lines of all areas that went through several states, family by family."""
    of: dict[int, list[int]] = {place: [] for place in register.steps}
    inside = np.isin(register.released.area, np.fromiter(of, np.int64, len(of)))
    for row in np.flatnonzero(inside).tolist():
        of[int(register.released.area[row])].append(row)
    found = families(register.steps)
    ahead = Ahead(register, [each[0] for each in found if len(each) == 1], of, limits)
    for members in found:
        yield Family(register, members, of, limits, ahead).gone_through()


def families(steps: Any) -> list[list[int]]:
    """Areas that pass ground to one another, together; most are alone."""
    root = {place: place for place in steps}

    def find(place: int) -> int:
        while root[place] != place:
            place = root[place]
        return place

    for place, states in steps.items():
        for giver in {each for step in states for each in step.takes if each in root}:
            root[find(giver)] = find(place)
    groups: dict[int, list[int]] = {}
    for place in steps:
        groups.setdefault(find(place), []).append(place)
    return list(groups.values())


@dataclass
class Now:
    """An area on the day that has been reached: its state, its products so far, what they left, its remaining shape."""

    step: Step | None = None
    number: int = 0  # of the step
    known: bool = False  # whether its ground was ever counted; an indication without a size is not
    rows: list[int] = field(default_factory=list)
    left: Pair = ZERO
    unknown: bool = False
    pieces: dict[int, Pair] = field(default_factory=dict)
    small: bool = False
    kept: Extent | None = None


class Ahead:
    """What all products leave of each state of areas that pass nothing, settled together as arrays: most histories are of
    that sort. What some products leave is the same with or without those that follow them."""

    def __init__(self, register: Register, alone: Sequence[int], of: dict[int, list[int]], limits: Limits) -> None:
        states = [
            (place, n, step.extent)
            for place in alone
            for n, step in enumerate(register.steps[place])
            if step.extent is not None and of[place] and not any(row in register.released.lives for row in of[place])
        ]
        self.first: dict[tuple[int, int], int] = {}
        rows: list[int] = []
        for place, n, _ in states:
            self.first[place, n] = len(rows)
            rows += of[place]
        numbers = np.repeat(np.arange(len(states)), [len(of[place]) for place, _, _ in states]).astype(np.int64)
        areas = many_areas([extent for _, _, extent in states])
        self.unknown = areas.unknown[numbers]
        self.small = np.zeros(len(rows), bool)
        if rows:
            result = settle(areas, register.released.at(np.array(rows), numbers), limits)
            self.left, self.pieces = (np.stack(each, axis=-1) for each in (result.left, result.pieces))
            self.small = (result.raw > 0) & (result.raw < limits.residual)

    def settle(self, place: int, area: Now) -> bool:
        """Let an area know what its products so far have left; False where that was not settled ahead."""
        first = self.first.get((place, area.number))
        if first is None or not area.rows:
            return False
        last = first + len(area.rows) - 1
        area.pieces = dict(zip(area.rows, map(tuple, self.pieces[first : last + 1].tolist()), strict=True))
        area.left = (int(self.left[last, 0]), int(self.left[last, 1]))
        area.small, area.unknown = bool(self.small[last]), bool(self.unknown[last])
        return True


class Family:
    """Areas that pass ground to one another."""

    def __init__(
        self, register: Register, members: Sequence[int], of: dict[int, list[int]], limits: Limits, ahead: Ahead
    ) -> None:
        self.register, self.limits, self.ahead = register, limits, ahead
        self.now = {place: Now() for place in members}
        self.counted: dict[int, Pair] = {}
        self.rows: list[tuple[int, str, Why, int, int, int, int]] = []
        days = register.released.day
        self.events: list[tuple[str, int, int, int, Any]] = []
        for place in members:
            self.events += [(step.day, STATE, place, n, step) for n, step in enumerate(register.steps[place])]
            for row in of[place]:
                lives = register.released.lives.get(row) or [("", True)]
                for n, (day, stands) in enumerate(lives):
                    self.events.append((max(day, str(days[row])), PRODUCT, place, row * 100 + n, (row, stands)))

    def gone_through(self) -> Lines:
        for day, sort, place, number, what in sorted(self.events, key=lambda each: each[:4]):
            if sort == STATE:
                self._state(day, place, what, number)
            else:
                self._product(day, place, *what)
        return lines(self.rows)

    def _state(self, day: str, place: int, step: Step, number: int) -> None:
        """An area is known, drawn anew, retired: its ground changes, and that of those from which it takes over."""
        area = self.now[place]
        givers = {each for known in (area.step, step) if known for each in known.takes if each in self.now} - {place}
        before = {each: self._stand(each) for each in (place, *givers)}
        area.step, area.number = step, number
        passed = ZERO
        for giver in sorted(givers):
            self._settle(giver)
            change = _less(self.now[giver].left, before[giver][0])
            passed = _less(passed, change)
            why = Why.MERGED if self.now[giver].left == ZERO and before[giver][0] != ZERO else Why.SPLIT
            self._write(giver, day, why, change, other=place)
            self._write(place, day, why, _less(ZERO, change), other=giver)
        self._settle(place)
        more = self._released_more(place, day)
        rest = _plus(_less(_less(area.left, before[place][0]), passed), more)
        self._explain(place, day, rest, before[place], passed)
        area.known = area.known or bool(area.rows) or (step.extent is not None and step.extent.size > 0)

    def _explain(self, place: int, day: str, rest: Pair, before: tuple[Pair, Any], passed: Pair) -> None:
        """Why an area holds more or less than before, apart from what was passed and released."""
        area = self.now[place]
        if area.step is None or area.step.extent is None:
            self._write(place, day, Why.ENDED, rest)
            return
        gained, lost = Why.LARGER, Why.SMALLER
        if passed != ZERO:
            lost = Why.OVERLAP
        elif not area.known:
            gained = Why.NEW
        grown = self._grown(before[1], place) if area.known and passed == ZERO else 0
        up = (max(rest[0], grown), max(rest[1], 0))
        self._write(place, day, gained, up)
        self._write(place, day, lost, _less(rest, up))

    def _grown(self, before: Any, place: int) -> int:
        """The ground that an area holds now and did not hold before, where both were drawn."""
        after = self._shape(place)
        if before is None or after is None:
            return 0
        return int(ground.measured([ground.without(after, [before])])[0])

    def _product(self, day: str, place: int, row: int, stands: bool) -> None:
        """A product releases ground, or was retired so that it releases none any more."""
        area, before = self.now[place], self.now[place].left
        area.rows = sorted({*area.rows, row} if stands else {*area.rows} - {row})
        if area.step is None or area.step.extent is None:
            return
        self._settle(place)
        change = _less(area.left, before)
        if not stands:
            self.counted.pop(row, None)
            self._write(place, day, Why.ENDED, change, product=row)
            return
        piece = self._count(row, area.pieces[row])
        self._write(place, day, Why(int(self.register.released.why[row])), _less(ZERO, piece), product=row)
        why = Why.LARGER if area.unknown else Why.RESIDUAL if area.small else Why.MEASUREMENT
        self._write(place, day, why, _plus(change, piece), product=row)

    def _released_more(self, place: int, day: str) -> Pair:
        """Products whose ground lies in the area only since it was drawn anew release it now."""
        area, total = self.now[place], ZERO
        for row in area.rows if area.step is not None and area.step.extent is not None else ():
            more = self._count(row, area.pieces[row])
            total = _plus(total, more)
            why = Why(int(self.register.released.why[row]))
            self._write(place, day, why, _less(ZERO, more), product=row)
        return total

    def _count(self, row: int, piece: Pair) -> Pair:
        """What of a piece was not counted yet: what was released stays so when its area is drawn smaller."""
        known = self.counted.get(row, ZERO)
        self.counted[row] = (max(known[0], piece[0]), max(known[1], piece[1]))
        return _less(self.counted[row], known)

    def _settle(self, place: int) -> None:
        area = self.now[place]
        area.left, area.pieces, area.small, area.unknown, area.kept = ZERO, {}, False, False, None
        if area.step is None or area.step.extent is None:
            return
        area.kept = kept(area.step.extent, self._takers(place), self.limits.residual)
        if self.ahead.settle(place, area):
            return
        areas = many_areas([area.kept])
        area.unknown = bool(areas.unknown[0])
        area.left = (int(areas.sizes[0][0]), int(areas.sizes[1][0]))
        if area.rows:
            rows = np.array(area.rows)
            result = settle(areas, self.register.released.at(rows, np.zeros(len(rows), np.int64)), self.limits)
            area.pieces = dict(
                zip(area.rows, zip(*(each.tolist() for each in result.pieces), strict=True), strict=True)
            )
            area.left = (int(result.left[0][-1]), int(result.left[1][-1]))
            area.small = 0 < int(result.raw[-1]) < self.limits.residual

    def _takers(self, place: int) -> list[Extent]:
        """The extents of those that take over from an area; of two that do so from each other both keep their ground."""
        step = self.now[place].step
        mutual = step.takes if step else ()
        return [
            other.step.extent
            for name, other in self.now.items()
            if name != place and name not in mutual and other.step and other.step.extent and place in other.step.takes
        ]

    def _stand(self, place: int) -> tuple[Pair, Any]:
        return self.now[place].left, self._shape(place)

    def _shape(self, place: int) -> Any:
        """The ground of an area that is left, as a shape; None where it was not drawn."""
        area = self.now[place]
        if area.kept is None or area.kept.shape is None:
            return None
        return ground.without(area.kept.shape, list(self.register.released.products.shapes[area.rows]))

    def _write(self, place: int, day: str, why: Why, moved: Pair, product: int = NOBODY, other: int = NOBODY) -> None:
        if moved != ZERO:
            self.rows.append((place, day, why, *moved, product, other))


def _plus(one: Pair, other: Pair) -> Pair:
    return (one[0] + other[0], one[1] + other[1])


def _less(one: Pair, other: Pair) -> Pair:
    return (one[0] - other[0], one[1] - other[1])
