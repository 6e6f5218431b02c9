"""What was given back to whoever sent it: which report, and what must be mended, in words that identify nobody.

It is what a phone gets as the entity list `returned`, so a phone that is lost tells no name. The words are those of the
person who returned the report; of these, what the report itself holds sealed about people is struck out, and so is what
looks like a number by which somebody can be reached. Where what is sealed cannot be read, no words are handed out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kambila.intake.lookup import entries_of
from kambila.intake.waiting import own
from kambila.journal.entry import Entry
from kambila.journal.models import EntryRow
from kambila.journal.parts import named, read_part
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Report

STRUCK = "…"
NUMBER = re.compile(r"\+?\d[\d .\-/]{4,}\d")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # letters of a word that is looked for


@dataclass(frozen=True)
class Returned:
    """A report that was returned. `mend` has no personal value in it; `date` is the UTC day of the return."""

    report: str
    code: str
    form: str
    version: str
    instance: str
    mend: str
    date: str


def returned_to(account: Any) -> list[Returned]:
    """What was returned to an account and has not been sent anew, the latest first."""
    reports = list(still_returned(account)[:200])
    entries = entries_of([each.id for each in reports])
    said = reasons(each.decision for each in reports)
    return [_row(report, entries[report.id], *said.get(report.decision, ("", ""))) for report in reports]


def still_returned(account: Any) -> Any:
    """The reports that were returned to an account and that no later one restates, as a query."""
    mended = Exists(Report.objects.filter(edits=OuterRef("pk")))
    return own(account).filter(~mended, status=Report.Status.RETURNED).order_by("-tick", "-id")


def reasons(decisions: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(reason, moment of recording) by the id of a decision; empty where the reason is not held here."""
    rows = EntryRow._default_manager.filter(id__in=list(decisions)).values_list("id", "sealed", "recorded")
    found = {}
    for id, sealed, recorded in rows:
        commitment = named(orjson.loads(sealed), "reason")
        content = read_part(commitment) if commitment else None
        found[id] = ((content or b"").decode(errors="replace"), recorded)
    return found


def _row(report: Report, entry: Entry, reason: str, recorded: str) -> Returned:
    personal = _personal(entry)
    ask = _("Ask the office that returned it what must be mended.")
    mend = ask if personal is None or not reason else without(reason, personal)
    return Returned(report.id, str(report), report.form, report.version, report.instance, mend, recorded[:10])


def without(text: str, personal: Iterable[str]) -> str:
    """A text without these values: neither as a whole nor by any word of theirs, whatever accents and capitals."""
    words = {_plain(word) for value in personal for word in WORD.findall(value) if len(word) >= SHORTEST}
    numbers = {digits for value in personal if len(digits := re.sub(r"\D", "", value)) >= SHORTEST}
    text = WORD.sub(lambda found: STRUCK if _plain(found[0]) in words else found[0], text)
    text = NUMBER.sub(lambda found: found[0] if DAY.fullmatch(found[0]) else STRUCK, text)
    return re.sub(r"\d+", lambda found: STRUCK if found[0] in numbers else found[0], text)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


def _personal(entry: Entry) -> list[str] | None:
    """Every value of the report that identifies a person; None when one of them cannot be read here."""
    found: list[str] = []
    for change in entry.body.get("changes", []):
        declared = plan_of(change["kind"]).stated if change["kind"] in kinds() else {}
        for field, part in change.get("sealed", {}).items():
            if field in declared and not declared[field].personal:
                continue
            value = _opened(entry, part, field)
            if value is None:
                return None
            found.append(value)
    return found


def _opened(entry: Entry, part: str, field: str) -> str | None:
    commitment = named(entry.sealed, part)
    content = read_part(commitment) if commitment else None
    stated: Mapping[str, Any] = json.loads(content) if content is not None else {}
    return None if content is None else str(stated.get(field) or "")
