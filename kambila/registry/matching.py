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
from dataclasses import dataclass
from functools import cache, cached_property

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
    """How a stated field (`reported_status`) is compared where registers are reconciled: with one that is `derived` here.

    `means` are the derived values that say the same as a stated one. `closing` are the stated values that nothing but a
    product of its own makes true here, and `remedy` says what to send; where neither side says such a thing and `means`
    does not tell, the stated values are compared.
    """

    derived: str
    means: Mapping[str, str]
    closing: frozenset[str] = frozenset()
    remedy: object = ""

    def agrees(self, theirs: str, derived: str | None) -> bool | None:
        """Whether the derived value says the same as what a register states; None when it does not tell."""
        if derived is not None and self.means.get(theirs) == derived:
            return True
        return False if theirs in self.closing or self.is_closed(derived) else None

    def is_closed(self, derived: str | None) -> bool:
        return derived in {self.means[each] for each in self.closing}


_matchings: dict[str, Matching] = {}
_compared: dict[str, Mapping[str, Compared]] = {}


def way(weight: float, *comparers: Comparer) -> Way:
    """One way in which two records may be one; see above."""
    return Way(weight, comparers)


def matched(kind: str, threshold: float, *ways: Way) -> None:
    """Declare how records of a kind are matched."""
    if kind in _matchings:
        raise ValueError(f"{kind} is matched twice")
    _matchings[kind] = Matching(kind, threshold, ways)


def reconciled(kind: str, compared: Mapping[str, Compared]) -> None:
    """Declare which stated fields of a kind are compared with derived ones where registers are reconciled."""
    _compared[kind] = compared


@cache
def _discover() -> None:
    """Once for each process: it looks into every app."""
    autodiscover_modules("matching")


def all_matchings() -> Mapping[str, Matching]:
    """Every declared matching, by kind."""
    _discover()
    return _matchings


def matching_of(kind: str) -> Matching | None:
    """How records of a kind are matched; None when nobody says."""
    return all_matchings().get(kind)


def compared_of(kind: str) -> Mapping[str, Compared]:
    """The stated fields of a kind that are compared with derived ones."""
    _discover()
    return _compared.get(kind, {})
