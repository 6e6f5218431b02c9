"""What changed between two releases, figure by figure, and why: classes of revision with the reports behind them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kambila.figures.models import Release
from kambila.figures.releases import content_of
from kambila.journal.arrivals import learned_at
from kambila.registry.kinds import kinds

NEW, LATE, CORRECTION, MERGE = "new", "late-report", "correction", "merge"
SPLIT, WITHDRAWAL, RETIREMENT, DEFINITION = "split", "withdrawal", "retirement", "definition"
CLASSES = {
    NEW: _("New: it happened after the day of the earlier release"),
    LATE: _("Late report: it happened before, and was reported or accepted afterwards"),
    CORRECTION: _("Correction: what is known of a record changed"),
    MERGE: _("Merge: two records were found to be the same"),
    SPLIT: _("Split: records taken for the same are different"),
    WITHDRAWAL: _("Withdrawal: a report stopped counting"),
    RETIREMENT: _("Retirement: the record ended"),
    DEFINITION: _("Definition: the figure counts something else than before"),
}
BATCH = 20_000
Key = tuple[str, str]


@dataclass
class Revision:
    """One class of revision of a figure: how many records, what they add, and the reports."""

    records: int = 0
    amount: Decimal = Decimal(0)
    reports: list[str] = field(default_factory=list)


@dataclass
class Difference:
    """A figure in two releases; None where one of them has none."""

    id: str
    before: int | str | None
    after: int | str | None
    revisions: dict[str, Revision] = field(default_factory=dict)


def diff(one: Release, two: Release) -> list[Difference]:
    """Every figure of either release with the classes of its revision; those that are equal have none."""
    before = {frozen["id"]: frozen for frozen in content_of(one)["figures"]}
    after = {frozen["id"]: frozen for frozen in content_of(two)["figures"]}
    return [_difference(id, before.get(id), after.get(id), one) for id in {**after, **before}]


def _difference(id: str, before: Any, after: Any, one: Release) -> Difference:
    found = Difference(id, before and before["value"], after and after["value"])
    if not before or not after or before["definition_hash"] != after["definition_hash"]:
        found.revisions[DEFINITION] = Revision()
    old, new = _contributions(before), _contributions(after)
    changed = [key for key in {**old, **new} if old.get(key, ("", None))[1] != new.get(key, ("", None))[1]]
    histories = _histories(changed)
    for key in sorted(changed):
        history = histories[key]
        name = classify(history, new[key][0] if key in new else "", key in old, key in new, one)
        revision = found.revisions.setdefault(name, Revision())
        revision.records += 1
        revision.amount += (new[key][1] if key in new else 0) - (old[key][1] if key in old else 0)
        revision.reports += [each for each in history.reports_since(one.known_at) if each not in revision.reports]
    return found


def _contributions(frozen: Any) -> dict[Key, tuple[str, Decimal]]:
    """{(kind, id): (day, amount)} of a frozen figure."""
    rows = (frozen or {}).get("contributions", [])
    return {(kind, id): (day, Decimal(str(amount))) for kind, id, _code, amount, day in rows}


@dataclass
class History:
    """What the registry tells of a record: its changes, its root, whether it exists, and decisions on it."""

    exists: bool = False
    root: str = ""
    changes: list[tuple[str, str, str, bool, str]] = field(
        default_factory=list
    )  # report, recorded, first, counts, status
    decisions: list[tuple[str, str]] = field(default_factory=list)  # verb, recorded
    edited: bool = False

    def reports_since(self, moment: str) -> list[str]:
        """The reports that were not known at a moment; all of them when something else than a report made the change."""
        later = [report for report, recorded, *_ in self.changes if recorded > moment]
        return sorted(set(later or [report for report, *_ in self.changes]))


def classify(history: History, day: str, was: bool, now: bool, one: Release) -> str:
    """The class of revision of one record between a release and a later one."""
    later = [verb for verb, recorded in history.decisions if recorded > one.known_at]
    if was and now:
        return MERGE if "same-as" in later else SPLIT if "not-same-as" in later else CORRECTION
    if was:
        return _why_gone(history, later)
    if "not-same-as" in later and not history.root:
        return SPLIT
    if not history.changes:
        return CORRECTION
    first = day or min((first for _, _, first, counts, _ in history.changes if counts), default="")
    if first > one.as_of:
        return NEW
    # Everything that counts was recorded before: then it had been waiting, or what it says was corrected.
    return LATE if _is_newly_known(history, one.known_at) else CORRECTION


def _is_newly_known(history: History, moment: str) -> bool:
    recorded = [recorded for _, recorded, _, counts, _ in history.changes]
    accepted = [when for verb, when in history.decisions if verb == "accept"]
    return min(recorded) > moment or bool(accepted) and min(accepted) > moment


def _why_gone(history: History, later: Sequence[str]) -> str:
    if history.root:
        return MERGE
    if history.exists:
        return CORRECTION
    if "retire" in later:
        return RETIREMENT
    stopped = {status for _, _, _, counts, status in history.changes if not counts}
    return WITHDRAWAL if stopped & {"withdrawn", "rejected", "returned"} else CORRECTION


def _histories(keys: Sequence[Key]) -> dict[Key, History]:
    found = {key: History() for key in keys}
    for kind in {kind for kind, _id in keys} & set(kinds()):
        ids = [id for each, id in keys if each == kind]
        for start in range(0, len(ids), BATCH):
            _look_up(kind, ids[start : start + BATCH], found)
    return found


def _look_up(kind: str, ids: Sequence[str], found: Mapping[Key, History]) -> None:
    table = connection.ops.quote_name(kinds()[kind]._meta.db_table)
    for (id,) in _rows(f"SELECT id FROM {table} WHERE id {{among}}", ids):
        found[kind, id].exists = True
    for record, root in _rows("SELECT record, root FROM registry_alias WHERE record {among} AND kind = %s", ids, kind):
        found[kind, record].root = root if root != record else ""
    changes = (
        "SELECT c.record, c.entry, c.recorded, c.first, c.counts, r.status FROM registry_change c "
        "JOIN registry_report r ON r.id = c.entry WHERE c.record {among} AND c.kind = %s"
    )
    reports: dict[str, list[str]] = {}
    stated = list(_rows(changes, ids, kind))
    for record, entry, *_rest in stated:
        reports.setdefault(entry, []).append(record)
    decided = (
        "SELECT {column}, id, verb, recorded FROM registry_decision "
        "WHERE {column} {{among}} AND kind = %s AND effective"
    )
    about = [
        ([row[0]], row) for column in ("record", "other") for row in _rows(decided.format(column=column), ids, kind)
    ]
    about += [(reports[row[0]], row) for row in _rows(decided.format(column="record"), list(reports), "")]
    # What another office wrote was known here only when it came, however early it is dated.
    learned = learned_at([*reports, *(row[1] for _records, row in about)])
    for record, entry, recorded, first, counts, status in stated:
        found[kind, record].changes.append((entry, learned.get(entry, recorded), first, bool(counts), status))
    for records, (_about, decision, verb, recorded) in about:
        for record in records:
            found[kind, record].decisions.append((verb, learned.get(decision, recorded)))


def _rows(query: str, ids: Sequence[str], *values: str) -> Iterator[tuple[Any, ...]]:
    sqlite = connection.vendor == "sqlite"
    among = "IN (SELECT value FROM json_each(%s))" if sqlite else "= ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(query.format(among=among), [json.dumps(list(ids)) if sqlite else list(ids), *values])
        yield from cursor.fetchall()
