"""Submissions that are known: which report each became, and what it was corrected by.

Within the transaction under way a report is known before its entry lies in the journal: see `note`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import transaction

from kambila.intake.openrosa import chains
from kambila.journal import Draft, read_part
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry import sql

FILE = "file/"
KNOWN = "ON CONFLICT DO NOTHING"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Known:
    """A report that came in before. `xml` is None when its submission was erased, or is not held here."""

    id: str
    code: str
    xml: bytes | None
    sealed: tuple[Mapping[str, Any], ...] = field(default=())
    files: frozenset[str] = frozenset()


# What stands in a transaction under way and not in the journal's table yet. Guarded by the journal's write lock.
_pending: dict[str, Known] = {}


def note(draft: Draft, xml: bytes | None) -> None:
    """Make a report known from now on, also to what is written in the same transaction."""
    names = [*draft.parts, *(each["name"] for each in draft.kept)]
    _pending[draft.id] = Known(draft.id, draft.body["code"], xml, draft.kept, _files(names))
    transaction.on_commit(lambda: forget([draft.id]))
    remember([draft])
    chains.remember([draft])


def remember(reports: Iterable[Entry | Draft]) -> None:
    """Note which submissions reports were, and which codes they state; the door does so before they are entries."""
    reports = list(reports)
    known = [row for each in reports if (row := _instance(each))[1]]
    sql.insert("intake_instance", ("report", "instance", "edits"), known, KNOWN)
    given = [row for each in reports for row in _codes(each)]
    sql.insert("intake_code", ("code", "kind", "record"), given, KNOWN)


def is_noted(id: str) -> bool:
    """Whether the door has noted a report that the transaction under way is writing."""
    return id in _pending


def forget(ids: Iterable[str]) -> None:
    """They lie in the journal's table now, or never will."""
    for id in ids:
        _pending.pop(id, None)


def of(instance: str) -> list[Known]:
    """The reports that a submission became, oldest first; more than one when files of it came later."""
    ids = sorted(
        row[0] for row in sql.select("SELECT report FROM intake_instance WHERE instance IN ({keys})", [instance])
    )
    return [report for id in ids if (report := _pending.get(id) or written(id))]


def written(id: str) -> Known | None:
    """A report whose entry lies in the journal."""
    row = next(iter(sql.run("SELECT body, sealed FROM journal_entry WHERE id = %s", [id])), None)
    if row is None:
        return None
    sealed = orjson.loads(row[1])
    commitment = named(sealed, "submission")
    xml = read_part(commitment) if commitment else None
    return Known(id, orjson.loads(row[0]).get("code", ""), xml, tuple(sealed), _files(each["name"] for each in sealed))


def corrected(deprecated: str) -> Known | None:
    """The report that a submission corrects. Raises Problem when it is not known, or has been corrected before."""
    if not deprecated:
        return None
    known = of(deprecated)
    if not known:
        raise Problem("unknown-edited", instance=deprecated)
    edits = sql.select(
        "SELECT instance, report FROM intake_instance WHERE edits IN ({keys})", [each.id for each in known]
    )
    for instance, report in edits:
        if instance != deprecated:
            newer = _pending.get(report) or written(report)
            raise Problem("superseded", instance=instance, report=newer.code if newer else report)
    return known[-1]


def first_of(deprecated: str) -> str:
    """The first of a chain of corrections: from it records have their ids to which the phone gave none."""
    first, seen = deprecated, {deprecated}
    while first:
        rows = sql.select(
            "SELECT older.instance FROM intake_instance newer JOIN intake_instance older ON older.report = newer.edits "
            "WHERE newer.instance IN ({keys})",
            [first],
        )
        older = next((instance for (instance,) in rows if instance not in seen), "")
        if not older:
            break
        first = older
        seen.add(older)
    return first


def _files(names: Any) -> frozenset[str]:
    return frozenset(name.removeprefix(FILE) for name in names if name.startswith(FILE))


def _instance(entry: Entry | Draft) -> Row:
    return (entry.id, str(entry.body.get("instance") or "")[:250], str(entry.body.get("edits") or "")[:36])


def _codes(entry: Entry | Draft) -> list[Row]:
    """Also codes from other offices, which nobody checked: what cannot be a code is left out."""
    changes = entry.body.get("changes", [])
    found = [(change.get("values", {}).get("code"), change["kind"], change["id"]) for change in changes]
    return [row for row in found if isinstance(row[0], str) and len(row[0]) <= 60]
