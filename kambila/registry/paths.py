"""Paths: which step may follow which in the life of a record, declared by the areas in their `paths.py`.

A step is a report with one change and the decision that accepts it, written together (`kambila.intake.following`), so that
the story of the record says who took it, when and why::

    PATH = path("accreditation", "decision", {Decision.SUBMITTED: {Decision.GRANTED: ("issued_on", "expires_on")}, …})

Where a step is not on the path, a report that states it is not accepted either: the area declares a check that asks
:func:`Path.allows`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

from kambila.journal.errors import Problem

Steps = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Path:
    """The path of a kind: `field` holds where a record stands; `steps` what may follow, with what each step asks for.

    `today` are the fields that a step dates with its own day where nothing else is stated; `clears` those that a step
    makes unknown, because they spoke of the state that it ends.
    """

    kind: str
    field: str
    steps: Steps
    today: Mapping[str, str] = declared(default_factory=dict)
    clears: Mapping[str, Sequence[str]] = declared(default_factory=dict)

    def next(self, status: str | None) -> Sequence[str]:
        """The steps that may follow; a status that the path does not know may be left for any other."""
        return list(self.steps.get(status or "", self.steps))

    def asks(self, status: str | None, step: str) -> Sequence[str]:
        """The fields that must be stated with a step."""
        return self.steps.get(status or "", {}).get(step, ())

    def allows(self, before: str | None, after: str | None) -> bool:
        """Whether a record may go from one status to another; what is not known yet may begin anywhere."""
        return before is None or before == after or after in self.next(before)

    def defaults(self, step: str, day: str) -> dict[str, Any]:
        """What a step states besides itself where nobody says otherwise."""
        cleared: dict[str, Any] = dict.fromkeys(self.clears.get(step, ()))
        return cleared | ({self.today[step]: day} if step in self.today else {})


_paths: dict[str, Path] = {}


def path(kind: str, field: str, steps: Steps, **more: Any) -> Path:
    """Declare the path of a kind. Raises ValueError when it has one already."""
    if kind in _paths:
        raise ValueError(f"{kind} has two paths")
    _paths[kind] = Path(kind, field, steps, **more)
    return _paths[kind]


@cache
def _discover() -> None:
    """Once for each process: it looks into every app."""
    autodiscover_modules("paths")


def has_path(kind: str) -> bool:
    """Whether the records of a kind go a path."""
    _discover()
    return kind in _paths


def path_of(kind: str) -> Path:
    """The path of a kind. Raises Problem for one that has none."""
    if not has_path(kind):
        raise Problem("no-path", kind=kind, kinds=", ".join(_paths))
    return _paths[kind]
