"""Land: village surveys, hazardous areas, the surveys and clearance done in them, their release and their handover.

Fields after the draft minimum data requirements of the GICHD and the community survey used with UNMAS in Syria.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.domain.land import codes, rules, stages
from kambila.registry.fields import (
    PARTNER,
    PUBLIC,
    RESTRICTED,
    Attachment,
    Code,
    Codes,
    Link,
    Links,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Shape,
    Source,
    Text,
    Whole,
    YesNo,
    derived,
    rolled_up,
    sex_and_age,
)
from kambila.registry.models import Record

OPERATOR, TASK, AREA = "partners.Organisation", "operations.Task", "land.HazardousArea"
SAFER_FIRST = ("no", None, "unknown", "yes")
PRODUCTS = Source("land_release_product", "area", ("area_m2", "method", "whole_area", "date", "polygon", "id"))
SURVEYS = Source("non_technical_survey", "area", ("evidence", "evidence_basis"))
SEARCHES = Source("technical_survey", "area", ("status", "evidence_found"))
CLEARANCES = Source("clearance", "area", ("status",))
TAKERS = Source("hazardous_area", "taken_from", ("area_m2", "polygon", "id"))


class HazardousArea(
    sex_and_age("direct", _("people who live or work there")),  # type: ignore[misc]
    sex_and_age("indirect", _("people who are affected")),  # type: ignore[misc]
    Record,
):
    """An area where explosive ordnance is indicated, suspected (SHA) or confirmed (CHA), through its whole life.

    Size, status and priority are derived: only accepted land-release products shrink or close an area (IMAS 07.11).
    """

    is_danger = True
    two_people = True
    code_prefix = "HA"
    title_field = "title"
    seen_by = ("surveyed_by",)

    title = Text(_("name of the place"))
    classification = Code(
        codes.Classification, _("classification"), required=True, danger=(None, "indication", "sha", "cha")
    )
    reported_status = Code(
        codes.ReportedStatus,
        _("status as the team reports it"),
        danger=("released", "closed", "suspended", "worked_on", None, "open"),
    )
    status_reason = Narrative(_("why the reported status changed"))
    village = Link("places.Village", verbose_name=_("village"))
    surveyed_on = PartialDate(_("date of the survey"))
    surveyed_by = Link(OPERATOR, verbose_name=_("organisation that surveyed"))
    team = Text(_("team"))
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid for it"))

    location = Shape("Point", verbose_name=_("place, when no polygon is known"))
    reference_point = Shape("Point", verbose_name=_("reference point"))
    benchmark = Shape("Point", verbose_name=_("benchmark"))
    benchmark_note = Narrative(_("how to get from the reference point to the benchmark"))
    polygon = Shape("Polygon", "MultiPolygon", verbose_name=_("polygon"))
    area_m2 = Number(_("stated size, m²"))
    taken_from = Links(AREA, _("areas whose ground it takes over"), two_people=True)
    safe_to_record = YesNo(_("was it safe to record positions?"))

    devices = Codes(codes.Device, _("ordnance suspected or confirmed"), required=True)
    anti_lift = YesNo(_("anti-lift devices reported"))
    booby_trapped = YesNo(_("booby-traps reported"))
    evidence = Code(codes.Evidence, _("evidence of contamination"))
    evidence_basis = Codes(codes.Basis, _("what the evidence is"))
    evidence_known = Codes(codes.Knowledge, _("how it is known"))
    evidence_point = Shape("Point", verbose_name=_("place of the direct evidence"))
    recent_casualties = Whole(_("casualties in the last two years"))
    village_survey = Link("land.VillageSurvey", verbose_name=_("village survey that it came from"))
    incidents = Links("incidents.Incident", _("accidents that point to it"))

    blockages = Codes(codes.Blockage, _("what is blocked"))
    slope = Code(codes.Slope, _("slope"))
    terrain = Codes(codes.Terrain, _("terrain"))
    vegetation = Code(codes.Vegetation, _("vegetation"))
    metal = Code(codes.Metal, _("scrap metal in the ground"))
    marking = Code(codes.Marking, _("marking"))
    marked_on = PartialDate(_("date of marking"))
    intended_use = Code(codes.LandUse, _("intended use of the land"))
    landowner = Personal(_("owner of the land"))
    land_dispute = YesNo(_("is the land disputed?"))
    project_planned = YesNo(_("is a project planned on it?"))
    returns_expected = YesNo(_("are people expected to return?"))
    fighting = YesNo(_("was there fighting?"))
    description = Narrative(_("description"))
    photo = Attachment(_("photograph or sketch"))

    cancelled_m2 = rolled_up(Number(_("cancelled, m²")), rules.cancelled_m2, PRODUCTS, TAKERS, version=2)
    reduced_m2 = rolled_up(Number(_("reduced, m²")), rules.reduced_m2, PRODUCTS, TAKERS, version=2)
    cleared_m2 = rolled_up(Number(_("cleared, m²")), rules.cleared_m2, PRODUCTS, TAKERS, version=2)
    released_m2 = rolled_up(Number(_("released, m²")), rules.released_m2, PRODUCTS, TAKERS, version=2)
    remaining_m2 = rolled_up(Number(_("remaining, m²")), rules.remaining_m2, PRODUCTS, TAKERS, version=2)
    status = rolled_up(Code(codes.Status, _("status")), rules.status, PRODUCTS, TAKERS, version=2)
    stage = rolled_up(Code(codes.Stage, _("stage")), stages.stage, PRODUCTS, TAKERS, SURVEYS, SEARCHES, CLEARANCES)
    impact_points = derived(Whole(_("impact points")), rules.impact_points)
    priority = derived(Code(codes.Priority, _("priority")), rules.priority)

    class Meta:
        # Few areas take over from another, and each report of an area asks for those that take over from it.
        indexes = [
            models.Index(
                fields=["taken_from"], name="areas_that_take_over", condition=models.Q(taken_from__isnull=False)
            )
        ]
        verbose_name = _("hazardous area")
        verbose_name_plural = _("hazardous areas")


class VillageSurvey(
    sex_and_age("informants", _("people interviewed")),  # type: ignore[misc]
    sex_and_age("casualties", _("casualties in the last six months")),  # type: ignore[misc]
    Record,
):
    """A team asked a village about explosive danger, and this is what it was told. No answer here is a clearance."""

    default_tier = PARTNER
    event_date = "date"
    code_prefix = "VS"
    seen_by = ("operator",)

    date = PartialDate(_("date of the survey"), required=True)
    village = Link("places.Village", verbose_name=_("village"), required=True)
    operator = Link(OPERATOR, verbose_name=_("organisation that surveyed"))
    team = Text(_("team"))
    task = Link(TASK, verbose_name=_("task"))
    location = Shape("Point", verbose_name=_("place"), tier=RESTRICTED)
    safe_to_record = YesNo(_("was it safe to record positions?"))

    conflict = YesNo(_("was there fighting, shelling or bombing?"))
    contaminated = YesNo(_("does the village know of dangerous places?"), required=True, danger=SAFER_FIRST)
    extent = Code(codes.Presence, _("how much of the village is concerned"))
    ordnance_seen = YesNo(_("has explosive ordnance been seen?"), danger=SAFER_FIRST)
    devices = Codes(codes.Device, _("which kinds"))
    marked = YesNo(_("are the dangerous places marked?"))
    marking = Code(codes.Marking, _("how they are marked"))
    casualties_reported = YesNo(_("was anybody killed or injured in the last six months?"))
    casualties_total = Whole(_("how many, in all"))
    blockages = Codes(codes.Blockage, _("what is blocked"))

    population = Whole(_("population"))
    camp = YesNo(_("is there a camp for displaced people?"))
    displaced = Whole(_("displaced people who live here"))
    returns = YesNo(_("are people coming back?"))
    returned = Whole(_("people who came back"))
    education_received = YesNo(_("was there risk education in the last six months?"))
    clearance_done = YesNo(_("was anything cleared in the last six months?"))
    cleared_by = Text(_("cleared by whom"))
    informant = Personal(_("contact in the village"))
    remarks = Narrative(_("remarks"))
    photo = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("village survey")
        verbose_name_plural = _("village surveys")


class NonTechnicalSurvey(sex_and_age("informants", _("people interviewed")), Record):  # type: ignore[misc]
    """Collecting and weighing evidence without searching the ground (IMAS 08.10)."""

    event_date = "started_on"
    code_prefix = "NTS"
    seen_by = ("operator",)

    area = Link(AREA, verbose_name=_("hazardous area"))
    village = Link("places.Village", verbose_name=_("village"))
    task = Link(TASK, verbose_name=_("task"))
    operator = Link(OPERATOR, verbose_name=_("organisation"), required=True)
    team = Text(_("team"))
    methods = Codes(codes.SurveyMethod, _("methods"), required=True)
    started_on = PartialDate(_("start"), required=True)
    ended_on = PartialDate(_("end"), required=True)
    status = Code(codes.ActivityStatus, _("status"), required=True)
    reference_point = Shape("Point", verbose_name=_("reference point"), required=True)
    evidence = Code(codes.Evidence, _("evidence of contamination"))
    evidence_basis = Codes(codes.Basis, _("what the evidence is"))
    recommendation = Code(codes.Recommendation, _("recommendation"))
    cancelled_m2 = Number(_("area proposed to be cancelled, m²"))
    criteria = Codes(codes.Criterion, _("why it can be cancelled"))
    reasons = Narrative(_("why the area was drawn as it is"))
    community_involved = YesNo(_("did the community take part?"))

    class Meta:
        verbose_name = _("non-technical survey")
        verbose_name_plural = _("non-technical surveys")


class GroundWork(Record):
    """What searching an area and clearing it have in common."""

    event_date = "started_on"
    seen_by = ("operator",)

    area = Link(AREA, verbose_name=_("hazardous area"), required=True)
    task = Link(TASK, verbose_name=_("task"))
    operator = Link(OPERATOR, verbose_name=_("organisation"), required=True)
    team = Text(_("team"))
    methods = Codes(codes.Method, _("methods"), required=True)
    assets = Codes(codes.Asset, _("assets"))
    started_on = PartialDate(_("start"), required=True)
    ended_on = PartialDate(_("end"), required=True)
    status = Code(codes.ActivityStatus, _("status"), required=True)
    reference_point = Shape("Point", verbose_name=_("reference point"), required=True)
    depth_cm = Whole(_("depth, cm"))
    hours = Number(_("hours worked"))

    class Meta:
        abstract = True


class TechnicalSurvey(GroundWork):
    """Searching a part of an area to learn where danger is and where it is not (IMAS 08.20)."""

    code_prefix = "TS"

    approach = Code(codes.Approach, _("approach"))
    processed_m2 = Number(_("area searched, m²"))
    processed_percent = Number(_("share of the area searched, %"))
    evidence_found = YesNo(_("was evidence of ordnance found?"))
    reduced_searched_m2 = Number(_("area proposed to be reduced, searched, m²"))
    reduced_unsearched_m2 = Number(_("area proposed to be reduced, not searched, m²"))
    criteria = Codes(codes.Criterion, _("why it can be reduced"))
    recommendation = Code(codes.Recommendation, _("recommendation"))
    findings = Narrative(_("findings"))

    class Meta:
        verbose_name = _("technical survey")
        verbose_name_plural = _("technical surveys")


class Clearance(sex_and_age("community", _("people of the community who took part")), GroundWork):  # type: ignore[misc]
    """Removing or destroying all ordnance of an area to a stated depth (IMAS 09.10), also on roads."""

    code_prefix = "CLR"

    polygon = Shape("Polygon", "MultiPolygon", verbose_name=_("polygon of what was cleared"))
    cancelled_m2 = Number(_("cancelled, m²"))
    reduced_m2 = Number(_("reduced, m²"))
    cleared_m2 = Number(_("cleared, m²"))
    total_m2 = Number(_("cancelled, reduced and cleared together, m²"))
    intended_use = Code(codes.LandUse, _("intended use of the land"))
    handed_over = YesNo(_("was it handed over?"))
    community_involved = YesNo(_("did the community take part?"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")


class CompletionReport(Record):
    """What a task has done, in the end (IMAS 07.11). It is approved by the decision that accepts it."""

    default_tier = PARTNER
    event_date = "submitted_on"
    code_prefix = "CR"
    seen_by = ("operator",)

    task = Link(TASK, verbose_name=_("task"), required=True)
    area = Link(AREA, verbose_name=_("hazardous area"), tier=RESTRICTED)
    operator = Link(OPERATOR, verbose_name=_("organisation"), required=True)
    submitted_on = PartialDate(_("date of the report"), required=True)
    started_on = PartialDate(_("start of the work"), required=True)
    ended_on = PartialDate(_("end of the work"), required=True)
    methods = Codes(codes.Method, _("methods"), required=True)
    cancelled_m2 = Number(_("cancelled, m²"), required=True)
    reduced_m2 = Number(_("reduced, m²"), required=True)
    cleared_m2 = Number(_("cleared, m²"), required=True)
    total_m2 = Number(_("released in all, m²"), required=True)
    final_polygon = Shape("Polygon", "MultiPolygon", verbose_name=_("final polygon"), required=True, tier=RESTRICTED)
    depth_cm = Whole(_("depth, cm"))
    quality_visits = Links("operations.QualityVisit", _("quality visits"), tier=RESTRICTED)
    quality_control = Link("operations.QualityVisit", verbose_name=_("quality control"), tier=RESTRICTED)
    residual_risk = Narrative(_("risk that remains"), required=True)
    photo = Attachment(_("map or photograph"))

    class Meta:
        verbose_name = _("completion report")
        verbose_name_plural = _("completion reports")


class LandReleaseProduct(Record):
    """The only thing that moves m²: a piece of an area that is cancelled, reduced or cleared (IMAS 07.11).

    Once accepted it is public: people may know which land is released. The area that it is cut from stays restricted.
    """

    default_tier = PUBLIC
    event_date = "date"
    code_prefix = "LRP"
    seen_by = ("operator",)

    area = Link(AREA, verbose_name=_("hazardous area that it is part of"), required=True, tier=RESTRICTED)
    method = Code(codes.Release, _("way of release"), required=True)
    date = PartialDate(_("date of release"), required=True)
    area_m2 = Number(_("size, m²"), required=True)
    whole_area = YesNo(_("is the whole hazardous area released with this?"), tier=RESTRICTED)
    polygon = Shape("Polygon", "MultiPolygon", verbose_name=_("polygon"), required=True)
    benchmark = Shape("Point", verbose_name=_("benchmark"))
    depth_cm = Whole(_("depth cleared to, cm"))
    criteria = Codes(codes.Criterion, _("why it could be released without clearance"))
    operator = Link(OPERATOR, verbose_name=_("organisation"))
    task = Link(TASK, verbose_name=_("task"), tier=PARTNER)
    non_technical_survey = Link(NonTechnicalSurvey, verbose_name=_("non-technical survey"), tier=RESTRICTED)
    technical_survey = Link(TechnicalSurvey, verbose_name=_("technical survey"), tier=RESTRICTED)
    clearance = Link(Clearance, verbose_name=_("clearance"), tier=RESTRICTED)
    completion_report = Link(CompletionReport, verbose_name=_("completion report"), tier=PARTNER)
    handover = Link("land.Handover", verbose_name=_("handover"), tier=PARTNER)

    class Meta:
        verbose_name = _("land-release product")
        verbose_name_plural = _("land-release products")


class Handover(sex_and_age("present", _("people of the community who were present")), Record):  # type: ignore[misc]
    """Released land is given back, with a certificate (IMAS 08.30)."""

    default_tier = PARTNER
    event_date = "date"
    code_prefix = "HO"
    seen_by = ("operator",)
    title_field = "number"

    number = Text(_("number of the certificate"), required=True)
    date = PartialDate(_("date"), required=True)
    area = Link(AREA, verbose_name=_("hazardous area"), required=True, tier=RESTRICTED)
    task = Link(TASK, verbose_name=_("task"))
    operator = Link(OPERATOR, verbose_name=_("organisation"))
    quality_control = Link("operations.QualityVisit", verbose_name=_("quality control"), tier=RESTRICTED)
    polygon = Shape("Polygon", "MultiPolygon", verbose_name=_("polygon handed over"), tier=RESTRICTED)
    area_m2 = Number(_("size, m²"))
    depth_cm = Whole(_("depth, cm"))
    methods = Codes(codes.Method, _("methods"))
    markers_placed = YesNo(_("were permanent markers placed?"))
    intended_use = Code(codes.LandUse, _("intended use of the land"))
    restrictions = Narrative(_("restrictions on use"), required=True)
    residual_risk = Narrative(_("risk that remains"), required=True)
    signed_operator = Personal(_("signed for the operator"))
    signed_authority = Personal(_("signed for the authority"))
    signed_community = Personal(_("signed for the community"))
    signed_landowner = Personal(_("signed by the owner of the land"))
    certificate = Attachment(_("certificate"))

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
