"""Checks of land: each sentence is shown when it should be, and not when all is well."""

import pytest

from kambila.registry import spatial
from kambila.registry.geometry import read

AREA, OTHER, SURVEY = (f"00000000-0000-4000-8000-00000000000{n}" for n in (2, 3, 4))


def polygon(*points):
    return {"type": "Polygon", "coordinates": [[*map(list, points), list(points[0])]]}


SQUARE = polygon((0, 16.27), (0.001, 16.27), (0.001, 16.271), (0, 16.271))
BOW_TIE = polygon((0, 16.27), (0.001, 16.271), (0.001, 16.27), (0, 16.271))
FAR = polygon((0, 16.27), (0.1, 16.27), (0.1, 16.271))
THIN = polygon((0, 16.27), (0.001, 16.27), (0, 16.27))
SQUARE_M2 = str(read(SQUARE, ("Polygon",)).area_m2)


def known_area(**more):
    return {"hazardous_area": [{"id": AREA, "polygon": SQUARE, "code": "EX-HA-00001", **more}]}


def test_a_polygon_that_crosses_itself_is_named_with_the_place(found):
    assert "where" in found("polygon-crosses-itself", "hazardous_area", {"polygon": BOW_TIE})
    assert not found("polygon-crosses-itself", "hazardous_area", {"polygon": SQUARE})


def test_two_turning_points_make_no_polygon(found):
    assert found("too-few-turning-points", "hazardous_area", {"polygon": THIN}) == {"points": 2}
    assert not found("too-few-turning-points", "hazardous_area", {"polygon": SQUARE})


def test_a_turning_point_that_is_there_twice_is_found(found):
    twice = polygon((0, 16.27), (0.001, 16.27), (0.001, 16.27), (0.001, 16.271))
    assert found("turning-point-twice", "hazardous_area", {"polygon": twice})
    assert not found("turning-point-twice", "hazardous_area", {"polygon": SQUARE})


def test_a_leg_over_five_kilometres_is_doubted(found):
    assert found("leg-too-long", "hazardous_area", {"polygon": FAR})["distance"] > 10_000
    assert not found("leg-too-long", "hazardous_area", {"polygon": SQUARE})


def test_a_long_leg_is_normal_in_the_outline_of_a_cercle(found):
    assert not found("leg-too-long", "admin_area", {"outline": FAR})


@pytest.mark.parametrize(("point", "outside"), [([-0.04, 16.27], False), ([16.27, -0.04], True), ([120, 16], True)])
def test_a_place_outside_the_country_is_doubted_in_every_kind(found, point, outside):
    stated = {"location": {"type": "Point", "coordinates": point}}
    assert bool(found("outside-country", "spot_task", stated)) == outside


def test_the_country_is_a_setting(found, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "KAMBILA_COUNTRY_BOX", (100, 0, 130, 30), raising=False)
    stated = {"location": {"type": "Point", "coordinates": [120, 16]}}
    assert not found("outside-country", "spot_task", stated)


def test_an_area_that_lies_on_a_known_one_is_told_its_code(found, monkeypatch):
    monkeypatch.setattr(spatial, "near", lambda kind, bounds: [AREA])
    assert found("overlaps-neighbour", "hazardous_area", {"polygon": SQUARE}, others=known_area()) == {
        "percent": 100,
        "code": "EX-HA-00001",
    }


def test_areas_that_only_touch_do_not_overlap(found, monkeypatch):
    monkeypatch.setattr(spatial, "near", lambda kind, bounds: [AREA])
    beside = polygon((0.001, 16.27), (0.002, 16.27), (0.002, 16.271), (0.001, 16.271))
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": beside}, others=known_area())


def test_a_neighbour_that_crosses_itself_does_not_stop_the_check(found, monkeypatch):
    monkeypatch.setattr(spatial, "near", lambda kind, bounds: [AREA])
    assert not found("overlaps-neighbour", "hazardous_area", {"polygon": SQUARE}, others=known_area(polygon=BOW_TIE))


