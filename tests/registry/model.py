"""The fold once more, as the contract words it: naive, from the whole list each time, without tables.

Beyond `docs/journal.md` stands one choice: a resolution whose chosen change no longer counts lapses.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kambila.journal.entry import Entry
from kambila.registry import partial_dates
from tests.registry.model_reports import DANGERS, GUARDED, Judged, Key

EVENTS = {"incident", "casualty"}
LINKS = {("casualty", "incident"): "incident"}


@dataclass
class Said:
    """A change that counts or does not, with its place and the days by which it is folded."""

    ref: str
    report: Entry
    index: int
    body: dict[str, Any]
    first: str
    last: str
    counts: bool

    @property
    def latest(self) -> tuple[str, tuple[int, str, str], int]:
        return self.last, self.report.order, self.index


class Model(Judged):
    """What a set of entries adds up to, as of a day if one is given."""

    # What was decided about records.
    def _latest(self, about: list[Entry], two: set[str]) -> Entry | None:
        effective = []
        for each in about:
            signed = [e for e in self.entries if e.kind == "countersign" and e.body["decision"] == each.id]
            good = [e.order for e in signed if e.author != each.author and e.order > each.order]
            if each.id not in two:
                effective.append((each.order, each.id))
            elif good:
                effective.append((min(good), each.id))
        return self.held[max(effective)[1]] if effective else None

    @cached_property
    def roots(self) -> dict[Key, str]:
        about: dict[tuple[str, ...], list[Entry]] = {}
        for each in self.decisions:
            if "same-as" in each.body["verb"]:
                about.setdefault((each.body["kind"], *sorted(each.body["records"])), []).append(each)
        roots: dict[Key, str] = {}
        joined = []
        for (kind, *pair), said in about.items():
            two = {each.id for each in said if kind in GUARDED and each.body["verb"] == "same-as"}
            if (winner := self._latest(said, two)) and winner.body["verb"] == "same-as":
                joined.append((kind, pair))
        for _ in joined:
            for kind, pair in joined:
                least = min(roots.get((kind, each), each) for each in pair)
                roots |= {(kind, each): least for each in pair}
        return roots

    def root(self, kind: str, record: str) -> str:
        return self.roots.get((kind, record), record)

    def _retired(self, kind: str, record: str) -> bool:
        about = [e for e in self.decisions if e.body["verb"] in ("retire", "restore") and e.body["record"] == record]
        about = [e for e in about if e.body["date"] <= _next(e.recorded[:10])]
        about = [e for e in about if not self.as_of or e.body["date"] <= self.as_of]
        two = {each.id for each in about if kind in GUARDED and each.body["verb"] == "retire"}
        winner = self._latest(about, two)
        return winner is not None and winner.body["verb"] == "retire"

    # What was said of records.
    @cached_property
    def said(self) -> list[Said]:
        found = []
        for report in self.reports.values():
            for index, change in enumerate(report.body["changes"]):
                _, first, last = partial_dates.read(change.get("date") or report.body["date"])
                counts = report.id in self.counting and first <= _next(max(self.moments[report.id]))
                last = min(last, max(first, report.recorded[:10]))
                if not self.as_of or change["kind"] in EVENTS or first <= self.as_of:
                    found.append(Said(f"{report.id}/{index}", report, index, change, first, last, counts))
        return found

    def _seen(self, name: str, group: list[Said]) -> dict[str, set[str]]:
        """For each change the others that were seen by it, or by one that it has seen, and so on."""
        direct = {each.ref: self._shown(each, name, {other.ref: other for other in group}) for each in group}
        seen = {ref: set(refs) for ref, refs in direct.items()}
        while (more := {ref: refs.union(*(direct[r] for r in refs)) for ref, refs in seen.items()}) != seen:
            seen = more
        return {ref: refs - {ref} for ref, refs in seen.items()}

    def _shown(self, each: Said, name: str, group: dict[str, Said]) -> set[str]:
        """What the sender of a change, and whoever accepted it, had before them: only what stood earlier than they."""
        shown = [(ref, each.report) for ref in (each.body.get("base") or {}).get(name, ())]
        if each.report.id in self.in_force:
            accept, by = self.in_force[each.report.id]
            base = (accept.body.get("base") or {}).get(str(each.index)) or {}
            shown += [(ref, by) for ref in base.get(name, ())]
        return {ref for ref, entry in shown if ref in group and group[ref].report.order < entry.order}

    def _overruled(self, kind: str, name: str, group: list[Said], counting: list[Said]) -> set[str]:
        root, by_ref = self.root(kind, group[0].body["id"]), {each.ref: each for each in group}
        in_force = []
        resolving = [e for e in self.decisions if e.body["verb"] == "resolve" and e.body["field"] == name]
        resolving = [e for e in resolving if e.body["kind"] == kind and self.root(kind, e.body["record"]) == root]
        for record in {e.body["record"] for e in resolving}:  # also of one of which nothing was said
            about = [e for e in resolving if e.body["record"] == record]
            two = {e.id for e in about if self._safer(kind, name, e, by_ref)}
            in_force += [winner] if (winner := self._latest(about, two)) else []
        overruled: set[str] = set()
        chosen: set[str] = set()
        for each in sorted(in_force, key=lambda each: each.order, reverse=True):
            if (ref := each.body["chosen"]) in {c.ref for c in counting} - overruled:
                chosen.add(ref)
                overruled |= set(each.body["overruled"]) - chosen
        return overruled

    def _safer(self, kind: str, name: str, resolve: Entry, by_ref: dict[str, Said]) -> bool:
        order = DANGERS.get((kind, name))
        if order is None or kind not in GUARDED or resolve.body["chosen"] not in by_ref:
            return False
        ranks = [order.index(by_ref[r].body["values"][name]) for r in resolve.body["overruled"] if r in by_ref]
        return order.index(by_ref[resolve.body["chosen"]].body["values"][name]) < max(ranks, default=0)

    def _field(self, kind: str, name: str, group: list[Said]) -> tuple[Said, set[str]]:
        stating = [each for each in group if each.counts and name in each.body["values"]]
        overruled = self._overruled(kind, name, group, stating)
        stating = [each for each in stating if each.ref not in overruled]
        sight = self._seen(name, group)

        def value(each: Said) -> Any:
            stated = each.body["values"][name]
            return self.root(LINKS[kind, name], stated) if (kind, name) in LINKS and stated else stated

        if order := DANGERS.get((kind, name)):
            gone = {ref for e in stating for ref in sight[e.ref] if e.ref not in sight[ref]}
            sides = [each for each in stating if each.ref not in gone]
            winner = max(sides, key=lambda each: (order.index(value(each)), each.latest))
        else:
            winner = max(stating, key=lambda each: each.latest)
            met = [e for e in stating if e.first <= winner.last and winner.first <= e.last]
            sides = [each for each in met if each.ref not in sight[winner.ref]]
        others = {each.ref for each in sides if value(each) != value(winner)}
        return winner, others | {winner.ref} if others and name != "code" else set()

    def records(self) -> tuple[dict[Key, dict[str, Any]], dict[tuple[str, str, str], set[str]]]:
        """The stated values of every record that exists, and the sides of every conflict."""
        groups: dict[Key, list[Said]] = {}
        for each in self.said:
            kind = each.body["kind"]
            groups.setdefault((kind, self.root(kind, each.body["id"])), []).append(each)
        found: dict[Key, dict[str, Any]] = {}
        conflicts: dict[tuple[str, str, str], set[str]] = {}
        for (kind, root), group in groups.items():
            existing = {each.body["id"] for each in group if each.counts}
            if all(self._retired(kind, record) for record in existing):
                continue
            found[kind, root] = {}
            for name in {name for each in group if each.counts for name in each.body["values"]}:
                winner, sides = self._field(kind, name, group)
                stated = winner.body["values"][name]
                linked = LINKS.get((kind, name))
                found[kind, root][name] = self.root(linked, stated) if linked and stated else stated
                if sides:
                    conflicts[kind, root, name] = sides
        return found, conflicts


def _next(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()
