"""Where a record stands and stood, what may follow and what keeps it from that, and the questions that a step asks.

Generic: it knows no kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kambila.desk.values import day
from kambila.intake import stepping
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.fields import Code, Link, PartialDate
from kambila.registry.findings import FORBIDS, NEEDS_REASON, Finding, hidden_from
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.models import Record
from kambila.registry.paths import has_path, path_of

Row = dict[str, Any]
ANSWERED = ("warnings-unanswered", "step-needs-reason")  # what a further sentence answers


@dataclass(frozen=True)
class Question:
    """A field that a step states: what is known of it, or was answered, and what may be chosen."""

    name: str
    title: str
    value: str
    required: bool
    hint: str
    choices: tuple[tuple[str, str], ...]


@dataclass
class StepForm:
    """A step that may be taken, with its questions and what the guards say; `problem` is what kept it from being taken."""

    kind: str
    record: Record
    step: stepping.Next
    given: Mapping[str, str]
    told: list[Row] = field(default_factory=list)
    problem: Problem | None = field(default=None)

    def questions(self) -> list[Question]:
        path, step = path_of(self.kind), self.step.status
        asked = path.asks(getattr(self.record, path.field), step)
        dated = [path.today[step]] if step in path.today else []
        return [
            self._question(name, name in asked) for name in dict.fromkeys([*asked, *path.offers.get(step, ()), *dated])
        ]

    def _question(self, name: str, required: bool) -> Question:
        path, declared = path_of(self.kind), plan_of(self.kind).stated[name]
        anew = name in self.step.asks or (name in path.today.values() and name not in path.keeps)
        known = "" if anew else self._known(name)
        choices = tuple(declared.choices or ()) if isinstance(declared, Code) else ()
        if name in path.choices:
            choices = tuple(path.choices[name]())
        value = self.given.get(name, "" if choices else known)
        hint = (
            _("As 2014-06-20.")
            if isinstance(declared, PartialDate)
            else _("Its code.")
            if isinstance(declared, Link)
            else ""
        )
        return Question(name, str(declared.verbose_name), value, required, hint, choices)

    def _known(self, name: str) -> str:
        """What is known of a field; of a link the code that it leads to."""
        plan = plan_of(self.kind)
        value = getattr(self.record, plan.stated[name].attname) or ""
        if name in plan.links:
            value = model_of(plan.links[name])._default_manager.filter(pk=value).first() or ""
        return str(value)

    def take(self, account: Any) -> bool:
        """Whether the step was taken with what was given."""
        said = {each.name: each.value for each in self.questions() if each.value}
        reason, answer = self.given.get("reason", ""), self.given.get("answer", "")
        try:
            stepping.take(self.kind, self.record.id, self.step.status, account.username, reason, said, answer)
        except Problem as problem:
            self.problem = problem
        return self.problem is None

    @property
    def asks_why(self) -> bool:
        """Whether something must be answered, or signed in spite of it."""
        doubted = self.problem is not None and self.problem.code in ANSWERED
        return doubted or any(each.weight == NEEDS_REASON for each in self.step.findings)


def shown(account: Any, record: Record, kind: str) -> Row:
    """Where a record stands and stood, for everybody who sees it; what may follow for those who may decide about it."""
    if not has_path(kind):
        return {}
    decides = stepping.may_step(account, record)
    following = stepping.next_of(record) if decides else []
    hidden = hidden_from(account, [said for each in following for said in each.findings])
    return {
        "states": _states(account, record, kind),
        "decides": decides,
        "next": [_step(each, hidden) for each in following],
    }


def form_of(request: HttpRequest, record: Record, kind: str) -> StepForm | None:
    """The form of the step that the address names; None for one that may not follow."""
    offered = stepping.next_of(record) if has_path(kind) and stepping.may_step(request.user, record) else []
    step = next((each for each in offered if each.status == request.GET.get("step")), None)
    if step is None:
        return None
    return StepForm(kind, record, step, request.POST, told(step.findings, hidden_from(request.user, step.findings)))


def told(findings: Iterable[Finding], hidden: set[str]) -> list[Row]:
    """Findings with links to those of their records that may be seen."""
    return [
        {
            "weight": said.weight,
            "sentence": said.told(hidden),
            "links": [
                (code, reverse("review", args=[id]) if kind == "report" else reverse("record", args=[kind, id]))
                for kind, id, code in said.records
                if kind and id not in hidden
            ],
        }
        for said in findings
    ]


def _step(each: stepping.Next, hidden: set[str]) -> Row:
    return {
        "status": each.status,
        "word": each.word,
        "findings": told(each.findings, hidden),
        "forbidden": each.weight == FORBIDS,
        "needs_reason": any(said.weight == NEEDS_REASON for said in each.findings),
    }


def _states(account: Any, record: Record, kind: str) -> list[Row]:
    """The states, the latest first; why and by whom for those who may see the decision."""
    past, path = stepping.past_of(record), path_of(kind)
    entries = [each.decision for each in past] + [each.report for each in past]
    seen = set(openness.entries(account).filter(id__in=entries).values_list("id", flat=True))
    return [
        {
            "word": path.word(each.status),
            "date": day(each.date),
            "author": each.author if each.decision in seen else "",
            "reason": each.reason if each.decision in seen else "",
            "despite": each.despite if each.decision in seen else "",
            "url": reverse("entry", args=[each.report]) if each.report in seen else "",
            "code": each.code.removeprefix(each.report) or each.report[:8] if each.report in seen else "",
        }
        for each in reversed(past)
    ]
