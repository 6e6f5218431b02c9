"""The registry follows the journal: whatever the order and the batches in which entries come, the result is the same.

There is one way for one report and for a million: the entries of a batch are taken in, the reports that they touch are
judged, and every record that this touches is folded again with all that is the same as it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kambila.journal import directory
from kambila.journal.entry import SCHEMA, Entry
from kambila.journal.soundness import is_sound
from kambila.registry import reports, same, sql, tables
from kambila.registry.kinds import kinds, links_to, plan_of, rollups_of
from kambila.registry.reports import Key
from kambila.registry.rows import Writer

Affected = dict[str, set[str]]


class Registry:
    """The projection of reports and decisions into the tables of the registry."""

    def reset(self) -> None:
        tables.build()

    def apply(self, entries: Sequence[Entry]) -> None:
        held = [entry for entry in entries if entry.schema > SCHEMA or not is_sound(entry)]
        sql.insert("registry_held", ("entry", "schema"), [(entry.id, entry.schema) for entry in held])
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
        touched = {record for verb, kind, record, _ in about if not kind}
        affected = reports.judge_reports(new, touched | set(new)) if new or touched else set()
        affected |= {(kind, record) for verb, kind, record, _ in about if kind and "same-as" not in verb}
        pairs = [(kind, record, other) for verb, kind, record, other in about if "same-as" in verb]
        affected |= same.join(pairs)
        if affected:
            fold_again(_by_kind(affected), entries[-1].arrival)


def fold_again(affected: Affected, revision: int, followed: frozenset[Key] = frozenset()) -> None:
    """Fold these records again, and those that lean on them. What links to `followed` has looked anew already:
    a merged incident and its casualties lean on each other.
    """
    as_of = (directory.current().node.view or {}).get("as_of") or ""
    for kind in _sources_first(affected):
        writer = Writer(plan_of(kind), revision, as_of)
        for chunk in sql.chunks(affected.pop(kind, ())):
            parents, moved = writer.write(same.whole(kind, chunk))
            news = {(kind, record) for record in moved} - followed
            followed |= news
            for key in parents | _linking(kind, {record for _, record in news}):
                affected.setdefault(key[0], set()).add(key[1])
    left = {kind: records for kind, records in affected.items() if kind in kinds() and records}
    if left:
        fold_again(left, revision, followed)


def _linking(kind: str, moved: Iterable[str]) -> set[Key]:
    """The records with a link to one of `moved`, whose UUID now leads elsewhere."""
    found: set[Key] = set()
    moved = list(moved)
    for other, link in links_to(kind) if moved else ():
        plan = plan_of(other)
        column = plan.columns[plan.places[link][0]]
        found |= {
            (other, row[0]) for row in sql.select(f'SELECT id FROM {plan.table} WHERE "{column}" IN ({{keys}})', moved)
        }
    return found


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
