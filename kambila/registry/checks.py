"""Checks: what a good report must satisfy, declared by the areas beside the record types that they are about.

A check looks at one change of a report and answers whether something is wrong::

    @check("casualty", "casualty-without-incident", WARNING, _("…what is wrong…"), _("…what to do…"))
    def casualty_without_incident(draft: Draft) -> Found:
        return draft.values.get("incident") is None

It returns False or None when all is well, True when not, or a dict of values for the places in its sentence. Under AT
the dict may hold the parts of a geometry that are wrong, as GeoJSON, and under POINTS the turning points among them as
(number, longitude, latitude): pages draw the ones and list the others. An ERROR keeps a report from being accepted;
a WARNING must be answered with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules

ERROR, WARNING = "error", "warning"
AT, POINTS = "at", "points_at"
Found = bool | Mapping[str, Any] | None


class Draft(Protocol):
    """One change of a report, as a check sees it."""

    kind: str
    id: str
    is_new: bool  # nothing is known of the record yet
    stated: Mapping[str, Any]  # what this change states, as the fields read it
    known: Mapping[str, Any]  # the record as it is known before this report; empty when it is new
    values: Mapping[str, Any]  # the record as it would be: what is known, overlaid with what is stated
    information: tuple[str, str, str]  # the report's date of information: text, first day, last day
    received: str  # the day on which the report was received, YYYY-MM-DD
    office: str
    organisation: str

    def record(self, kind: str, id: str | None) -> Mapping[str, Any] | None:
        """Another record, as this report states it or as it is known; None when it is neither."""

    def records(self, kind: str, ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """Several of them, with one question; without those that are not known."""

    def siblings(self, kind: str) -> Sequence[Draft]:
        """The other changes of that kind in the same report."""

    def rows(self, kind: str, **filters: Any) -> Sequence[Mapping[str, Any]]:
        """Known records of a kind, by Django filters, without this one."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: its code, the kind that it looks at, how grave it is, its sentence and its remedy."""

    kind: str
    code: str
    level: str
    sentence: Any
    remedy: Any
    test: Callable[[Draft], Found]


_checks: dict[str, Check] = {}


def check(
    kind: str, code: str, level: str, sentence: Any, remedy: Any
) -> Callable[[Callable[[Draft], Found]], Callable[[Draft], Found]]:
    """Declare a check; `kind` may be ``*`` for every kind."""

    def declare(test: Callable[[Draft], Found]) -> Callable[[Draft], Found]:
        if code in _checks:
            raise ValueError(f"two checks are called {code}")
        _checks[code] = Check(kind, code, level, sentence, remedy, test)
        return test

    return declare


def check_order(kind: str, code: str, level: str, sentence: Any, remedy: Any, *, start: str, end: str) -> None:
    """Declare that the partial date `end` may not lie wholly before `start`; the sentence may show %(start)s, %(end)s."""

    @check(kind, code, level, sentence, remedy)
    def out_of_order(draft: Draft) -> Found:
        first, last = draft.values.get(start), draft.values.get(end)
        return {"start": first[0], "end": last[0]} if first and last and last[2] < first[1] else None


@cache
def _discover() -> None:
    """Once for each process: it looks into every app."""
    autodiscover_modules("checks", "paths")


def all_checks() -> Mapping[str, Check]:
    """Every declared check, by code."""
    _discover()
    return _checks


def checks_of(kind: str) -> list[Check]:
    """The checks that look at a kind."""
    return [each for each in all_checks().values() if each.kind in (kind, "*")]
