"""The map: the kinds that are chosen, the same records as a list, and what they were on a day."""

from __future__ import annotations

import datetime
import json

import pytest
from shapely.geometry import shape

from kambila.desk import undecided
from kambila.desk.pages import map
from tests.desk.conftest import accepted, said
from tests.desk.reviewing import GROUND, known, text
from tests.domain.land.saying import area, box, countersign, product, uuid


def told(page: str) -> dict:
    return json.loads(page.partition('<script id="map" type="application/json">')[2].partition("</script>")[0])


def number(day: str) -> int:
    return (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days


def test_the_list_has_the_records_that_the_map_draws_and_no_other(sign_in):
    known("GAO", 1)
    known("KID", 2)
    page = text(sign_in("gao"), "/map/?kind=hazardous_area")
    assert uuid(1) in page and uuid(2) not in page
    assert [each["kind"] for each in told(page)["kinds"]] == ["hazardous_area"]


def test_a_filter_goes_into_the_tiles_the_days_and_the_list(sign_in):
    known("GAO", 1)
    fatou = sign_in("fatou")
    page = text(fatou, "/map/?kind=hazardous_area&place=ML08&status=open")
    kind = told(page)["kinds"][0]
    assert "adm1=ML08" in kind["tiles"] and "status=open" in kind["days"] and uuid(1) not in page
    assert uuid(1) in text(fatou, "/map/?kind=hazardous_area&place=ML07&status=open")


def test_the_whole_list_under_the_map_and_its_file_are_chosen_by_the_same_filter(sign_in, monkeypatch):
    monkeypatch.setattr(map, "LISTED", 1)
    known("GAO", 1)
    known("GAO", 3)
    accepted(said([area(2, GROUND, adm1="ML08")], code="EX-R-2"))
    fatou = sign_in("fatou")
    assert 'href="/area/land/hazardous_area/?adm1=ML07"' in text(fatou, "/map/?kind=hazardous_area&place=ML07")
    page = text(fatou, "/area/land/hazardous_area/?adm1=ML07&before=999_ff")
    assert uuid(1) in page and uuid(2) not in page and 'value="adm1 = &#x27;ML07&#x27;"' in page
    assert 'href="/area/land/hazardous_area/?adm1=ML07"' in page
    assert uuid(2) in text(fatou, "/area/land/hazardous_area/")
    text(fatou, "/area/incidents/incident/?status=open", 404)


def test_kinds_that_cannot_be_chosen_by_a_filter_are_named_and_not_drawn(sign_in):
    page = text(sign_in("fatou"), "/map/?kind=hazardous_area&kind=village&status=open")
    assert [each["kind"] for each in told(page)["kinds"]] == ["hazardous_area"]
    assert "cannot be chosen by this: Villages" in page


def test_kinds_are_offered_in_the_order_of_the_alphabet_also_with_accents(sign_in):
    page = text(sign_in("fatou", "fr"), "/map/")
    assert page.index("Équipes") < page.index("Villages")


def test_without_script_the_records_are_drawn_on_the_server(sign_in):
    known(classification="cha")
    page = text(sign_in("fatou"), "/map/?kind=hazardous_area")
    assert 'data-map="map"><figure><svg' in page


def test_danger_that_nobody_has_decided_about_is_on_the_map_and_in_the_list(sign_in):
    said([area(1, GROUND, adm1="ML08")], office="KID", code="EX-R-9")
    page = text(sign_in("fatou"), "/map/?kind=hazardous_area")
    assert [each["properties"]["code"] for each in told(page)["unconfirmed"]["features"]] == ["EX-R-9"]
    assert told(text(sign_in("gao"), "/map/?kind=hazardous_area"))["unconfirmed"]["features"] == []


def test_danger_that_is_too_much_for_a_page_is_fetched_and_what_is_not_drawn_is_told(sign_in, monkeypatch):
    for number_ in range(1, 5):
        said([area(number_, GROUND, adm1="ML07")], code=f"EX-R-{number_}")
    monkeypatch.setattr(undecided, "AT_ONCE", 1)
    monkeypatch.setattr(undecided, "MOST", 3)
    fatou = sign_in("fatou")
    page = text(fatou, "/map/?kind=hazardous_area")
    assert "Further reports of danger, in the queue: 3" in page
    assert "Older reports of danger that are not drawn: 1" in page
    fetched = json.loads(fatou.get(told(page)["unconfirmed"]).content)["features"]
    assert [each["properties"]["code"] for each in fetched] == ["EX-R-4", "EX-R-3", "EX-R-2"]


def states(client, kind="hazardous_area", status=200):
    answer = client.get(f"/map/days/{kind}")
    assert answer.status_code == status
    return [
        each["properties"] for each in json.loads(answer.content)["features"] if each["geometry"]["type"] == "Point"
    ]


def on(found, day):
    return [each for each in found if each["from"] <= number(day) < each["to"]]


def test_an_area_is_on_the_map_from_its_report_on_and_closed_from_its_product_on(sign_in):
    accepted(said([area(1, GROUND, adm1="ML07")], date="2014-02-01", code="EX-R-1"))
    countersign(accepted(said([product(2, 1, GROUND, "2014-05-01")], date="2014-05-01", code="EX-R-2")).id)
    found = states(sign_in("fatou"))
    assert on(found, "2014-01-31") == []
    assert [each["status"] for each in on(found, "2014-03-01")] == ["open"]
    assert [each["status"] for each in on(found, "2014-05-01")] == ["closed"]


def test_what_was_reported_differently_before_is_shown_so_on_that_day(sign_in):
    accepted(said([area(1, GROUND, adm1="ML07", classification="sha")], date="2014-02-01", code="EX-R-1"))
    accepted(said([area(1, GROUND, adm1="ML07", classification="cha")], date="2014-06-01", code="EX-R-2"))
    found = states(sign_in("fatou"))
    assert [each["classification"] for each in on(found, "2014-05-31")] == ["sha"]
    assert [each["classification"] for each in on(found, "2014-06-01")] == ["cha"]


def test_an_area_is_drawn_on_a_day_as_it_was_drawn_by_then(sign_in):
    smaller = (0, 0, 5, 10)
    accepted(said([area(1, GROUND, adm1="ML07")], date="2014-02-01", code="EX-R-1"))
    accepted(said([area(1, smaller, adm1="ML07")], date="2014-06-01", code="EX-R-2"))
    found = json.loads(sign_in("fatou").get("/map/days/hazardous_area").content)["features"]
    outlines = [each for each in found if each["geometry"]["type"] == "Polygon"]
    for day, ground in (("2014-05-31", GROUND), ("2014-06-01", smaller)):
        (outline,) = [each["geometry"] for each in outlines if on([each["properties"]], day)]
        assert shape(outline).equals(box(*ground))


def test_nobody_is_told_the_days_of_records_that_he_may_not_see(sign_in):
    known("KID", 2)
    assert states(sign_in("gao")) == [] and len(states(sign_in("fatou"))) == 1


@pytest.mark.parametrize("kind", ["nonsense", "task"])
def test_what_is_no_kind_with_a_place_has_no_days(sign_in, kind):
    text(sign_in("fatou"), f"/map/days/{kind}", 404)


def test_the_map_of_a_form_is_told_what_the_account_may_see_nearby(sign_in):
    said([area(1, GROUND, adm1="ML08")], office="KID", code="EX-R-9")
    told = sign_in("fatou").get("/map/nearby").json()
    assert "hazardous_area" in [each["kind"] for each in told["kinds"]]
    assert sign_in("fatou").get(told["unconfirmed"]).json()["features"]
    of_a_reporter = sign_in("reporter").get("/map/nearby").json()
    assert of_a_reporter["unconfirmed"]["features"] == []
    for each in of_a_reporter["kinds"]:
        tile = each["tiles"].format(z=0, y=0, x=0)
        assert sign_in("reporter").get(tile).status_code in (200, 204), tile


def test_the_map_opens_wider_than_the_middles_of_the_areas_that_everyone_knows(sign_in):
    values = {"code": "ML07", "pcode": "ML07", "title": "Gao", "level": "adm1", "adm1": "ML07"}
    seat = {"type": "Point", "coordinates": [-0.05, 16.27]}
    accepted(said([{"kind": "admin_area", "id": uuid(70), "values": {**values, "seat": seat}}], code="EX-R-70"))
    west, south, east, north = told(text(sign_in("fatou"), "/map/?kind=hazardous_area"))["bounds"]
    assert west < -0.2 and south < 16.1 and east > 0.1 and north > 16.4
