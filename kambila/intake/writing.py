"""Writing a decision to the journal, and telling what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kambila.journal import Draft, Part, append
from kambila.journal.entry import Entry, canonical
from kambila.journal.errors import Problem
from kambila.registry.models import Change, Conflict, Decision


@dataclass(frozen=True)
class Result:
    """What became of a decision. `waits`: it has no effect until a second person countersigns it.

    `conflicts` are (kind, record, field) that reports disagree on, on the records concerned; `told` is what else is to be
    said of what it brings back.
    """

    id: str
    verb: str
    effective: bool
    waits: bool
    conflicts: tuple[tuple[str, str, str], ...] = ()
    told: tuple[str, ...] = ()

    @property
    def remains(self) -> list[str]:
        """What is left to do or to be known, as sentences."""
        found = list(self.told)
        if self.waits:
            found.append(
                _("Without effect until another person countersigns: kambila countersign %(id)s") % {"id": self.id}
            )
        if self.conflicts:
            fields = ", ".join(sorted({name or _("the report") for _kind, _record, name in self.conflicts}))
            found.append(_("Reports disagree on: %(fields)s. See `kambila conflicts`.") % {"fields": fields})
        return found


def decide(author: str, body: Mapping[str, Any], reason: str, answers: Mapping[str, str] | None = None) -> Result:
    """Write one decision. Raises Problem without a reason."""
    entry = append([draft(author, body, reason, answers)])[0]
    return results([entry])[0]


def draft(
    author: str, body: Mapping[str, Any], reason: str, answers: Mapping[str, str] | None = None, kind: str = "decision"
) -> Draft:
    """An entry with its reason, and the answers to warnings (by the code of the finding), sealed beside it."""
    if not reason.strip():
        raise Problem("no-reason")
    parts = {"reason": Part("text/plain", reason.strip().encode())}
    if answers:
        parts["answers"] = Part("application/json", canonical(dict(answers)).encode())
    return Draft(kind, author, body, parts)


def results(entries: Sequence[Entry], with_conflicts: bool = True) -> list[Result]:
    """What became of decisions that were just written."""
    rows = Decision.objects.in_bulk([entry.id for entry in entries])
    found = []
    for entry in entries:
        row = rows[entry.id]
        conflicts = conflicts_of(row) if with_conflicts and row.effective else ()
        found.append(Result(entry.id, row.verb, row.effective, row.waits, conflicts))
    return found


def conflicts_of(decision: Decision) -> tuple[tuple[str, str, str], ...]:
    """The conflicts on what a decision is about."""
    if decision.kind:
        found = Conflict.objects.filter(kind=decision.kind, record__in=[decision.record, decision.other])
    else:
        said = Change.objects.filter(entry=decision.record).values("record")
        found = Conflict.objects.filter(record__in=said) | Conflict.objects.filter(
            kind="report", sides__contains=decision.record
        )
    return tuple(sorted(set(found.values_list("kind", "record", "field"))))
