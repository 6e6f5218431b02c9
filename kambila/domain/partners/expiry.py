"""What expires: accreditations, competences, tests of equipment, procedures, insurances; and the reminders before it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kambila.domain.partners.codes import AccreditationDecision, EquipmentStatus, ProcedureStatus
from kambila.domain.partners.models import Accreditation, Organisation
from kambila.registry import access
from kambila.registry.kinds import model_of

REMINDERS = (14, 60)  # days before something expires, the nearest first
WITHIN = 60
HELD = (AccreditationDecision.GRANTED, AccreditationDecision.PROVISIONAL)
# kind: the field with its last day, and which records are still in use
ENDS: Mapping[str, tuple[str, Q]] = {
    "accreditation": ("expires_on", Q(decision__in=HELD)),
    "competence": ("valid_until", Q(ended_on_first=None)),
    "equipment": ("tested_until", Q(status=EquipmentStatus.IN_USE) | Q(status=None)),
    "procedure": ("review_by", Q(status=ProcedureStatus.APPROVED)),
    "insurance": ("valid_until", Q()),
}


@dataclass(frozen=True)
class Expiry:
    """Something that expires: its last day (a partial date counts by its first), days left (negative: since so long)."""

    kind: str
    id: str
    code: str
    holder: str
    organisation: str
    last: datetime.date
    days_left: int

    @property
    def has_expired(self) -> bool:
        return self.days_left < 0


def ending(day: datetime.date, within: int) -> QuerySet[Accreditation]:
    """Accreditations that are granted and expire within so many days, or have expired; the earliest first."""
    found: QuerySet[Accreditation] = _ending("accreditation", day, within, Accreditation._default_manager.all())
    return found


def expiring(day: datetime.date, within: int = WITHIN, account: Any = None) -> list[Expiry]:
    """All that expires within so many days, or has expired and is still in use; the earliest first.

    With an account: what it sees. What is renewed is stated of the same record, which then leaves the list.
    """
    titles = dict(Organisation._default_manager.values_list("id", "title"))
    found = [each for kind in ENDS for each in _of_kind(kind, day, within, account, titles)]
    return sorted(found, key=lambda each: (each.last, each.organisation, each.code))


def reminders(day: datetime.date) -> list[tuple[Expiry, int]]:
    """(what expires, days before) of the reminder that is due for each; none for what has expired already.

    Where two are due, as for what was granted for a few days, only the nearest.
    """
    soon = [each for each in expiring(day, max(REMINDERS)) if not each.has_expired]
    return [(each, next(days for days in REMINDERS if each.days_left <= days)) for each in soon]


def _ending(kind: str, day: datetime.date, within: int, rows: QuerySet[Any]) -> QuerySet[Any]:
    field, in_use = ENDS[kind]
    until = day + datetime.timedelta(days=within)
    return rows.filter(in_use, **{f"{field}_first__lte": until}).order_by(f"{field}_first", "id")


def _of_kind(
    kind: str, day: datetime.date, within: int, account: Any, titles: Mapping[str, str | None]
) -> Iterator[Expiry]:
    model: Any = model_of(kind)
    rows = model._default_manager.all() if account is None else access.visible(account, model)
    for each in _ending(kind, day, within, rows):
        last = getattr(each, f"{ENDS[kind][0]}_first")
        holder = str(each.holder_id or "")
        yield Expiry(kind, each.id, str(each), holder, titles.get(holder) or "", last, (last - day).days)
