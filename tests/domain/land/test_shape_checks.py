"""Checks of a geometry by itself: each fault is named with its turning points, and a good polygon is left in peace."""

import pytest

from kambila.registry.checks import ERROR, WARNING, all_checks, checks_of

SQUARE = [(0, 16.27), (0.001, 16.27), (0.001, 16.271), (0, 16.271)]
INNER = [(0.0004, 16.2704), (0.0006, 16.2704), (0.0006, 16.2706), (0.0004, 16.2706)]
OUTER = [(0.002, 16.2704), (0.003, 16.2704), (0.003, 16.2706)]
OWN = [
    "polygon-crosses-itself", "hole-outside", "polygon-invalid", "too-few-turning-points", "turning-point-twice",
    "turning-point-name-twice", "ring-not-closed", "leg-too-long", "parts-overlap", "in-several-parts", "area-has-holes",
]  # fmt: skip


def ring(points):
    return [*map(list, points), list(points[0])]


def polygon(*points, holes=(), **more):
    return {"type": "Polygon", "coordinates": [ring(points), *map(ring, holes)], **more}


def parts(*rings):
    return {"type": "MultiPolygon", "coordinates": [[ring(each)] for each in rings]}


@pytest.fixture
def codes(found):
    """The checks of a geometry by itself that complain of a polygon."""

    def ask(shape, kind="hazardous_area"):
        looked_at = {each.code for each in checks_of(kind)} & set(OWN)
        return {code for code in looked_at if found(code, kind, {"polygon": shape})}

    return ask


def test_a_good_polygon_is_left_in_peace(codes):
    assert codes(polygon(*SQUARE)) == set()


def test_what_must_be_mended_is_an_error_and_advice_is_a_warning():
    level = {code: all_checks()[code].level for code in OWN}
    advice = {"ring-not-closed", "leg-too-long", "parts-overlap", "in-several-parts", "area-has-holes"}
    assert {code for code in OWN if level[code] == WARNING} == advice
    assert all(level[code] == ERROR for code in set(OWN) - advice)


def test_legs_that_cross_are_named_by_their_turning_points(found, codes):
    bow_tie = polygon(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])
    assert found("polygon-crosses-itself", "hazardous_area", {"polygon": bow_tie}) == {
        "points": "1, 2, 3, 4", "where": "the leg 1–2 and the leg 3–4",
    }  # fmt: skip
    assert codes(bow_tie) == {"polygon-crosses-itself"}


def test_the_legs_that_cross_are_drawn(drawn):
    bow_tie = polygon(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])
    wrong, points = drawn("polygon-crosses-itself", "hazardous_area", {"polygon": bow_tie})
    assert [part.geom_type for part in wrong.geoms] == ["LineString", "LineString"]
    assert points[1] == (2, 0.001, 16.271)


def test_a_spike_that_goes_back_on_itself_crosses_itself(codes):
    assert codes(polygon(*SQUARE, (0, 16.275), (0, 16.2705))) == {"polygon-crosses-itself"}


def test_a_turning_point_on_another_leg_crosses_it(codes):
    assert codes(polygon((0, 16.27), (0.001, 16.27), (0.001, 16.271), (0.0005, 16.27), (0, 16.271))) == {
        "polygon-crosses-itself"
    }


def test_two_turning_points_make_no_polygon(found, codes):
    thin = polygon(SQUARE[0], SQUARE[1])
    assert found("too-few-turning-points", "hazardous_area", {"polygon": thin}) == {"points": "1, 2", "count": 2}
    assert codes(thin) == {"too-few-turning-points"}
    assert codes(polygon(SQUARE[0])) == {"too-few-turning-points"}


@pytest.mark.parametrize(("order", "numbers"), [((0, 1, 1, 2, 3), "2, 3"), ((0, 1, 2, 3, 0), "1, 5")])
def test_a_turning_point_that_is_there_twice_is_named(found, codes, order, numbers):
    twice = polygon(*(SQUARE[i] for i in order))
    assert found("turning-point-twice", "hazardous_area", {"polygon": twice}) == {"points": numbers}
    assert codes(twice) == {"turning-point-twice"}


def test_a_turning_point_that_is_come_back_to_later_is_there_twice_and_crosses_nothing(codes):
    eight = polygon((0, 16.27), (0.001, 16.271), (0.002, 16.27), (0.002, 16.272), (0.001, 16.271), (0, 16.272))
    assert codes(eight) == {"turning-point-twice"}


def test_points_a_millimetre_apart_are_one(codes):
    assert codes(polygon(*SQUARE, (0.00000001, 16.27100001))) == {"turning-point-twice"}


def test_names_of_turning_points_are_compared_without_capitals_and_spaces(found, codes):
    named = polygon(*SQUARE, ids=["TP1", "TP2", " tp2 ", "TP4"])
    assert found("turning-point-name-twice", "hazardous_area", {"polygon": named}) == {
        "points": "2, 3",
        "names": "TP2, tp2",
    }
    assert codes(named) == {"turning-point-name-twice"}
    assert codes(polygon(*SQUARE, ids=["TP1", "TP2", "TP3", ""])) == set()


