"""The registry agrees with a model that was written from the contract alone, and with what each node held at the time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kambila.journal import directory, projections
from kambila.journal.entry import Entry
from kambila.registry import kinds, replay
from kambila.registry.models import Alias, Conflict, Report
from tests.registry.model import Model
from tests.registry.test_properties import fold, thorough
from tests.registry.worlds import FIELDS, RECORDS, World, batchings, histories

MOMENTS = ["2014-05-31", "2014-06-01", "2014-06-10", "2014-06-15", "2014-07-01"]


def held() -> tuple[Any, ...]:
    """What the tables hold, in the words of the model."""
    found = {
        (kind, row["id"]): {name: row.get(name, row.get(f"{name}_id")) for name in FIELDS[kind]}
        for kind in RECORDS
        for row in kinds.model_of(kind)._default_manager.values()
    }
    rows = Conflict.objects.exclude(kind="report").values_list("kind", "record", "field", "sides")
    conflicts = {(kind, record, name): set(sides.split()) for kind, record, name, sides in rows}
    reports = {id: (status, counts) for id, status, counts in Report.objects.values_list("id", "status", "counts")}
    roots = {(kind, record): root for kind, record, root in Alias.objects.values_list("kind", "record", "root")}
    return found, conflicts, reports, roots


def expected(entries: list[Entry], as_of: str = "") -> tuple[Any, ...]:
    model = Model(entries, as_of)
    found, conflicts = model.records()
    values = {key: dict.fromkeys(FIELDS[key[0]]) | stated for key, stated in found.items()}
    reports = {id: (status, id in model.counting) for id, status in model.status.items()}
    return values, conflicts, reports, model.roots


@pytest.mark.usefixtures("programme")
@thorough
@given(histories())
def test_the_registry_agrees_with_a_naive_model_of_the_contract(entries: list[Entry]) -> None:
    fold(entries)
    assert held() == expected(entries)


@pytest.mark.usefixtures("programme")
@thorough
@given(st.data())
def test_part_of_a_history_is_folded_as_such_and_the_rest_makes_it_whole(data: st.DataObject) -> None:
    entries = data.draw(histories())
    (came, missing), (earlier, later) = (_parted(data, entries) for _ in range(2))
    fold(came)
    assert held() == expected(came)
    assert fold(came, missing) == fold(earlier, later)


def _parted(data: st.DataObject, entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What comes first, and what comes later."""
    first = data.draw(st.lists(st.booleans(), min_size=len(entries), max_size=len(entries)))
    return (
        [entry for entry, now in zip(entries, first, strict=True) if now],
        [entry for entry, now in zip(entries, first, strict=True) if not now],
    )


@thorough
@given(st.data())
def test_as_of_a_day_any_order_and_any_batching_give_the_same(
    programme: directory.Directory, data: st.DataObject
) -> None:
    as_of = data.draw(st.sampled_from(MOMENTS))
    directory.mark_view({"known_at": "", "as_of": as_of})
    entries = data.draw(histories())
    whole = fold(entries)
    assert held() == expected(entries, as_of)
    assert fold(*data.draw(batchings(entries))) == whole


class Dispute(World):
    """Nodes that say much about one field of one kind, accept it, and resolve it again and again."""

    def __init__(self, draw: Any) -> None:
        super().__init__(draw)
        options = [("hazardous_area", "classification"), ("accessibility", "status"), ("casualty", "age")]
        self.kind, self.name = self.pick(options)

    def step(self) -> None:
        node = self.pick([0, 0, 0, 0, 0, 1])
        actions = ["report"] * 5 + ["resolve"] * 4 + ["accept", "countersign", "countersign", "decide", "same", "carry"]
        getattr(self, f"_{self.pick(actions)}")(node)

    def _report(self, node: int) -> None:
        record, values = (
            self.pick([RECORDS[self.kind][0]] * 3 + [RECORDS[self.kind][1]]),
            {self.name: self.pick(FIELDS[self.kind][self.name])},
        )
        change = {"kind": self.kind, "id": record, "values": values}
        change |= self._base(node, record, [self.name], "base") if self.pick([True, False, False]) else {}
        body = {"date": self.pick(["2014-06-01", "2014-06"]), "reporter": "team", "changes": [change]}
        self.write(node, "report", "team", body)
        self.write(node, "decision", "moussa", {"verb": "accept", "report": self._seen(node, "report")[-1].id})

    def _accept(self, node: int) -> None:
        if reports := self._seen(node, "report"):
            body = {"verb": "accept", "report": self.pick(reports[-2:]).id}
            self.write(node, "decision", self.pick(["moussa", "fanta"]), body)

    def _resolve(self, node: int) -> None:
        record = self.pick([RECORDS[self.kind][0]] * 3 + [RECORDS[self.kind][1]])
        if refs := self._refs(node, record, self.name):
            chosen = self.pick(refs)
            body = {"verb": "resolve", "kind": self.kind, "record": record, "field": self.name, "chosen": chosen}
            overruled = [ref for ref in refs if ref != chosen and self.pick([True, True, False])]
            self.write(node, "decision", self.pick(["moussa", "fanta"]), body | {"overruled": overruled})

    def _countersign(self, node: int) -> None:
        if decisions := self._seen(node, "decision"):
            self.write(node, "countersign", "ahmed", {"decision": self.pick(decisions[-2:]).id})


@pytest.mark.usefixtures("programme")
@thorough
@given(st.data())
def test_the_registry_agrees_with_the_model_where_one_field_is_resolved_again_and_again(data: st.DataObject) -> None:
    world = Dispute(data.draw)
    for _ in range(data.draw(st.integers(8, 30))):
        world.step()
    fold(world.entries)
    assert held() == expected(world.entries)


class Offices(World):
    """Nodes that say what they have received, as an import does, and remember what they then held."""

    def __init__(self, draw: Any) -> None:
        super().__init__(draw)
        self.then: list[tuple[str, set[str]]] = []  # moment, what the first node held of anything but receipts

    def write(self, node: int, kind: str, author: str, body: dict[str, Any]) -> Entry:
        entry = super().write(node, kind, author, body)
        if node == 0:
            self.then.append((entry.recorded, spoken(self.held[0])))
        return entry

    def _carry(self, node: int) -> None:
        before = spoken(self.held[node])
        super()._carry(node)
        if spoken(self.held[node]) != before:
            heads: dict[str, tuple[int, str]] = {}
            for each in self.held[node]:
                heads[each.node] = (max(each.seq, heads.get(each.node, (0, ""))[0]), "")
            self.write(node, "receive", "", {"heads": heads})


def spoken(entries: list[Entry]) -> set[str]:
    return {each.id for each in entries if each.kind != "receive"}


@thorough
@given(st.data())
def test_known_at_a_moment_is_what_the_node_then_held(data: st.DataObject) -> None:
    world = Offices(data.draw)
    for _ in range(data.draw(st.integers(4, 40))):
        world.step()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay.directory, "current", lambda: type("", (), {"node": type("", (), {"id": "node-0"})}))
        patch.setattr(replay, "own_nodes", lambda _: {"node-0": len(world.entries)})
        patch.setattr(projections, "read_since", lambda _: iter([world.held[0]]))
        for moment, then in world.then:
            covered = replay.covered_at(moment)
            assert spoken([each for each in world.held[0] if covered(each)]) == then
