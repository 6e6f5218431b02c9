"""Checks of land: each sentence is shown when it should be, and not when all is well."""

import pytest

from kambila.registry.geometry import read

AREA, OTHER, SURVEY = (f"00000000-0000-4000-8000-00000000000{n}" for n in (2, 3, 4))


def polygon(*points):
    return {"type": "Polygon", "coordinates": [[*map(list, points), list(points[0])]]}


SQUARE = polygon((0, 16.27), (0.001, 16.27), (0.001, 16.271), (0, 16.271))
SQUARE_M2 = str(read(SQUARE, ("Polygon",)).area_m2)


def known_area(**more):
    return {"hazardous_area": [{"id": AREA, "polygon": SQUARE, "code": "EX-HA-00001", **more}]}


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


def test_land_of_which_the_last_control_failed_is_not_released(found):
    failed = {"id": OTHER, "area": AREA, "visit_type": "control", "result": "failed", "code": "QA-1"}
    passed = {**failed, "id": f"{OTHER[:-1]}9", "result": "passed", "code": "QA-2"}
    days = (
        {"date_first": "2014-06-05", "date_last": "2014-06-05"},
        {"date_first": "2014-06-14", "date_last": "2014-06-14"},
    )
    product = {"area": AREA, "method": "cleared", "date": "2014-06-14"}
    visits = {"quality_visit": [failed | days[0]]}
    assert found("release-after-failed-control", "land_release_product", product, others=visits) == {"code": "QA-1"}
    visits = {"quality_visit": [passed | days[1], failed | days[0]]}
    assert not found("release-after-failed-control", "land_release_product", product, others=visits)
    assert not found("release-before-failed-control", "land_release_product", product, others=visits)
    product["date"] = "2014-06-02"
    assert found("release-before-failed-control", "land_release_product", product, others=visits)["code"] == "QA-1"


def test_a_failed_lot_is_lifted_only_by_itself_and_holds_back_only_what_lies_on_it(found):
    failed = {
        "id": OTHER, "area": AREA, "visit_type": "control", "result": "failed", "code": "QA-1", "lot": "1",
        "date_last": "2014-06-05",
    }  # fmt: skip
    passed = {
        **failed,
        "id": f"{OTHER[:-1]}9",
        "result": "passed",
        "code": "QA-2",
        "lot": "2",
        "date_last": "2014-06-14",
    }
    product = {"area": AREA, "method": "cleared"}

    def held(*visits, polygon=None):
        said = product | ({"polygon": polygon} if polygon else {})
        return found("release-after-failed-control", "land_release_product", said, others={"quality_visit": visits})

    assert held(failed, passed) == {"code": "QA-1"}
    assert not held(failed, {**passed, "lot": "1"})
    assert not held(failed, {**passed, "lot": None})
    assert held({**failed, "lot": None}, passed)
    drawn = {**failed, "reclear": SQUARE}
    assert held(drawn, passed) and held(drawn, passed, polygon=SQUARE)
    beside = polygon((0.001, 16.27), (0.002, 16.27), (0.002, 16.271), (0.001, 16.271))
    assert not held(drawn, passed, polygon=beside)


def test_a_survey_that_may_be_known_is_shown(found):
    stated = {"village": OTHER, "date": "2014-06-20"}
    known = {"village_survey": [{**stated, "code": "EX-VS-00001"}]}
    assert found("survey-perhaps-known", "village_survey", stated, others=known) == {"code": "EX-VS-00001"}
    assert not found("survey-perhaps-known", "village_survey", stated)
