"""Records that were said to be the same: components, their root, and the UUIDs that lead there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kambila.registry import sql
from kambila.registry.kinds import kinds
from kambila.registry.matters import DecisionFacts, Signature, latest

if TYPE_CHECKING:
    from kambila.registry.reports import Key

Pair = tuple[str, str, str]  # kind, smaller id, greater id


def join(pairs: Iterable[Pair]) -> tuple[set[Key], set[Key]]:
    """Judge what was said about these pairs and write the components. Gives every record that is affected, and those
    between which links have moved: what leads to one of them may have to lead to another now."""
    affected: set[Key] = set()
    moved: set[Key] = set()
    for kind in {pair[0] for pair in pairs}:
        touched = {record for pair in pairs if pair[0] == kind for record in pair[1:]}
        before = {record for component in whole(kind, sorted(touched)).values() for record in component}
        everyone = before | touched
        joined = _in_force(kind, everyone)
        # A pair may reach records outside: a component grows by what hangs on either of its ends.
        while grown := {each for pair in joined for each in pair} - everyone:
            everyone |= {r for component in whole(kind, sorted(grown)).values() for r in component}
            joined = _in_force(kind, everyone)
        led = roots_of(kind, everyone)
        leads = {record: min(group) for group in _components(joined) for record in group}
        sql.select("DELETE FROM registry_alias WHERE record IN ({keys}) AND kind = %s", everyone, kind)
        sql.insert("registry_alias", ("kind", "record", "root"), [(kind, *each) for each in leads.items()])
        affected |= {(kind, record) for record in everyone}
        for record in everyone:
            ends = {led.get(record, record), leads.get(record, record)}
            moved |= {(kind, end) for end in ends} if len(ends) > 1 else set()
    return affected, moved


def whole(kind: str, records: Sequence[str]) -> dict[str, list[str]]:
    """The components that these records belong to: root → members."""
    roots = dict(
        sql.select("SELECT record, root FROM registry_alias WHERE record IN ({keys}) AND kind = %s", records, kind)
    )
    components: dict[str, list[str]] = {root: [] for root in {roots.get(record, record) for record in records}}
    if roots:
        for record, root in sql.select(
            "SELECT record, root FROM registry_alias WHERE root IN ({keys}) AND kind = %s", roots.values(), kind
        ):
            components[root].append(record)
    return {root: members or [root] for root, members in components.items()}


def roots_of(kind: str, records: Iterable[str]) -> dict[str, str]:
    """Where the UUIDs lead that are no longer borne by a record of their own."""
    return dict(
        sql.select("SELECT record, root FROM registry_alias WHERE record IN ({keys}) AND kind = %s", records, kind)
    )


def _in_force(kind: str, records: set[str]) -> list[tuple[str, str]]:
    """The pairs among whose decisions `same-as` is in force; marks which decisions take effect and which wait."""
    two = kind in kinds() and kinds()[kind].two_people
    rows = sql.select(
        "SELECT id, verb, record, other, tick, recorded, author FROM registry_decision "
        "WHERE (record IN ({keys}) OR (other > '' AND other IN ({keys}))) "
        "AND verb IN ('same-as', 'not-same-as') AND kind = %s",
        records,
        kind,
        times=2,
    )
    matters: dict[tuple[str, str], list[DecisionFacts]] = {}
    for id, verb, record, other, tick, recorded, author in rows:
        said = DecisionFacts(id, (tick, recorded, id), author, verb, always_two=two and verb == "same-as")
        matters.setdefault((record, other), []).append(said)
    signatures = signatures_of([each.id for facts in matters.values() for each in facts])
    joined = []
    for pair, facts in matters.items():
        winner, effective, waits = latest(facts, signatures)
        mark([(each.id in effective, each.id in waits, each.id) for each in facts])
        if next((each.verb for each in facts if each.id == winner), "") == "same-as":
            joined.append(pair)
    return joined


def signatures_of(decisions: Iterable[str]) -> list[Signature]:
    """The countersignatures under these decisions."""
    return [
        Signature((tick, recorded, id), decision, author)
        for id, decision, tick, recorded, author in sql.select(
            "SELECT id, decision, tick, recorded, author FROM registry_countersign WHERE decision IN ({keys})",
            decisions,
        )
    ]


def mark(rows: list[tuple[bool, bool, str]]) -> None:
    """Write of decisions whether they take effect, and whether they wait for a second person."""
    sql.run_many("UPDATE registry_decision SET effective = %s, waits = %s WHERE id = %s", rows)


def _components(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    groups: list[set[str]] = []
    for pair in pairs:
        joined = set(pair).union(*(group for group in groups if group & set(pair)))
        groups = [group for group in groups if not group & joined] + [joined]
    return groups
