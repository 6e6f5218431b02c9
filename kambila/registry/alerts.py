"""Alerts: what must reach the people on duty at once, declared by the areas beside the record types that it is about.

An area says of one of its kinds in which state a record is alarming, with the sentence that people are then sent::

    @alert("route_status", "closed-route", _("Route closed"), _("A route was reported as closed."))
    def closed_route(values: Values) -> bool:
        return values.get("status") == Access.CLOSED

`values` is what reports have stated of the record so far, the latest on top. An alert is raised by the report that makes
the answer yes where it was no before, so that saying the same thing again is no news. The sentence is a constant without
places to fill in: nothing personal, no exact place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.module_loading import autodiscover_modules

Values = Mapping[str, Any]
Test = Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of alert: its code, its title and sentence, the kind of record, and whether it overrides quiet hours.

    `kind` is empty for what is about no record (a stolen phone), which is raised by whoever knows of it.
    """

    code: str
    title: Any
    sentence: Any
    urgent: bool = False
    kind: str = ""
    test: Test | None = None


_sorts: dict[str, Sort] = {}


def alert(kind: str, code: str, title: Any, sentence: Any, *, urgent: bool = False) -> Callable[[Test], Test]:
    """Declare an alert about a kind of record."""

    def declare(test: Test) -> Test:
        _add(Sort(code, title, sentence, urgent, kind, test))
        return test

    return declare


def declare_alert(code: str, title: Any, sentence: Any, *, urgent: bool = False) -> None:
    """Declare an alert that is about no record."""
    _add(Sort(code, title, sentence, urgent))


@cache
def _discover() -> None:
    """Once for each process: it looks into every app."""
    autodiscover_modules("alerts")


def all_alerts() -> Mapping[str, Sort]:
    """Every declared sort of alert, by code."""
    _discover()
    return _sorts


def alerts_of(kind: str) -> list[Sort]:
    """The sorts of alert that a kind of record can raise."""
    return [each for each in all_alerts().values() if each.kind == kind]


def _add(sort: Sort) -> None:
    if sort.code in _sorts:
        raise ValueError(f"two alerts are called {sort.code}")
    _sorts[sort.code] = sort
