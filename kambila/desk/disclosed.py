"""What a record's page says of its disclosure, to those who see it without one."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.registry import access
from kambila.registry.fields import PARTNER, PUBLIC
from kambila.registry.models import Record

AUDIENCES = {PUBLIC: gettext_lazy("everyone"), PARTNER: gettext_lazy("partners")}


def sentences(record: Record) -> list[str]:
    """To whom it is open today, how exactly its place is told, and until when; nothing where it is not disclosed."""
    tier, place = access.tier_now(record), access.place_tier_now(record)
    if tier == record.default_tier:
        return []
    opened = _("It is disclosed to %(audience)s.") % {"audience": AUDIENCES[tier]}
    if place is None:
        exactly = _("Of where it is they are told the commune.")
    else:
        exactly = _("Its exact place is open to %(audience)s.") % {"audience": AUDIENCES[place]}
    return [*_until(opened, record.tier_until), *_until(exactly, record.place_until if place else None)]


def _until(sentence: str, day: datetime.date | None) -> list[str]:
    if day is None:
        return [sentence]
    return [sentence, _("This ends after %(day)s.") % {"day": date_format(day)}]
