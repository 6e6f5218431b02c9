"""Words of the balance of ordnance that the command and the page have in common: units, columns, groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.domain.operations import codes
from kambila.domain.operations.ordnance import DEPTHS, ITEMS, ROUNDS, Sums
from kambila.registry.kinds import model_of

UNITS = {ITEMS: gettext_lazy("Items"), ROUNDS: gettext_lazy("Small arms ammunition, rounds")}
HEADS = (
    gettext_lazy("at the opening"), gettext_lazy("found"), gettext_lazy("destroyed"), gettext_lazy("moved"),
    gettext_lazy("still there"), gettext_lazy("of which left in place, marked"), gettext_lazy("of which not known"),
)  # fmt: skip
GROUPS = {
    "category": gettext_lazy("category"),
    "family": gettext_lazy("family"),
    "condition": gettext_lazy("condition"),
    "depth": gettext_lazy("depth"),
    "disposition": gettext_lazy("what became of it"),
    "task": gettext_lazy("task"),
    "area": gettext_lazy("area"),
    "region": gettext_lazy("région"),
    "organisation": gettext_lazy("organisation"),
}
LISTS: dict[str, Any] = {
    "category": codes.Category, "family": codes.Family, "condition": codes.Condition, "disposition": codes.Disposition,
}  # fmt: skip
KINDS = {"task": "task", "area": "hazardous_area", "organisation": "organisation"}


def numbers(sums: Sums) -> list[int]:
    """The numbers of a line, in the order of `HEADS`."""
    return [sums.opening, sums.found, sums.destroyed, sums.moved, sums.closing, sums.left, sums.unknown]


def names(by: str, keys: Collection[str]) -> dict[str, str]:
    """What the groups are called, by their keys: a word of the list, the code of a record."""
    if by in LISTS:
        return {key: str(dict(LISTS[by].choices).get(key, key)) for key in keys if key}
    if by == "depth":
        return {key: depth(key) for key in keys if key}
    if by in KINDS:
        rows = model_of(KINDS[by])._default_manager.filter(pk__in=[key for key in keys if key][:900])
        return {str(each.pk): str(each) for each in rows}
    return {key: key for key in keys}


def depth(key: str) -> str:
    """A band of depth in words."""
    cm = int(key)
    if cm == 0:
        return _("on the surface")
    return _("to %(cm)d cm") % {"cm": cm} if cm in DEPTHS else _("deeper than %(cm)d cm") % {"cm": DEPTHS[-1]}
