"""Assistance and referrals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.assistance import codes
from kambila.registry.fields import (
    Code,
    Link,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Text,
    Whole,
    YesNo,
    YesNoUnknown,
    derived,
    sex_and_age,
)
from kambila.registry.models import Record
from kambila.registry.people import AgeGroup, Sex, age_group

DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")


def disability(values: Mapping[str, Any]) -> str:
    """Yes with a lot of difficulty, or none at all possible, in one domain (Washington Group cut-off; unverified)."""
    answers = [values.get(domain) for domain in DOMAINS]
    if any(answer in (codes.Difficulty.MUCH, codes.Difficulty.CANNOT) for answer in answers):
        return YesNoUnknown.YES
    if any(answer in (None, codes.Difficulty.UNKNOWN) for answer in answers):
        return YesNoUnknown.UNKNOWN
    return YesNoUnknown.NO


Direct: Any = sex_and_age("direct", _("served directly"))
Indirect: Any = sex_and_age("indirect", _("served indirectly, in the household"))


class Assistance(Direct, Indirect, Record):
    """One service to one person, family or community. That it was given does not say that the need is met."""

    event_date = "start"
    code_prefix = "VA"
    seen_by = ("provider",)

    beneficiary = Code(codes.Beneficiary, _("whom it goes to"), required=True)
    casualty = Link("incidents.Casualty", verbose_name=_("casualty"))
    full_name = Personal(_("name"))
    contact = Personal(_("contact"))
    sex = Code(Sex, _("sex"))
    age = Whole(_("age, in years"))
    age_group = derived(Code(AgeGroup, _("age group")), age_group)
    village = Link("places.Village", verbose_name=_("village"))
    locality = Text(_("place by its name"))

    service = Code(codes.Service, _("service"), required=True)
    service_detail = Text(_("what exactly"))
    provider = Link("partners.Organisation", verbose_name=_("provider"), required=True)
    start = PartialDate(_("from"), required=True)
    end = PartialDate(_("until"))
    status = Code(codes.Status, _("status"), required=True)
    status_reason = Code(codes.Reason, _("reason of interruption"))
    priority = Code(codes.Priority, _("priority"))
    outcome = Code(codes.Outcome, _("is the need met"))
    cost = Number(_("cost"))
    currency = Text(_("currency (ISO 4217)"), max_length=3)
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))

    seeing = Code(codes.Difficulty, _("difficulty seeing"))
    hearing = Code(codes.Difficulty, _("difficulty hearing"))
    walking = Code(codes.Difficulty, _("difficulty walking"))
    remembering = Code(codes.Difficulty, _("difficulty remembering"))
    self_care = Code(codes.Difficulty, _("difficulty with self-care"))
    communicating = Code(codes.Difficulty, _("difficulty communicating"))
    disability = derived(YesNo(_("disability")), disability)

    consent = YesNo(_("agrees that this is kept and shared with those who assist"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("assistance")
        verbose_name_plural = _("assistance")


class Referral(Record):
    """One organisation asks another to serve a person."""

    event_date = "date"
    code_prefix = "REF"
    seen_by = ("referred_by", "referred_to")

    casualty = Link("incidents.Casualty", verbose_name=_("casualty"))
    assistance = Link(Assistance, verbose_name=_("assistance that it led to"))
    full_name = Personal(_("name"))
    contact = Personal(_("contact"))
    date = PartialDate(_("date"), required=True)
    service = Code(codes.Service, _("service needed"), required=True)
    priority = Code(codes.Priority, _("priority"))
    referred_by = Link("partners.Organisation", verbose_name=_("referred by"), required=True)
    referred_to = Link("partners.Organisation", verbose_name=_("referred to"), required=True)
    status = Code(codes.ReferralStatus, _("status"), required=True)
    answered = PartialDate(_("answered on"))
    consent = YesNo(_("agrees to the referral"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
