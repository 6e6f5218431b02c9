"""How many quality visits a month an organisation should have, by its risk (a proposal; IMAS 07.40, unverified).

What speaks for a higher risk is taken from records, the gravest first: an accident, bad standing, being new. An office
plans what it can (`VisitPlan`); what the risk asks for stands beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from kambila.domain.operations.codes import CorrectionStatus, VisitRisk
from kambila.domain.operations.models import NonConformity, QualityVisit
from kambila.domain.operations.standing import Standing, Step
from kambila.registry.kinds import model_of

RECENT = datetime.timedelta(days=90)  # so long after an accident, and after the first visit
PER_MONTH = {
    VisitRisk.ACCIDENT: 4,
    VisitRisk.NON_CONFORMITY: 3,
    VisitRisk.NEW: 2,
    VisitRisk.METHOD: 2,
    VisitRisk.ROUTINE: 1,
}


def risks(standings: dict[str, Standing], day: datetime.date) -> dict[str, VisitRisk]:
    """The risk of each organisation (UUID) on a day. METHOD is for people to state: no record says that a method is new."""
    hurt, known = _accidents(standings, day), _known(standings, day)
    return {id: _risk(id, each, hurt, known) for id, each in standings.items()}


def _risk(id: str, standing: Standing, hurt: Collection[str], known: Collection[str]) -> VisitRisk:
    if id in hurt:
        return VisitRisk.ACCIDENT
    if standing.step != Step.GOOD:
        return VisitRisk.NON_CONFORMITY
    return VisitRisk.ROUTINE if id in known else VisitRisk.NEW


def _accidents(operators: Collection[str], day: datetime.date) -> set[str]:
    """Those that an accident still has something to teach, that had one or were visited because of one not long ago."""
    lessons: Any = NonConformity._default_manager.filter(operator__in=operators).exclude(incident=None)
    unlearned = lessons.exclude(status=CorrectionStatus.VERIFIED).values_list("operator_id", flat=True)
    since = {"date_last__gt": day - RECENT, "date_last__lte": day}
    visits: Any = QualityVisit._default_manager.filter(operator__in=operators, **since).exclude(incident=None)
    return {*unlearned, *visits.values_list("operator_id", flat=True), *_had(operators, day)}


def _had(operators: Collection[str], day: datetime.date) -> set[str]:
    """Those at whose work an accident happened, not long ago or of which the lesson is not recorded or not verified."""
    lessons = NonConformity._default_manager.exclude(incident=None)
    open_ = set(lessons.exclude(status=CorrectionStatus.VERIFIED).values_list("incident_id", flat=True))
    learned = set(lessons.values_list("incident_id", flat=True)) - open_
    incident: Any = model_of("incident")
    accidents = incident._default_manager.filter(operator__in=operators, category="demining", date_last__lte=day)
    happened = accidents.values_list("id", "operator_id", "date_last")
    return {operator for id, operator, date in happened if id not in learned or date > day - RECENT}


def _known(operators: Collection[str], day: datetime.date) -> set[str]:
    """Those whose work was seen long enough ago to be known."""
    seen: Any = QualityVisit._default_manager.filter(operator__in=operators, date_last__lte=day - RECENT)
    return set(seen.values_list("operator_id", flat=True))
