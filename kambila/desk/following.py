"""Where a record stands, which steps can follow, and the questions that a step asks. Generic: it knows no kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from kambila.intake import following
from kambila.journal.errors import Problem
from kambila.registry.fields import Code, PartialDate
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record
from kambila.registry.paths import path_of


@dataclass(frozen=True)
class Question:
    """A field that a step states: what is known of it, or was answered, and what may be chosen."""

    name: str
    title: str
    value: str
    required: bool
    is_date: bool
    choices: tuple[tuple[str, str], ...]


@dataclass
class StepForm:
    """A step that may be taken, with its questions; `problem` is what kept it from being taken."""

    kind: str
    record: Record
    step: following.Offered
    given: Mapping[str, str]
    problem: Problem | None = field(default=None)

    def questions(self) -> list[Question]:
        path = path_of(self.kind)
        asked = path.asks(getattr(self.record, path.field), self.step.value)
        dated = [path.today[self.step.value]] if self.step.value in path.today else []
        return [self._question(name, name in asked) for name in dict.fromkeys([*asked, *dated])]

    def _question(self, name: str, required: bool) -> Question:
        declared = plan_of(self.kind).stated[name]
        known = "" if name in self.step.asks else getattr(self.record, name) or ""
        choices = tuple(declared.choices or ()) if isinstance(declared, Code) else ()
        value = self.given.get(name, "" if choices else str(known))
        return Question(name, str(declared.verbose_name), value, required, isinstance(declared, PartialDate), choices)

    def take(self, account: Any) -> bool:
        """Whether the step was taken with what was given."""
        said = {each.name: each.value for each in self.questions() if each.value}
        reason, answer = self.given.get("reason", ""), self.given.get("answer", "")
        try:
            following.take(self.kind, self.record.id, self.step.value, account.username, reason, said, answer)
        except Problem as problem:
            self.problem = problem
        return self.problem is None

    @property
    def is_doubtful(self) -> bool:
        """Whether a warning waits for an answer."""
        return self.problem is not None and self.problem.code == "warnings-unanswered"


def shown(account: Any, record: Record, kind: str) -> dict[str, Any]:
    """Where a record stands and what may follow; empty where the account decides nothing about it."""
    if not following.may_step(account, record, kind):
        return {}
    path = path_of(kind)
    labels = dict(plan_of(kind).stated[path.field].choices or ())
    status = getattr(record, path.field)
    return {"now": labels.get(status, status), "next": following.offered(account, record, kind)}


def form_of(request: HttpRequest, record: Record, kind: str) -> StepForm | None:
    """The form of the step that the address names; None for one that may not follow."""
    offered = {each.value: each for each in following.offered(request.user, record, kind)}
    step = offered.get(request.GET.get("step", ""))
    return StepForm(kind, record, step, request.POST) if step else None
