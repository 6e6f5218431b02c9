"""What a programme has settled, by `setting` entries that two people signed, and that derived fields lean on.

A setting here is a matter like others: the latest effective one wins, and it takes effect at the place of a `countersign`
by another author. It holds on every node that has both entries. Rules ask for it while the registry is folded, or within
:func:`in_force`; anywhere else nothing is settled, and they are pure functions of what they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import orjson

from kambila.journal.entry import Entry
from kambila.registry import sql
from kambila.registry.matters import DecisionFacts, Signature, latest

_leaning: dict[str, tuple[str, ...]] = {}
_held: dict[str, str] | None = None


def leans(name: str, *kinds: str) -> None:
    """Declare that derived fields of these kinds lean on a setting."""
    _leaning[name] = kinds


@contextmanager
def in_force() -> Iterator[None]:
    """For a while rules know what is settled; each setting is looked up once."""
    global _held
    before, _held = _held, {}
    try:
        yield
    finally:
        _held = before


def settled(name: str) -> str:
    """The value that is in force, as JSON; empty when nothing was settled."""
    held = _held  # another thread may be done with its own while this one asks
    if held is None:
        return ""
    if name not in held:
        held[name] = _in_force(name)
    return held[name]


def leaning(entries: Iterable[Entry]) -> set[str]:
    """The kinds of which all records have to be folded again, because of a setting or a signature under one."""
    said = {str(entry.body.get("name")) for entry in entries if entry.kind == "setting"}
    signed = [str(entry.body.get("decision")) for entry in entries if entry.kind == "countersign"]
    for (body,) in sql.select("SELECT body FROM journal_entry WHERE kind = 'setting' AND id IN ({keys})", signed):
        said.add(str(orjson.loads(body).get("name")))
    return {kind for name in said for kind in _leaning.get(name, ())}


def _in_force(name: str) -> str:
    query = "SELECT id, tick, recorded, author, body FROM journal_entry WHERE kind = %s AND body LIKE %s"
    rows = sql.run(query, ["setting", f'%"name":"{name}"%'])
    bodies = {row[0]: orjson.loads(row[4]) for row in rows}
    facts = [
        DecisionFacts(id, (tick, recorded, id), author, name, always_two=True) for id, tick, recorded, author, _ in rows
    ]
    signatures = [
        Signature((tick, recorded, id), facts_of.id, author)
        for facts_of in facts
        for id, tick, recorded, author, _ in sql.run(query, ["countersign", f'%"decision":"{facts_of.id}"%'])
    ]
    winner = latest(facts, signatures)[0]
    value = bodies[winner].get("value") if winner and bodies[winner].get("name") == name else None
    return orjson.dumps(value).decode() if isinstance(value, dict) else ""
