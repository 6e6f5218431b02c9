"""What lies in a box is found by the index as it would be by looking at every geometry."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
import shapely

from kambila.registry import access, boxed, precision, spatial, whereabouts
from kambila.registry.kinds import model_of, plan_of
from kambila.registry.regions import box_region

KIND = "hazardous_area"
MANY, BOXES = 60, 40


@pytest.fixture
def places(programme, monkeypatch):
    """{id: place} of areas large and small, of points, and of records with both, the point somewhere else."""
    monkeypatch.setattr(access, "held", lambda account: [SimpleNamespace(rule=ALL, scope=access.Scope())])
    dice, found, boxes = random.Random(5), {}, []
    for number in range(MANY):
        x, y, size = dice.uniform(0, 1), dice.uniform(0, 1), dice.choice((0.002, 0.05, 0.4))
        known = {"polygon": shapely.Point(x, y).buffer(size, 3), "location": shapely.Point(y, x)}
        if number % 3 == 0:
            del known["location" if number % 2 else "polygon"]
        id = f"00000000-0000-7000-8000-{number:012}"
        stored = {name: shape.wkb for name, shape in known.items()}
        model_of(KIND).objects.create(
            id=id, record_tier="restricted", office="", organisation="", last_entry="", revision=number, **stored
        )
        first = next(known[name] for name in plan_of(KIND).shapes if name in known)
        boxes += [(id, shape.bounds, shape is first) for shape in known.values()]
        found[id] = first
    spatial.insert(KIND, boxes)
    return found


ALL = SimpleNamespace(within="restricted", everywhere="restricted", actions=frozenset(), links_only=False)


def asked(box, walking):
    model = model_of(KIND)
    region = box_region([box])
    found = access.visible("all", model).filter(whereabouts.lies("all", model, region, walking))
    return set(found.values_list("pk", flat=True))


@pytest.mark.parametrize("few", [5_000, 3])
def test_a_box_finds_the_records_whose_place_touches_it_however_many_they_are(places, monkeypatch, few):
    monkeypatch.setattr(boxed, "FEW", few)
    monkeypatch.setattr(boxed, "SOME", few)
    dice = random.Random(11)
    for _each in range(BOXES):
        west, south, size = dice.uniform(-0.2, 0.9), dice.uniform(-0.2, 0.9), dice.choice((0.00001, 0.03, 0.3, 1.5))
        box = (west, south, west + size, south + size)
        wanted = {id for id, place in places.items() if place.intersects(shapely.box(*box))}
        assert asked(box, walking=True) == asked(box, walking=False) == wanted
        found = boxed.few("all", model_of(KIND), [box])
        assert found is None or set(found) == wanted
        after = dice.choice(["", *wanted])
        part = boxed.first("all", model_of(KIND), box, after, 4)
        assert part is None or part == (sorted(each for each in wanted if each > after)[:4], len(wanted))


def test_the_place_of_a_record_is_its_area_before_any_point(programme):
    assert precision.shapes(model_of(KIND))[0] == "polygon"
