"""The registry agrees with a model that was written from the contract alone, and with what each node held at the time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kambila.journal import directory, projections
from kambila.journal.entry import Entry
from kambila.registry import kinds, replay
from kambila.registry.models import Alias, Conflict, Report
from tests.registry.model import Model
from tests.registry.test_properties import fold, thorough
from tests.registry.worlds import FIELDS, RECORDS, World, batchings, histories

# A history that shows a fault is short enough to be read; shortening it would look for minutes as if the test hung.
searching = settings(thorough, phases=[phase for phase in Phase if phase is not Phase.shrink])
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
@searching
@given(histories())
def test_the_registry_agrees_with_a_naive_model_of_the_contract(entries: list[Entry]) -> None:
    fold(entries)
    assert held() == expected(entries)


@pytest.mark.usefixtures("programme")
@searching
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


@searching
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
    """Nodes that say much about one field of one kind, having seen a part of it, and resolve it again and again."""

    def __init__(self, draw: Any) -> None:
        super().__init__(draw)
        options = [("hazardous_area", "classification"), ("accessibility", "status")]
        self.kind, self.name = self.pick([*options, ("casualty", "age"), ("casualty", "age")])

    def step(self) -> None:
        node = self.pick([0, 0, 0, 0, 0, 1])
        actions = ["report"] * 5 + ["resolve"] * 4 + ["accept"] * 2 + ["countersign"] * 2 + ["same"] * 2
        getattr(self, f"_{self.pick([*actions, 'decide', 'carry'])}")(node)

    def _report(self, node: int) -> None:
        record, value = self._record(), self.pick(FIELDS[self.kind][self.name])
        change = {"kind": self.kind, "id": record, "values": {self.name: value}}
        change |= self._base(node, record, [self.name], "base")
        dates = ["2014-06-01", "2014-06", "2014-06-01", "2014-06-20"]
        report = self.write(node, "report", "team", {"date": self.pick(dates), "reporter": "team", "changes": [change]})
        self.write(node, "decision", "moussa", {"verb": "accept", "report": report.id})

    def _record(self) -> str:
        return self.pick(RECORDS[self.kind][:1] * 3 + RECORDS[self.kind][1:2] * 2)

    def _base(self, node: int, record: str, names: list[str], key: str) -> dict[str, Any]:
        """Nothing, the latest alone (what that one had seen is seen along a chain), or any one."""
        refs = self._refs(node, record, self.name)
        shown = self.pick([[], refs[-1:], [self.pick(refs)]]) if refs else []
        return {key: {self.name: shown}} if shown else {}

    def _accept(self, node: int) -> None:
        if reports := self._seen(node, "report"):
            report = self.pick(reports[-3:])
            shown = self._base(node, report.body["changes"][0]["id"], [self.name], "0")
            body = {"verb": "accept", "report": report.id} | ({"base": shown} if shown else {})
            self.write(node, "decision", self.pick(["moussa", "fanta"]), body)

    def _resolve(self, node: int) -> None:
        record = self._record()
        if refs := self._refs(node, record, self.name) + self._refs(node, self._record(), self.name):
            chosen = self.pick(refs)
            body = {"verb": "resolve", "kind": self.kind, "record": record, "field": self.name, "chosen": chosen}
            overruled = [ref for ref in dict.fromkeys(refs) if ref != chosen and self.pick([True, True, False])]
            self.write(node, "decision", self.pick(["moussa", "fanta"]), body | {"overruled": overruled})

    def _same(self, node: int) -> None:
        body = {
            "verb": self.pick(["same-as"] * 3 + ["not-same-as"]),
            "kind": self.kind,
            "records": RECORDS[self.kind][:2],
        }
        self.write(node, "decision", self.pick(["moussa", "fanta"]), body)

    def _countersign(self, node: int) -> None:
        if decisions := self._seen(node, "decision"):
            self.write(node, "countersign", "ahmed", {"decision": self.pick(decisions[-2:]).id})


def disputed(data: st.DataObject) -> None:
    world = Dispute(data.draw)
    for _ in range(data.draw(st.integers(12, 32))):
        world.step()
    fold(world.entries)
    assert held() == expected(world.entries)


@pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("programme")
@settings(searching, max_examples=4 * searching.max_examples)
@given(st.data())
def test_the_registry_agrees_with_the_model_where_one_field_is_resolved_again_and_again(data: st.DataObject) -> None:
    disputed(data)


@pytest.mark.parametrize("new_programme", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("programme")
@settings(searching, max_examples=searching.max_examples // 4)
@given(st.data())
def test_so_it_does_on_a_server_where_searching_takes_longer(data: st.DataObject) -> None:
    disputed(data)


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


@searching
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
