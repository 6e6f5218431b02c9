"""What keeps a record from a step: findings, each a sentence and the records behind it, and what of them may be shown.

A finding *forbids*, or *needs a reason* (a signed one, kept beside the decision), or *warns*, or *speaks for* the step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy

from kambila.registry import access, openness
from kambila.registry.kinds import model_of
from kambila.registry.models import Record, Report, kind_of

FORBIDS, NEEDS_REASON, WARNS, SPEAKS_FOR = WEIGHTS = ("forbids", "needs_reason", "warns", "speaks_for")
CLOSED_TO_YOU = gettext_lazy("a record that you may not see")
Ref = tuple[str, str, str]  # kind (report for a report), id, code


@dataclass(frozen=True)
class Finding:
    """What a guard says. The sentence may show %(records)s; `records` are those that it rests on."""

    guard: str
    weight: str
    sentence: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    records: tuple[Ref, ...] = ()

    def told(self, hidden: Collection[str] = ()) -> str:
        """The sentence, with the codes of its records; of those whose ids are `hidden` only that there are some."""
        named = [code if id not in hidden else str(CLOSED_TO_YOU) for _kind, id, code in self.records]
        return str(self.sentence) % {**self.values, "records": ", ".join(dict.fromkeys(named))}


def ref(record: Any) -> Ref:
    """How a finding names a record, or a report."""
    if isinstance(record, Report):
        return "report", record.id, str(record)
    model: type[Record] = type(record)
    return kind_of(model), record.id, str(record)


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order of their weight; what is said twice is told once."""
    once = {each.told(): each for each in findings}
    return sorted(once.values(), key=lambda each: WEIGHTS.index(each.weight))


def of_weight(findings: Iterable[Finding], weight: str, hidden: Collection[str] = ()) -> str:
    """The sentences of one weight, one after the other; empty where there is none."""
    return " ".join(each.told(hidden) for each in findings if each.weight == weight)


def hidden_from(account: Any, findings: Iterable[Finding]) -> set[str]:
    """The ids of records and reports behind findings that an account may not see: their codes are not for it."""
    named = {(kind, id) for said in findings for kind, id, _code in said.records}
    seen: set[str] = set()
    for kind in {kind for kind, _id in named if kind}:
        ids = {id for its, id in named if its == kind}
        if kind == "report":
            seen |= set(openness.reports(account).filter(pk__in=ids).values_list("pk", flat=True))
        else:
            shown = access.visible(account, model_of(kind)).filter(pk__in=ids)
            seen |= set(shown.values_list("pk", flat=True))
    return {id for _kind, id in named} - seen
