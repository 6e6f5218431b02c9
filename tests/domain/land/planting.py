"""A thousand areas of invented shape, some with a fault of a known sort. For tests only."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any

import shapely

from kambila.journal.entry import new_id
from tests.registry.telling import change

AREA = {"classification": "sha", "devices": ["uxo"], "adm1": "ML06"}
Ring = list[list[float]]
Values = dict[str, Any]


class Field:
    """Ground on which areas are laid out, far enough apart; `known` are those that stand when the faults come."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.places = iter([(-3 + 0.02 * (n % 60), 15 + 0.02 * (n // 60)) for n in range(3_000)])
        self.far = iter([(-9 + 0.2 * (n % 20), 12 + 0.2 * (n // 20)) for n in range(200)])
        self.codes = iter(range(1, 10_000))
        self.known: list[Values] = []
        self.points: list[Values] = []
        self.taken = iter(range(10_000))

    def ring(self, place: tuple[float, float] | None = None) -> Ring:
        """An outline that is walked around once: five to twelve corners around a place, not closed."""
        x, y = place or next(self.places)
        corners = self.dice.randint(5, 12)
        turns = [2 * math.pi * (n + self.dice.uniform(0, 0.6)) / corners for n in range(corners)]
        return [self._corner(x, y, turn, self.dice.uniform(0.001, 0.003)) for turn in turns]

    def _corner(self, x: float, y: float, turn: float, far: float) -> list[float]:
        return [round(x + far * math.cos(turn), 6), round(y + far * math.sin(turn), 6)]

    def values(self, *rings: Ring, **more: Any) -> Values:
        """What a good report of an area states."""
        return {**AREA, "code": f"EX-HA-{next(self.codes):05}", "polygon": polygon(*rings), **more}

    def one_known(self) -> Values:
        """A known area that no other fault is about."""
        return self.known[next(self.taken)]


def polygon(*rings: Ring, **more: Any) -> Values:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]] for ring in rings], **more}


def outline(values: Values) -> Ring:
    return [*values["polygon"]["coordinates"][0][:-1]]


def moved(ring: Ring, x: float, y: float = 0.0) -> Ring:
    return [[round(a + x, 6), round(b + y, 6)] for a, b in ring]


def smaller(ring: Ring, share: float) -> Ring:
    """The same outline drawn in towards its middle."""
    x, y = (sum(each[i] for each in ring) / len(ring) for i in (0, 1))
    return [[round(x + share * (a - x), 6), round(y + share * (b - y), 6)] for a, b in ring]


def point(place: list[float]) -> Values:
    return {"type": "Point", "coordinates": place}


def crossing(field: Field) -> Values:
    """Corners in a wrong order, until the outline does cross itself."""
    ring = field.ring()
    while shapely.Polygon(ring).is_valid:
        field.dice.shuffle(ring)
    return field.values(ring)


def two_corners(field: Field) -> Values:
    return field.values(field.ring()[:2])


def a_corner_twice(field: Field) -> Values:
    ring = field.ring()
    i = field.dice.randrange(len(ring))
    return field.values([*ring[: i + 1], *ring[i:]])


def a_name_twice(field: Field) -> Values:
    ring = field.ring()
    names = [f"TP{n}" for n in range(1, len(ring) + 1)]
    names[2] = f" {names[0].lower()} "
    return field.values(ring) | {"polygon": polygon(ring, ids=names)}


def not_closed(field: Field) -> Values:
    return field.values(ring := field.ring()) | {"polygon": {"type": "Polygon", "coordinates": [ring]}}


def a_long_leg(field: Field) -> Values:
    x, y = next(field.far)
    return field.values([[x, y], [x + field.dice.uniform(0.06, 0.1), y], [x, y + 0.002]])


def parts(field: Field, apart: float) -> Values:
    ring = field.ring()
    both = [[[*each, each[0]]] for each in (ring, moved(ring, apart))]
    return field.values(ring) | {"polygon": {"type": "MultiPolygon", "coordinates": both}}


def a_hole(field: Field, share: float, away: float = 0.0) -> Values:
    ring = field.ring()
    return field.values(ring, moved(smaller(ring, share), away))


def coinciding(field: Field) -> Values:
    ring = field.ring()
    return field.values(ring, reference_point=point(ring[0]), benchmark=point(ring[0]))


def the_same_again(field: Field) -> Values:
    ring = outline(field.one_known())
    turn = field.dice.randrange(len(ring))
    return field.values([*ring[turn:], *ring[:turn]][:: field.dice.choice((1, -1))])


def a_code_again(field: Field) -> Values:
    return field.values(field.ring(), code=f" {field.one_known()['code']} ")


def a_point_again(field: Field) -> Values:
    return field.values(
        field.ring(), polygon=None, location=field.points[next(field.taken) % len(field.points)]["location"]
    )


def on_a_neighbour(field: Field) -> Values:
    return field.values(moved(outline(field.one_known()), field.dice.uniform(0.0005, 0.0015)))


def exchanged(field: Field) -> Values:
    return field.values([[y, x] for x, y in field.ring()])


# Each sort of fault with what has to be found, and nothing else.
FAULTS: list[tuple[Callable[[Field], Values], set[str]]] = [
    (crossing, {"polygon-crosses-itself"}),
    (two_corners, {"too-few-turning-points"}),
    (a_corner_twice, {"turning-point-twice"}),
    (a_name_twice, {"turning-point-name-twice"}),
    (not_closed, {"ring-not-closed"}),
    (a_long_leg, {"leg-too-long"}),
    (lambda field: parts(field, 0.0005), {"parts-overlap", "in-several-parts"}),
    (lambda field: parts(field, 0.008), {"in-several-parts"}),
    (lambda field: a_hole(field, 0.2), {"area-has-holes"}),
    (lambda field: a_hole(field, 0.2, 0.009), {"hole-outside"}),
    (coinciding, {"points-coincide"}),
    (the_same_again, {"polygon-known-already"}),
    (a_code_again, {"code-known-already"}),
    (a_point_again, {"point-known-already"}),
    (on_a_neighbour, {"overlaps-neighbour"}),
    (exchanged, {"outside-country"}),
]


def good(field: Field) -> Iterator[Values]:
    """Good areas without end; every tenth has only a point."""
    number = 0
    while True:
        number += 1
        ring = field.ring()
        yield field.values(ring, polygon=None, location=point(ring[0])) if number % 10 == 0 else field.values(ring)


def reported(values: Values, kind: str = "hazardous_area") -> dict[str, Any]:
    return change(new_id(), values, kind)