def test_an_outline_that_does_not_come_back_is_doubted(codes):
    assert codes({"type": "Polygon", "coordinates": [list(map(list, SQUARE))]}) == {"ring-not-closed"}


def test_a_leg_over_five_kilometres_is_doubted_with_its_ends(found, drawn):
    far = polygon((0, 16.27), (0.1, 16.27), (0.1, 16.271))
    assert found("leg-too-long", "hazardous_area", {"polygon": far}) == {
        "points": "1, 2, 3", "distance": 10689, "where": "1–2, 3–1",
    }  # fmt: skip
    assert drawn("leg-too-long", "hazardous_area", {"polygon": far})[0].length == pytest.approx(0.2, rel=0.01)


def test_a_leg_just_under_five_kilometres_is_not_doubted(codes):
    assert codes(polygon((0, 16.27), (0.046, 16.27), (0.046, 16.271))) == set()


def test_a_long_leg_is_normal_in_the_outline_of_a_cercle(found):
    assert not found("leg-too-long", "admin_area", {"outline": polygon((0, 16.27), (0.1, 16.27), (0.1, 16.271))})


def test_parts_that_lie_on_each_other_are_doubted_with_their_share(found, codes):
    shifted = [(x + 0.0005, y) for x, y in SQUARE]
    assert found("parts-overlap", "hazardous_area", {"polygon": parts(SQUARE, shifted)}) == {"where": "1 / 2 (50 %)"}
    assert codes(parts(SQUARE, shifted), "land_release_product") == {"parts-overlap"}


def test_parts_that_share_hardly_anything_are_not_doubted(codes):
    shifted = [(x + 0.00097, y) for x, y in SQUARE]
    assert codes(parts(SQUARE, shifted), "land_release_product") == set()


def test_an_area_in_parts_is_asked_why_and_a_product_is_not(codes):
    apart = parts(SQUARE, [(x + 0.002, y) for x, y in SQUARE])
    assert codes(apart) == {"in-several-parts"}
    assert codes(apart, "land_release_product") == set()


def test_a_hole_in_an_area_is_asked_why_with_its_size_and_one_in_a_product_is_not(found, codes):
    holed = polygon(*SQUARE, holes=[INNER])
    assert codes(holed) == {"area-has-holes"}
    assert 470 < found("area-has-holes", "hazardous_area", {"polygon": holed})["m2"] < 475
    assert codes(holed, "land_release_product") == set()


def test_a_hole_outside_its_outline_is_refused_and_drawn(codes, drawn):
    holed = polygon(*SQUARE, holes=[INNER, OUTER])
    assert codes(holed) == {"hole-outside"}
    wrong, _points = drawn("hole-outside", "hazardous_area", {"polygon": holed})
    assert wrong.bounds == (0.002, 16.2704, 0.003, 16.2706)


def test_holes_that_lie_on_each_other_are_refused(codes):
    assert codes(polygon(*SQUARE, holes=[INNER, [(x + 0.0001, y) for x, y in INNER]])) == {"hole-outside"}


def test_what_cannot_be_measured_for_another_reason_is_refused_all_the_same(codes):
    along = [(0, 16.2704), (0.0006, 16.2704), (0.0006, 16.2706), (0, 16.2706)]
    assert "polygon-invalid" in codes(polygon(*SQUARE, holes=[along]))


def test_an_outline_of_another_kind_that_crosses_itself_is_refused(found):
    bow_tie = polygon(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])
    assert "why" in found("polygon-invalid", "admin_area", {"outline": bow_tie})


def test_benchmark_and_reference_point_are_not_one_point(found):
    def point(x):
        return {"type": "Point", "coordinates": [x, 16.27]}

    stated = {"reference_point": point(0), "benchmark": point(0)}
    assert found("points-coincide", "hazardous_area", stated) == {"names": "reference point, benchmark"}
    assert found("points-coincide", "hazardous_area", {"evidence_point": point(0)}, {"benchmark": point(0)})
    assert not found("points-coincide", "hazardous_area", {"title": "X"}, stated)
    assert not found("points-coincide", "hazardous_area", {**stated, "benchmark": point(0.0001)})


@pytest.mark.parametrize(("point", "outside"), [([-0.04, 16.27], False), ([16.27, -0.04], True), ([120, 16], True)])
def test_a_place_outside_the_country_is_doubted_in_every_kind(found, point, outside):
    stated = {"location": {"type": "Point", "coordinates": point}}
    assert bool(found("outside-country", "spot_task", stated)) == outside


def test_the_country_is_a_setting(found, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "KAMBILA_COUNTRY_BOX", (100, 0, 130, 30), raising=False)
    stated = {"location": {"type": "Point", "coordinates": [120, 16]}}
    assert not found("outside-country", "spot_task", stated)
