"""Courses, certificates and other support to capacity."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.training import codes
from kambila.registry.fields import (
    PARTNER,
    RESTRICTED,
    Attachment,
    Code,
    Link,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Text,
    Whole,
    YesNo,
    derived,
)
from kambila.registry.models import Record
from kambila.registry.people import Sex


def total_of(what: str) -> Callable[[Mapping[str, Any]], int | None]:
    """A rule that adds the counts of men, women and persons of unknown sex; unknown when none is known."""

    def add(values: Mapping[str, Any]) -> int | None:
        counts = [values.get(f"{sex}_{what}") for sex in ("male", "female", "unknown")]
        known = [count for count in counts if count is not None]
        return sum(known) if known else None

    return add


class Course(Record):
    """One course that was held. It counts on the day on which it ended."""

    default_tier = PARTNER
    event_date = "end"
    code_prefix = "TRG"
    title_field = "title"
    seen_by = ("provider", "recipient")

    title = Text(_("title"))
    subject = Code(codes.Subject, _("subject"), required=True)
    level = Code(codes.Level, _("level"))
    audience = Code(codes.Audience, _("who was trained"), required=True)
    recipient = Link("partners.Organisation", verbose_name=_("force or organisation of the trainees"))
    unit_trained = Text(_("unit"))
    provider = Link("partners.Organisation", verbose_name=_("provider"), required=True)
    venue = Text(_("venue"))
    country = Text(_("country of the venue (ISO 3166 letters)"), max_length=3)
    village = Link("places.Village", verbose_name=_("town"))
    start = PartialDate(_("first day"), required=True)
    end = PartialDate(_("last day"), required=True)
    contact_hours = Number(_("hours of teaching"))
    language = Text(_("language"), max_length=40)
    refresher = YesNo(_("refresher"))

    male_trained = Whole(_("men trained"), required=True)
    female_trained = Whole(_("women trained"), required=True)
    unknown_trained = Whole(_("trained, sex unknown"))
    trained_total = derived(Whole(_("trained, total")), total_of("trained"))
    male_passed = Whole(_("men who passed"))
    female_passed = Whole(_("women who passed"))
    unknown_passed = Whole(_("passed, sex unknown"))
    passed_total = derived(Whole(_("passed, total")), total_of("passed"))

    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    materials = Text(_("training material"))
    attendance_list = Attachment(_("attendance list"), tier=RESTRICTED)
    remarks = Narrative(_("remarks"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")


class Certificate(Record):
    """What one person may do, certified in writing (IMAS 09.30)."""

    event_date = "issued"
    code_prefix = "CER"
    title_field = "certificate_number"
    seen_by = ("issuer",)

    certificate_number = Text(_("number"), required=True)
    course = Link(Course, verbose_name=_("course"))
    holder = Personal(_("name of the holder"))
    holder_number = Personal(_("service number of the holder"))
    sex = Code(Sex, _("sex"))
    organisation_of_holder = Link("partners.Organisation", verbose_name=_("force or organisation of the holder"))
    subject = Code(codes.Subject, _("subject"), required=True)
    result = Code(codes.Result, _("result"), required=True)
    issuer = Link("partners.Organisation", verbose_name=_("issued by"), required=True)
    issued = PartialDate(_("issued on"), required=True)
    valid_until = PartialDate(_("valid until"))
    eod_log_kept = YesNo(_("does the holder keep an EOD log"))
    follow_up = PartialDate(_("followed up by a mentor on"))

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")


class CapacitySupport(Record):
    """Advice, mentoring or equipment for a national authority, a force or an EOD company."""

    default_tier = PARTNER
    event_date = "date"
    code_prefix = "CAP"
    title_field = "title"
    seen_by = ("provider", "recipient")

    title = Text(_("what was done, in a few words"), required=True)
    support = Code(codes.SupportKind, _("kind of support"), required=True)
    recipient = Link("partners.Organisation", verbose_name=_("recipient"), required=True)
    provider = Link("partners.Organisation", verbose_name=_("provider"), required=True)
    date = PartialDate(_("date, or last day"), required=True)
    start = PartialDate(_("first day"))
    days = Number(_("days of work"), decimal_places=1)
    male_mentored = Whole(_("men mentored"))
    female_mentored = Whole(_("women mentored"))
    equipment = Code(codes.Equipment, _("class of equipment"))
    quantity = Whole(_("pieces of equipment"))
    value = Number(_("value"), tier=RESTRICTED)
    currency = Text(_("currency (ISO 4217)"), max_length=3, tier=RESTRICTED)
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    handover_document = Attachment(_("handover document"), tier=RESTRICTED)
    description = Narrative(_("description"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("capacity support")
        verbose_name_plural = _("capacity support")
