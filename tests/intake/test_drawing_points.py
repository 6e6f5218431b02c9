"""Tables of turning points, and edges that are shared: pure functions."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from kambila.intake.drawing.points import Row, placed, rings, rows_of, stated
from kambila.intake.drawing.snapping import shared
from kambila.registry.geometry import area_m2

AREA = ("Polygon", "MultiPolygon")
SQUARE = shapely.box(-0.05, 16.27, -0.049, 16.271)
near = st.floats(-4e-6, 4e-6)  # degrees, some 40 cm


def typed(*positions: str, begins: dict[int, str] | None = None) -> list[Row]:
    return [Row(each, begins=(begins or {}).get(i, "")) for i, each in enumerate(positions)]


@pytest.mark.parametrize(
    "said", ["30 north 801450 1800170", "30Q 801450 1800170", "30Q E 801450 N 1800170", "30Q 801450mE, 1800170mN"]
)
def test_utm_is_read_in_one_cell(said):
    [point] = placed([Row(said)])
    assert point.place == pytest.approx((-0.1775, 16.2646), abs=1e-2)


def test_a_zone_that_does_not_say_north_or_south_is_refused_with_a_sentence():
    [point] = placed([Row("30S 801450 1800170")])
    assert point.place is None and "north or south" in point.problem


def test_a_hole_and_another_part_begin_where_the_table_says():
    squares = [
        typed("1, 1", "1, 5", "5, 5", "5, 1"),
        typed("2, 2", "2, 3", "3, 3", begins={0: "hole"}),
        typed("8, 8", "8, 9", "9, 9", begins={0: "part"}),
    ]
    points = placed([row for each in squares for row in each])
    assert [[len(ring) for ring in part] for part in rings(points)] == [[4, 3], [3]]
    geometry = shape(stated(points, AREA))
    assert (
        geometry.geom_type == "MultiPolygon"
        and rows_of(geometry)[4].begins == "hole"
        and rows_of(geometry)[7].begins == "part"
    )


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=3, max_size=9, unique=True))
def test_a_geometry_is_its_table_to_the_last_digit(places):
    polygon = shapely.Polygon(places)
    again = shape(stated(placed(rows_of(polygon)), AREA))
    assert all(
        math.isclose(x, y, abs_tol=1e-11)
        for x, y in zip(*(shapely.get_coordinates(each).ravel() for each in (polygon, again)), strict=True)
    )


@given(near, near, near, near, st.floats(0.0002, 0.0008))
def test_an_area_drawn_within_reach_of_an_edge_has_no_ground_in_common_and_leaves_no_gap(a, b, c, d, part):
    """It goes over a whole side, a corner of the neighbour's within it; the neighbour's corner becomes its own."""
    rows = typed(f"{16.27 + part + a}, {-0.049 + b}", f"{16.271 + c}, {-0.049 + d}", "16.2715, -0.048", "16.27, -0.048")
    drawn = shape(stated(shared(placed(rows), [("HA-1", SQUARE)], 1.0), AREA))
    assert area_m2(drawn.intersection(SQUARE)) == 0
    gap = shapely.box(-0.049, 16.27 + part + 1e-5, -0.04899, 16.2709).difference(drawn)
    assert gap.is_empty or area_m2(gap) == 0


def test_nothing_is_moved_that_is_farther_away_than_was_said():
    points = placed(typed("16.27, -0.04899", "16.271, -0.0489", "16.2705, -0.048"))
    assert shared(points, [("HA-1", SQUARE)], 0.05) == points
