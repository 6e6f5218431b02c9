"""The fold: what the changes of one record add up to. Pure functions of data, as `journal.md` lays down.

A *ref* is ``report/index``. An *order* is (tick, recorded, entry id, index); days are texts ``YYYY-MM-DD``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Order = tuple[int, str, str, int]
Rank = Callable[[Any], int]
_ABSENT = object()


class Statement(NamedTuple):
    """One change of a record: what it states, when that was true, and what its sender and its acceptor were shown."""

    ref: str
    order: Order
    first: str
    last: str
    counts: bool
    values: Mapping[str, Any]  # with the commitments of sealed values
    seen: Mapping[str, frozenset[str]]  # field: refs of earlier changes
    record: str = ""  # which it speaks of, of several that are the same
    sender: tuple[str, str] = ("", "")  # office and organisation of its report


class Resolution(NamedTuple):
    """An effective `resolve` of a field: the change chosen, and every other one that was shown."""

    order: tuple[int, str, str]
    chosen: str
    overruled: frozenset[str]


@dataclass(slots=True)
class Folded:
    """The winners of a record: for each field the statement, and the refs of the sides where it is in conflict."""

    winners: dict[str, Statement] = field(default_factory=dict)
    conflicts: dict[str, list[str]] = field(default_factory=dict)


def fold(
    statements: Sequence[Statement],
    ranks: Mapping[str, Rank],
    resolutions: Mapping[str, Sequence[Resolution]],
) -> Folded:
    """Fold the changes of a record, or of several that are the same.

    `ranks` has a function for each field with an order of danger; `resolutions` those of each field.
    """
    counting = [each for each in statements if each.counts]
    if len(counting) == 1:
        return Folded(dict.fromkeys(counting[0].values, counting[0]))
    result = Folded()
    for name in dict.fromkeys(name for each in counting for name in each.values):
        stating = [each for each in counting if name in each.values]
        if len(stating) == 1:
            result.winners[name] = stating[0]
            continue
        sides = _fold_field(name, stating, statements, ranks.get(name), resolutions.get(name, ()))
        result.winners[name] = sides[0]
        if len(sides) > 1:
            result.conflicts[name] = [each.ref for each in sides]
    return result


def _fold_field(
    name: str,
    stating: list[Statement],
    statements: Sequence[Statement],
    rank: Rank | None,
    resolutions: Sequence[Resolution],
) -> list[Statement]:
    """The winner, followed by the other sides of a conflict if there is one."""
    overruled = overruled_by(resolutions, {each.ref for each in stating})
    stating = [each for each in stating if each.ref not in overruled]
    sees = _sight(name, statements)
    if rank is not None:
        return _most_dangerous(name, stating, sees, rank)
    winner = max(stating, key=_latest)
    known = sees(winner.ref)
    others = [
        each
        for each in stating
        if each.values[name] != winner.values[name]
        and each.first <= winner.last
        and winner.first <= each.last
        and each.ref not in known
    ]
    return [winner, *sorted(others, key=_latest, reverse=True)]


def _most_dangerous(
    name: str, stating: list[Statement], sees: Callable[[str], set[str]], rank: Rank
) -> list[Statement]:
    """Dates excuse nothing: every change that no other has seen is a side, and the most dangerous one stands."""
    # Two that have seen each other (one was accepted again) cannot both give way: then both are sides.
    superseded = {ref for each in stating for ref in sees(each.ref) if each.ref not in sees(ref)}
    sides = [each for each in stating if each.ref not in superseded]
    sides.sort(key=lambda each: (rank(each.values[name]), *_latest(each)), reverse=True)
    differing = [each for each in sides[1:] if each.values[name] != sides[0].values[name]]
    return [sides[0], *differing]


def overruled_by(resolutions: Iterable[Resolution], counting: set[str]) -> set[str]:
    """The refs that effective resolutions overrule, the latest first.

    A resolution whose chosen change no longer counts, or was overruled by a later one, has lost its ground; what a later
    one has chosen, an earlier one cannot overrule.
    """
    overruled: set[str] = set()
    chosen: set[str] = set()
    for each in sorted(resolutions, key=lambda each: each.order, reverse=True):
        if each.chosen in counting and each.chosen not in overruled:
            chosen.add(each.chosen)
            overruled |= each.overruled - chosen
    return overruled


def _latest(statement: Statement) -> tuple[str, Order]:
    return (statement.last, statement.order)


def _sight(name: str, statements: Sequence[Statement]) -> Callable[[str], set[str]]:
    """A function that tells which refs a change of this field has seen, directly or along a chain."""
    direct = {each.ref: each.seen.get(name, frozenset()) for each in statements if name in each.seen}
    cache: dict[str, set[str]] = {}

    def sees(ref: str) -> set[str]:
        if ref not in cache:
            found: set[str] = set()
            ahead = list(direct.get(ref, ()))
            while ahead:
                each = ahead.pop()
                if each not in found and each != ref:
                    found.add(each)
                    ahead.extend(direct.get(each, ()))
            cache[ref] = found
        return cache[ref]

    return sees
