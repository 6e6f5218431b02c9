"""What waits to be followed to its end: non-conformities, lessons of demining accidents, visits to land in use.

Other areas' records are found by the names of their kinds; an area imports no other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations.codes import CorrectionStatus
from kambila.domain.operations.models import NonConformity
from kambila.registry import access
from kambila.registry.kinds import model_of

LEARN_WITHIN = datetime.timedelta(
    days=30
)  # a lesson of a demining accident is recorded (IMAS 10.60; unverified, proposal)
ROUNDS = {"six_months": 183, "twelve_months": 365}  # days after a handover
GRACE = 31  # the visit of a round may come so many days before it

OVERDUE, NO_LESSON, LAND_USE = "overdue", "no_lesson", "land_use"
WORDS = {
    OVERDUE: _("the non-conformity is overdue"),
    NO_LESSON: _("no lesson of the demining accident is recorded"),
    LAND_USE: _("the land that was handed over is to be visited"),
}


@dataclass(frozen=True)
class Due:
    """Something to be done: `what` is one of the three above, the record that it is about, and since when it is due."""

    what: str
    kind: str
    id: str
    code: str
    day: datetime.date

    @property
    def words(self) -> str:
        return str(WORDS[self.what])


def due(day: datetime.date, account: Any = None) -> list[Due]:
    """All that is due on a day, that for longest first; with an account: of the records that it sees."""
    found = [*overdue(day, account), *_unlearned(day, account), *_land_in_use(day, account)]
    return sorted(found, key=lambda each: (each.day, each.code))


def _rows(kind: str, account: Any) -> Any:
    model: Any = model_of(kind)
    return model._default_manager.all() if account is None else access.visible(account, model)


def overdue(day: datetime.date, account: Any = None) -> Iterator[Due]:
    """Non-conformities that were to be put right before a day and are not verified."""
    rows = _rows("non_conformity", account).exclude(status=CorrectionStatus.VERIFIED).filter(due_on_last__lt=day)
    for each in rows:
        yield Due(OVERDUE, "non_conformity", each.id, str(each), each.due_on_last)


def _unlearned(day: datetime.date, account: Any) -> Iterator[Due]:
    """Demining accidents of which nobody has recorded a lesson."""
    learned = NonConformity._default_manager.exclude(incident=None).values("incident_id")
    rows = _rows("incident", account).filter(category="demining", date_last__lte=day - LEARN_WITHIN)
    for each in rows.exclude(pk__in=learned):
        yield Due(NO_LESSON, "incident", each.id, str(each), each.date_last + LEARN_WITHIN)


def _land_in_use(day: datetime.date, account: Any) -> Iterator[Due]:
    """Handovers after which a round of visits is due and was not made; a round that the next one overtook is left out."""
    visits: Any = model_of("land_use_visit")
    made = set(visits._default_manager.values_list("handover_id", "round"))
    for each in _rows("handover", account).exclude(date_last=None):
        passed = [
            name for name, days in ROUNDS.items() if day >= each.date_last + datetime.timedelta(days=days - GRACE)
        ]
        if passed and (each.id, passed[-1]) not in made:
            yield Due(
                LAND_USE, "handover", each.id, str(each), each.date_last + datetime.timedelta(days=ROUNDS[passed[-1]])
            )
