"""What the door remembers of the journal: forms and how they are decided, known submissions, given codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kambila.intake import instances, quarantine
from kambila.intake.models import (
    Batch,
    BatchRow,
    FormSetting,
    GivenCode,
    Instance,
    PublishedForm,
    SavedProfile,
    Verification,
)
from kambila.intake.sheets import kept
from kambila.journal.entry import Entry
from kambila.journal.parts import named
from kambila.journal.soundness import FIRST_STEP
from kambila.registry import sql

Row = tuple[Any, ...]
KNOWN = "ON CONFLICT DO NOTHING"
FORM_VERBS = ("publish", "retire", "close")
FORM_SETTINGS = ("acceptance-rule", "two-steps")


class Intake:
    """Rows that depend on one entry each, so that neither order nor batches matter."""

    def reset(self) -> None:
        derived = (PublishedForm, FormSetting, Verification, Instance, GivenCode, SavedProfile, Batch, BatchRow)
        for model in derived:
            model.objects.all().delete()

    def apply(self, entries: Sequence[Entry]) -> None:
        published = [row for entry in entries if entry.kind == "form" and (row := _form(entry))]
        columns = ("entry", "form", "version", "verb", "commitment", "tick", "recorded")
        sql.insert("intake_form", columns, published, KNOWN)
        _take_settings([row for entry in entries if entry.kind == "setting" and (row := _setting(entry))])
        _take_verified([row for entry in entries if entry.kind == "decision" and (row := _verified(entry))])
        kept.apply(entries)
        entries = [entry for entry in entries if entry.kind in ("report", "erase") and entry.is_sound]
        reports = [entry for entry in entries if entry.kind == "report"]
        instances.remember(each for each in reports if not instances.is_noted(each.id))
        quarantine.erase(record for each in entries if each.kind == "erase" for _, record in each.body["records"])


def _form(entry: Entry) -> Row | None:
    said = [entry.body.get(each) for each in ("form", "version", "verb")]
    if not all(isinstance(each, str) and len(each) <= 250 for each in said) or said[2] not in (
        "publish",
        "retire",
        "close",
    ):
        return None
    return (entry.id, *said, named(entry.sealed, "xform") or "", entry.tick, entry.recorded)


def _take_settings(rows: Sequence[Row]) -> None:
    columns = ("entry", "name", "form", "ends", "author", "tick", "recorded", "body")
    sql.insert("intake_form_setting", columns, rows, KNOWN)


def _setting(entry: Entry) -> Row | None:
    """Also from another office, which nobody checked: what has not the shape of such a setting says nothing."""
    body = entry.body if isinstance(entry.body, dict) else {}
    name, form, ends = body.get("name"), body.get("form"), body.get("ends") or ""
    if name not in FORM_SETTINGS or not isinstance(form, str) or not isinstance(ends, str):
        return None
    if not form or len(form) > 250 or len(ends) > 36 or "\\u0000" in entry.body_text:
        return None
    return (entry.id, name, form, ends, entry.author, entry.tick, entry.recorded, entry.body_text)


def _take_verified(rows: Sequence[Row]) -> None:
    sql.insert("intake_verification", ("entry", "report", "author", "tick", "recorded"), rows, KNOWN)


def _verified(entry: Entry) -> Row | None:
    if not entry.is_sound or entry.body["verb"] != FIRST_STEP:
        return None
    return (entry.id, entry.body["report"], entry.author, entry.tick, entry.recorded)
