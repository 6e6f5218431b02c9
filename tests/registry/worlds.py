"""Random histories of several nodes with wrong clocks, dense enough that conflicts, merges and pending decisions occur.

A naive generator hardly ever makes two changes meet: here there are few records, few fields, few days and few people.
"""

from __future__ import annotations

import itertools
import json
from typing import Any

from hypothesis import strategies as st

from kambila.journal.entry import Entry

RECORDS = {
    "casualty": [f"00000000-0000-7000-8000-0000000000{n:02}" for n in (11, 12, 13)],
    "incident": [f"00000000-0000-7000-8000-0000000000{n:02}" for n in (21, 22)],
    "hazardous_area": [f"00000000-0000-7000-8000-0000000000{n:02}" for n in (31, 32)],
    "accessibility": [f"00000000-0000-7000-8000-0000000000{n:02}" for n in (41, 42)],
}
FIELDS: dict[str, dict[str, list[Any]]] = {
    "casualty": {"age": [9, 10, None], "sex": ["female", "male"], "incident": RECORDS["incident"], "code": ["A", "B"]},
    "incident": {"category": ["mine_erw", "ied"], "date": ["2014-06-01", "2013"]},
    "hazardous_area": {"classification": ["sha", "cha", "indication", None], "code": ["H1", "H2"]},
    "accessibility": {"status": ["open", "closed", "restricted", None]},
}
DAYS = ["2014-06-01", "2014-06-02", "2014-06", "2014", "2014-06-20", "2041-01-01"]
PEOPLE = ["moussa", "fanta", "ahmed"]
CLOCKS = ["2014-07-01", "2013-07-01", "2014-07-03"]  # the second node's clock is a year slow


class World:
    """Nodes that write entries, each knowing what it has written and what has been carried to it."""

    def __init__(self, draw: Any) -> None:
        self.draw, self.entries, self.numbers = draw, [], itertools.count(1)
        self.held: list[list[Entry]] = [[], [], []]
        self.moments = itertools.count(1)

    def write(self, node: int, kind: str, author: str, body: dict[str, Any]) -> Entry:
        number = next(self.numbers)
        held = self.held[node]
        own = [entry for entry in held if entry.node == f"node-{node}"]
        entry = Entry(
            id=f"10000000-0000-7000-8000-{number:012}",
            node=f"node-{node}",
            seq=len(own) + 1,
            tick=1 + max((each.tick for each in held), default=0),
            kind=kind,
            schema=1,
            recorded=f"{CLOCKS[node]}T{next(self.moments) // 60:02}:{number % 60:02}:00.000000Z",
            author=author,
            body_text=json.dumps(body),
            sealed_text="[]",
            prev="",
            hash="",
            arrival=number,
        )
        held.append(entry)
        self.entries.append(entry)
        return entry

    def step(self) -> None:
        node = self.pick([0, 0, 1, 2])
        action = self.pick(
            ["report"] * 4 + ["decide"] * 6 + ["carry"] * 3 + ["same", "life", "resolve", "countersign"] * 2
        )
        getattr(self, f"_{action}")(node)

    def pick(self, options: list[Any]) -> Any:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def _seen(self, node: int, kind: str) -> list[Entry]:
        return [entry for entry in self.held[node] if entry.kind == kind]

    def _report(self, node: int) -> None:
        changes = []
        for _ in range(self.pick([1, 1, 2])):
            kind = self.pick(list(RECORDS))
            names = self.pick([[name] for name in FIELDS[kind]] + [list(FIELDS[kind])[:2]])
            values = {name: self.pick(FIELDS[kind][name]) for name in names}
            record = self.pick(RECORDS[kind])
            changes.append({"kind": kind, "id": record, "values": values} | self._base(node, record, names, "base"))
        body: dict[str, Any] = {"date": self.pick(DAYS), "reporter": "team", "changes": changes}
        earlier = self._seen(node, "report")
        if earlier and self.pick([True, False, False]):
            body["edits"] = self.pick(earlier).id
        self.write(node, "report", "team", body)

    def _base(self, node: int, record: str, names: list[str], key: str) -> dict[str, Any]:
        """Sometimes the sender was shown what this node knows."""
        if not self.pick([True, False]):
            return {}
        return {key: {name: refs for name in names if (refs := self._refs(node, record, name))}}

    def _refs(self, node: int, record: str, name: str) -> list[str]:
        return [
            f"{entry.id}/{index}"
            for entry in self._seen(node, "report")
            for index, change in enumerate(entry.body["changes"])
            if change["id"] == record and name in change["values"]
        ]

    def _decide(self, node: int) -> None:
        reports = self._seen(node, "report")
        if not reports:
            return
        report = self.pick(reports)
        verb = self.pick(["accept"] * 5 + ["withdraw", "withdraw", "reject", "return"])
        body: dict[str, Any] = {"verb": verb, "report": report.id}
        if verb == "accept":
            change = report.body["changes"][0]
            shown = self._base(node, change["id"], list(change["values"]), "base").get("base")
            body |= {"base": {"0": shown}} if shown else {}
        elif self.pick([True, False]):
            body["stands"] = self.pick(reports).id
        self.write(node, "decision", self.pick(PEOPLE), body)

    def _same(self, node: int) -> None:
        kind = self.pick(["casualty", "casualty", "incident", "hazardous_area"])
        pair = self.pick(list(itertools.combinations(RECORDS[kind], 2)))
        verb = self.pick(["same-as", "same-as", "not-same-as"])
        self.write(node, "decision", self.pick(PEOPLE), {"verb": verb, "kind": kind, "records": list(pair)})

    def _life(self, node: int) -> None:
        kind = self.pick(["casualty", "hazardous_area"])
        body = {"verb": self.pick(["retire", "retire", "restore"]), "kind": kind, "record": self.pick(RECORDS[kind])}
        self.write(node, "decision", self.pick(PEOPLE), body | {"date": "2014-06-15"})

    def _resolve(self, node: int) -> None:
        kind = self.pick(list(RECORDS))
        record, name = self.pick(RECORDS[kind]), self.pick(list(FIELDS[kind]))
        refs = self._refs(node, record, name)
        if len(refs) > 1:
            chosen = self.pick(refs)
            body = {"verb": "resolve", "kind": kind, "record": record, "field": name, "chosen": chosen}
            overruled = [ref for ref in refs if ref != chosen]
            self.write(node, "decision", self.pick(PEOPLE), body | {"overruled": overruled})

    def _countersign(self, node: int) -> None:
        decisions = self._seen(node, "decision")
        if decisions:
            self.write(node, "countersign", self.pick(PEOPLE), {"decision": self.pick(decisions).id})

    def _carry(self, node: int) -> None:
        other = (node + self.pick([1, 2])) % 3
        have = {entry.id for entry in self.held[node]}
        self.held[node] += [entry for entry in self.held[other] if entry.id not in have]


@st.composite
def histories(draw: Any) -> list[Entry]:
    """The entries of three nodes, in the order in which they were written."""
    world = World(draw)
    for _ in range(draw(st.integers(4, 40))):
        world.step()
    return world.entries


@st.composite
def batchings(draw: Any, entries: list[Entry]) -> list[list[Entry]]:
    """The same entries in any order, cut into batches anywhere."""
    shuffled = draw(st.permutations(entries))
    batches, start = [], 0
    while start < len(shuffled):
        size = draw(st.integers(1, 8))
        batches.append(shuffled[start : start + size])
        start += size
    return batches
