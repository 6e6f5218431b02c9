"""Tasks and their work, EOD spot tasks, items of ordnance, quality visits."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations import checkpoints, codes, rules, sampling
from kambila.registry.fields import (
    PARTNER,
    RESTRICTED,
    Attachment,
    Code,
    Codes,
    Link,
    Links,
    Moment,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Shape,
    Text,
    Whole,
    YesNo,
    derived,
    sex_and_age,
)
from kambila.registry.models import Record

OPERATOR, AREA = "partners.Organisation", "land.HazardousArea"


class Team(Record):
    """A team that can be tasked: what it can do, where it starts from, and from when on it is free."""

    default_tier = PARTNER
    code_prefix = "TM"
    title_field = "title"
    seen_by = ("operator",)

    title = Text(_("name of the team"), required=True)
    operator = Link(OPERATOR, verbose_name=_("organisation"), required=True)
    village = Link("places.Village", verbose_name=_("base: town or village"))
    base = Shape("Point", verbose_name=_("base: position"), tier=RESTRICTED)
    methods = Codes(codes.Method, _("what it can do"), required=True)
    eod_level = Code(codes.Level, _("EOD level, certified in writing"))
    size = Whole(_("people"))
    m2_per_day = Number(_("m² that it does in a day"))
    free_from = PartialDate(_("free from"))
    disbanded_on = PartialDate(_("disbanded on"))

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")


class Task(Record):
    """A task order: the programme asks an operator to work on areas or villages. Its log is the story of the record."""

    default_tier = PARTNER
    code_prefix = "TO"
    title_field = "title"
    seen_by = ("operator",)
    handed_out = {"status__in": codes.ORDERED}  # phones have no use for what is not ordered yet

    number = Text(_("number of the task order"), required=True)
    title = Text(_("title"))
    type = Code(codes.TaskType, _("type"), required=True)
    objectives = Links(AREA, _("hazardous areas"), tier=RESTRICTED)
    villages = Links("places.Village", _("villages"))
    operator = Link(OPERATOR, verbose_name=_("operator"))
    team = Link("operations.Team", verbose_name=_("team"))
    issued_on = PartialDate(_("issued on"))
    issued_by = Personal(_("issued by"))
    planned_start = PartialDate(_("planned start"))
    planned_end = PartialDate(_("planned end"))
    planned_area_m2 = Number(_("planned area, m²"))
    depth_cm = Whole(_("depth to be reached, cm"))
    standard = Text(_("standard and procedures that apply"))
    priority = Code(codes.Priority, _("priority"))
    priority_points = Number(_("priority points"), decimal_places=1)
    priority_scenario = Text(_("scenario by which the points were given"))
    priority_version = Text(_("version of the scenarios"))
    priority_parts = Text(_("how the points add up"), max_length=2000, tier=RESTRICTED)
    status = Code(codes.TaskStatus, _("status"), required=True)
    status_date = PartialDate(_("date of the status"))
    completed_on = PartialDate(_("work completed on"))
    on_time = derived(YesNo(_("completed on time?")), rules.on_time)
    suspension_reason = Code(codes.SuspensionReason, _("reason of the suspension"))
    contribution = Link("partners.Contribution", verbose_name=_("contribution that pays for it"))
    scope = Narrative(_("scope of work"))
    quality_plan = YesNo(_("is there a plan for quality visits?"))
    statement_of_work = Attachment(_("statement of work"), tier=RESTRICTED)
    medical_evacuation = Narrative(_("medical evacuation: where to, how, whom to call"))
    medical_plan = Attachment(_("plan for medical evacuation"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")


class WorkItem(Record):
    """One piece of work of a task: by whom, by what method, how much."""

    default_tier = PARTNER
    code_prefix = "WI"
    seen_by = ("operator",)

    task = Link(Task, verbose_name=_("task"), required=True)
    method = Code(codes.Method, _("method"), required=True)
    asset = Code(codes.Asset, _("asset"))
    operator = Link(OPERATOR, verbose_name=_("operator"))
    planned_quantity = Number(_("planned quantity"))
    unit = Code(codes.Unit, _("unit"))
    area = Link(AREA, verbose_name=_("hazardous area"), tier=RESTRICTED)
    completion_report = Link("land.CompletionReport", verbose_name=_("completion report"))

    class Meta:
        verbose_name = _("work item")
        verbose_name_plural = _("work items")


class Progress(Record):
    """What a task did in a period. It reports work; only land-release products release land."""

    default_tier = PARTNER
    event_date = "period_end"
    code_prefix = "PR"
    seen_by = ("operator",)

    task = Link(Task, verbose_name=_("task"), required=True)
    work_item = Link(WorkItem, verbose_name=_("work item"))
    area = Link(AREA, verbose_name=_("hazardous area"), tier=RESTRICTED)
    operator = Link(OPERATOR, verbose_name=_("operator"))
    period_start = PartialDate(_("first day"), required=True)
    period_end = PartialDate(_("last day"), required=True)
    methods = Codes(codes.Method, _("methods"))
    cancelled_m2 = Number(_("cancelled, m²"), required=True)
    reduced_m2 = Number(_("reduced, m²"), required=True)
    cleared_m2 = Number(_("cleared, m²"), required=True)
    total_m2 = Number(_("cancelled, reduced and cleared together, m²"))
    depth_cm = Whole(_("depth, cm"))
    deminer_days = Number(_("deminer days"))
    machine_hours = Number(_("machine hours"))
    explosives_kg = Number(_("explosives used, kg"), decimal_places=3)
    stoppage_hours = Number(_("hours of stoppage"))
    stoppage_reason = Code(codes.SuspensionReason, _("reason of the stoppage"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")


class SpotTask(
    sex_and_age("direct", _("people whose safety the item threatened")),  # type: ignore[misc]
    sex_and_age("indirect", _("people nearby")),  # type: ignore[misc]
    Record,
):
    """Somebody calls about an item; a team goes there. A call is danger until the programme decides otherwise."""

    event_date = "requested_on"
    is_danger = True
    code_prefix = "EOD"
    seen_by = ("operator",)
    handed_out = {"status__in": (codes.SpotStatus.REQUESTED, codes.SpotStatus.ASSIGNED, codes.SpotStatus.RESPONDED)}

    requested_on = PartialDate(_("date of the call"), required=True)
    requested_at = Moment(_("date and time of the call"))
    channel = Code(codes.Channel, _("who called"))
    requester = Personal(_("name and contact of the caller"))
    reported_item = Narrative(_("what was reported"))
    village = Link("places.Village", verbose_name=_("village"))
    locality = Text(_("nearest village"))
    location = Shape("Point", verbose_name=_("place"), required=True)
    priority = Code(codes.Priority, _("priority"), required=True)
    status = Code(codes.SpotStatus, _("status"), required=True)
    operator = Link(OPERATOR, verbose_name=_("organisation that was sent"))
    team = Text(_("team"))
    level_needed = Code(codes.Level, _("EOD level needed"))
    task = Link(Task, verbose_name=_("task"))
    area = Link(AREA, verbose_name=_("hazardous area"))
    incident = Link("incidents.Incident", verbose_name=_("accident or attack that led to it"))
    responded_on = PartialDate(_("date of the response"))
    responded_at = Moment(_("date and time of the response"))
    response_days = derived(Number(_("days from call to response")), rules.response_days)
    outcome = Code(codes.Outcome, _("outcome"))
    evacuation_m = Whole(_("evacuation distance, m"))
    evacuated = Whole(_("people moved"))
    explosives_kg = Number(_("explosives used, kg"))
    marked = YesNo(_("was the place marked?"))
    remarks = Narrative(_("remarks"))
    photo = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("EOD spot task")
        verbose_name_plural = _("EOD spot tasks")


class OrdnanceItem(Record):
    """Items of one model found together, and what became of them. Small arms ammunition is counted apart, in rounds."""

    event_date = "found_on"
    is_danger = True
    code_prefix = "ORD"
    seen_by = ("operator",)
    title_field = "model"

    category = Code(codes.Category, _("category"), required=True)
    family = Code(codes.Family, _("family"))
    model = Text(_("model"))
    quantity = Whole(_("quantity"), required=True)
    condition = Code(codes.Condition, _("condition"))
    found_on = PartialDate(_("found on"), required=True)
    location = Shape("Point", verbose_name=_("place where it was found"))
    depth_cm = Whole(_("depth at which it was found, cm"))
    disposition = Code(
        codes.Disposition,
        _("what became of it"),
        required=True,
        danger=("destroyed_in_place", "removed_destroyed", "handed_over", "removed", None, "unknown", "marked"),
    )
    disposed_on = PartialDate(_("date of disposal"))
    spot_task = Link(SpotTask, verbose_name=_("EOD spot task"))
    progress = Link(Progress, verbose_name=_("progress report"))
    task = Link(Task, verbose_name=_("task"))
    area = Link(AREA, verbose_name=_("hazardous area"))
    operator = Link(OPERATOR, verbose_name=_("organisation"))
    photo = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("item of ordnance")
        verbose_name_plural = _("items of ordnance")


class QualityVisit(Record):
    """A visit to see whether work follows the standards, or an inspection of finished land (IMAS 07.40)."""

    event_date = "date"
    code_prefix = "QA"
    seen_by = ("operator", "inspector")

    date = PartialDate(_("date"), required=True)
    visit_type = Code(codes.VisitType, _("kind of visit"), required=True)
    activity = Code(codes.TaskType, _("activity inspected"), required=True)
    checklist = Code(checkpoints.Checklist, _("checklist"))
    task = Link(Task, verbose_name=_("task"))
    area = Link(AREA, verbose_name=_("hazardous area"))
    operator = Link(OPERATOR, verbose_name=_("organisation inspected"), required=True)
    team = Link(Team, verbose_name=_("team visited"))
    incident = Link("incidents.Incident", verbose_name=_("accident that led to the visit"))
    complaint = Narrative(_("what was complained of"))
    inspector = Link(OPERATOR, verbose_name=_("organisation that inspects"), required=True)
    inspector_person = Personal(_("name of the quality officer"))
    location = Shape("Point", verbose_name=_("place"))
    result = Code(codes.VisitResult, _("result"), required=True)
    measures = Codes(codes.Measure, _("measures taken"), required=True)
    accredited = YesNo(_("is the organisation accredited for this work?"))
    own_procedures = YesNo(_("does it follow its own procedures?"))
    standards = YesNo(_("does it follow the national standards?"))
    supervision = YesNo(_("is the work well supervised?"))
    qualified = YesNo(_("are the staff qualified?"))
    medic = YesNo(_("is a qualified medic there?"))
    equipment = YesNo(_("is the equipment suitable and well kept?"))
    marking = YesNo(_("is the marking right?"))
    logs = YesNo(_("are the logs up to date?"))
    debriefed = YesNo(_("was the team told the result?"))
    lot = Text(_("number of the lot"))
    lot_m2 = Number(_("finished land inspected: the whole lot, m²"))
    sample_m2 = Number(_("finished land inspected: the sample, m²"))
    sample_method = Code(codes.SampleMethod, _("how the sample was inspected"))
    critical_findings = Whole(_("items found in the sample"))
    other_findings = Whole(_("other faults found in the sample"))
    reclear = Shape("Polygon", verbose_name=_("land to be cleared again"))
    sample_percent = derived(Number(_("share inspected, %")), sampling.sample_percent)
    sample_needed_m2 = derived(Number(_("sample that the table asks for, m²")), sampling.sample_needed_m2)
    sample_enough = derived(YesNo(_("was the sample large enough?")), sampling.sample_enough)
    lot_decision = derived(
        Code(codes.LotDecision, _("what the sample says of the lot")), sampling.lot_decision, version=2
    )
    reclear_m2 = derived(Number(_("to be cleared again, m²")), sampling.reclear_m2, version=2)
    remarks = Narrative(_("remarks"))
    photo = Attachment(_("photograph"))

    class Meta:
        verbose_name = _("quality visit")
        verbose_name_plural = _("quality visits")


class VisitPlan(Record):
    """How many quality visits an office means to pay to an organisation in a month, and for what risk."""

    code_prefix = "QP"

    period = PartialDate(_("month"), required=True)
    operator = Link(OPERATOR, verbose_name=_("organisation to be visited"), required=True)
    visit_type = Code(codes.VisitType, _("kind of visit"))
    visits = Whole(_("visits planned"), required=True)
    risk = Code(codes.VisitRisk, _("why so many"))

    class Meta:
        verbose_name = _("plan of quality visits")
        verbose_name_plural = _("plans of quality visits")


class NonConformity(Record):
    """Something that a quality visit found wrong or an accident taught, and how it is put right (IMAS 10.60)."""

    code_prefix = "NC"
    seen_by = ("operator", "owner")

    visit = Link(QualityVisit, verbose_name=_("quality visit"))
    incident = Link("incidents.Incident", verbose_name=_("accident from which it was learned"))
    operator = Link(OPERATOR, verbose_name=_("organisation concerned"))
    type = Code(codes.NonConformityType, _("what it is about"), required=True)
    severity = Code(codes.Severity, _("severity"), required=True)
    point = Code(checkpoints.CheckPoint, _("point of the checklist that was not met"))
    clause = Text(_("clause of the standard"))
    description = Narrative(_("what was wrong"), required=True)
    root_cause = Narrative(_("cause"))
    action = Narrative(_("what is to be done"), required=True)
    owner = Link(OPERATOR, verbose_name=_("who must do it"))
    due_on = PartialDate(_("due on"), required=True)
    status = Code(codes.CorrectionStatus, _("status"), required=True)
    verified_on = PartialDate(_("verified on"))

    class Meta:
        verbose_name = _("non-conformity")
        verbose_name_plural = _("non-conformities")
