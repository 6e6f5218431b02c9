"""What a page showed of reports, so that the decision that follows is about that and nothing else.

A page carries a signed mark of it; when the decision comes, what is known is looked up again, and where that gives
another mark the page is shown anew instead. What was shown is then the `base` of the acceptance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing

from kambila.intake.decisions import shown_for_each
from kambila.intake.drafts import Known
from kambila.intake.lookup import entries_of
from kambila.intake.review import Finding, review_entry
from kambila.journal.entry import Entry, canonical
from kambila.registry.models import Report

SALT = "kambila.intake.shown"
Base = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Reviewed:
    """A report with what is wrong with it now."""

    report: Report
    entry: Entry
    findings: list[Finding]


@dataclass(frozen=True)
class Shown:
    """A report as a page shows it for a decision, with the `base` of what is known of its fields."""

    reviewed: Reviewed
    base: Base

    @property
    def entry(self) -> Entry:
        return self.reviewed.entry

    @property
    def findings(self) -> list[Finding]:
        return self.reviewed.findings

    def told(self) -> list[Any]:
        """What of it must be the same when the decision comes."""
        found = [[each.code, each.index, each.field] for each in self.findings]
        return [self.entry.id, self.reviewed.report.status, self.base, found]


def reviewed(reports: Sequence[Report]) -> list[Reviewed]:
    """What is wrong with these reports now; what they speak of is looked up for all of them together."""
    entries, known = entries_of([each.id for each in reports]), Known()
    known.learn((change["kind"], change["id"]) for e in entries.values() for change in e.body.get("changes", []))
    return [Reviewed(each, entries[each.id], review_entry(entries[each.id], known)) for each in reports]


def shown(what: Sequence[Reviewed]) -> list[Shown]:
    """What is known now of all that these reports state."""
    bases = shown_for_each({each.entry.id: each.entry for each in what})
    return [Shown(each, bases[each.entry.id]) for each in what]


def mark(account: Any, what: Sequence[Shown]) -> str:
    """A signed mark of what a page shows this account."""
    return signing.dumps([account.username, _digest(what)], salt=SALT)


def is_current(account: Any, what: Sequence[Shown], marked: str) -> bool:
    """Whether what is known now is what the page had shown this account."""
    try:
        return bool(signing.loads(marked, salt=SALT) == [account.username, _digest(what)])
    except signing.BadSignature:
        return False


def _digest(what: Sequence[Shown]) -> str:
    return hashlib.sha256(canonical([each.told() for each in what]).encode()).hexdigest()
