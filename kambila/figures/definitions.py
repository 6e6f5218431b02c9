"""What a figure is: a definition, not a number.

Areas declare theirs in `figures.py` as a list called FIGURES; the engine finds them through the app registry.

A *path* names a field of the figure's kind, or of a record it links to: ``incident__category``. A *where* is a mapping of
paths to values, with ``__in``, ``__not``, ``__gte``, ``__lte``, ``__known`` (True or False) or ``__has`` (for several
values in one field) at the end if it is not plain equality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from kambila.registry.fields import PUBLIC


@dataclass(frozen=True, slots=True)
class Count:
    """How many records; with `distinct`, how many different values of a path (the earliest record contributes)."""

    distinct: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of one path, or of several, over the records; unknown adds nothing."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure as a share of another; its contributions are those of the two."""

    of: str
    to: str


@dataclass(frozen=True, slots=True)
class Quantile:
    """A quantile (0 to 1) of a path over the records; its members are the records."""

    path: str
    q: float = 0.5


Measure = Count | Sum | Ratio | Quantile


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """The definition of a figure.

    `unit` is a word (persons, villages, items, m2, %); `since` the first day counted; `date` the path that dates a
    record, by default the event date of its kind; `by` names breakdowns and their paths (``year`` and ``month`` are
    always there); `public_by` those that leave the house; `persons` puts small cells under the rule for persons;
    `headline` its place on the programme page, 0 for none; `note` says what was derived or assumed.
    """

    id: str
    title: Any
    unit: Any
    meaning: Any
    source: Any
    kind: str = ""
    measure: Measure = Count()
    where: Mapping[str, Any] = field(default_factory=dict)
    date: str = ""
    since: str = ""
    by: Mapping[str, str] = field(default_factory=dict)
    public_by: tuple[str, ...] = ()
    tier: str = PUBLIC
    persons: bool = False
    headline: int = 0
    note: Any = ""


@cache
def all_figures() -> Mapping[str, Figure]:
    """Every declared figure, by id. Raises ValueError when two share an id."""
    found: dict[str, Figure] = {}
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "figures"):
            for figure in getattr(import_module(f"{app.name}.figures"), "FIGURES", []):
                if figure.id in found:
                    raise ValueError(f"two figures are called {figure.id}")
                found[figure.id] = figure
    return found
