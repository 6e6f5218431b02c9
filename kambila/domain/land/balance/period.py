"""Words of the balance that a command and a page have in common: the groups, why a product does not count."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from kambila.registry.kinds import model_of

KINDS = {"area": "hazardous_area", "task": "task", "organisation": "organisation"}
REASONS = {
    "outside": _("outside its area"),
    "passed": _("on ground that passed to another area"),
    "released-before": _("released before"),
}


def codes_of(by: str, keys: Collection[str]) -> dict[str, str]:
    """The code of each group, by its key; a région is its own code."""
    if by not in KINDS:
        return {key: key for key in keys}
    rows = model_of(KINDS[by])._default_manager.filter(pk__in=list(keys)[:900]).values_list("pk", "code")
    return {id: code or "" for id, code in rows}
