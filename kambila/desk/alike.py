"""What the records of a report may be already, beside the report under review."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from kambila.intake.drafts import drafts_of
from kambila.intake.matching.candidates import Candidate, Finder
from kambila.journal.entry import Entry
from kambila.registry import same
from kambila.registry.kinds import kinds, model_of

MOST = 5  # candidates of one record
LOOKED_AT = 20  # new records of one report


@dataclass(frozen=True)
class Alike:
    """A record of the report, and what it may be."""

    title: str
    code: str
    kind: str
    id: str
    found: list[tuple[Candidate, str, int]]  # candidate, address, percent


def alike(account: Any, entry: Entry, open_kinds: Collection[str]) -> list[Alike]:
    """Of the records that a report creates, those that may be known already, as far as this account may know it."""
    drafts = [each for each in drafts_of(entry) if each.kind in kinds() and each.kind in open_kinds and each.is_new]
    finder, found = Finder(account), []
    for draft in drafts[:LOOKED_AT]:
        own = {draft.id, *same.roots_of(draft.kind, [draft.id]).values()}
        likely = finder.candidates(draft.kind, draft.stated, own, MOST)
        if likely:
            title = capfirst(str(model_of(draft.kind)._meta.verbose_name))
            said = [(each, address(each.kind, each.id, each.report), round(each.score * 100)) for each in likely]
            code = str(draft.stated.get("code") or draft.id[:8])
            found.append(Alike(title, code, draft.kind, draft.id, said))
    return found


def address(kind: str, id: str, report: str) -> str:
    """Where a record is looked at: one that only waits, in the review of its report."""
    return reverse("review", args=[report]) if report else reverse("record", args=[kind, id])
