"""The national criteria of land release: what evidence weighs, what makes an area confirmed, tolerance and residual limit.

They have a version, which every sentence that rests on them names. Kambila brings an example (criteria.toml); IMAS 07.11
leaves the criteria to the national authority (unverified).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kambila.registry import settled


@dataclass(frozen=True)
class Criteria:
    """The criteria in force; `confirmed` and `suspected` are the weights from which evidence is direct, or indirect."""

    version: str
    tolerance: float
    residual_m2: float
    confirmed: float
    suspected: float
    weights: tuple[tuple[str, float], ...]

    def weight(self, basis: str) -> float:
        """What a piece of evidence weighs; one that the criteria do not name weighs as much as suspicion needs."""
        return dict(self.weights).get(basis, self.suspected)


SETTING = "land-criteria"
WIDEST, LARGEST = 0.1, 100.0  # no criteria may call more than this a measurement
settled.leans(SETTING, "hazardous_area")


def current() -> Criteria:
    """The criteria in force: those that the programme settled, else the example. What another office settled amiss, and
    nobody checked, is passed over."""
    said = settled.settled(SETTING)
    return _settled(said) if said else example()


@cache
def example() -> Criteria:
    """The criteria that Kambila brings."""
    return read(tomllib.loads((Path(__file__).parent / "criteria.toml").read_text()))


@lru_cache(maxsize=4)
def _settled(said: str) -> Criteria:
    try:
        return read(json.loads(said))
    except (ValueError, KeyError, TypeError, AttributeError):
        return example()


def read(said: Mapping[str, Any]) -> Criteria:
    """Criteria from their file. Raises ValueError, KeyError or TypeError for what is none, or goes beyond all measure."""
    if not (0 <= said["tolerance"] <= WIDEST and 0 <= said["residual_m2"] <= LARGEST and str(said["version"]).strip()):
        raise ValueError(f"tolerance ≤ {WIDEST}, residual_m2 ≤ {LARGEST:g}, version")
    if not all(float(weight) > 0 for weight in (*said["weights"].values(), *said["evidence"].values())):
        raise ValueError("weights > 0")
    weights = tuple(sorted((str(name), float(weight)) for name, weight in said["weights"].items()))
    evidence = said["evidence"]
    return Criteria(
        str(said["version"]),
        float(said["tolerance"]),
        float(said["residual_m2"]),
        float(evidence["confirmed"]),
        float(evidence["suspected"]),
        weights,
    )


def written(said: Criteria) -> dict[str, Any]:
    """Criteria as their file has them."""
    evidence = {"confirmed": said.confirmed, "suspected": said.suspected}
    numbers = {"tolerance": said.tolerance, "residual_m2": said.residual_m2}
    return {"version": said.version, **numbers, "evidence": evidence, "weights": dict(said.weights)}
