"""Human codes: given at the door with the node's prefix, looked up from what was typed, never counted afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.db.models import Max, Q

from kambila.intake.models import TakenCode
from kambila.journal import directory
from kambila.registry import same
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Code

NUMBERED = re.compile(r"(.+)-(\d{1,12})")
EXAMPLE = "EX-"

# The greatest number that was given in this process and may not have reached the database yet: several reports are
# written in one transaction, each under the lock of the journal.
_given: dict[tuple[str, str], int] = {}


@dataclass
class Codes:
    """Codes as they are seen while reports are written: with those that the same batch has given before."""

    pending: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def resolve(self, kind: str, code: str) -> str | None:
        """The record that a code (or a P-code) leads to; None when there is none, or more than one."""
        key = (kind, code)
        if key in self.pending:
            return self.pending[key]
        if key not in self.known:
            self.known[key] = find(kind, code)
        return self.known[key]

    def give(self, kind: str, record: str) -> str:
        """The next free code for a new record."""
        prefix = kinds()[kind].code_prefix or kind.upper()
        code = next_code(prefix)
        self.pending[kind, code] = record
        return code

    def note(self, kind: str, code: str, record: str) -> None:
        """A code that a report of this batch states itself."""
        self.pending[kind, code] = record


def next_code(middle: str) -> str:
    """The next code of a series: GAO-CAS-00012. To be called while the journal's lock is held (see `append`)."""
    node = directory.current().node
    prefix = EXAMPLE if node.example and not node.prefix.startswith(EXAMPLE) else ""
    stem = f"{prefix}{node.prefix}-{middle}"
    key = (str(directory.current().path), stem)
    known = TakenCode.objects.filter(stem=stem).aggregate(Max("number"))["number__max"] or 0
    _given[key] = max(known, _given.get(key, 0)) + 1
    return f"{stem}-{_given[key]:05}"


def find(kind: str, code: str) -> str | None:
    """The record of a kind that bears a code or P-code, now or formerly, or in a report that waits."""
    model = kinds()[kind]
    names = Q(code=code) | Q(pcode=code) if "pcode" in plan_of(kind).stated else Q(code=code)
    found = list(model._default_manager.filter(names).values_list("id", flat=True)[:2])
    if not found:
        found = list(Code.objects.filter(kind=kind, code=code).values_list("record", flat=True)[:2])
    if not found:
        found = list(TakenCode.objects.filter(kind=kind, code=code).values_list("record", flat=True).distinct()[:2])
    found = list({same.roots_of(kind, found).get(each, each) for each in found}) if len(found) > 1 else found
    return found[0] if len(found) == 1 else None


def has_code(kind: str, record: str) -> bool:
    """Whether some report has given this record a code."""
    return TakenCode.objects.filter(kind=kind, record=record).exists()


class Resolver:
    """Finds records by code; each code of a submission is looked up once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], str | None] = {}

    def __call__(self, kind: str, code: str) -> str | None:
        if (kind, code) not in self._found:
            self._found[kind, code] = resolve(kind, [code]).get(code)
        return self._found[kind, code]
