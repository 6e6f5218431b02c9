"""What a good report of land satisfies, and the dates of every report."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.land import (  # noqa: F401 (checks are declared by importing them)
    control_checks,
    neighbour_checks,
    passing_checks,
    rules,
    shape_checks,
)
from kambila.domain.land.codes import Classification, Evidence, Release, ReportedStatus, Status
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.kinds import model_of
from kambila.registry.models import stated_fields

PERIODS = (
    ("started_on", "ended_on"),
    ("period_start", "period_end"),
    ("planned_start", "planned_end"),
    ("requested_on", "responded_on"),
    ("found_on", "disposed_on"),
    ("starts_on", "ends_on"),
    ("issued_on", "expires_on"),
)
MEASURED = {
    "hazardous_area": ("area_m2", "polygon"),
    "land_release_product": ("area_m2", "polygon"),
    "handover": ("area_m2", "polygon"),
    "completion_report": ("total_m2", "final_polygon"),
    "clearance": ("cleared_m2", "polygon"),
}
PARTS = {"clearance", "completion_report", "progress"}
SOURCES: dict[Any, tuple[str, Any]] = {
    Release.CANCELLED: ("non_technical_survey", _("a non-technical survey")),
    Release.REDUCED: ("technical_survey", _("a technical survey")),
    Release.CLEARED: ("clearance", _("clearance")),
}


def total(values: Iterable[Any]) -> Decimal:
    """The sum of what is known."""
    return sum((Decimal(str(each)) for each in values if each is not None), Decimal(0))


# Dates, of every kind


@check(
    "*",
    "date-in-the-future",
    ERROR,
    _("The date %(date)s lies in the future."),
    _("State the day on which it happened; if only the year or the month is known, state that."),
)
def date_in_the_future(draft: Draft) -> Found:
    date = draft.stated.get(model_of(draft.kind).event_date)
    latest = datetime.date.fromisoformat(draft.received) + datetime.timedelta(days=1)
    return {"date": date[0]} if isinstance(date, tuple) and date[1] > latest.isoformat() else None


@check(
    "*",
    "end-before-start",
    ERROR,
    _("The end (%(end)s) lies before the start (%(start)s)."),
    _("Correct one of the two dates."),
)
def end_before_start(draft: Draft) -> Found:
    for first, last in PERIODS:
        start, end = draft.values.get(first), draft.values.get(last)
        touched = first in draft.stated or last in draft.stated
        if touched and isinstance(start, tuple) and isinstance(end, tuple) and end[2] < start[1]:
            return {"start": start[0], "end": end[0]}
    return None


# Sizes, of every kind that states them


@check(
    "*",
    "sizes-differ",
    WARNING,
    _("The stated size is %(stated)s m², the polygon measures %(measured)s m²: more than 5 %% apart."),
    _("Measure again, or say why the two differ."),
)
def sizes_differ(draft: Draft) -> Found:
    stated_field, shape_field = MEASURED.get(draft.kind, ("", ""))
    stated, measured = draft.values.get(stated_field), rules.geodesic_m2(draft.values, shape_field)
    if stated is None or measured is None or not {stated_field, shape_field} & set(draft.stated):
        return None
    return {"stated": stated, "measured": measured} if rules.differ(stated, measured) else None


@check(
    "*",
    "sizes-do-not-add-up",
    ERROR,
    _("Cancelled, reduced and cleared make %(sum)s m², but %(total)s m² is stated in all."),
    _("Correct the part or the total that is wrong."),
)
def sizes_do_not_add_up(draft: Draft) -> Found:
    stated = draft.values.get("total_m2") if draft.kind in PARTS else None
    parts = total(draft.values.get(name) for name in ("cancelled_m2", "reduced_m2", "cleared_m2"))
    return {"sum": parts, "total": stated} if stated is not None and parts != Decimal(str(stated)) else None


@check(
    "*",
    "clearance-without-depth",
    ERROR,
    _("Land is reported as cleared, but not to what depth."),
    _("State the depth in centimetres; on the surface only is 0."),
)
def clearance_without_depth(draft: Draft) -> Found:
    values = draft.values
    if draft.kind == "land_release_product":
        cleared = values.get("method") == Release.CLEARED
    else:
        cleared = draft.kind in PARTS and total([values.get("cleared_m2")]) > 0
    return cleared and values.get("depth_cm") is None


# Hazardous areas


@check(
    "hazardous_area",
    "product-missing",
    WARNING,
    _("The report says that the area is %(status)s, but no land-release product closes it: the product is missing."),
    _("Send the land-release product; until it is accepted the area stays dangerous."),
)
def product_missing(draft: Draft) -> Found:
    stated = draft.stated.get("reported_status")
    if stated not in (ReportedStatus.CLOSED, ReportedStatus.RELEASED) or draft.known.get("status") == Status.CLOSED:
        return None
    return {"status": ReportedStatus(stated).label}


@check(
    "hazardous_area",
    "classified-less-dangerous",
    WARNING,
    _("The area was %(before)s and would become %(after)s without a land-release product."),
    _("Send the land-release product, or say why the earlier classification was wrong; two people must agree."),
)
def classified_less_dangerous(draft: Draft) -> Found:
    before, after = draft.known.get("classification"), draft.stated.get("classification")
    rank = stated_fields(model_of("hazardous_area"))["classification"].rank
    if "classification" not in draft.stated or before is None or rank(after) >= rank(before):
        return None
    labels: dict[Any, Any] = dict(Classification.choices)
    return {"before": labels.get(before, before), "after": labels.get(after, _("unknown"))}


@check(
    "hazardous_area",
    "area-shrinks",
    WARNING,
    _("The area would shrink from %(before)s m² to %(after)s m² without a land-release product."),
    _(
        "Send the product that released the rest, or say why the size was wrong: the balance shows it as “found smaller”."
    ),
)
def area_shrinks(draft: Draft) -> Found:
    before, after = rules.size_m2(draft.known), rules.size_m2(draft.values)
    if before is None or after is None or after >= before:
        return None
    return {"before": before, "after": after}


@check(
    "hazardous_area",
    "confirmed-without-direct-evidence",
    WARNING,
    _("The area is confirmed, but no direct evidence is stated."),
    _("State the direct evidence, or classify the area as suspected."),
)
def confirmed_without_direct_evidence(draft: Draft) -> Found:
    values = draft.values
    return values.get("classification") == Classification.CHA and values.get("evidence") != Evidence.DIRECT


@check(
    "hazardous_area",
    "area-without-place",
    WARNING,
    _("Nobody could find this area: it has no polygon, no point and no village."),
    _("Add a point, even a rough one, or the nearest village."),
)
def area_without_place(draft: Draft) -> Found:
    return not any(draft.values.get(name) for name in ("polygon", "location", "benchmark", "village"))


# Village surveys


@check(
    "village_survey",
    "casualties-do-not-add-up",
    ERROR,
    _("Girls, boys, women, men and unknown make %(sum)s casualties, but %(total)s are stated in all."),
    _("Correct the part or the total that is wrong; use \u201csex or age unknown\u201d for what is not known."),
)
def casualties_do_not_add_up(draft: Draft) -> Found:
    values = draft.values
    counts = [values.get(f"casualties_{group}") for group in ("boys", "girls", "men", "women", "unknown")]
    stated = values.get("casualties_total")
    if stated is None or all(each is None for each in counts) or total(counts) == stated:
        return None
    return {"sum": total(counts), "total": stated}


@check(
    "village_survey",
    "danger-denied-and-described",
    WARNING,
    _("The village is said to have no dangerous place, but ordnance, marking or a blockage is described."),
    _("Answer yes if there is a dangerous place, or remove what is described."),
)
def danger_denied_and_described(draft: Draft) -> Found:
    values = draft.values
    described = values.get("ordnance_seen") == "yes" or values.get("marked") == "yes" or values.get("blockages")
    return values.get("contaminated") == "no" and bool(described)


@check(
    "village_survey",
    "survey-perhaps-known",
    WARNING,
    _("A survey of this village on the same day is already known (%(code)s)."),
    _("Compare the two. If it is the same survey, correct the first report instead of sending another."),
)
def survey_perhaps_known(draft: Draft) -> Found:
    village, date = draft.values.get("village"), draft.values.get("date")
    rows = draft.rows("village_survey", village=village, date=date[0]) if draft.is_new and village and date else []
    return {"code": rows[0].get("code") or rows[0].get("id")} if rows else None


# Land-release products and completion


@check(
    "land_release_product",
    "product-without-area",
    ERROR,
    _("The hazardous area that was released is not known."),
    _("Name the hazardous area, or send its report first."),
)
def product_without_area(draft: Draft) -> Found:
    return draft.record("hazardous_area", draft.values.get("area")) is None


@check(
    "land_release_product",
    "release-without-ground",
    ERROR,
    _("Land is %(method)s only by %(source)s, and none is named."),
    _("Name it, or choose the way in which the land was really released."),
)
def release_without_ground(draft: Draft) -> Found:
    method = draft.values.get("method")
    link, words = SOURCES.get(method, ("", ""))
    if not link or draft.values.get(link):
        return None
    return {"method": Release(method or "").label, "source": words}


@check(
    "land_release_product",
    "product-larger-than-area",
    ERROR,
    _("%(released)s m² would be released of an area of %(size)s m²."),
    _("Correct the size of the product, or report the area again with its real size first."),
)
def product_larger_than_area(draft: Draft) -> Found:
    area = draft.values.get("area")
    size = rules.size_m2(draft.record("hazardous_area", area) or {})
    others = [*draft.rows("land_release_product", area=area)] if area else []
    released = rules.sum_m2([draft.values, *others])
    too_much = size is not None and released > size and rules.differ(released, size)
    return {"released": released, "size": size} if too_much else None


@check(
    "land_release_product",
    "whole-but-smaller",
    WARNING,
    _("Nothing is said to be left, but %(released)s m² of %(size)s m² would be released: the area stays open."),
    _("Send the products that are missing, or report the area again with its real size."),
)
def whole_but_smaller(draft: Draft) -> Found:
    area = draft.values.get("area")
    size = rules.size_m2(draft.record("hazardous_area", area) or {})
    if draft.values.get("whole_area") != "yes" or size is None or not area:
        return None
    released = rules.sum_m2([draft.values, *draft.rows("land_release_product", area=area)])
    too_little = released < size and rules.differ(released, size)
    return {"released": released, "size": size} if too_little else None


@check(
    "completion_report",
    "completion-without-quality-visit",
    WARNING,
    _("No quality visit and no quality control of this task is named."),
    _("Name the visits, or ask the quality officer for one before the land is handed over."),
)
def completion_without_quality_visit(draft: Draft) -> Found:
    task = draft.values.get("task")
    named = draft.values.get("quality_visits") or draft.values.get("quality_control")
    return not named and not (task and draft.rows("quality_visit", task=task))


@check(
    "completion_report",
    "critical-non-conformity-open",
    ERROR,
    _("A critical non-conformity of this task is still open."),
    _("Correct it and have it verified before reporting completion."),
)
def critical_non_conformity_open(draft: Draft) -> Found:
    task = draft.values.get("task")
    rows = draft.rows("non_conformity", visit__task=task, severity="critical") if task else []
    return any(row.get("status") != "verified" for row in rows)
