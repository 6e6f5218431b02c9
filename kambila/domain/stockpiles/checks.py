"""What a good report of a site satisfies. Those of stock are in stock_checks.py, of disposal in disposal_checks.py."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles import disposal_checks, stock_checks  # noqa: F401 (imported to be declared)
from kambila.domain.stockpiles.codes import Answer, FindingStatus, Heading, Progress, Risk, Severity
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order
from kambila.registry.fields import YesNoUnknown

HEADINGS = [heading.value for heading in Heading]


@check(
    "site_assessment",
    "level-from-unverified-checklist",
    WARNING,
    _("A risk reduction level is stated, but the checklist has not been verified. The level is not shown."),
    _("Verify the checklist with the standard, or leave the level empty."),
)
def level_from_unverified_checklist(draft: Draft) -> Found:
    reported = draft.values.get("reported_level") not in (None, "0")
    return reported and draft.values.get("checklist_verified") != YesNoUnknown.YES


@check(
    "site_assessment",
    "low-risk-with-faults",
    WARNING,
    _("The risk is judged low, but %(faults)s headings are not in order or were not looked at."),
    _("Look at the headings again, or say why the risk is low in spite of them."),
)
def low_risk_with_faults(draft: Draft) -> Found:
    answers = [draft.values.get(heading) for heading in HEADINGS]
    faults = sum(answer in (None, Answer.BAD, Answer.UNKNOWN) for answer in answers)
    return {"faults": faults} if draft.values.get("risk") == Risk.LOW and faults else None


@check(
    "site_assessment",
    "assessment-without-findings",
    WARNING,
    _("Headings are not in order, but no finding says what is to be done."),
    _("Add a finding for each heading that is not in order."),
)
def assessment_without_findings(draft: Draft) -> Found:
    bad = any(draft.values.get(heading) == Answer.BAD for heading in HEADINGS)
    here = [each for each in draft.siblings("finding") if each.values.get("site_assessment") == draft.id]
    return bad and not here and not draft.rows("finding", site_assessment=draft.id)


@check(
    "site_assessment",
    "assessment-cost-without-currency",
    ERROR,
    _("A cost of %(cost)s is stated without its currency."),
    _("State the currency by its three letters, such as XOF."),
)
def assessment_cost_without_currency(draft: Draft) -> Found:
    cost = draft.values.get("cost_estimate")
    return {"cost": cost} if cost is not None and not draft.values.get("currency") else None


@check(
    "finding",
    "critical-without-deadline",
    ERROR,
    _("A critical finding has no day by which it is to be mended."),
    _("State the day."),
)
def critical_without_deadline(draft: Draft) -> Found:
    mended = draft.values.get("status") in (FindingStatus.DONE, FindingStatus.VERIFIED)
    return draft.values.get("severity") == Severity.CRITICAL and not mended and not draft.values.get("due")


@check(
    "finding",
    "finding-verified-without-date",
    ERROR,
    _("The finding is verified, but not since when."),
    _("State the day on which somebody looked."),
)
def finding_verified_without_date(draft: Draft) -> Found:
    return draft.values.get("status") == FindingStatus.VERIFIED and not draft.values.get("verified_on")


@check(
    "threat_reduction_measure",
    "measure-done-without-date",
    ERROR,
    _("The measure is done, but not since when."),
    _("State the day; the month or the year is enough."),
)
def measure_done_without_date(draft: Draft) -> Found:
    return draft.values.get("status") == Progress.DONE and not draft.values.get("done_on")


@check(
    "*",
    "work-without-site",
    ERROR,
    _("It is not said for which site this is."),
    _("Name the site, or the assessment that asked for it."),
)
def work_without_site(draft: Draft) -> Found:
    if draft.kind not in ("threat_reduction_measure", "refurbishment_need"):
        return None
    return not (draft.values.get("site") or draft.values.get("site_assessment"))


@check(
    "refurbishment_work",
    "refurbishment-done-without-date",
    ERROR,
    _("The work is finished, but not since when."),
    _("State the day; the month or the year is enough."),
)
def refurbishment_done_without_date(draft: Draft) -> Found:
    return draft.values.get("status") == Progress.DONE and not draft.values.get("end")


check_order(
    "refurbishment_work",
    "refurbishment-ends-before-start",
    ERROR,
    _("The work ends (%(end)s) before it starts (%(start)s)."),
    _("Correct one of the two dates."),
    start="start",
    end="end",
)


@check(
    "storage_site",
    "licensed-without-licence",
    WARNING,
    _("The site is said to be licensed, but neither the licence nor its last day is stated."),
    _("State both. Without them, do not rely on the licence."),
)
def licensed_without_licence(draft: Draft) -> Found:
    values = draft.values
    licensed = values.get("licensed") == YesNoUnknown.YES
    return licensed and not (values.get("licence_reference") and values.get("licence_until"))
