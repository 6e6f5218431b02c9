"""The map on paper: what stands on the sheet, in both languages, and only what the reader may see."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from django.utils import translation

from kambila.accounts import people
from kambila.desk import mapping
from kambila.desk.pages.printed import _day
from kambila.desk.printing import View, _columns, gathered
from kambila.desk.sheet import sheet_of
from kambila.journal import clock
from kambila.publish import documents
from kambila.registry.geometry import ellipsoid
from tests.desk.conftest import accepted, said
from tests.domain.land.saying import area

SQLITE = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)  # nothing here asks the database anew
BOX = (-0.052, 16.268, -0.047, 16.272)
SEEN = os.environ.get("KAMBILA_SCREENSHOTS", "")
ON = "bbox=" + ",".join(map(str, BOX))

IN_BOTH = {
    "en": ("Legend", "as of 20 June 2014", "Source: the registry", "not safe"),
    "fr": ("Légende", "au 20 juin 2014", "Source : le registre", "n’est pas sûr"),
}


def known(number=1, office="GAO", **more):
    corners = (number * 10, 0, number * 10 + 10, 10)
    accepted(said([area(number, corners, adm1="ML07", **more)], office=office, code=f"EX-R-{number}"))


def sheet(name, kinds=("hazardous_area",), **more):
    account = people.find(name)
    chosen = [each for each in mapping.drawn_kinds(account) if each.kind in kinds]
    return gathered(account, View(BOX, chosen, **more))


@SQLITE
def test_a_sheet_carries_title_legend_scale_corners_source_and_date_in_both_languages(world):
    known()
    for language, words in IN_BOTH.items():
        with translation.override(language):
            told = sheet("fatou", day=datetime.date(2014, 6, 20), title="Gao")
        text = str({name: value for name, value in told.items() if name != "picture"})
        assert all(each in text for each in words), text
        assert told["title"] == "Gao" and "1 : " in told["scale"] and "16.268" in told["corners"]
        assert "HA-1" in told["picture"] and "100 m" in told["picture"]
        assert len(told["legend"][0]) == 1
    [page] = documents.pictures("map", told)
    assert len(page) > 20_000
    if SEEN:
        (Path(SEEN) / "map.png").write_bytes(page)


def test_nothing_is_printed_that_the_reader_may_not_see(world, sign_in):
    known()
    known(2, "KID", code="CANARY-7", title="CANARY")
    assert "CANARY" in str(sheet("fatou"))
    for day in (None, datetime.date(2014, 6, 25)):
        told = sheet("gao", day=day)
        assert "HA-1" in str(told) and "CANARY" not in str(told)
    alone = sheet("kidal", kinds=("hazardous_area", "incident"))
    assert "HA-1" not in str(alone)


@SQLITE
def test_danger_that_nobody_has_decided_about_is_on_the_sheet_in_a_mark_of_its_own(world):
    said([area(3, (10, 0, 20, 10), adm1="ML07")], code="EX-R-7")
    told = sheet("fatou")
    assert "EX-R-7" in told["picture"] and [each["title"] for each in told["legend"][0]] == ["Not confirmed"]
    [line] = told["legend"][0][0]["lines"]
    assert 'fill-opacity="1" stroke="#9c3d10" stroke-width="2.5"/>' in line["symbol"]  # a bold ring
    assert "EX-R-7" not in sheet("kidal")["picture"]


@SQLITE
@pytest.mark.parametrize("box", [BOX, (-0.052, 16.26, -0.047, 16.28)], ids=["lies", "stands"])
def test_the_whole_legend_of_the_usual_kinds_is_on_the_page_of_the_map(world, box):
    said([area(3, (10, 0, 20, 10), adm1="ML07")], code="EX-R-7")
    chosen = [each for each in mapping.drawn_kinds(people.find("fatou")) if each.kind in mapping.FIRST]
    told = gathered(people.find("fatou"), View(box, chosen))
    columns, every = len(told["legend"]), mapping.legend(chosen)
    symbol = told["legend"][0][0]["lines"][0]["symbol"]
    every = [{**group, "lines": [{**line, "symbol": symbol} for line in group["lines"]]} for group in every]
    told["legend"] = _columns([*sum(told["legend"], []), *every], columns)
    assert len(documents.pictures("map", told)) == 1


@SQLITE
def test_a_day_to_come_is_printed_as_today(sign_in):
    clock.set_clock(lambda: datetime.datetime(2014, 7, 1, tzinfo=datetime.UTC))
    assert _day("2099-01-01") == datetime.date(2014, 7, 1) and _day("2014-06-01") == datetime.date(2014, 6, 1)


@SQLITE
def test_what_was_not_known_on_the_day_is_not_on_the_sheet(world):
    known()
    told = sheet("fatou", day=datetime.date(2014, 6, 1))
    assert "HA-1" not in told["picture"] and "Nothing is recorded here" in str(told["notes"])


@SQLITE
def test_a_sheet_comes_over_http_as_pdf_and_is_kept_from_who_may_read_nothing(sign_in):
    known()
    answer = sign_in("fatou", "fr").get(f"/map/print.pdf?{ON}&kind=hazardous_area&status=open&title=Nord")
    assert (
        answer.status_code == 200 and answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"
    )
    assert sign_in("reporter").get(f"/map/print.pdf?{ON}").status_code == 404
    assert sign_in("fatou").get("/map/print.pdf?bbox=1,2&day=2014-13-01").status_code == 404


def test_scale_and_net_suit_the_piece_of_earth():
    lies, stands = sheet_of((-12.3, 10.1, 4.3, 25.0)), sheet_of((0, 15, 0.001, 15.01))
    assert lies.size[0] > lies.size[1] or lies.denominator > 5_000_000
    assert stands.size[1] > stands.size[0] and stands.denominator < 10_000
    west, south, east, north = stands.bounds
    assert (west <= 0 and east >= 0.001) and (south <= 15 and north >= 15.01)
    metres = ellipsoid().inv(west, 15.005, east, 15.005)[2]
    assert abs(metres / stands.size[0] / stands.metres - 1) < 0.01