def test_a_product_outside_its_area_is_doubted(found):
    half_out = polygon((0.0005, 16.27), (0.0015, 16.27), (0.0015, 16.271), (0.0005, 16.271))
    stated = {"area": AREA, "polygon": half_out}
    assert found("outside-its-area", "land_release_product", stated, others=known_area()) == {"percent": 50}
    stated["polygon"] = SQUARE
    assert not found("outside-its-area", "land_release_product", stated, others=known_area())


@pytest.mark.parametrize(("stated", "differs"), [("1.04", False), ("1.06", True), ("0.90", True)])
def test_sizes_more_than_five_percent_apart_are_doubted(found, stated, differs):
    from decimal import Decimal

    values = {"polygon": SQUARE, "area_m2": str((Decimal(stated) * Decimal(SQUARE_M2)).quantize(Decimal("0.01")))}
    assert bool(found("sizes-differ", "hazardous_area", values)) == differs


def test_a_date_in_the_future_is_refused_and_a_year_that_has_begun_is_not(found):
    assert found("date-in-the-future", "village_survey", {"date": "2014-07-15"}) == {"date": "2014-07-15"}
    assert not found("date-in-the-future", "village_survey", {"date": "2014-06-30"})
    assert not found("date-in-the-future", "village_survey", {"date": "2014"})


def test_an_end_before_its_start_is_refused(found):
    stated = {"started_on": "2014-06-20", "ended_on": "2014-06-10"}
    assert found("end-before-start", "clearance", stated) == {"start": "2014-06-20", "end": "2014-06-10"}
    assert not found("end-before-start", "clearance", {"started_on": "2014-06-20", "ended_on": "2014-06"})


def test_parts_that_do_not_make_the_total_are_refused(found):
    stated = {"cancelled_m2": "100", "reduced_m2": "50.50", "cleared_m2": "10", "total_m2": "160"}
    assert found("sizes-do-not-add-up", "completion_report", stated)
    assert not found("sizes-do-not-add-up", "completion_report", {**stated, "total_m2": "160.50"})


@pytest.mark.parametrize("kind", ["clearance", "completion_report", "progress"])
def test_clearance_needs_a_depth(found, kind):
    assert found("clearance-without-depth", kind, {"cleared_m2": "10"})
    assert not found("clearance-without-depth", kind, {"cleared_m2": "10", "depth_cm": 0})
    assert not found("clearance-without-depth", kind, {"cleared_m2": "0"})


def test_a_cleared_product_needs_a_depth_and_a_cancelled_one_does_not(found):
    assert found("clearance-without-depth", "land_release_product", {"method": "cleared"})
    assert not found("clearance-without-depth", "land_release_product", {"method": "cancelled"})


@pytest.mark.parametrize("status", ["closed", "released"])
def test_a_report_that_an_area_is_released_is_asked_for_the_product(found, status):
    assert found("product-missing", "hazardous_area", {"reported_status": status})
    assert not found("product-missing", "hazardous_area", {"reported_status": status}, {"status": "closed"})


def test_a_classification_that_becomes_less_dangerous_is_doubted(found):
    assert found("classified-less-dangerous", "hazardous_area", {"classification": "sha"}, {"classification": "cha"})
    assert found("classified-less-dangerous", "hazardous_area", {"classification": None}, {"classification": "sha"})
    assert not found(
        "classified-less-dangerous", "hazardous_area", {"classification": "cha"}, {"classification": "sha"}
    )


def test_an_area_does_not_shrink_by_being_reported_smaller(found):
    assert found("area-shrinks", "hazardous_area", {"area_m2": "900"}, {"area_m2": "1000"})
    assert not found("area-shrinks", "hazardous_area", {"area_m2": "1100"}, {"area_m2": "1000"})


def test_a_confirmed_area_rests_on_direct_evidence(found):
    stated = {"classification": "cha", "evidence": "indirect"}
    assert found("confirmed-without-direct-evidence", "hazardous_area", stated)
    stated["evidence"] = "direct"
    assert not found("confirmed-without-direct-evidence", "hazardous_area", stated)


def test_an_area_that_nobody_can_find_is_doubted(found):
    assert found("area-without-place", "hazardous_area", {"classification": "sha"})
    assert not found("area-without-place", "hazardous_area", {"village": OTHER})


