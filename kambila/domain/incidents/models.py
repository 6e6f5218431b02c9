"""Incidents and casualties."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.incidents.codes import AgeGroup, Category, Outcome, Sex
from kambila.registry.fields import Code, Link, Narrative, PartialDate, Personal, Shape, Text, Whole, derived
from kambila.registry.models import Record


def age_group(values: Mapping[str, Any]) -> str:
    """Child under 18, adult from 18; unknown when the age is."""
    age = values.get("age")
    return AgeGroup.UNKNOWN if age is None else AgeGroup.CHILD if age < 18 else AgeGroup.ADULT


class Incident(Record):
    """An accident with an explosive device, or an attack with one."""

    event_date = "date"
    is_danger = True
    code_prefix = "INC"

    category = Code(Category, _("category"), required=True)
    date = PartialDate(_("date"), required=True)
    location = Shape("Point", verbose_name=_("place"))
    locality = Text(_("nearest village"))
    circumstances = Narrative(_("what happened"))

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")


class Casualty(Record):
    """A person killed or injured. Never "victim", which includes families and communities."""

    event_date = "incident__date"
    code_prefix = "CAS"

    incident = Link(Incident, verbose_name=_("incident"), required=True)
    full_name = Personal(_("name"))
    sex = Code(Sex, _("sex"), required=True)
    age = Whole(_("age at the time, in years"))
    age_group = derived(Code(AgeGroup, _("age group")), age_group)
    outcome = Code(Outcome, _("outcome"), required=True)

    class Meta:
        verbose_name = _("casualty")
        verbose_name_plural = _("casualties")
