"""Sites, their assessment and repair. Stock is in stock.py, disposal and weapons handed in are in disposal.py."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles import codes
from kambila.domain.stockpiles.disposal import DisposalItem, DisposalOrder, HandedInWeapon
from kambila.domain.stockpiles.stock import Lot, Movement, Stocktake, Storehouse
from kambila.registry.fields import (
    Attachment,
    Code,
    Link,
    Narrative,
    Number,
    PartialDate,
    Shape,
    Text,
    Whole,
    YesNo,
    YesNoUnknown,
    derived,
)
from kambila.registry.models import Record

__all__ = [
    "DisposalItem",
    "DisposalOrder",
    "Finding",
    "HandedInWeapon",
    "Lot",
    "Movement",
    "RefurbishmentNeed",
    "RefurbishmentWork",
    "SiteAssessment",
    "Stocktake",
    "StorageSite",
    "Storehouse",
    "ThreatReductionMeasure",
]


def risk_level(values: Mapping[str, Any]) -> str | None:
    """The level that was reported, if its checklist was verified; a level from an unverified one is not repeated."""
    reported = values.get("reported_level")
    if reported in (None, codes.RiskLevel.ZERO):
        return reported
    return reported if values.get("checklist_verified") == YesNoUnknown.YES else codes.RiskLevel.UNVERIFIED


class StorageSite(Record):
    """A place where weapons or ammunition are kept, or destroyed."""

    code_prefix = "STO"
    title_field = "title"
    seen_by = ("owner",)

    title = Text(_("name of the site"), required=True)
    site_type = Code(codes.SiteType, _("kind of site"), required=True)
    owner = Link("partners.Organisation", verbose_name=_("owner"), required=True)
    location = Shape("Point", verbose_name=_("place"), required=True)
    village = Link("places.Village", verbose_name=_("town"))
    licensed = YesNo(_("licensed"))
    licence_reference = Text(_("licence"))
    licence_until = PartialDate(_("licence valid until"))
    nearest_inhabited_m = Whole(_("nearest inhabited building, in metres"))
    nearest_road_m = Whole(_("nearest public road, in metres"))
    nearest_vulnerable_m = Whole(_("nearest school or hospital, in metres"))
    population_near = Whole(_("people living near"))

    class Meta:
        verbose_name = _("storage site")
        verbose_name_plural = _("storage sites")


class SiteAssessment(Record):
    """What assessors found at a site on one day, heading by heading."""

    event_date = "date"
    code_prefix = "SAS"
    seen_by = ("assessor",)

    site = Link(StorageSite, verbose_name=_("site"), required=True)
    date = PartialDate(_("date of the assessment"), required=True)
    assessor = Link("partners.Organisation", verbose_name=_("organisation that assessed"), required=True)
    checklist_version = Text(_("version of the checklist"), required=True)
    checklist_verified = YesNo(_("was the checklist taken from the standard and verified"))

    management = Code(codes.Answer, codes.Heading.MANAGEMENT.label)
    personnel = Code(codes.Answer, codes.Heading.PERSONNEL.label)
    licence = Code(codes.Answer, codes.Heading.LICENCE.label)
    stacking = Code(codes.Answer, codes.Heading.STACKING.label)
    compatibility = Code(codes.Answer, codes.Heading.COMPATIBILITY.label)
    distances = Code(codes.Answer, codes.Heading.DISTANCES.label)
    fire = Code(codes.Answer, codes.Heading.FIRE.label)
    lightning = Code(codes.Answer, codes.Heading.LIGHTNING.label)
    vegetation = Code(codes.Answer, codes.Heading.VEGETATION.label)
    security = Code(codes.Answer, codes.Heading.SECURITY.label)
    inventory = Code(codes.Answer, codes.Heading.INVENTORY.label)
    surveillance = Code(codes.Answer, codes.Heading.SURVEILLANCE.label)
    accident_plan = Code(codes.Answer, codes.Heading.ACCIDENT_PLAN.label)
    backlog = Code(codes.Answer, codes.Heading.BACKLOG.label)

    risk = Code(codes.Risk, _("risk as a whole"), required=True, danger=("low", "medium", None, "high", "extreme"))
    reported_level = Code(codes.RiskLevel, _("level as the assessors computed it"))
    risk_level = derived(Code(codes.RiskLevel, _("risk reduction level")), risk_level)
    cost_estimate = Number(_("estimated cost of what is needed"))
    currency = Text(_("currency (ISO 4217)"), max_length=3)
    summary = Narrative(_("summary"))
    document = Attachment(_("report"))
    photograph = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("site assessment")
        verbose_name_plural = _("site assessments")


class Finding(Record):
    """One thing that an assessment found, and what is to be done."""

    event_date = "site_assessment__date"
    code_prefix = "FND"

    site_assessment = Link(SiteAssessment, verbose_name=_("assessment"), required=True)
    heading = Code(codes.Heading, _("heading"), required=True)
    severity = Code(codes.Severity, _("severity"), required=True)
    observation = Narrative(_("what was found"))
    recommendation = Narrative(_("what should be done"))
    due = PartialDate(_("to be done by"))
    status = Code(codes.FindingStatus, _("status"), required=True)
    verified_on = PartialDate(_("verified on"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")


class ThreatReductionMeasure(Record):
    """Something done at a site to reduce a threat at once."""

    event_date = "done_on"
    code_prefix = "TRM"

    site = Link(StorageSite, verbose_name=_("site"))
    site_assessment = Link(SiteAssessment, verbose_name=_("assessment that asked for it"))
    finding = Link(Finding, verbose_name=_("finding"))
    measure = Code(codes.Measure, _("measure"), required=True)
    status = Code(codes.Progress, _("status"), required=True)
    planned_for = PartialDate(_("planned for"))
    done_on = PartialDate(_("done on"))
    provider = Link("partners.Organisation", verbose_name=_("done by"))
    cost = Number(_("cost"))
    currency = Text(_("currency (ISO 4217)"), max_length=3)
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    description = Narrative(_("description"))

    class Meta:
        verbose_name = _("threat-reduction measure")
        verbose_name_plural = _("threat-reduction measures")


class RefurbishmentNeed(Record):
    """Something that must be repaired or built at a site."""

    code_prefix = "RFN"

    site = Link(StorageSite, verbose_name=_("site"))
    site_assessment = Link(SiteAssessment, verbose_name=_("assessment that asked for it"))
    storehouse = Link("stockpiles.Storehouse", verbose_name=_("storehouse"))
    work_type = Code(codes.WorkType, _("kind of work"), required=True)
    priority = Code(codes.Priority, _("priority"), required=True)
    cost_estimate = Number(_("estimated cost"))
    currency = Text(_("currency (ISO 4217)"), max_length=3)
    description = Narrative(_("description"))

    class Meta:
        verbose_name = _("refurbishment need")
        verbose_name_plural = _("refurbishment needs")


class RefurbishmentWork(Record):
    """A repair or a building at a site; it counts on the day on which it was finished."""

    event_date = "end"
    code_prefix = "RFW"
    seen_by = ("provider",)

    site = Link(StorageSite, verbose_name=_("site"), required=True)
    need = Link(RefurbishmentNeed, verbose_name=_("need that it answers"))
    work_type = Code(codes.WorkType, _("kind of work"), required=True)
    provider = Link("partners.Organisation", verbose_name=_("done by"), required=True)
    start = PartialDate(_("from"))
    end = PartialDate(_("finished on"))
    status = Code(codes.Progress, _("status"), required=True)
    handed_over = YesNo(_("handed over to the owner"))
    cost = Number(_("cost"))
    currency = Text(_("currency (ISO 4217)"), max_length=3)
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    certificate = Attachment(_("acceptance certificate"))

    class Meta:
        verbose_name = _("refurbishment work")
        verbose_name_plural = _("refurbishment works")
