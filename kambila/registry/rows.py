"""From folded changes to the rows of a kind: values, derived fields, tier, codes, conflicts, places."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from kambila.registry import partial_dates, same, spatial, sql
from kambila.registry.fields import Source
from kambila.registry.fold import Folded, Resolution, Statement, fold
from kambila.registry.kinds import Plan, plan_of, rollups_of
from kambila.registry.matters import DecisionFacts, latest
from kambila.registry.models import Precision
from kambila.registry.reports import Fresh, Key, day_after, state

LIFE, DISCLOSURE = ("retire", "restore"), ("disclose", "close")
TIERS = {"public": 0, "partner": 1, "restricted": 2}
UNREADABLE = "unreadable"
FEW = 20  # records that are looked for one by one
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Component:
    """Everything that is known of a record, or of several that are the same."""

    root: str
    members: list[str]
    statements: list[Statement] = field(default_factory=list)
    decisions: list[tuple[Any, ...]] = field(default_factory=list)


class Writer:
    """Writes the rows of one kind."""

    def __init__(self, plan: Plan, revision: int, as_of: str, fresh: Fresh) -> None:
        self.plan, self.revision, self.fresh = plan, revision, fresh
        self.as_of = as_of if not plan.time else ""
        self.day = as_of
        self.rollups = rollups_of(plan.kind)
        self.ranks = {name: f.rank for name, f in plan.stated.items() if f.danger}

    def write(self, components: Mapping[str, list[str]]) -> set[Key]:
        """Fold components (root → members) anew. Gives the records whose derived fields may follow."""
        members = [member for group in components.values() for member in group]
        standing = self._standing(members)
        loaded = load(self.plan.kind, components, self.fresh)
        boxes, conflicts, codes, folded = [], [], [], {}
        for component in loaded.values():
            self._leave_out_later(component)
            if (result := self._fold(component)) is not None:
                folded[component.root] = (component, result)
        values = {root: self._read(component, result) for root, (component, result) in folded.items()}
        self.follow_links(values)
        for root, (component, result) in folded.items():
            self._derive(values[root])
            conflicts += [(self.plan.kind, root, name, " ".join(refs)) for name, refs in self._open(component, result)]
            codes += self._other_codes(root, component, values[root].get("code"))
            known = [shape for name in self.plan.shapes if (shape := values[root].get(name)) is not None]
            boxes += [(root, shape.bounds, shape is known[0]) for shape in known]
        self._roll_up(values)
        rows = [self._row(component, values[root]) for root, (component, _) in folded.items()]
        self._clear(standing, values)
        self._insert(rows, conflicts, codes, boxes)
        linked = [*standing.values(), *([row.get(link) for _, link in self.rollups] for row in values.values())]
        return {(self.rollups[i][0], each) for ends in linked for i, end in enumerate(ends) for each in named(end)}

    def values_of(self, component: Component) -> dict[str, Any] | None:
        """What a record says on the day looked at, before links are followed; None when it does not exist then."""
        self._leave_out_later(component)
        result = self._fold(component)
        return None if result is None else self._read(component, result)

    def _leave_out_later(self, component: Component) -> None:
        """As of a day, a state knows only what was true by then; retirements are dated too."""
        if self.as_of:
            component.statements = [s for s in component.statements if s.first <= self.as_of]

    def _fold(self, component: Component) -> Folded | None:
        """The winners, or None when the record does not exist."""
        existing = {each.record for each in component.statements if each.counts}
        if component.decisions and existing <= self._retired(component):
            self._resolutions(component)  # decisions about what does not exist take effect, or wait, all the same
            self._tiers(component)
            return None
        return self.fold_all(component) if existing else None

    def fold_all(self, component: Component) -> Folded:
        """What the counting changes add up to, whether or not the record lives."""
        resolutions = self._resolutions(component) if component.decisions else {}
        return fold(component.statements, self.ranks, resolutions)

    def _retired(self, component: Component) -> set[str]:
        """The members whose life is ended by the decision in force."""
        found = set()
        for member in component.members:
            rows = [row for row in component.decisions if row[1] in LIFE and row[2] == member and self._dated(row)]
            winner = self._in_force(rows, lambda row: self.plan.model.two_people and row[1] == "retire")
            if winner is not None and winner[1] == "retire":
                found.add(member)
        return found

    def _dated(self, row: Sequence[Any]) -> bool:
        """Whether the day from which a decision on a life holds had come when it was said, and by the day looked at."""
        try:
            first = partial_dates.read(orjson.loads(row[7]).get("date", ""))[1]
        except ValueError:
            return True
        return first <= day_after(row[5][:10]) and (not self.day or first <= self.day)

    def _in_force(self, rows: list[tuple[Any, ...]], needs_two: Any) -> tuple[Any, ...] | None:
        facts = [DecisionFacts(r[0], (r[4], r[5], r[0]), r[6], r[1], always_two=needs_two(r)) for r in rows]
        winner, effective, waits = latest(facts, same.signatures_of([r[0] for r in rows]))
        same.mark([(each.id in effective, each.id in waits, each.id) for each in facts])
        return next((row for row in rows if row[0] == winner), None)

    def _resolutions(self, component: Component) -> dict[str, list[Resolution]]:
        """The resolutions in force, by field: the latest on each field of each member."""
        matters: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        for row in component.decisions:
            if row[1] == "resolve":
                matters.setdefault((row[2], row[3]), []).append(row)
        known = {each.ref: each for each in component.statements}
        found: dict[str, list[Resolution]] = {}
        for (_, name), rows in matters.items():
            winner = self._in_force(rows, lambda row, name=name: self._is_safer(name, orjson.loads(row[7]), known))
            if winner is None:
                continue
            body, place = orjson.loads(winner[7]), (winner[4], winner[5], winner[0])
            earlier = {ref for ref, each in known.items() if each.order[:3] < place}
            overruled = frozenset(body.get("overruled", ())) & earlier
            if body.get("chosen") in earlier:
                found.setdefault(name, []).append(Resolution(place, body["chosen"], overruled - {body["chosen"]}))
        return found

    def _is_safer(self, name: str, body: Mapping[str, Any], known: Mapping[str, Statement]) -> bool:
        """Whether a resolution of a guarded kind goes to the safer side, so that it needs two people."""
        rank = self.ranks.get(name)
        chosen = known.get(body.get("chosen", ""))
        if not self.plan.model.two_people or rank is None or chosen is None:
            return False
        others = [known[ref] for ref in body.get("overruled", ()) if ref in known]
        stands = max((rank(each.values.get(name)) for each in others), default=0)
        return rank(chosen.values.get(name)) < stands

    def _read(self, component: Component, result: Folded) -> dict[str, Any]:
        """The winning values as the fields read them; what cannot be understood is unknown."""
        values: dict[str, Any] = {}
        for name, statement in result.winners.items():
            stated_field, value = self.plan.stated.get(name), statement.values[name]
            if stated_field is None or value is None:
                continue
            try:
                values[name] = stated_field.read(value)
            except (ValueError, ArithmeticError):
                continue
        return values

    def follow_links(self, values: Mapping[str, dict[str, Any]]) -> None:
        """A link leads to the root of what is the same as its target."""
        for name, kind in self.plan.links.items():
            targets = {row[name] for row in values.values() if row.get(name)}
            roots = same.roots_of(kind, targets) if targets else {}
            for row in values.values() if roots else ():
                row[name] = roots.get(row.get(name, ""), row.get(name))
        for name, kind in self.plan.several.items():
            targets = {target for row in values.values() for target in row.get(name) or ()}
            roots = same.roots_of(kind, targets) if targets else {}
            for row in values.values() if roots else ():
                if row.get(name):
                    row[name] = tuple(dict.fromkeys(roots.get(target, target) for target in row[name]))

    def _open(self, component: Component, result: Folded) -> Iterator[tuple[str, list[str]]]:
        """The conflicts that are any: every code of merged records stays valid, and two links to one record agree."""
        stated = {each.ref: each.values for each in component.statements} if result.conflicts else {}
        for name, refs in result.conflicts.items():
            if name == "code":
                continue
            if name in self.plan.links:
                targets = {str(stated[ref][name]).strip() for ref in refs}
                roots = same.roots_of(self.plan.links[name], targets)
                if len({roots.get(target, target) for target in targets}) == 1:
                    continue
            yield name, refs

    def _derive(self, values: dict[str, Any]) -> None:
        for name, derived in self.plan.own_rules.items():
            values[name] = _ruled(derived, values)

    def _roll_up(self, values: Mapping[str, dict[str, Any]]) -> None:
        children: dict[Source, dict[str, list[dict[str, Any]]]] = {}
        for rolled in self.plan.rollups.values():
            for source in rolled.derived.sources:  # type: ignore[union-attr]
                if source not in children:
                    children[source] = _rows_by_link(source, values)
        # Record by record: the rules of one record lean on the same rows, and may keep what they worked out.
        for root, own in values.items():
            for name, rolled in self.plan.rollups.items():
                sources = rolled.derived.sources  # type: ignore[union-attr]
                own[name] = _ruled(rolled, own, *(children[source].get(root, []) for source in sources))

    def _other_codes(self, root: str, component: Component, current: str | None) -> list[tuple[str, str, str]]:
        if len(component.statements) == 1:
            return []
        stated = [each.values.get("code") for each in component.statements if each.counts]
        codes = {code.strip() for code in stated if isinstance(code, str) and len(code) <= 60} - {current, ""}
        return [(code, self.plan.kind, root) for code in sorted(codes)]

    def _row(self, component: Component, values: Mapping[str, Any]) -> list[Any]:
        counting = [each for each in component.statements if each.counts]
        if len(counting) > 1:
            counting.sort(key=lambda each: each.order)
        newest = counting[-1]
        disclosed = self._tiers(component)
        told = max([each.last for each in counting])
        row = [component.root, *disclosed, *counting[0].sender, told, newest.order[2], self.revision]
        row += [None] * (len(self.plan.columns) - len(row))
        stores = self.plan.stores
        for name, value in values.items():
            if value is not None:
                first, store = stores[name]
                if store is None:
                    row[first] = value
                else:
                    for place, part in zip(self.plan.places[name], store(value), strict=True):
                        row[place] = part
        return row

    def _tiers(self, component: Component) -> tuple[str, str | None, str | None, str | None]:
        """How far the record is disclosed by the decisions in force and until when; the same of its exact place."""
        tier: tuple[str, str | None] = (self.plan.model.default_tier, None)
        place: tuple[str | None, str | None] = (None, None)
        for audience in ("partner", "public") if component.decisions else ():  # what is open to more people comes last
            told = self._disclosed(component, audience)
            if told is not None and TIERS[audience] < TIERS[self.plan.model.default_tier]:
                tier = audience, told[1]
                place = (audience, told[1]) if told[0] == Precision.EXACT else place
        return *tier, *place

    def _disclosed(self, component: Component, audience: str) -> tuple[str, str | None] | None:
        """(precision, last day) with which the record is disclosed to an audience; none where either cannot be read."""
        rows = [row for row in component.decisions if row[1] in DISCLOSURE and row[3] == audience]
        winner = self._in_force(rows, lambda row: False)
        if winner is None or winner[1] != "disclose":
            return None
        body = orjson.loads(winner[7])
        until, precision = _end(body.get("until")), body.get("precision") or Precision.COMMUNE
        return None if until == UNREADABLE or precision not in Precision.values else (precision, until)

    def _standing(self, members: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Those of these records that have a row so far, with what it leads to that is rolled up from it."""
        ends = "".join(f', "{self.plan.columns[self.plan.places[link][0]]}"' for _, link in self.rollups)
        rows = sql.select(f"SELECT id{ends} FROM {self.plan.table} WHERE id IN ({{keys}})", members)
        return {row[0]: row[1:] for row in rows}

    def _clear(self, standing: Collection[str], staying: Collection[str]) -> None:
        """Take away what is said of records that have a row: only those have conflicts, codes or places."""
        if not standing:
            return
        kind = self.plan.kind
        if gone := [each for each in standing if each not in staying]:
            sql.select(f"DELETE FROM {self.plan.table} WHERE id IN ({{keys}})", gone)
            sql.insert("registry_gone", ("kind", "record", "revision"), [(kind, each, self.revision) for each in gone])
        for table in ("registry_conflict", "registry_code"):
            sql.select(f"DELETE FROM {table} WHERE record IN ({{keys}}) AND kind = %s", standing, kind)
        if self.plan.shapes:
            spatial.remove(kind, standing)

    def _insert(
        self,
        rows: list[list[Any]],
        conflicts: list[tuple[Any, ...]],
        codes: list[tuple[Any, ...]],
        boxes: list[spatial.Box],
    ) -> None:
        sql.insert(self.plan.table, self.plan.columns, rows, self.plan.on_conflict)
        sql.insert("registry_conflict", ("kind", "record", "field", "sides"), conflicts)
        sql.insert("registry_code", ("code", "kind", "record"), codes)
        spatial.insert(self.plan.kind, boxes)


