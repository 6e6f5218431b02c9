"""Guarded kinds: an acceptance that lets a danger come down needs two people, whatever it was shown.

Whether it does is judged from the values of the changes that it, or the sender, says to have seen; so a report that comes
late has the decisions judged anew that refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from kambila.registry import same, sql
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.matters import ACCEPT, DecisionFacts, Place

if TYPE_CHECKING:
    from kambila.registry.reports import KnownReport

Stated = tuple[str, Place, Mapping[str, Any]]  # kind, place in the order, what is stated


def neighbours(new: Iterable[KnownReport]) -> set[str]:
    """The reports that speak of the same guarded records as new ones: what was decided about them is judged anew."""
    spoken: dict[str, set[str]] = {}
    for report in new:
        for change in report.changes if report.facts.is_guarded else ():
            if _is_guarded(change.kind):
                spoken.setdefault(change.kind, set()).add(change.record)
    found: set[str] = set()
    for kind, records in spoken.items():
        members = {member for group in same.whole(kind, sorted(records)).values() for member in group} | records
        rows = sql.select("SELECT entry FROM registry_change WHERE record IN ({keys}) AND kind = %s", members, kind)
        found |= {row[0] for row in rows}
    return found


def lowering(known: Mapping[str, KnownReport], decisions: Mapping[str, list[DecisionFacts]]) -> set[str]:
    """The acceptances after which a guarded record would be less dangerous than what had been seen of it, and those of
    what always needs two people."""
    asked = {d.id: d for id in known if known[id].facts.is_guarded for d in decisions.get(id, ()) if d.verb == ACCEPT}
    if not asked:
        return set()
    bodies = dict(sql.select("SELECT id, body FROM registry_decision WHERE id IN ({keys})", asked))
    shown = {id: orjson.loads(body).get("base") or {} for id, body in bodies.items()}
    own = _changes({each.report for each in asked.values()}, known)
    seen = {id: _seen(decision.report, shown[id], own) for id, decision in asked.items()}
    named = {ref.rpartition("/")[0] for refs in seen.values() for _, _, _, ref in refs}
    stated = own | _changes(named - set(known), {}) | _changes(named & set(known), known)
    always = {ref.rpartition("/")[0] for ref, (kind, _, said) in own.items() if _is_for_two(kind, said["values"])}
    lowers = {id for id, refs in seen.items() if any(_lowers(each, asked[id].place, stated) for each in refs)}
    return lowers | {id for id, decision in asked.items() if decision.report in always}


def _seen(report: str, shown: Mapping[str, Any], own: Mapping[str, Stated]) -> list[tuple[str, str, Any, str]]:
    """(kind, field, value, ref) for everything that the sender or the acceptor says to have seen of a danger."""
    found = []
    for ref, (kind, _, said) in own.items():
        entry, _, index = ref.rpartition("/")
        if entry != report or not _is_guarded(kind):
            continue
        for name, field in plan_of(kind).stated.items():
            if field.danger and name in said["values"]:
                refs = [*(shown.get(index) or {}).get(name, ()), *(said.get("base") or {}).get(name, ())]
                found += [(kind, name, said["values"][name], each) for each in refs]
    return found


def _lowers(seen: tuple[str, str, Any, str], place: Place, stated: Mapping[str, Stated]) -> bool:
    kind, name, value, ref = seen
    other = stated.get(ref)
    if other is None or other[1] >= place or name not in other[2]["values"]:
        return False
    rank = plan_of(kind).stated[name].rank
    return rank(value) < rank(other[2]["values"][name])


def _changes(reports: Iterable[str], known: Mapping[str, KnownReport]) -> dict[str, Stated]:
    """ref: what it states, of reports that have just come or that the tables hold."""
    found: dict[str, Stated] = {}
    held = []
    for id in reports:
        if id in known and known[id].is_new:
            for change in known[id].changes:
                found[f"{id}/{change.index}"] = (change.kind, known[id].facts.place, change.said)
        else:
            held.append(id)
    for entry, number, kind, tick, recorded, text in sql.select(
        "SELECT entry, number, kind, tick, recorded, stated FROM registry_change WHERE entry IN ({keys})", held
    ):
        found[f"{entry}/{number}"] = (kind, (tick, recorded, entry), orjson.loads(text))
    return found


def _is_for_two(kind: str, values: Mapping[str, Any]) -> bool:
    """Whether a change states something that only two people let take effect."""
    fields = plan_of(kind).stated if _is_guarded(kind) else {}
    return any(value and fields[name].two_people for name, value in values.items() if name in fields)


def _is_guarded(kind: str) -> bool:
    return kind in kinds() and kinds()[kind].two_people
