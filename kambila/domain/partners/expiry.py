"""Which accreditations end soon: for the list, and for the reminders before it happens."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from kambila.domain.partners.codes import AccreditationDecision
from kambila.domain.partners.models import Accreditation

REMINDERS = (14, 60)  # days before an accreditation expires, the nearest first
HELD = (AccreditationDecision.GRANTED, AccreditationDecision.PROVISIONAL)


def ending(day: datetime.date, within: int) -> QuerySet[Accreditation]:
    """Accreditations that are granted and expire within so many days, or have expired; the earliest first."""
    until = day + datetime.timedelta(days=within)
    found = Accreditation._default_manager.filter(decision__in=HELD, expires_on_first__lte=until)
    return found.order_by("expires_on_first", "id")


def reminders(day: datetime.date) -> list[tuple[Accreditation, int]]:
    """(accreditation, days before) of the reminder that is due for each; none for what has expired already.

    Where two are due, as for one that was granted for a few days, only the nearest.
    """
    soon = ending(day, max(REMINDERS)).filter(expires_on_first__gte=day)
    return [(each, _nearest(each, day)) for each in soon]


def _nearest(accreditation: Accreditation, day: datetime.date) -> int:
    left = datetime.date.fromisoformat(str(vars(accreditation)["expires_on_first"])) - day
    return next(each for each in REMINDERS if left.days <= each)
