"""What the door remembers of the journal: published forms, known submissions, given codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kambila.intake import quarantine
from kambila.intake.models import GivenCode, Instance, PublishedForm
from kambila.journal.entry import Draft, Entry
from kambila.journal.parts import named
from kambila.registry import sql

Row = tuple[Any, ...]
KNOWN = "ON CONFLICT DO NOTHING"


class Intake:
    """Rows that depend on one entry each, so that neither order nor batches matter."""

    def reset(self) -> None:
        for model in (PublishedForm, Instance, GivenCode):
            model.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        published = [row for entry in entries if entry.kind == "form" and (row := _form(entry))]
        columns = ("entry", "form", "version", "verb", "commitment", "tick", "recorded")
        sql.insert("intake_form", columns, published, KNOWN)
        entries = [entry for entry in entries if entry.kind in ("report", "erase") and entry.is_sound]
        reports = [entry for entry in entries if entry.kind == "report"]
        remember(reports)
        quarantine.erase(record for each in entries if each.kind == "erase" for _, record in each.body["records"])


def remember(reports: Sequence[Entry | Draft]) -> None:
    """Note which submissions reports were, and which codes they state; the door does so before they are entries."""
    known = [row for each in reports if (row := _instance(each))[1]]
    sql.insert("intake_instance", ("report", "instance", "edits"), known, KNOWN)
    given = [row for each in reports for row in _codes(each)]
    sql.insert("intake_code", ("code", "kind", "record"), given, KNOWN)


def _form(entry: Entry) -> Row | None:
    said = [entry.body.get(each) for each in ("form", "version", "verb")]
    if not all(isinstance(each, str) and len(each) <= 250 for each in said) or said[2] not in ("publish", "retire"):
        return None
    return (entry.id, *said, named(entry.sealed, "xform") or "", entry.tick, entry.recorded)


def _instance(entry: Entry | Draft) -> Row:
    return (entry.id, str(entry.body.get("instance") or "")[:250], str(entry.body.get("edits") or "")[:36])


def _codes(entry: Entry | Draft) -> list[Row]:
    """Also codes from other offices, which nobody checked: what cannot be a code is left out."""
    changes = entry.body.get("changes", [])
    found = [(change.get("values", {}).get("code"), change["kind"], change["id"]) for change in changes]
    return [row for row in found if isinstance(row[0], str) and len(row[0]) <= 60]
