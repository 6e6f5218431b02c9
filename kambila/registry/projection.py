"""The registry follows the journal: whatever the order and the batches in which entries come, the result is the same.

There is one way for one report and for a million: the entries of a batch are taken in, the reports that they touch are
judged, and every record that this touches is folded again with all that is the same as it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kambila.journal import directory
from kambila.journal.entry import SCHEMA, Entry
from kambila.registry import guarded, reports, same, settled, sql, tables
from kambila.registry.kinds import kinds, links_to, plan_of, rollups_of, several_to
from kambila.registry.reports import Fresh, Key
from kambila.registry.rows import Writer

Affected = dict[str, set[str]]


class Registry:
    """The projection of reports and decisions into the tables of the registry."""

    def reset(self) -> None:
        tables.build()

    @settled.in_force()
    def apply(self, entries: Sequence[Entry]) -> None:
        held = [entry for entry in entries if entry.schema > SCHEMA or not entry.is_sound]
        for entry in held:
            hold(entry)
        if held:
            left_out = {entry.id for entry in held}
            entries = [entry for entry in entries if entry.id not in left_out]
        new = {entry.id: reports.take_report(entry) for entry in entries if entry.kind == "report"}
        decisions = [row for entry in entries if entry.kind == "decision" and (row := reports.take_decision(entry))]
        sql.insert("registry_decision", reports.DECISION_COLUMNS, decisions)
        signed = [entry for entry in entries if entry.kind == "countersign"]
        sql.insert(
            "registry_countersign",
            ("id", "decision", "tick", "recorded", "author"),
            [(e.id, e.body["decision"], e.tick, e.recorded, e.author) for e in signed],
        )
        about = [(row[1], row[2], row[3], row[4]) for row in decisions]
        about += sql.select(
            "SELECT verb, kind, record, other FROM registry_decision WHERE id IN ({keys})",
            [entry.body["decision"] for entry in signed],
        )
        touched = {record for verb, kind, record, _ in about if not kind} | guarded.neighbours(new.values())
        judged = reports.judge_reports(new, touched | set(new))
        affected = judged.affected
        affected |= {(kind, record) for verb, kind, record, _ in about if kind and "same-as" not in verb}
        pairs = [(kind, record, other) for verb, kind, record, other in about if "same-as" in verb]
        joined, moved = same.join(pairs)
        affected |= joined | _linking(moved)
        affected |= {(kind, row[0]) for kind in settled.leaning(entries) for row in sql.run(_everything(kind))}
        if affected:
            fold_again(_by_kind(affected), entries[-1].arrival, judged.fresh)
        sql.insert("registry_change", reports.CHANGE_COLUMNS, judged.rows)


def hold(entry: Entry) -> None:
    """List an entry that is passed over."""
    sql.insert("registry_held", ("entry", "schema"), [(entry.id, entry.schema)], "ON CONFLICT (entry) DO NOTHING")


def fold_again(affected: Affected, revision: int, fresh: Fresh, leaning: frozenset[Key] = frozenset()) -> None:
    """Fold these records again, and those whose derived fields lean on them.

    `leaning` are records folded only because others of their kind were. They lean on what those state, not on what is
    derived of them, so they carry no further within the kind; records that lean on each other would have no end.
    """
    as_of = (directory.current().node.view or {}).get("as_of") or ""
    again: set[Key] = set()
    for kind in _sources_first(affected):
        writer = Writer(plan_of(kind), revision, as_of, fresh)
        for chunk in sql.chunks(affected.pop(kind, ())):
            whole = same.whole(kind, [each for each in chunk if (kind, each) not in leaning])
            followed = writer.write(whole) if whole else set()
            if whole := same.whole(kind, [each for each in chunk if (kind, each) in leaning]):
                followed |= {key for key in writer.write(whole) if key[0] != kind}
            again |= {key for key in followed if key[0] == kind}
            for key in followed:
                affected.setdefault(key[0], set()).add(key[1])
    left = {kind: records for kind, records in affected.items() if kind in kinds() and records}
    if left:
        fold_again(left, revision, fresh, frozenset(again))


def _linking(moved: Iterable[Key]) -> set[Key]:
    """The records with a link to one of `moved`, between which links have moved."""
    found: set[Key] = set()
    for kind, records in _by_kind(moved).items():
        for other, link in links_to(kind) if kind in kinds() else ():
            query = f'SELECT id FROM {plan_of(other).table} WHERE "{_column(other, link)}" IN ({{keys}})'
            found |= {(other, row[0]) for row in sql.select(query, records)}
        for other, link in several_to(kind) if kind in kinds() else ():
            query = f'SELECT id FROM {plan_of(other).table} WHERE "{_column(other, link)}" LIKE %s'
            found |= {(other, row[0]) for record in records for row in sql.run(query, [f"% {record} %"])}
    return found


def _everything(kind: str) -> str:
    return f"SELECT id FROM {plan_of(kind).table}"


def _column(kind: str, name: str) -> str:
    plan = plan_of(kind)
    return plan.columns[plan.places[name][0]]


def _sources_first(affected: Affected) -> list[str]:
    """The kinds that exist, those first from whose records others are rolled up."""
    parents = {parent for kind in kinds() for parent, _ in rollups_of(kind)}
    known = [kind for kind in affected if kind in kinds()]
    return sorted(known, key=lambda kind: (kind in parents, kind)) + [k for k in parents if k not in known]


def _by_kind(keys: Iterable[Key]) -> Affected:
    found: Affected = {}
    for kind, record in keys:
        found.setdefault(kind, set()).add(record)
    return found
