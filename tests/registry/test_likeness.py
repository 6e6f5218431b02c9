"""Comparers: how alike, why, and that those which are alike are found without looking at all pairs."""

import pytest
import shapely
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kambila.registry import partial_dates
from kambila.registry.likeness import NearName, NearNumber, NearPoint, Overlap, SameCode, SameDay, SameText
from kambila.registry.names import folded, numbers, plain_code

LABELS = {"code": "Code", "title": "Name", "date": "Date", "age": "Age", "adm3": "Commune"}


def point(x, y):
    return {"place": shapely.Point(x, y).wkb}


def box(x, size=0.01):
    return {"polygon": shapely.box(x, 16, x + size, 16 + size).wkb}


def date(text):
    return {"date": partial_dates.read(text)}


def touch(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


@pytest.mark.parametrize(("one", "other"), [("HA-0012", "ha 12"), ("TO/2014/003", "to-2014-3"), ("A12", "a 012")])
def test_codes_are_the_same_however_they_are_written(one, other):
    same = SameCode("code")
    assert same.compare({"code": one}, {"code": other}, LABELS).degree == 1
    assert same.keys({"code": one}) & same.keys({"code": other})


@pytest.mark.parametrize(("one", "other"), [("HA-12", "HA-112"), ("HA-12", "HB-12"), ("HA-12", ""), ("", "")])
def test_other_codes_are_not(one, other):
    assert SameCode("code").compare({"code": one}, {"code": other}, LABELS) is None


@given(st.text("abcdeé -ş1", min_size=1, max_size=12), st.text("abcdeé -ş1", min_size=1, max_size=12))
def test_names_that_are_alike_but_for_a_letter_share_a_key(one, other):
    near = NearName("title", at_least=0.95)
    if near.compare({"title": one}, {"title": other}, LABELS):
        assert near.keys({"title": one}) & near.keys({"title": other})


def test_names_with_other_numbers_are_not_alike():
    assert NearName("title").compare({"title": "Bourem 1"}, {"title": "Bourem 2"}, LABELS) is None
    assert NearName("title").compare({"title": "Bourem 01"}, {"title": "Bourem 1"}, LABELS)


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("2014-06-18", "2014-06-18", 1),
        ("2014-06-18", "2014-06", 0.75),
        ("2014", "2014-06-18", 0.5),
        ("2014", "2014", 0.5),
    ],
)
def test_a_vaguer_date_is_less_alike_and_is_found_all_the_same(one, other, degree):
    same = SameDay("date")
    assert same.compare(date(one), date(other), LABELS).degree == degree
    assert same.keys(date(one)) & same.keys(date(other))


def test_other_days_are_not_alike():
    assert SameDay("date").compare(date("2014-06-18"), date("2014-06-19"), LABELS) is None


@given(st.floats(-17, 55), st.floats(-60, 60), st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_points_within_the_distance_have_boxes_that_touch(x, y, east, north):
    near = NearPoint("place", within_m=500)
    one, other = point(x, y), point(x + east, y + north)
    if near.compare(one, other, LABELS):
        assert touch(near.box(one), near.box(other))


def test_a_point_nearer_is_more_alike():
    near = NearPoint("place", within_m=500)
    degrees = [near.compare(point(0, 16), point(east, 16), LABELS).degree for east in (0, 0.001, 0.004)]
    assert degrees == sorted(degrees, reverse=True) and degrees[0] == 1 and degrees[2] > 0.5
    assert near.compare(point(0, 16), point(0.01, 16), LABELS) is None


def test_the_degree_of_an_overlap_is_the_mean_of_two_shares():
    overlap = Overlap("polygon")
    assert overlap.compare(box(0), box(0), LABELS).degree == 1
    assert overlap.compare(box(0), box(0.005), LABELS).degree == pytest.approx((1 / 2 + 1 / 3) / 2, rel=1e-3)
    assert overlap.compare(box(0), box(0.0099), LABELS) is None


def test_a_polygon_that_crosses_itself_is_not_compared():
    crossed = {"polygon": shapely.Polygon([(0, 16), (0.01, 16.01), (0.01, 16), (0, 16.01)]).wkb}
    assert Overlap("polygon").compare(crossed, box(0), LABELS) is None


@pytest.mark.parametrize(("other", "alike"), [(9, True), (10, True), (11, False), (None, False)])
def test_numbers_may_be_a_little_apart(other, alike):
    assert bool(NearNumber("age", within=1).compare({"age": 9}, {"age": other}, LABELS)) is alike


def test_what_one_of_them_does_not_say_is_not_alike():
    assert SameText("adm3").compare({"adm3": "ML0801"}, {}, LABELS) is None
    assert SameText("adm3").keys({}) == frozenset()


def test_reasons_are_told_in_the_readers_language():
    with translation.override("fr"):
        found = SameCode("code").compare({"code": "HA-12"}, {"code": "HA-12"}, LABELS)
    assert found.reason == "Code : pareil, HA-12."


def test_names_are_folded_codes_made_plain_and_numbers_found():
    assert folded("Gourma-Rharous") == "gourma rharous"
    assert plain_code("HA-000") == "ha 0"
    assert numbers("Bourem 01, 2") == ["1", "2"]
