"""What a good report of operations satisfies. Those of non-conformities and sampling stand in quality_checks.py."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kambila.domain.operations import accreditation, quality_checks  # noqa: F401 (checks are declared by importing them)
from kambila.domain.operations.codes import (
    DESTROYED,
    ORDERED,
    CorrectionStatus,
    Outcome,
    Severity,
    SpotStatus,
    TaskStatus,
)
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.kinds import model_of
from kambila.registry.models import stated_fields

ORDER = ("operator", "issued_on", "planned_start", "planned_end", "standard")
NEEDS_DEPTH = ("clearance", "battle_area", "road")
NEEDS_AREAS = ("technical_survey", "clearance", "battle_area", "marking")
NEEDS_PLACES = ("village_survey", "non_technical_survey", "risk_education")
MANY_ITEMS = 500


def rows_of(draft: Draft, kind: str, link: str) -> Iterable[Mapping[str, Any]]:
    """The records of a kind that link to this one: those in the same report, and those that are known."""
    stated = [each.values for each in draft.siblings(kind) if each.values.get(link) == draft.id]
    return [*stated, *draft.rows(kind, **{link: draft.id})]


@check(
    "*",
    "operator-not-accredited",
    WARNING,
    _("No accreditation of this organisation for %(scope)s is known that was valid on %(date)s."),
    _("Record the accreditation, or say who authorised the work without it."),
)
def operator_not_accredited(draft: Draft) -> Found:
    operator = draft.values.get("operator")
    wanted = accreditation.needed(draft) if operator else []
    if not wanted:
        return None
    text, first, last = draft.information
    valid = [row for row in draft.rows("accreditation", holder=operator) if accreditation.is_valid(row, first, last)]
    held = set().union(*(accreditation.scopes(row) for row in valid))
    missing = next((each for each in wanted if not held & set(each)), None)
    return {"scope": accreditation.WORDS[missing[0]], "date": text} if missing else None


# Tasks


@check(
    "task",
    "task-without-depth",
    ERROR,
    _("A clearance task must say to what depth."),
    _("State the depth in centimetres; on the surface only is 0."),
)
def task_without_depth(draft: Draft) -> Found:
    return draft.values.get("type") in NEEDS_DEPTH and draft.values.get("depth_cm") is None


@check(
    "task",
    "suspended-without-reason",
    ERROR,
    _("The task is suspended, but not why."),
    _("Choose the reason of the suspension."),
)
def suspended_without_reason(draft: Draft) -> Found:
    suspended = draft.values.get("status") == TaskStatus.SUSPENDED
    return suspended and draft.values.get("suspension_reason") is None


def missing_of_order(values: Mapping[str, Any]) -> dict[str, str]:
    """What an order that is issued must state and this one does not: name and title of each field."""
    fields = stated_fields(model_of("task"))
    return {name: str(fields[name].verbose_name) for name in ORDER if not values.get(name)}


@check(
    "task",
    "task-without-objective",
    WARNING,
    _("The task names no hazardous area and no village to work on."),
    _("Name them, so that plan and result can be compared."),
)
def task_without_objective(draft: Draft) -> Found:
    type, areas, villages = (draft.values.get(name) for name in ("type", "objectives", "villages"))
    return not areas and (type in NEEDS_AREAS or (type in NEEDS_PLACES and not villages))


@check(
    "task",
    "task-on-unknown-area",
    WARNING,
    _("The task order names hazardous areas that are not known."),
    _("Send the reports of these areas, or correct their codes."),
)
def task_on_unknown_area(draft: Draft) -> Found:
    areas = draft.stated.get("objectives") or ()
    return any(draft.record("hazardous_area", each) is None for each in areas)


@check(
    "progress",
    "work-before-the-task",
    WARNING,
    _("Work is reported from %(start)s on, but the task order was issued on %(issued)s."),
    _("Correct the dates, or name the task under which the work was done."),
)
def work_before_the_task(draft: Draft) -> Found:
    issued = ((draft.record("task", draft.values.get("task")) or {}).get("issued_on")) or None
    start = draft.values.get("period_start")
    if not isinstance(issued, tuple) or not isinstance(start, tuple) or start[2] >= issued[1]:
        return None
    return {"start": start[0], "issued": issued[0]}


@check(
    "task",
    "order-incomplete",
    ERROR,
    _("The task order is out, but this is missing: %(fields)s."),
    _("State it, or leave the task in preparation."),
)
def order_incomplete(draft: Draft) -> Found:
    missing = missing_of_order(draft.values)
    out = draft.values.get("status") in ORDERED
    if not missing or not out or not {"status", *missing} & set(draft.stated):
        return None
    return {"fields": ", ".join(missing.values())}


# Spot tasks and items


@check(
    "spot_task",
    "closed-without-outcome",
    ERROR,
    _("The spot task is closed, but its outcome or the date of the response is missing."),
    _("State what the team found and did, and when; or leave the task open."),
)
def closed_without_outcome(draft: Draft) -> Found:
    values = draft.values
    responded = values.get("responded_on") or values.get("responded_at")
    return values.get("status") == SpotStatus.CLOSED and not (values.get("outcome") and responded)


@check(
    "spot_task",
    "destroyed-without-items",
    WARNING,
    _("Items are said to be destroyed, but none is listed."),
    _("List what was destroyed: category, model, quantity."),
)
def destroyed_without_items(draft: Draft) -> Found:
    destroyed = draft.values.get("outcome") in (Outcome.DESTROYED_IN_PLACE, Outcome.REMOVED_DESTROYED)
    return destroyed and not any(
        row.get("disposition") in DESTROYED for row in rows_of(draft, "ordnance_item", "spot_task")
    )


@check(
    "spot_task",
    "closed-though-dangerous",
    WARNING,
    _("The spot task is closed, but the item is still there (%(outcome)s)."),
    _("Leave the task open until the item is gone, or say where the danger is recorded now."),
)
def closed_though_dangerous(draft: Draft) -> Found:
    outcome = draft.values.get("outcome") or ""
    remains = outcome in (Outcome.MARKED, Outcome.NO_ACCESS, Outcome.REFERRED)
    return {"outcome": Outcome(outcome).label} if remains and draft.values.get("status") == SpotStatus.CLOSED else None


@check(
    "spot_task",
    "call-perhaps-known",
    WARNING,
    _("A call from the same village on the same day is already known (%(code)s)."),
    _("Compare the two. If it is the same item, correct the first report instead of sending another."),
)
def call_perhaps_known(draft: Draft) -> Found:
    village, date = draft.values.get("village"), draft.values.get("requested_on")
    rows = draft.rows("spot_task", village=village, requested_on=date[0]) if draft.is_new and village and date else []
    return {"code": rows[0].get("code") or rows[0].get("id")} if rows else None


@check(
    "ordnance_item",
    "no-such-quantity",
    ERROR,
    _("A quantity of %(quantity)s cannot be right."),
    _("State how many there were, at least one."),
)
def no_such_quantity(draft: Draft) -> Found:
    quantity = draft.stated.get("quantity")
    return {"quantity": quantity} if quantity is not None and quantity < 1 else None


@check(
    "ordnance_item",
    "rounds-counted-as-items",
    WARNING,
    _("%(quantity)s items in one row are many. Are they rounds of small arms ammunition?"),
    _("Small arms ammunition is counted apart: choose it as the category, or confirm the quantity."),
)
def rounds_counted_as_items(draft: Draft) -> Found:
    quantity = draft.values.get("quantity") or 0
    many = draft.values.get("category") != "saa" and quantity > MANY_ITEMS
    return {"quantity": quantity} if many else None


@check(
    "ordnance_item",
    "destroyed-without-date",
    ERROR,
    _("Items are said to be destroyed, but not when."),
    _("State the day of destruction; the month or the year is enough if no more is known."),
)
def destroyed_without_date(draft: Draft) -> Found:
    return draft.values.get("disposition") in DESTROYED and not draft.values.get("disposed_on")


@check(
    "ordnance_item",
    "item-from-nowhere",
    WARNING,
    _("The item belongs to no spot task, no task and no hazardous area."),
    _("Name what it was found in, so that it is counted once."),
)
def item_from_nowhere(draft: Draft) -> Found:
    return not any(draft.values.get(link) for link in ("spot_task", "progress", "task", "area"))


# Quality


@check(
    "quality_visit",
    "sample-larger-than-lot",
    ERROR,
    _("The sample (%(sample)s m²) is larger than the land it was taken from (%(lot)s m²)."),
    _("Correct one of the two sizes."),
)
def sample_larger_than_lot(draft: Draft) -> Found:
    lot, sample = draft.values.get("lot_m2"), draft.values.get("sample_m2")
    return {"sample": sample, "lot": lot} if lot is not None and sample is not None and sample > lot else None


@check(
    "quality_visit",
    "control-without-sample",
    ERROR,
    _("A quality control of finished land must say how much was inspected."),
    _("State the size of the land, the size of the sample and how it was inspected."),
)
def control_without_sample(draft: Draft) -> Found:
    wanted = ("lot_m2", "sample_m2", "sample_method")
    return draft.values.get("visit_type") == "control" and any(draft.values.get(name) is None for name in wanted)


@check(
    "quality_visit",
    "passed-with-critical-finding",
    ERROR,
    _("The visit is passed although something critical was found."),
    _("Correct the result: with ordnance in the sample or a critical non-conformity it cannot be passed."),
)
def passed_with_critical_finding(draft: Draft) -> Found:
    grave = any(row.get("severity") == Severity.CRITICAL for row in rows_of(draft, "non_conformity", "visit"))
    return draft.values.get("result") == "passed" and (grave or (draft.values.get("critical_findings") or 0) > 0)


@check(
    "quality_visit",
    "failed-without-non-conformity",
    WARNING,
    _("The visit failed, but no non-conformity is described."),
    _("Describe what was wrong, so that it can be put right."),
)
def failed_without_non_conformity(draft: Draft) -> Found:
    return draft.values.get("result") == "failed" and not rows_of(draft, "non_conformity", "visit")


@check(
    "quality_visit",
    "inspected-by-itself",
    WARNING,
    _("The organisation inspects itself, but the visit is not internal."),
    _("Choose internal quality assurance, or correct the organisation."),
)
def inspected_by_itself(draft: Draft) -> Found:
    values = draft.values
    same = values.get("inspector") is not None and values.get("inspector") == values.get("operator")
    return same and values.get("visit_type") not in ("internal", "desk")


@check(
    "non_conformity",
    "verified-without-date",
    ERROR,
    _("The correction is verified, but not when."),
    _("State the day on which it was verified."),
)
def verified_without_date(draft: Draft) -> Found:
    return draft.values.get("status") == CorrectionStatus.VERIFIED and not draft.values.get("verified_on")


@check(
    "*",
    "negative-number",
    ERROR,
    _("%(field)s cannot be less than zero."),
    _("Write the number without a minus sign, or leave it empty if it is not known."),
)
def negative_number(draft: Draft) -> Found:
    """Sizes, depths, hours and percents, by the unit at the end of their names."""
    units = ("_m2", "_cm", "_m", "_kg", "_hours", "_days", "_percent", "hours")
    for name, value in draft.stated.items():
        if name.endswith(units) and not isinstance(value, str | tuple) and value is not None and value < 0:
            return {"field": capfirst(stated_fields(model_of(draft.kind))[name].verbose_name)}
    return None
