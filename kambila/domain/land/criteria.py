"""The national criteria of land release: what evidence weighs, what makes an area confirmed, tolerance and residual limit.

They have a version, which every sentence that rests on them names. Kambila brings an example (criteria.toml); IMAS 07.11
leaves the criteria to the national authority (unverified).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


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


@cache
def current() -> Criteria:
    """The criteria in force."""
    return read(tomllib.loads((Path(__file__).parent / "criteria.toml").read_text()))


def read(said: Mapping[str, Any]) -> Criteria:
    """Criteria from their file."""
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
