"""How records of a kind are known to be the same: declared by the areas beside the record types, in `matching.py`.

A kind has one or more ways in which two of its records may turn out to be one::

    matched("casualty", 0.6, way(0.9, SameLink("incident"), SameText("sex"), NearNumber("age", 1)))

A way holds when all of its comparers find the two records alike; it then gives its weight times how alike they are. What
several ways give is joined as chances are: 1 − (1 − a)(1 − b). From the threshold on, the pair is proposed to a person;
nothing is ever merged by a score. What is sealed (names, contacts, stories) cannot be compared, and is not declared.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.module_loading import autodiscover_modules

from kambila.registry.likeness import Bounds, Comparer, Labels, Row


@dataclass(frozen=True)
class Way:
    """One way to be the same: its weight (0 to 1), and what must be alike."""

    weight: float
    comparers: tuple[Comparer, ...]

    def compare(self, one: Row, other: Row, labels: Labels) -> tuple[float, list[str]] | None:
        """(score, reasons); None when something is not alike, or not known of both."""
        score, reasons = self.weight, []
        for each in self.comparers:
            found = each.compare(one, other, labels)
            if found is None:
                return None
            score *= found.degree
            reasons.append(found.reason)
        return score, reasons

    def keys(self, row: Row) -> Iterable[tuple[str, ...]]:
        """Two records that are alike in this way share one of these; none when it cannot hold for the record."""
        return itertools.product(*(keys for each in self.comparers if (keys := each.keys(row)) is not None))

    def box(self, row: Row) -> Bounds | None:
        """Where what is alike must lie; None where the way does not ask for a place, or the record has none."""
        return next((box for each in self.comparers if (box := each.box(row)) is not None), None)

    @cached_property
    def is_spatial(self) -> bool:
        return any(each.is_spatial for each in self.comparers)


@dataclass(frozen=True)
class Matching:
    """How records of a kind are matched, and from which score on a pair is proposed."""

    kind: str
    threshold: float
    ways: tuple[Way, ...]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Every field that is compared; ``incident__date`` is a field of a linked record."""
        return tuple(dict.fromkeys(path for way in self.ways for each in way.comparers for path in each.paths))

    def compare(self, one: Row, other: Row, labels: Labels) -> tuple[float, list[str]]:
        """(score from 0 to 1, the reasons, each once)."""
        apart, reasons = 1.0, []
        for way in self.ways:
            if (found := way.compare(one, other, labels)) is not None:
                apart *= 1 - found[0]
                reasons += found[1]
        return round(1 - apart, 2), list(dict.fromkeys(reasons))


@dataclass(frozen=True)
class Compared:
    """How a stated field is compared with another, derived one when registers are reconciled.

    `means` says which values of the derived field agree with each stated one; `closing` are the stated values that only a
    product of its own (see `remedy`) makes true here.
    """

    derived: str
    means: Mapping[str, tuple[str, ...]]
    closing: frozenset[str] = frozenset()
    remedy: object = ""


@dataclass(frozen=True)
class Reconciling:
    """What an area adds to the comparison of registers field by field."""

    compared: Mapping[str, Compared] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


_matchings: dict[str, Matching] = {}
_reconciling: dict[str, Reconciling] = {}


def way(weight: float, *comparers: Comparer) -> Way:
    """One way in which two records may be one; see above."""
    return Way(weight, comparers)


def matched(kind: str, threshold: float, *ways: Way) -> None:
    """Declare how records of a kind are matched."""
    if kind in _matchings:
        raise ValueError(f"{kind} is matched twice")
    _matchings[kind] = Matching(kind, threshold, ways)


def reconciled(kind: str, compared: Mapping[str, Compared], left_out: Iterable[str] = ()) -> None:
    """Declare what the comparison of registers field by field needs to know of a kind."""
    _reconciling[kind] = Reconciling(compared, frozenset(left_out))


def all_matchings() -> Mapping[str, Matching]:
    """Every declared matching, by kind."""
    autodiscover_modules("matching")
    return _matchings


def matching_of(kind: str) -> Matching | None:
    """How records of a kind are matched; None when nobody says."""
    return all_matchings().get(kind)


def reconciling_of(kind: str) -> Reconciling:
    """What an area adds to the comparison of registers."""
    autodiscover_modules("matching")
    return _reconciling.get(kind, Reconciling())
