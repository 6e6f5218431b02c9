"""Outlines of hazardous areas, as a surveyor walks around them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kambila.demo.plan import Plan
from kambila.registry.geometry import ellipsoid

DEGREE_M = 111_200.0


@dataclass(frozen=True)
class Outline:
    """Turning points as (latitude, longitude), the first one again at the end; the size on the ellipsoid in m²."""

    points: list[tuple[float, float]]
    m2: float


def outline(plan: Plan, near: tuple[float, float], radius: float = 0) -> Outline:
    """A field of five to seven corners, some hundred metres from a village; `radius` in metres, about 60 if it is 0."""
    middle = (near[0] + plan.dice.uniform(0.004, 0.02), near[1] + plan.dice.uniform(-0.02, 0.02))
    corners, radius = plan.dice.randint(5, 7), radius or plan.dice.uniform(52, 70)
    points = []
    for number in range(corners):
        angle = 2 * math.pi * number / corners + plan.dice.uniform(-0.15, 0.15)
        reach = radius * plan.dice.uniform(0.85, 1.15) / DEGREE_M
        east = reach * math.cos(angle) / math.cos(math.radians(middle[0]))
        points.append((round(middle[0] + reach * math.sin(angle), 6), round(middle[1] + east, 6)))
    area = ellipsoid().polygon_area_perimeter([p[1] for p in points], [p[0] for p in points])[0]
    return Outline([*points, points[0]], abs(area))
