"""The scenarios of a programme: a file with a version, which two people settle; until then the examples of Kambila.

That areas are chosen by criteria which are written down and weighted is IMAS 07.11 and 07.10 as told; the weights are a
proposal (unverified).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kambila.domain.operations import errors  # noqa: F401  the catalogue
from kambila.journal.errors import Problem
from kambila.registry import settled

SETTING = "priority-scenarios"


class Criterion(TextChoices):
    """What makes an area more urgent, or easier to begin with."""

    CASUALTIES = "casualties", _("Casualties near it")
    WATER = "water", _("Water is blocked")
    FIELDS = "fields", _("Fields or grazing are blocked")
    ROADS = "roads", _("A road is blocked")
    RETURNS = "returns", _("People return or are displaced")
    SCHOOL = "school", _("Near to a school")
    ACCESS = "access", _("It can be reached")
    DEVELOPMENT = "development", _("A project or a donor waits for it")


@dataclass(frozen=True)
class Scenario:
    """Named weights; `titles` by language."""

    name: str
    titles: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, float], ...]

    @property
    def title(self) -> str:
        titles = dict(self.titles)
        return titles.get((get_language() or "en")[:2]) or titles.get("en") or self.name


@dataclass(frozen=True)
class Scenarios:
    """What is in force: distances in km, time in years, and the casualties that bring the whole weight."""

    version: str
    radius_km: float
    years: float
    casualties: float
    all: tuple[Scenario, ...]

    def named(self, name: str) -> Scenario:
        """A scenario; the first for no name. Raises Problem when there is none of that name."""
        for each in self.all:
            if not name or each.name == name:
                return each
        raise Problem("no-scenario", name=name, choices=", ".join(each.name for each in self.all))


def current() -> Scenarios:
    """The scenarios in force; what another office settled amiss is passed over."""
    with settled.in_force():
        said = settled.settled(SETTING)
    return _settled(said) if said else example()


@cache
def example() -> Scenarios:
    """The scenarios that Kambila brings."""
    return read(tomllib.loads((Path(__file__).parent / "scenarios.toml").read_text()))


@lru_cache(maxsize=4)
def _settled(said: str) -> Scenarios:
    try:
        return read(json.loads(said))
    except (ValueError, KeyError, TypeError, AttributeError):
        return example()


def read(said: Mapping[str, Any]) -> Scenarios:
    """Scenarios from their file. Raises ValueError, KeyError, TypeError or AttributeError for what are none."""
    numbers = [float(said[name]) for name in ("radius_km", "years", "casualties")]
    if not str(said["version"]).strip() or not said["scenarios"] or not all(0 < each < 1e6 for each in numbers):
        raise ValueError("version, scenarios, radius_km > 0, years > 0, casualties > 0")
    radius_km, years, casualties = numbers
    found = tuple(_scenario(*each) for each in said["scenarios"].items())
    return Scenarios(str(said["version"]), radius_km, years, casualties, found)


def _scenario(name: str, said: Mapping[str, Any]) -> Scenario:
    weights = {str(Criterion(each)): float(weight) for each, weight in said["weights"].items()}
    if not weights or not all(0 < each < 1e6 for each in weights.values()):
        raise ValueError(f"{name}: weights > 0")
    titles = {str(language): str(words) for language, words in said["title"].items()}
    return Scenario(str(name), tuple(titles.items()), tuple(weights.items()))


def written(said: Scenarios) -> dict[str, Any]:
    """Scenarios as their file has them."""
    each = {s.name: {"title": dict(s.titles), "weights": dict(s.weights)} for s in said.all}
    numbers = {"radius_km": said.radius_km, "years": said.years, "casualties": said.casualties}
    return {"version": said.version, **numbers, "scenarios": each}
