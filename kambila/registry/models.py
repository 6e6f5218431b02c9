"""What every kind of record shares, and the tables that the registry derives from the journal.

Everything here can be thrown away and derived again; nothing but the projection writes to it.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.registry.fields import PARTNER, PUBLIC, RESTRICTED, Stated, Text


class Tier(models.TextChoices):
    """Who may see a record or a field."""

    PUBLIC = PUBLIC, _("Public")
    PARTNER = PARTNER, _("Partners")
    RESTRICTED = RESTRICTED, _("Restricted")


class Record(models.Model):
    """The base of every kind: one hazardous area, casualty, session, course, site …

    A kind says of itself, as class attributes:

    - ``default_tier``: who may see it; restricted unless it says otherwise
    - ``event_date``: for an event, the field that dates it (``date``, or ``incident__date``); empty for a state
    - ``is_danger``: a report of it is shown as unconfirmed from receipt, and rejecting it needs two people
    - ``two_people``: what makes it stop counting needs two people
    - ``code_prefix``: the middle of its human codes, as in GAO-CAS-00012
    - ``seen_by``: links to organisations whose people may see the record besides the one that reported it
    - ``title_field``: the field that is shown as its title beside the code, if any
    """

    default_tier: ClassVar[str] = RESTRICTED
    event_date: ClassVar[str] = ""
    is_danger: ClassVar[bool] = False
    two_people: ClassVar[bool] = False
    code_prefix: ClassVar[str] = ""
    seen_by: ClassVar[tuple[str, ...]] = ()
    title_field: ClassVar[str] = ""

    # What follows from the reports as a whole, not from a stated value.
    id = models.CharField(primary_key=True, max_length=36)
    record_tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    office = models.CharField(_("office"), max_length=36, db_index=True)
    organisation = models.CharField(_("reporting organisation"), max_length=36, db_index=True)
    information_date = models.DateField(_("date of information"), null=True)
    last_entry = models.CharField(_("last entry"), max_length=36)
    revision = models.BigIntegerField(db_index=True)

    # What any report may state.
    code = Text(_("code"), max_length=60, db_index=True)
    adm1 = Text(_("région"), max_length=20, db_index=True)
    adm2 = Text(_("cercle"), max_length=20, db_index=True)
    adm3 = Text(_("commune"), max_length=20, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code or self.id


def kind_of(model: type[Record]) -> str:
    """The name of a kind in the journal and in forms: `VillageSurvey` is ``village_survey``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def stated_fields(model: type[Record]) -> dict[str, Stated]:
    """The fields that a report may state, by name, in the order of declaration."""
    return {
        field.name: field for field in model._meta.get_fields() if isinstance(field, Stated) and field.derived is None
    }


def derived_fields(model: type[Record]) -> dict[str, Any]:
    """The fields that are computed from others, by name."""
    return {
        field.name: field
        for field in model._meta.get_fields()
        if isinstance(field, Stated) and field.derived is not None
    }
