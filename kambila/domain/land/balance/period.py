"""Words of the balance that a command and a page have in common: the period, the groups, why a product does not count."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from kambila.domain.land import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem
from kambila.registry.kinds import model_of
from kambila.registry.replay import day

KINDS = {"area": "hazardous_area", "task": "task", "organisation": "organisation"}
REASONS = {
    "outside": _("outside its area"),
    "passed": _("on ground that passed to another area"),
    "released-before": _("released before"),
}


def period(first: str, last: str) -> tuple[str, str]:
    """The two days, either of which may be left out. Raises Problem for what is no day, or when they are exchanged."""
    first, last = (day(each) if each else "" for each in (first, last))
    if first and last and last < first:
        raise Problem("period-backwards", first=first, last=last)
    return first, last


def codes_of(by: str, keys: Collection[str]) -> dict[str, str]:
    """The code of each group, by its key; a région is its own code."""
    if by not in KINDS:
        return {key: key for key in keys}
    rows = model_of(KINDS[by])._default_manager.filter(pk__in=list(keys)[:900]).values_list("pk", "code")
    return {id: code or "" for id, code in rows}
