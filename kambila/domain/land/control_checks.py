"""What quality control says of land that would be released or handed over: nothing is safe that failed it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.land.codes import Release
from kambila.domain.land.neighbour_checks import ground
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check

CONTROL, PASSED, FAILED = "control", "passed", "failed"


def controls_of(draft: Draft) -> list[Mapping[str, Any]]:
    """The controls of the finished land of a product that says “cleared”, by its task and its area, the last one last."""
    links = {name: id for name in ("task", "area") if (id := draft.values.get(name))}
    if draft.values.get("method") != Release.CLEARED:
        return []
    found = {row["id"]: row for name, id in links.items() for row in draft.rows("quality_visit", **{name: id})}
    controls = [row for row in found.values() if row.get("visit_type") == CONTROL]
    return sorted(controls, key=lambda row: (days_of(row)[1], str(row["id"])))


def failed_last(draft: Draft) -> list[Mapping[str, Any]]:
    """The controls that hold a product back: the last one of a lot, where it failed and the product lies on its land.

    A control that names no lot speaks of all the land, and only such another lifts what it says.
    """
    last: dict[str, Mapping[str, Any]] = {}
    for row in controls_of(draft):
        lot = str(row.get("lot") or "").strip()
        if not lot:
            last.clear()
        last[lot] = row
    return [row for row in last.values() if row.get("result") == FAILED and is_about(draft, row)]


def is_about(draft: Draft, control: Mapping[str, Any]) -> bool:
    """Whether a product lies on land that a control wants cleared again; also where either of them is not drawn."""
    drawn, again = ground(draft.values), ground(control, "reclear")
    return drawn is None or again is None or drawn.intersection(again).area > 0


def days_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last day of the date of a visit; nothing where it is not known."""
    return str(row.get("date_first") or ""), str(row.get("date_last") or "")


@check(
    "land_release_product",
    "release-after-failed-control",
    ERROR,
    _("The last quality control of this land was not passed (%(code)s)."),
    _("Clear the land again and have it controlled; then send the product with the day on which it was clear."),
)
def release_after_failed_control(draft: Draft) -> Found:
    failed = failed_last(draft)
    return {"code": failed[-1].get("code") or failed[-1]["id"]} if failed else None


@check(
    "land_release_product",
    "release-before-failed-control",
    WARNING,
    _("The land is said to have been cleared on %(date)s, but a later quality control was not passed (%(code)s)."),
    _("State the day on which the land was clear, or say why the control was about other land."),
)
def release_before_failed_control(draft: Draft) -> Found:
    date = draft.values.get("date")
    if not isinstance(date, tuple) or failed_last(draft):
        return None
    failed = [row for row in controls_of(draft) if row.get("result") == FAILED and is_about(draft, row)]
    later = [row for row in failed if days_of(row)[0] >= date[2]]
    return {"date": date[0], "code": later[0].get("code") or later[0]["id"]} if later else None


@check(
    "handover",
    "handover-without-quality-control",
    WARNING,
    _("Land is handed over, but no quality control that it passed is named."),
    _("Name the quality control; land is handed over after it, never before."),
)
def handover_without_quality_control(draft: Draft) -> Found:
    return draft.record("quality_visit", draft.values.get("quality_control")) is None


@check(
    "handover",
    "handover-after-failed-control",
    ERROR,
    _("The quality control that is named was not passed."),
    _("Clear the land again and have it controlled before it is handed over."),
)
def handover_after_failed_control(draft: Draft) -> Found:
    control = draft.record("quality_visit", draft.values.get("quality_control"))
    return control is not None and control.get("result") != PASSED