def test_casualties_of_a_village_add_up(found):
    stated = {"casualties_girls": 1, "casualties_men": 2, "casualties_total": 4}
    assert found("casualties-do-not-add-up", "village_survey", stated)
    assert not found("casualties-do-not-add-up", "village_survey", {**stated, "casualties_unknown": 1})
    assert not found("casualties-do-not-add-up", "village_survey", {"casualties_total": 4})


def test_a_village_without_danger_has_no_ordnance(found):
    assert found("danger-denied-and-described", "village_survey", {"contaminated": "no", "blockages": "water"})
    assert not found("danger-denied-and-described", "village_survey", {"contaminated": "no"})


@pytest.mark.parametrize(
    ("method", "link"),
    [("cancelled", "non_technical_survey"), ("reduced", "technical_survey"), ("cleared", "clearance")],
)
def test_each_way_of_release_rests_on_its_own_work(found, method, link):
    for other in ("non_technical_survey", "technical_survey", "clearance"):
        complaint = found("release-without-ground", "land_release_product", {"method": method, other: SURVEY})
        assert bool(complaint) == (other != link)


def test_products_together_release_no_more_than_the_area(found):
    area = {"hazardous_area": [{"id": AREA, "area_m2": "1000"}]}
    product = {"land_release_product": [{"area": AREA, "area_m2": "700", "method": "cleared"}]}
    stated = {"area": AREA, "area_m2": "400"}
    assert found("product-larger-than-area", "land_release_product", stated, others=area | product)
    assert not found("product-larger-than-area", "land_release_product", stated, others=area)


def test_a_product_that_is_called_the_whole_and_is_not_is_doubted(found):
    others = {"hazardous_area": [{"id": AREA, "area_m2": "1000"}]}
    stated = {"area": AREA, "area_m2": "400", "whole_area": "yes"}
    assert found("whole-but-smaller", "land_release_product", stated, others=others)
    assert not found("whole-but-smaller", "land_release_product", {**stated, "area_m2": "990"}, others=others)


def test_a_product_of_an_unknown_area_is_refused(found):
    assert found("product-without-area", "land_release_product", {"area": AREA})
    assert not found("product-without-area", "land_release_product", {"area": AREA}, others=known_area())


def test_completion_names_a_quality_visit(found):
    assert found("completion-without-quality-visit", "completion_report", {"task": OTHER})
    others = {"quality_visit": [{"task": OTHER, "result": "passed"}]}
    assert not found("completion-without-quality-visit", "completion_report", {"task": OTHER}, others=others)


def test_an_open_critical_non_conformity_blocks_completion(found):
    for status, blocks in (("open", True), ("corrected", True), ("verified", False)):
        others = {"non_conformity": [{"visit__task": OTHER, "severity": "critical", "status": status}]}
        complaint = found("critical-non-conformity-open", "completion_report", {"task": OTHER}, others=others)
        assert bool(complaint) == blocks


def test_land_is_handed_over_after_a_control_that_it_passed(found):
    assert found("handover-without-quality-control", "handover", {"area": AREA})
    failed = {"quality_visit": [{"id": OTHER, "result": "failed"}]}
    assert found("handover-after-failed-control", "handover", {"quality_control": OTHER}, others=failed)
    passed = {"quality_visit": [{"id": OTHER, "result": "passed"}]}
    assert not found("handover-after-failed-control", "handover", {"quality_control": OTHER}, others=passed)


def test_land_is_not_released_twice(found):
    known = {"land_release_product": [{"area": AREA, "code": "EX-LRP-00001", "polygon": SQUARE}]}
    stated = {"area": AREA, "polygon": SQUARE}
    assert found("released-before", "land_release_product", stated, others=known) == {
        "percent": 100,
        "code": "EX-LRP-00001",
    }
    stated["polygon"] = polygon((0.001, 16.27), (0.002, 16.27), (0.002, 16.271))
    assert not found("released-before", "land_release_product", stated, others=known)


def test_a_survey_that_may_be_known_is_shown(found):
    stated = {"village": OTHER, "date": "2014-06-20"}
    known = {"village_survey": [{**stated, "code": "EX-VS-00001"}]}
    assert found("survey-perhaps-known", "village_survey", stated, others=known) == {"code": "EX-VS-00001"}
    assert not found("survey-perhaps-known", "village_survey", stated)
