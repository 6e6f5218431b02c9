"""Checks of a geometry beside others: found once, with the code of the other, and not where they only touch."""

import pytest

from kambila.registry import spatial

AREA, OTHER = (f"00000000-0000-4000-8000-00000000000{n}" for n in (2, 3))
INSIDE = {
    "clearance": "polygon",
    "completion_report": "final_polygon",
    "handover": "polygon",
    "land_release_product": "polygon",
}


def box(x, y=16.27, wide=0.001, high=0.001):
    corners = [[x, y], [x + wide, y], [x + wide, y + high], [x, y + high], [x, y]]
    return {"type": "Polygon", "coordinates": [corners]}


SQUARE = box(0)
TURNED = {"type": "Polygon", "coordinates": [[*SQUARE["coordinates"][0][2:0:-1], *SQUARE["coordinates"][0][-1:1:-1]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 16.27], [0.001, 16.271], [0.001, 16.27], [0, 16.271], [0, 16.27]]]}


def known_area(**more):
    return {"hazardous_area": [{"id": AREA, "polygon": SQUARE, "code": "EX-HA-00001", **more}]}


@pytest.fixture(autouse=True)
def index(monkeypatch):
    """Only the records of a test are near."""
    monkeypatch.setattr(spatial, "near", lambda kind, bounds: [AREA])


def test_an_area_that_lies_on_a_known_one_is_told_its_code(found, drawn):
    stated = {"polygon": box(0.0005)}
    assert found("overlaps-neighbour", "hazardous_area", stated, others=known_area()) == {
        "percent": 50, "code": "EX-HA-00001",
    }  # fmt: skip
    common, _points = drawn("overlaps-neighbour", "hazardous_area", stated, others=known_area())
    assert common.bounds == (0.0005, 16.27, 0.001, 16.271)


def test_areas_that_only_touch_do_not_overlap(found):
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": box(0.001)}, others=known_area())


def test_a_neighbour_that_crosses_itself_does_not_stop_the_check(found):
    known = known_area(polygon=BOW_TIE)
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": SQUARE}, others=known)


def test_an_area_does_not_overlap_itself(found):
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": box(0.0005)}, others=known_area(), id=AREA)


@pytest.mark.parametrize("again", [SQUARE, TURNED, {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}])
def test_the_same_polygon_is_found_wherever_it_begins_and_whichever_way_it_turns(found, again):
    assert found("polygon-known-already", "hazardous_area", {"polygon": again}, others=known_area()) == {
        "code": "EX-HA-00001"
    }
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": again}, others=known_area())


def test_the_same_polygon_is_found_in_the_same_report(found, change):
    twin = change("hazardous_area", {"polygon": SQUARE, "code": "EX-HA-00009"}, id=OTHER)
    assert found("polygon-known-already", "hazardous_area", {"polygon": SQUARE}, together=[twin]) == {
        "code": "EX-HA-00009"
    }


def test_a_polygon_that_crosses_itself_and_comes_again_is_found(found):
    known = known_area(polygon=BOW_TIE)
    assert found("polygon-known-already", "hazardous_area", {"polygon": BOW_TIE}, others=known)


def test_another_polygon_is_not_the_same(found):
    assert not found("polygon-known-already", "hazardous_area", {"polygon": box(0.0001)}, others=known_area())


def test_ground_may_be_cleared_a_second_time_with_a_reason(found):
    known = {"clearance": [{"id": AREA, "polygon": SQUARE, "code": "EX-CLR-00001"}]}
    assert found("polygon-worked-before", "clearance", {"polygon": SQUARE}, others=known) == {"code": "EX-CLR-00001"}
    assert not found("polygon-known-already", "clearance", {"polygon": SQUARE}, others=known)


def test_a_code_of_another_record_is_refused_however_it_is_spaced(found):
    known = known_area()
    assert found("code-known-already", "hazardous_area", {"code": " EX-HA-00001 "}, others=known) == {
        "code": "EX-HA-00001"
    }
    assert not found("code-known-already", "hazardous_area", {"code": "EX-HA-00002"}, others=known)
    assert not found("code-known-already", "hazardous_area", {"code": "EX-HA-00001"}, others=known, id=AREA)


def test_two_areas_without_polygon_at_one_point_are_refused(found):
    point = {"type": "Point", "coordinates": [0.0005, 16.27]}
    known = {"hazardous_area": [{"id": AREA, "location": point, "code": "EX-HA-00001"}]}
    assert found("point-known-already", "hazardous_area", {"location": point}, others=known) == {"code": "EX-HA-00001"}
    assert not found("point-known-already", "hazardous_area", {"location": point, "polygon": SQUARE}, others=known)


def test_areas_recorded_at_their_village_because_it_was_not_safe_may_share_its_point(found):
    point = {"type": "Point", "coordinates": [0.0005, 16.27]}
    known = {"hazardous_area": [{"id": AREA, "location": point, "safe_to_record": "no"}]}
    assert not found("point-known-already", "hazardous_area", {"location": point}, others=known)


@pytest.mark.parametrize(("kind", "field"), INSIDE.items())
def test_what_is_done_in_an_area_lies_inside_it(found, drawn, kind, field):
    stated = {"area": AREA, field: box(0.0005)}
    assert found("outside-its-area", kind, stated, others=known_area()) == {"percent": 50}
    outside, _points = drawn("outside-its-area", kind, stated, others=known_area())
    assert outside.bounds == (0.001, 16.27, 0.0015, 16.271)
    assert not found("outside-its-area", kind, {**stated, field: SQUARE}, others=known_area())


def test_an_area_in_parts_that_lie_on_each_other_is_one_ground(found):
    parts = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], box(0.0005)["coordinates"]]}
    stated = {"area": AREA, "polygon": box(0, wide=0.0015)}
    assert not found("outside-its-area", "land_release_product", stated, others=known_area(polygon=parts))


def test_land_is_not_released_twice(found):
    known = {"land_release_product": [{"area": AREA, "code": "EX-LRP-00001", "polygon": SQUARE}]}
    stated = {"area": AREA, "polygon": SQUARE}
    assert found("released-before", "land_release_product", stated, others=known) == {
        "percent": 100, "code": "EX-LRP-00001",
    }  # fmt: skip
    assert not found("released-before", "land_release_product", {**stated, "polygon": box(0.001)}, others=known)


def test_land_is_handed_over_only_where_products_released_it(found):
    stated = {"area": AREA, "polygon": box(0, wide=0.002)}
    released = {"land_release_product": [{"id": OTHER, "area": AREA, "polygon": SQUARE}]}
    assert found("handed-over-not-released", "handover", stated, others=released) == {"percent": 50}
    assert found("handed-over-not-released", "handover", stated) == {"percent": 100}
    assert not found("handed-over-not-released", "handover", {**stated, "polygon": SQUARE}, others=released)


def test_a_product_in_the_same_report_releases_what_is_handed_over(found, change):
    product = change("land_release_product", {"area": AREA, "polygon": SQUARE}, id=OTHER)
    assert not found("handed-over-not-released", "handover", {"area": AREA, "polygon": SQUARE}, together=[product])
