"""How an organisation stands with quality: good, warned, under special monitoring, or its operations suspended.

The ladder is a rule over records, never typed: what quality visits found, what is not put right, and what was done at once.
The names follow common practice; the limits are a proposal (IMAS 07.30 and 07.40; unverified).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kambila.domain.operations.codes import CorrectionStatus, Measure, Severity, VisitResult
from kambila.domain.operations.models import NonConformity, QualityVisit
from kambila.registry.findings import Ref, ref
from kambila.registry.models import Record

MANY_MAJOR = 3  # so many major ones open at once are more than a warning


class Step(TextChoices):
    """The steps of the ladder, the gravest last."""

    GOOD = "good", pgettext_lazy("standing", "Good")
    WARNING = "warning", gettext_lazy("Warned")
    MONITORING = "monitoring", gettext_lazy("Special monitoring")
    SUSPENDED = "suspended", gettext_lazy("Operations suspended")


LADDER = list(Step)
MEASURES = {
    Measure.SUSPENSION: Step.SUSPENDED,
    Measure.MONITORING: Step.MONITORING,
    Measure.WARNING: Step.WARNING,
}


@dataclass(frozen=True)
class Standing:
    """A step of the ladder, the sentence that says why, and the records (kind, id, code) that it rests on."""

    step: Step
    sentence: str
    records: tuple[Ref, ...] = ()

    @property
    def may_work(self) -> bool:
        return self.step != Step.SUSPENDED


@dataclass(frozen=True)
class _Ground:
    step: Step
    sentence: str
    record: Record


def standing(operator: str, day: datetime.date) -> Standing:
    """How an organisation (UUID) stood on a day, as far as it is known now. Nothing known of it is no fault."""
    return standings([operator], day)[operator]


def standings(operators: Collection[str], day: datetime.date) -> dict[str, Standing]:
    """The same of several organisations, with two questions for all of them."""
    visits = _visits(operators, day)
    grounds: dict[str, list[_Ground]] = defaultdict(list)
    for operator, found in visits.items():
        grounds[operator] += _of_visits(found)
    for operator, wrong in _open(operators, day).items():
        grounds[operator] += _of_non_conformities(wrong, day)
    return {each: _gravest(grounds[each]) for each in operators}


def is_open(row: Any, day: datetime.date) -> bool:
    """Whether a non-conformity was not yet verified as put right on a day; without that day it is since ever."""
    if row.status != CorrectionStatus.VERIFIED:
        return True
    return bool(row.verified_on_last and row.verified_on_last > day)


def is_overdue(row: Any, day: datetime.date) -> bool:
    """Whether the day on which it was to be put right has passed."""
    return bool(row.due_on_last and row.due_on_last < day)


def _visits(operators: Collection[str], day: datetime.date) -> Mapping[str, list[Any]]:
    """The visits of each organisation up to a day, the earliest first."""
    found: dict[str, list[Any]] = defaultdict(list)
    rows = QualityVisit._default_manager.filter(operator__in=operators, date_last__lte=day)
    seen = rows.only("id", "code", "operator_id", "date_last", "result", "measures")
    for each in seen.order_by("date_last", "id"):
        found[str(vars(each)["operator_id"])].append(each)
    return found


def _open(operators: Collection[str], day: datetime.date) -> Mapping[str, list[Any]]:
    """The non-conformities of each organisation that were known and open on a day."""
    concerned = Q(operator__in=operators) | Q(operator=None, visit__operator__in=operators)
    rows: Any = NonConformity._default_manager.filter(concerned).order_by("id")
    dates = _dates({each.visit_id for each in rows} - {None})
    found: dict[str, list[Any]] = defaultdict(list)
    for each in rows:
        visited, of_visit = dates.get(each.visit_id, (None, ""))
        if is_open(each, day) and not (visited and visited > day):
            found[each.operator_id or of_visit].append(each)
    return found


def _dates(visits: Iterable[str]) -> dict[str, tuple[datetime.date | None, str]]:
    """(first day, organisation) of visits."""
    rows = QualityVisit._default_manager.filter(pk__in=list(visits)).values_list("id", "date_first", "operator_id")
    return {id: (first, operator) for id, first, operator in rows}


def _of_visits(visits: Iterable[Any]) -> Iterator[_Ground]:
    """What visits laid upon an organisation and no later visit that was passed has lifted."""
    laid: list[tuple[Step, Any]] = []
    for each in visits:
        said = [step for measure, step in MEASURES.items() if measure in (each.measures or ())]
        if not said and each.result == VisitResult.PASSED:
            laid = []
        laid += [(step, each) for step in said]
    sentences = {
        Step.SUSPENDED: _("the visit %(record)s stopped the work, and none was passed since"),
        Step.MONITORING: _("the visit %(record)s put it under special monitoring, and none was passed since"),
        Step.WARNING: _("the visit %(record)s warned it, and none was passed since"),
    }
    yield from (_Ground(step, sentences[step] % {"record": each}, each) for step, each in laid)


def _of_non_conformities(rows: list[Any], day: datetime.date) -> Iterator[_Ground]:
    """What is not put right. One whose severity is not known counts as critical: what is unknown is never safe."""
    many = sum(each.severity == Severity.MAJOR for each in rows) >= MANY_MAJOR
    for each in rows:
        said = {"record": each}
        if each.severity in (Severity.CRITICAL, None):
            yield _Ground(Step.SUSPENDED, _("the critical non-conformity %(record)s is open") % said, each)
        elif each.status == CorrectionStatus.ESCALATED:
            yield _Ground(Step.MONITORING, _("the non-conformity %(record)s was escalated") % said, each)
        elif each.severity == Severity.MAJOR and is_overdue(each, day):
            yield _Ground(Step.MONITORING, _("the major non-conformity %(record)s is overdue") % said, each)
        elif each.severity == Severity.MAJOR:
            step = Step.MONITORING if many else Step.WARNING
            yield _Ground(step, _("the major non-conformity %(record)s is open") % said, each)
        elif each.severity == Severity.MINOR and is_overdue(each, day):
            yield _Ground(Step.WARNING, _("the minor non-conformity %(record)s is overdue") % said, each)


def _gravest(grounds: list[_Ground]) -> Standing:
    if not grounds:
        return Standing(Step.GOOD, _("Nothing stands against it."))
    step = max((each.step for each in grounds), key=LADDER.index)
    rest_on = [each for each in grounds if each.step == step]
    sentence = _("%(step)s: %(why)s.") % {"step": step.label, "why": "; ".join(each.sentence for each in rest_on)}
    return Standing(step, sentence, tuple(ref(each.record) for each in rest_on))
