"""What is proposed for a polygon with a fault: every place is kept, the result is sound, nothing is done by itself."""

from __future__ import annotations

import random

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from kambila.registry import repairs
from kambila.registry.geometry import read

A, B, C, D = [0.0, 16.27], [0.001, 16.27], [0.001, 16.271], [0.0, 16.271]


def polygon(*rings, **more):
    return {"type": "Polygon", "coordinates": [[*ring] for ring in rings], **more}


def proposed(stated):
    found = repairs.proposed(stated)
    assert found is not None and found.after.problem == ""
    return found


def places(stated):
    return {tuple(place) for ring in stated["coordinates"] for place in ring}


def test_for_a_sound_polygon_nothing_is_proposed():
    assert repairs.proposed(polygon([A, B, C, D, A])) is None


def test_turning_points_in_a_wrong_order_are_walked_around():
    found = proposed(polygon([A, C, B, D, A]))
    assert found.steps == (repairs.ORDERED,) and places(found.stated) == places(polygon([A, B, C, D]))
    assert found.before.area_m2 < 1 and found.after.area_m2 == read(polygon([A, B, C, D, A]), ("Polygon",)).area_m2


def test_what_is_there_twice_is_left_out():
    found = proposed(polygon([A, B, B, C, D, A]))
    assert found.steps == (repairs.ONCE,) and found.stated["coordinates"] == [[A, B, C, D, A]]


def test_an_open_outline_is_brought_back_to_its_beginning():
    found = proposed(polygon([A, B, C, D]))
    assert found.steps == (repairs.CLOSED,) and found.stated["coordinates"] == [[A, B, C, D, A]]


def test_a_hole_outside_is_left_out_and_one_inside_stays():
    inner = [[0.0004, 16.2704], [0.0006, 16.2704], [0.0006, 16.2706], [0.0004, 16.2704]]
    outer = [[x + 1, y] for x, y in inner]
    found = proposed(polygon([A, B, C, D, A], inner, outer))
    assert found.steps == (repairs.HOLES,) and len(found.stated["coordinates"]) == 2


def test_parts_that_lie_on_each_other_become_one():
    shifted = [[x + 0.0005, y] for x, y in (A, B, C, D, A)]
    stated = {"type": "MultiPolygon", "coordinates": [[[A, B, C, D, A]], [shifted]]}
    found = proposed(stated)
    assert found.steps == (repairs.ONE,) and found.stated["type"] == "Polygon"
    assert float(found.after.area_m2) == pytest.approx(float(found.before.area_m2) * 0.75, rel=1e-4)


def test_a_field_that_takes_only_several_parts_gets_several():
    found = repairs.proposed({"type": "MultiPolygon", "coordinates": [[[A, C, B, D, A]]]}, ("MultiPolygon",))
    assert found is not None and found.stated["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "stated", [polygon([A, B, A]), polygon([A, A, A, A]), {"type": "Point", "coordinates": A}, {}, None]
)
def test_what_no_order_makes_a_polygon_gets_no_proposal(stated):
    assert repairs.proposed(stated) is None


def test_names_stay_with_their_turning_points_and_what_was_said_besides_stays():
    found = proposed(polygon([A, C, B, D, A], ids=["a", "c", "b", "d"], accuracy_m=4.5))
    named = {
        tuple(place): name for place, name in zip(found.stated["coordinates"][0], found.stated["ids"], strict=False)
    }
    assert named == {tuple(A): "a", tuple(B): "b", tuple(C): "c", tuple(D): "d"} and found.stated["accuracy_m"] == 4.5


@given(st.integers(0, 2**32), st.integers(4, 12))
def test_any_order_of_corners_is_put_right_with_every_corner_kept(seed, corners):
    dice = random.Random(seed)
    ring = [[round(dice.uniform(0, 0.01), 6), round(16 + dice.uniform(0, 0.01), 6)] for _ in range(corners)]
    stated = polygon([*ring, ring[0]])
    before = shapely.Polygon(ring)
    found = repairs.proposed(stated)
    if before.is_valid:
        assert found is None or found.steps == (repairs.ONCE,)
    elif found is not None:
        assert found.after.problem == "" and places(found.stated) == places(stated)
    else:
        # Only where corners stand on others' legs, which no turning of the order shortens.
        assert any(
            shapely.LineString([p, q]).distance(shapely.Point(r)) < 1e-9 for p in ring for q in ring for r in ring
        )
