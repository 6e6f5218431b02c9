"""For what an organisation must be accredited before it reports work (IMAS 07.30; unverified)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kambila.registry import partial_dates
from kambila.registry.checks import Draft

WORDS = {
    "nts": _("non-technical survey"),
    "ts": _("technical survey"),
    "manual_clearance": _("manual clearance"),
    "mechanical": _("mechanical demining"),
    "animals": _("animal detection"),
    "bac": _("battle area clearance"),
    "eod": _("explosive ordnance disposal"),
    "iedd": pgettext_lazy("accredited for", "IED disposal"),
    "risk_education": _("risk education"),
    "victim_assistance": _("victim assistance"),
    "ammunition": _("weapons and ammunition management"),
    "storage": _("storage of explosives and ammunition"),
}
# Any one of the scopes is enough: community liaison teams survey villages too, and a road is cleared by either method.
BY_KIND = {
    "village_survey": ("nts", "risk_education", "eod"),
    "non_technical_survey": ("nts",),
    "technical_survey": ("ts",),
    "spot_task": ("eod",),
}
BY_TASK = {
    "village_survey": ("nts", "risk_education", "eod"),
    "non_technical_survey": ("nts",),
    "technical_survey": ("ts",),
    "clearance": ("manual_clearance", "mechanical", "animals", "bac"),
    "battle_area": ("bac",),
    "road": ("manual_clearance", "mechanical", "animals"),
    "eod": ("eod",),
    "marking": ("nts", "ts", "manual_clearance"),
    "demolition": ("eod", "ammunition"),
    "risk_education": ("risk_education",),
    "victim_assistance": ("victim_assistance",),
    "storage": ("storage", "ammunition"),
}
BY_METHOD = {
    "manual": ("manual_clearance",),
    "dogs": ("animals",),
    "mechanical": ("mechanical",),
    "bac_surface": ("bac",),
    "bac_subsurface": ("bac",),
    "visual": ("bac", "manual_clearance", "ts"),
    "road": ("manual_clearance", "mechanical", "animals"),
    "eod": ("eod",),
}


def needed(draft: Draft) -> list[tuple[str, ...]]:
    """What the work of a report requires: a list of alternatives, of each of which one scope is enough."""
    if draft.kind in BY_KIND:
        return [BY_KIND[draft.kind]]
    if draft.kind == "task":
        scopes = BY_TASK.get(draft.values.get("type") or "")
        return [scopes] if scopes else []
    if draft.kind in ("clearance", "progress"):
        return [BY_METHOD[each] for each in draft.values.get("methods") or () if each in BY_METHOD]
    return []


def days(row: Mapping[str, Any], field: str) -> tuple[str, str] | None:
    """First and last day of a partial date of a known record, however it is kept."""
    value = row.get(field)
    if isinstance(value, str):
        value = partial_dates.read(value)
    return (str(value[1]), str(value[2])) if value else None


def is_valid(row: Mapping[str, Any], first: str, last: str) -> bool:
    """Whether an accreditation was granted and in force at some time between two days."""
    if row.get("decision") not in ("granted", "provisional", "suspended", "withdrawn"):
        return False
    issued = days(row, "issued_on")
    ends = [found[1] for name in ("expires_on", "ended_on") if (found := days(row, name))]
    # A suspension that does not say since when counts from the beginning.
    if row.get("decision") in ("suspended", "withdrawn") and not days(row, "ended_on"):
        return False
    return issued is not None and issued[0] <= last and all(first <= end for end in ends)


def scopes(row: Mapping[str, Any]) -> set[str]:
    """The scopes of an accreditation."""
    value = row.get("scopes") or ()
    return set(value.split() if isinstance(value, str) else value)
