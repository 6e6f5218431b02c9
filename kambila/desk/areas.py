"""The areas of work and their kinds, as the desk shows them; found through the app registry.

An area says what it is called: `TITLE` in its `__init__.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps

from kambila.registry.kinds import kinds
from kambila.registry.models import Record


@dataclass(frozen=True)
class Area:
    """An area of work: its app label and its kinds, by name, in the order of their declaration."""

    label: str
    named: Any
    kinds: dict[str, type[Record]]

    @property
    def title(self) -> str:
        """In the reader's language; of an area that does not say, the name of its folder."""
        return str(self.named)


@cache
def areas() -> dict[str, Area]:
    """Every area that has kinds, by label."""
    found: dict[str, Area] = {}
    for name, model in kinds().items():
        label = model._meta.app_label
        app = apps.get_app_config(label)
        area = found.setdefault(label, Area(label, getattr(app.module, "TITLE", app.verbose_name), {}))
        area.kinds[name] = model
    return found
