"""How an answer becomes a stated value, for each type of field."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from kambila.domain.incidents.models import Casualty
from kambila.intake.definition import Choice
from kambila.intake.values import state
from kambila.registry.fields import Code, Codes, Link, Moment, Number, PartialDate, Shape, Text, Whole, YesNo
from kambila.registry.fields import YesNoUnknown as Answers
from kambila.registry.kinds import kinds, plan_of

KNOWN = "0190a000-0000-7000-8000-000000000001"
LINK = plan_of("casualty").stated["incident"]
FIELDS = [Text(), Code(Answers), Codes(Answers), YesNo(), Whole(), Number(), PartialDate(), Moment(), LINK]
FIELDS += [Shape("Point"), Shape("Polygon"), Shape("MultiPolygon"), Shape("LineString")]


def stated(field, answer, choices=None, type="string", look=""):
    known = {("incident", "GAO-INC-00001"): KNOWN}
    return state(field, answer, choices or {}, lambda kind, code: known.get((kind, code)), type, look)


def test_a_code_that_was_chosen_is_the_code_of_kambila():
    choices = {"y": Choice("y", "yes", {})}
    assert stated(YesNo(), "y", choices) == "yes"
    assert stated(Codes(Answers), "y no", choices) == ["yes", "no"]


def test_unknown_is_a_code_where_the_list_has_it_and_stated_unknown_elsewhere():
    assert stated(YesNo(), "unknown") == "unknown"
    assert [stated(each, "unknown") for each in (Whole(), Number(), PartialDate(), LINK, Shape("Point"))] == [None] * 5
    assert stated(Text(), "unknown") == "unknown"


def test_a_whole_number_is_a_number_and_a_decimal_is_text():
    assert stated(Whole(), "12") == 12
    assert stated(Number(), "12.50") == "12.50"
    assert stated(Whole(), "12.5") == "12.5"


def test_a_number_too_great_for_json_stays_text():
    assert stated(Whole(), "9007199254740993") == "9007199254740993"


@pytest.mark.parametrize(
    ("answer", "type", "look", "expected"),
    [
        ("2014-06-20", "date", "", "2014-06-20"),
        ("2014-06-01", "date", "month-year", "2014-06"),
        ("2014-01-01", "date", "year", "2014"),
        ("2014-06", "string", "", "2014-06"),
        ("2014-06-20T10:30:00.000+00:00", "dateTime", "", "2014-06-20"),
        ("June", "string", "", "June"),
    ],
)
def test_a_date_knows_what_was_asked(answer, type, look, expected):
    assert stated(PartialDate(), answer, type=type, look=look) == expected


def test_a_moment_is_in_utc():
    assert stated(Moment(), "2014-06-20T12:30:00.000+02:00") == "2014-06-20T10:30:00Z"
    assert stated(Moment(), "noon") == "noon"


def test_a_link_is_a_uuid_or_a_code_that_is_known():
    assert stated(LINK, KNOWN.upper()) == KNOWN
    assert stated(LINK, f"uuid:{KNOWN}") == KNOWN
    assert stated(LINK, "GAO-INC-00001") == KNOWN
    assert stated(LINK, "GAO-INC-99999") == "GAO-INC-99999"


def test_a_position_is_longitude_and_latitude_with_accuracy_and_what_was_typed():
    assert stated(Shape("Point"), "16.27 -0.04 250 4.5") == {
        "type": "Point",
        "coordinates": [-0.04, 16.27],
        "accuracy_m": 4.5,
        "typed": "16.27 -0.04 250 4.5",
    }


def test_a_polygon_is_closed():
    corners = "16 0 0 0;16 1 0 0;17 1 0 0"
    ring = [[0.0, 16.0], [1.0, 16.0], [1.0, 17.0], [0.0, 16.0]]
    assert stated(Shape("Polygon"), corners) == {"type": "Polygon", "coordinates": [ring]}
    assert stated(Shape("Polygon"), f"{corners};16 0 0 0") == {"type": "Polygon", "coordinates": [ring]}
    assert stated(Shape("MultiPolygon"), corners) == {"type": "MultiPolygon", "coordinates": [[ring]]}


def test_a_line_stays_open():
    assert stated(Shape("LineString"), "16 0;17 1") == {"type": "LineString", "coordinates": [[0.0, 16.0], [1.0, 17.0]]}


def test_a_position_that_cannot_be_read_keeps_no_free_text():
    assert stated(Shape("Point"), "near the house of Moussa") == {"typed": "?"}
    assert stated(Shape("Point"), "16°15'N") == {"typed": "16°15'N"}


@given(st.sampled_from(FIELDS), st.text(min_size=1), st.sampled_from(["string", "date", "geopoint"]))
def test_whatever_is_answered_is_stated_in_canonical_json(field, answer, type):
    rfc8785.dumps(stated(field, answer.encode("utf-8", "ignore").decode() or "x", type=type))


@given(st.sampled_from(FIELDS), st.from_regex(r"[-+0-9eE. ;,infa]{1,40}", fullmatch=True))
def test_whatever_looks_like_a_number_is_stated_in_canonical_json(field, answer):
    rfc8785.dumps(stated(field, answer))


def test_every_kind_of_field_has_a_rule():
    assert issubclass(kinds()["casualty"], Casualty) and isinstance(LINK, Link)
