"""The small maps on pages: what each is about, and that answers which expired are not drawn."""

from __future__ import annotations

import datetime
import json

from django.test import Client

from kambila.figures.releases import create_release
from kambila.journal import clock
from tests.desk.conftest import accepted, said
from tests.domain.land.saying import area, change, uuid

SQUARE = (0, 0, 10, 10)
ROAD = {"type": "LineString", "coordinates": [[0.0, 16.0], [0.1, 16.2]]}


def told(client, url) -> dict:
    page = client.get(url).content.decode()
    return json.loads(page.partition('<script id="map" type="application/json">')[2].partition("</script>")[0] or "{}")


def own(client, url):
    return [each["geometry"]["type"] for each in told(client, url).get("own", {}).get("data", {}).get("features", ())]


def known(number=1, office="GAO", **more):
    accepted(said([area(number, SQUARE, adm1="ML07", **more)], office=office, code=f"EX-R-{number}"))


def road(status="open", until="2014-06-30"):
    values = {
        "title": "Gao – Bourem",
        "status": status,
        "last_verified": "2014-06-01",
        "geometry": ROAD,
        "adm1": "ML07",
    }
    accepted(said([change("route_status", 7, **values, **({"valid_until": until} if until else {}))], code="EX-R-7"))


def test_a_record_a_task_and_a_report_show_what_they_are_about(sign_in):
    known()
    values = {"code": "T-5", "number": "5", "type": "clearance", "objectives": [uuid(1)], "adm1": "ML07"}
    accepted(said([{"kind": "task", "id": uuid(5), "values": values}], code="EX-R-5"))
    said([area(2, SQUARE, adm1="ML07")], code="EX-R-2")
    fatou = sign_in("fatou")
    for url in (f"/record/hazardous_area/{uuid(1)}/", f"/record/task/{uuid(5)}/", "/review/EX-R-2/"):
        assert own(fatou, url) == ["Polygon"], url
    assert "svg" in fatou.get(f"/record/hazardous_area/{uuid(1)}/").content.decode()


def test_the_map_for_everyone_has_offices_and_released_land_and_nothing_else(sign_in):
    known()
    said([area(2, SQUARE, adm1="ML07")], code="EX-R-2")
    town = change("village", 3, title="Gao", adm1="ML07", location=point(-0.04, 16.27))
    office = {
        "title": "Gao",
        "office_type": "field_office",
        "village": uuid(3),
        "location": point(-0.041234, 16.276543),
    }
    accepted(said([town, change("office", 9, **office)], code="EX-R-9"))
    create_release("June 2014", "fatou", "due", "2014-06-30")
    page = Client().get("/programme/").content.decode()
    found = told(Client(), "/programme/")
    assert [each["kind"] for each in found["kinds"]] == ["land_release_product"]
    assert [each["geometry"]["coordinates"] for each in found["own"]["data"]["features"]] == [[-0.04, 16.27]]
    assert found["unconfirmed"]["features"] == []
    assert not any(secret in page for secret in ("HA-1", "EX-R-2", "-0.0412", "16.2765"))


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def test_danger_that_nobody_has_decided_about_is_asked_for_by_those_who_may_see_it(sign_in):
    said([area(1, SQUARE, adm1="ML08")], office="KID", code="EX-R-1")
    url = told(sign_in("fatou"), "/")["unconfirmed"]
    assert [each["properties"]["code"] for each in sign_in("fatou").get(url).json()["features"]] == ["EX-R-1"]
    assert sign_in("gao").get(url).json()["features"] == []
    assert sign_in("reporter").get(url).status_code == 404


def test_a_road_is_drawn_as_what_holds_today(sign_in, monkeypatch):
    road()
    fatou = sign_in("fatou")
    statuses = {}
    for day in ("2014-06-30", "2014-07-01"):
        monkeypatch.setattr(clock, "now", lambda day=day: datetime.datetime.fromisoformat(f"{day}T09:00:00+00:00"))
        statuses[day] = told(fatou, "/movement/")["own"]["data"]["features"][0]["properties"]["status"]
    assert statuses == {"2014-06-30": "open", "2014-07-01": ""}


def test_the_map_draws_no_road_as_open_whose_answer_expired(sign_in):
    road()
    fatou = sign_in("fatou")
    assert "Open" not in fatou.get("/map/?kind=route_status").content.decode().partition("The same as a list")[2]
    states = [each["properties"] for each in fatou.get("/map/days/route_status").json()["features"]]
    lines = {(each["from"], each["to"]): each.get("status") for each in states}
    last = 16_252  # 1 July 2014, in days since 1970
    assert [status for (_begin, end), status in lines.items() if end <= last] == ["open"]
    assert [status for (begin, _end), status in lines.items() if begin >= last] == [None]


def test_a_closure_without_an_end_stays_one(sign_in):
    road("closed", "")
    page = sign_in("fatou").get("/map/?kind=route_status").content.decode()
    assert "Closed" in page.partition("The same as a list")[2]


def test_villages_are_shown_where_they_are(sign_in):
    village = change("village", 3, title="Ménaka", adm1="ML07", location=point(2.4, 15.9))
    accepted(said([village], code="EX-R-3"))
    west, _south, east, _north = told(sign_in("fatou"), "/coverage/ML07/")["view"]
    assert (round(west, 4), round(east, 4)) == (2.4, 2.4)
