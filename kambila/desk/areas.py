"""The areas of work and their kinds, as the desk shows them; found through the app registry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.utils.translation import pgettext_lazy

from kambila.registry.kinds import kinds
from kambila.registry.models import Record

TITLES = {
    "places": pgettext_lazy("area of work", "Places"),
    "partners": pgettext_lazy("area of work", "Partners"),
    "programme": pgettext_lazy("area of work", "Programme"),
    "land": pgettext_lazy("area of work", "Land"),
    "incidents": pgettext_lazy("area of work", "Incidents"),
    "operations": pgettext_lazy("area of work", "Operations"),
    "education": pgettext_lazy("area of work", "Education"),
    "assistance": pgettext_lazy("area of work", "Assistance"),
    "training": pgettext_lazy("area of work", "Training"),
    "stockpiles": pgettext_lazy("area of work", "Stockpiles"),
}


@dataclass(frozen=True)
class Area:
    """An area of work: its app label and its kinds, by name, in the order of their declaration."""

    label: str
    verbose_name: str
    kinds: dict[str, type[Record]]

    @property
    def title(self) -> str:
        """In the reader's language; of an area that is not among the titles, the name of its folder."""
        return str(TITLES.get(self.label, self.verbose_name))


@cache
def areas() -> dict[str, Area]:
    """Every area that has kinds, by label."""
    found: dict[str, Area] = {}
    for name, model in kinds().items():
        label = model._meta.app_label
        area = found.setdefault(label, Area(label, str(apps.get_app_config(label).verbose_name), {}))
        area.kinds[name] = model
    return found
