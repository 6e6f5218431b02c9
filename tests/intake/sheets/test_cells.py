"""What a cell holds becomes what a field states: numbers, dates, codes, several values; nothing is guessed."""

from __future__ import annotations

import pytest

from kambila.intake.sheets import cells, profile
from kambila.intake.sheets.neutral import as_written, neutral
from kambila.intake.sheets.profile import Source
from kambila.registry.kinds import plan_of

ANY = profile.read('name = "x"\n[[records]]\nkind = "incident"\n')
COMMA = profile.read('name = "x"\n[file]\ndecimal = ","\n[[records]]\nkind = "incident"\n')


def stated(kind: str, name: str, cell: object, by: profile.Profile = ANY, **source: object) -> object:
    """What a cell states for a field."""
    return cells.state(plan_of(kind).stated[name], Source(("c",), **source), {"c": cell}, None, by, lambda k, c: None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2014-06-18", "ymd", "2014-06-18"), ("2014/06/18", "dmy", "2014-06-18"), ("18/06/2014", "dmy", "2014-06-18"),
        ("06/18/2014", "mdy", "2014-06-18"), ("8.6.2014", "dmy", "2014-06-08"), ("06/2014", "dmy", "2014-06"),
        ("2014-06-18T10:00:00", "ymd", "2014-06-18"), ("2014", "ymd", "2014"), ("2014.0", "ymd", "2014"),
        ("0000-00-00", "ymd", ""), ("2014-00-00", "ymd", "2014"), ("2014-06-00", "ymd", "2014-06"),
        ("yesterday", "ymd", "yesterday"), ("31/02/2014", "dmy", "2014-02-31"),
    ],
)  # fmt: skip
def test_dates_of_any_form_and_what_is_none_stays_as_written(text, order, day):
    assert cells.date(Source(("c",)), {"c": text}, order) == day


@pytest.mark.parametrize(
    ("parts", "day"),
    [(("1997", None, None), "1997"), (("1997", "1", ""), "1997-01"), (("1997", "1", "9"), "1997-01-09"),
     ((1997, 12, 31), "1997-12-31"), (("", "1", "9"), ""), (("1997", "0", "9"), "1997")],
)  # fmt: skip
def test_year_month_and_day_of_their_own_make_a_date_as_far_as_they_are_known(parts, day):
    assert cells.date(Source(("y", "m", "d")), dict(zip("ymd", parts, strict=True)), "ymd") == day


@pytest.mark.parametrize(
    ("cell", "by", "value"),
    [("3", ANY, 3), (3, ANY, 3), ("3.0", ANY, 3), ("1 234", ANY, 1234), ("1,234", ANY, 1234), ("1.234", COMMA, "1.234"),
     ("2,0", COMMA, 2), ("many", ANY, "many"), ("2.5", ANY, "2.5"), ("1e99", ANY, "1e99"),
     ("NaN", ANY, "NaN"), ("", ANY, ...)],
)  # fmt: skip
def test_whole_numbers(cell, by, value):
    assert stated("incident", "killed_stated", cell, by) == value


@pytest.mark.parametrize(
    ("cell", "by", "times", "value"),
    [("1 234,50", COMMA, "", "1234.50"), ("1.234,5", COMMA, "", "1234.5"), (12.5, ANY, "", "12.5"),
     ("1.25", ANY, "10000", "12500"), ("-3", ANY, "", "-3"), ("two", ANY, "10", "two")],
)  # fmt: skip
def test_numbers_with_decimals_stay_exact(cell, by, times, value):
    assert stated("hazardous_area", "area_m2", cell, by, times=times) == value


@pytest.mark.parametrize(
    "cell", ["uxo", "UXO", "Unexploded ordnance", "munition non explosée", "Munition non explosee"]
)
def test_a_code_is_known_by_itself_and_by_its_label_in_either_language(cell):
    assert stated("incident", "device", cell) in ("uxo", cell)
    assert stated("incident", "device", "Unexploded ordnance") == "uxo"


def test_a_code_that_nobody_knows_stays_as_written():
    assert stated("incident", "device", "Xylophone") == "Xylophone"


@pytest.mark.parametrize(
    ("cell", "value"), [("Oui", "yes"), ("n", "no"), ("1", "yes"), ("true", "yes"), ("unknown", "unknown")]
)
def test_yes_and_no_in_many_words(cell, value):
    assert stated("incident", "moved_before", cell) == value


@pytest.mark.parametrize(
    "cell", ["ap_mine; uxo", "ap_mine,uxo", "AP_MINE|UXO", "ap_mine uxo", "Anti-personnel mine; uxo"]
)
def test_several_values_in_one_cell(cell):
    assert stated("hazardous_area", "devices", cell) == ["ap_mine", "uxo"]


def test_unknown_is_a_value_where_the_field_has_no_word_for_it():
    assert stated("incident", "killed_stated", "?", codes={"?": "unknown"}) is None


@pytest.mark.parametrize(
    "text", ["=1+1", "+223", "-x", "@a", "\tx", "'=1", "''@", "-", "'", "a=b", "-12", "-1.5", "", "'plain"]
)
def test_text_that_would_run_goes_out_harmless_and_comes_back_as_it_was(text):
    out = neutral(text)
    assert as_written(out) == text
    assert out[:1] not in ("=", "+", "@", "\t", "\r") and (out[:1] != "-" or out in ("-12", "-1.5"))