def _ruled(field: Any, *said: Any) -> Any:
    """What a rule derives; nothing when it stumbles over values that it did not foresee."""
    try:
        return field.derived.rule(*said)
    except Exception:  # rules are the areas' own: whatever one of them meets, the record must still show
        log.exception("The rule of %s could not be applied.", field.name)
        return None


def _end(until: Any) -> str | None:
    """The last day of a disclosure, None when it has no end; one that cannot be read discloses nothing."""
    try:
        return datetime.date.fromisoformat(until).isoformat() if until else None
    except (ValueError, TypeError):
        return UNREADABLE


def named(end: Any) -> Sequence[str]:
    """The records that a link names, or several links, as read or as the column has them."""
    return () if not end else end.split() if isinstance(end, str) else end


def _rows_by_link(source: Source, records: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """For each record the rows that link to it, with the columns that a rule reads as the database has them.

    A record that names itself is none of them.
    """
    plan, found = plan_of(source.kind), dict[str, list[dict[str, Any]]]()
    to, *columns = (f'"{plan.columns[plan.places[name][0]]}"' for name in (source.via, *source.reads))
    query = f"SELECT id, {to}, {', '.join(columns)} FROM {plan.table} WHERE {to}"
    if source.via in plan.several:  # few records have such links: an index holds those, and they are looked through
        named_ones = [f"% {record} %" for record in records] if len(records) <= FEW else []
        like = " OR ".join([f"{to} LIKE %s"] * len(named_ones))
        rows = sql.run(f"{query} IS NOT NULL{f' AND ({like})' if like else ''} ORDER BY id", named_ones)
    else:
        rows = sql.select(f"{query} IN ({{keys}}) ORDER BY id", records)
    for id, ends, *row in rows:
        for root in named(ends):
            if root in records and root != id:
                found.setdefault(root, []).append(dict(zip(source.reads, row, strict=True)))
    return found


def load(kind: str, components: Mapping[str, Sequence[str]], fresh: Fresh) -> dict[str, Component]:
    """Everything said about these records, by root: what the table holds, and what has just come."""
    loaded = {root: Component(root, sorted(members)) for root, members in components.items()}
    root_of = {member: root for root, members in components.items() for member in members}
    accepted: dict[str, Any] = {}
    for member, root in root_of.items() if fresh else ():
        for statement, seen in fresh.get((kind, member), ()):
            loaded[root].statements.append(statement)
            if seen:
                accepted[statement.ref] = orjson.loads(seen)
    for row in sql.select(
        "SELECT c.record, c.entry, c.number, c.tick, c.recorded, c.first, c.last, c.counts, c.stated, c.seen, "
        "r.office, r.organisation FROM registry_change c JOIN registry_report r ON r.id = c.entry "
        "WHERE c.record IN ({keys}) AND c.kind = %s",
        root_of,
        kind,
    ):
        record, entry, number, tick, recorded, first, last, counts, stated, seen, office, organisation = row
        order, sender = (tick, recorded, entry, number), (office, organisation)
        statement = state(record, order, first, last, counts, orjson.loads(stated), sender)
        loaded[root_of[record]].statements.append(statement)
        if seen:
            accepted[statement.ref] = orjson.loads(seen)
    for component in loaded.values():
        component.statements = _with_sight(component.statements, accepted)
    _add_decisions(kind, loaded, root_of)
    return loaded


def _with_sight(statements: list[Statement], accepted: Mapping[str, Any]) -> list[Statement]:
    """Let each statement know what it has seen: by its own base and by that of its acceptance; later refs are void."""
    if not any(each.seen or each.ref in accepted for each in statements):
        return statements
    orders = {each.ref: each.order for each in statements}
    result = []
    for each in statements:
        seen: dict[str, set[str]] = {}
        shown = accepted.get(each.ref)
        for base, place in ((each.seen, each.order[:3]), (shown["base"], tuple(shown["place"])) if shown else ({}, ())):
            for name, refs in base.items():
                earlier = {ref for ref in refs if ref in orders and orders[ref][:3] < place}
                seen.setdefault(name, set()).update(earlier)
        sight = {name: frozenset(refs) for name, refs in seen.items()}
        result.append(each._replace(seen=sight))
    return result


def _add_decisions(kind: str, loaded: Mapping[str, Component], root_of: Mapping[str, str]) -> None:
    rows: Iterable[tuple[Any, ...]] = sql.select(
        "SELECT id, verb, record, other, tick, recorded, author, body FROM registry_decision "
        "WHERE record IN ({keys}) AND kind = %s AND verb IN ('retire', 'restore', 'resolve', 'disclose', 'close')",
        root_of,
        kind,
    )
    for row in rows:
        loaded[root_of[row[2]]].decisions.append(row)
