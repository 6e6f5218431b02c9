"""Pairs that look the same, in the registry and among reports that wait. Each is a proposal; nothing is merged here."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kambila.intake.matching.candidates import told_apart
from kambila.intake.matching.sides import Side, labels, recorded, reported
from kambila.registry.matching import Matching, Way, all_matchings, matching_of

CROWD = 1_500  # records that share one key; comparing more of them with one another would take minutes
Places = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """Two records that may be one. `command` joins them, once somebody has looked."""

    kind: str
    one: Side
    other: Side
    score: float
    reasons: tuple[str, ...]

    @property
    def command(self) -> str:
        return f"kambila same-as {self.kind} {self.one.id} {self.other.id} --reason … --as …"


@dataclass(frozen=True)
class Duplicates:
    """Pairs, the likeliest first; `crowded` counts groups that were too large to be compared."""

    pairs: list[Pair]
    crowded: int = 0


def duplicates(kind: str = "", account: Any = None) -> Duplicates:
    """The pairs of one kind, or of all kinds of which somebody says how they are matched."""
    matchings = [matching_of(kind)] if kind else list(all_matchings().values())
    found = [_of_kind(each, account) for each in matchings if each is not None]
    pairs = [pair for each in found for pair in each.pairs]
    return Duplicates(
        sorted(pairs, key=lambda each: (-each.score, each.kind, each.one.id)), sum(e.crowded for e in found)
    )


def _of_kind(matching: Matching, account: Any) -> Duplicates:
    kind, paths = matching.kind, matching.paths
    sides = [*recorded(kind, paths, account=account), *reported(kind, paths, account)]
    told, crowded, seen, pairs = labels(kind, paths), 0, set(), []
    for way in matching.ways:
        places, groups_left_out = near_pairs(way, sides)
        crowded += groups_left_out
        for first, second in places:
            if (first, second) not in seen:
                seen.add((first, second))
                score, reasons = matching.compare(sides[first].values, sides[second].values, told)
                if score >= matching.threshold:
                    one, other = sorted((sides[first], sides[second]), key=lambda side: side.id)
                    pairs.append(Pair(kind, one, other, score, tuple(reasons)))
    known = told_apart(kind, {side.id for pair in pairs for side in (pair.one, pair.other)})
    return Duplicates([each for each in pairs if (each.one.id, each.other.id) not in known], crowded)


def near_pairs(way: Way, sides: Sequence[Side]) -> tuple[Iterator[Places], int]:
    """((smaller, greater) places in `sides` of those that a way may find alike, groups that were too large)."""
    if way.is_spatial:
        return _touching(way, sides), 0
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, side in enumerate(sides):
        for key in way.keys(side.values):
            groups.setdefault(key, []).append(place)
    small = [group for group in groups.values() if 1 < len(group) <= CROWD]
    crowded = sum(len(group) > CROWD for group in groups.values())
    return (pair for group in small for pair in itertools.combinations(group, 2)), crowded


def _touching(way: Way, sides: Sequence[Side]) -> Iterator[Places]:
    """Those whose boxes touch and that share a key."""
    import shapely

    boxes = [way.box(side.values) for side in sides]
    where = [place for place, box in enumerate(boxes) if box is not None]
    shapes = shapely.box(*zip(*(box for box in boxes if box is not None), strict=True)) if where else []
    keys = [frozenset(way.keys(sides[place].values)) for place in where]
    firsts, seconds = shapely.STRtree(shapes).query(shapes) if where else ((), ())
    for first, second in zip(firsts, seconds, strict=True):
        if first < second and keys[first] & keys[second]:
            yield where[first], where[second]
