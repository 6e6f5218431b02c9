"""What a row or a submission speaks of may be known already: records that may be the same, with the reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q

from kambila.intake.matching.sides import Side, labels, recorded, reported, stated
from kambila.registry import spatial, sql
from kambila.registry.matching import Matching, Way, matching_of
from kambila.registry.models import Decision

MOST = 10
PAIR = ("same-as", "not-same-as")


@dataclass(frozen=True)
class Candidate:
    """A record that may be the same: how likely (0 to 1), and the reasons as sentences in the reader's language.

    `report` is the id of the report that it waits in; empty for a record of the registry.
    """

    kind: str
    id: str
    code: str
    score: float
    reasons: tuple[str, ...]
    report: str = ""


def candidates(
    kind: str, values: Mapping[str, Any], exclude: Collection[str] = (), account: Any = None, limit: int = MOST
) -> list[Candidate]:
    """Records that may be the same as one with these values (stated or read), the likeliest first.

    `exclude` are the UUIDs of the record itself and of those that cannot be it; what somebody said not to be the same as
    these, and what one report states beside them, is left out too. With `account`, only what it may see is compared; pass
    it wherever the answer is shown.
    """
    return Finder(account).candidates(kind, values, exclude, limit)


class Finder:
    """Finds the candidates of several records; what waits is read once for each kind."""

    def __init__(self, account: Any = None) -> None:
        self._account = account
        self._waiting: dict[str, list[Side]] = {}

    def candidates(
        self, kind: str, values: Mapping[str, Any], exclude: Collection[str] = (), limit: int = MOST
    ) -> list[Candidate]:
        """As the function of that name."""
        matching = matching_of(kind)
        if matching is None:
            return []
        own = stated(kind, matching.paths, values, self._account)
        out = {*exclude} | {id for pair in told_apart(kind, exclude) for id in pair}
        told, found = labels(kind, matching.paths), []
        for side in self._nearby(matching, own):
            if side.id not in out:
                score, reasons = matching.compare(own, side.values, told)
                if score >= matching.threshold:
                    found.append(Candidate(kind, side.id, side.code, score, tuple(reasons), side.report))
        return sorted(found, key=lambda each: (-each.score, each.code, each.id))[:limit]

    def _nearby(self, matching: Matching, own: Mapping[str, Any]) -> Iterator[Side]:
        """Those that some way may find alike, each once."""
        kind, seen = matching.kind, set()
        for each in matching.ways:
            for condition in _conditions(kind, each, own):
                for side in recorded(kind, matching.paths, condition, self._account):
                    if side.id not in seen:
                        seen.add(side.id)
                        yield side
        if kind not in self._waiting:
            self._waiting[kind] = list(reported(kind, matching.paths, self._account))
        yield from self._waiting[kind]


def told_apart(kind: str, ids: Collection[str]) -> set[tuple[str, str]]:
    """Pairs (smaller id, greater id) with these records about which it was said whether they are the same, or which one
    report states side by side: two people hurt in one accident are two."""
    ordered = ("tick", "recorded", "id")
    pairs: set[tuple[str, str]] = set()
    for chunk in sql.chunks(set(ids)):
        about = Q(record__in=chunk) | Q(other__in=chunk)
        decided = Decision.objects.filter(about, kind=kind, verb__in=PAIR).order_by(*ordered)
        pairs |= set(decided.values_list("record", "other"))
    spoken: dict[str, set[str]] = {}
    rows = sql.select(
        "SELECT entry, record FROM registry_change WHERE record IN ({keys}) AND kind = %s", set(ids), kind
    )
    own = {entry for entry, _record in rows}
    for entry, record in sql.select(
        "SELECT entry, record FROM registry_change WHERE entry IN ({keys}) AND kind = %s", own, kind
    ):
        spoken.setdefault(entry, set()).add(record)
    wanted = set(ids)
    for together in spoken.values():
        pairs |= {(min(a, b), max(a, b)) for a in together & wanted for b in together if a != b}
    return pairs


def _conditions(kind: str, way: Way, values: Mapping[str, Any]) -> Iterable[Q]:
    """Queries that together find all that a way may find alike."""
    lookups = [found for each in way.comparers if (found := each.lookup(values)) is not None]
    narrowed = reduce(and_, lookups, Q())
    if not way.is_spatial:
        return [narrowed]
    box = way.box(values)
    near = spatial.near(kind, box) if box is not None else []
    return [narrowed & Q(pk__in=chunk) for chunk in sql.chunks(near)]
