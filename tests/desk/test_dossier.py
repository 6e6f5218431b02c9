"""The dossier of a task: what it holds, for whom, and in which language."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.desk.dossier import dossier, gathered
from kambila.publish.models import Download
from kambila.registry.access import visible
from tests.intake.people import programme_people
from tests.intake.tasking import AREA, DAY, LAND, OPERATOR, TASK, TEAM, step, told, waiting, world
from tests.registry.telling import accept, at, change, countersign, report, say

pytestmark = pytest.mark.usefixtures("programme")
SQUARE = [[-0.04, 16.27], [-0.04, 16.271], [-0.039, 16.271], [-0.039, 16.27], [-0.04, 16.27]]


@pytest.fixture(autouse=True)
def people_of_the_programme(programme, monkeypatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    at(DAY)
    programme_people()
    world()
    told("hazardous_area", {"polygon": {"type": "Polygon", "coordinates": [SQUARE]}}, AREA)


def seen(name="omar"):
    from kambila.domain.operations.models import Task

    account = people.find(name)
    return account, visible(account, Task).get(pk=TASK)


def codes(table):
    return [row[0] for row in table["rows"]]


def test_what_lies_and_happened_nearby_is_in_it_by_its_code_and_what_is_far_is_not():
    for code, x in (("ORD-NEAR", -0.05), ("ORD-FAR", 1.0)):
        point = {"type": "Point", "coordinates": [x, 16.27]}
        told("ordnance_item", {"code": code, "category": "uxo", "quantity": 2, "found_on": DAY, "location": point})
    found = gathered(*seen())
    assert codes(found["objectives"]) == ["HA-1"]
    assert codes(found["found"]) == ["ORD-NEAR"]


def test_turning_points_have_the_way_to_the_next():
    rows = gathered(*seen())["points"][0]["rows"]
    assert [row[:3] for row in rows[:2]] == [["1", "16.270000", "-0.040000"], ["2", "16.271000", "-0.040000"]]
    assert float(rows[0][3]) == pytest.approx(110.7, abs=0.2)
    assert rows[0][4] == "0°"


def test_a_hole_is_in_the_table_of_turning_points():
    hole = [[-0.0398, 16.2702], [-0.0398, 16.2708], [-0.0392, 16.2708], [-0.0392, 16.2702], [-0.0398, 16.2702]]
    told("hazardous_area", {"polygon": {"type": "Polygon", "coordinates": [SQUARE, hole]}}, AREA)
    assert [(each["code"], len(each["rows"])) for each in gathered(*seen())["points"]] == [
        ("HA-1", 4),
        ("HA-1, a hole in it", 4),
    ]


def test_where_a_disclosed_accident_was_is_not_told_by_its_being_near():
    people.add("sahel")
    granting.grant("sahel", "operator", Scope(organisation=OPERATOR), "their task", "ana")
    to = {"audience": "partner", "until": ""}
    countersign(say("disclose", "ana", kind="hazardous_area", record=AREA, precision="exact", **to))
    for code, commune in (("IN-COMMUNE", "ML070101"), ("ELSEWHERE", "ML070102")):
        place = {"location": {"type": "Point", "coordinates": [-0.0395, 16.2705]}, "adm1": "ML07", "adm3": commune}
        id = told("incident", {"code": code, "category": "mine_erw", "date": DAY, "device": "uxo", **place})
        countersign(say("disclose", "ana", kind="incident", record=id, precision="", **to))
    assert codes(gathered(*seen())["incidents"]) == ["ELSEWHERE", "IN-COMMUNE"]
    theirs = gathered(*seen("sahel"))
    assert codes(theirs["objectives"]) == ["HA-1"] and len(theirs["points"]) == 1
    assert codes(theirs["incidents"]) == ["IN-COMMUNE"]


def test_danger_that_is_not_decided_is_in_it():
    waiting("spot_task", {"requested_on": DAY, "priority": "immediate", "status": "requested", "adm1": "ML07"})
    assert [row[0] for row in gathered(*seen())["dangers"]] == ["R-DANGER"]


def test_it_holds_what_the_reader_may_see_and_no_more():
    waiting("spot_task", {"requested_on": DAY, "priority": "immediate", "status": "requested", "adm1": "ML07"})
    people.add("sahel")
    granting.grant("sahel", "operator", Scope(organisation=OPERATOR), "their task", "ana")
    found = gathered(*seen("sahel"))
    assert found["code"] == "TO-1"
    assert (codes(found["objectives"]), found["dangers"], found["points"], found["maps"]) == ([], [], [], [])


def test_places_have_names_and_numbers_are_set_as_in_the_language_of_the_reader():
    told("admin_area", {"pcode": "ML07", "title": "Gao", "type": "region"})
    with translation.override("fr"):
        order = dict(gathered(*seen())["order"])
        area = gathered(*seen())["objectives"]["rows"][0]
    assert order["Région"] == "Gao (ML07)"
    assert "1\xa0000" in area or "1\u202f000" in area


def test_its_maps_have_a_scale_and_the_codes_of_the_areas_around():
    moved = [[x + 0.01, y] for x, y in SQUARE]
    told("hazardous_area", {**LAND, "code": "HA-9", "polygon": {"type": "Polygon", "coordinates": [moved]}})
    land, around = gathered(*seen())["maps"]
    assert ">20 m</text>" in land["picture"] and ">HA-9</text>" not in land["picture"]
    assert ">200 m</text>" in around["picture"] and ">HA-9</text>" in around["picture"]


def test_it_is_a_pdf_in_either_language_with_headings_in_both():
    for language, heading in (
        ("en", ["Turning points", "Points tournants"]),
        ("fr", ["Points tournants", "Turning points"]),
    ):
        with translation.override(language):
            assert gathered(*seen())["headings"]["points"] == heading
            assert dossier(*seen()).startswith(b"%PDF-")


def test_the_page_links_to_it_and_a_stranger_gets_none():
    client = Client()
    client.force_login(people.find("omar"))
    address = f"/record/task/{TASK}/dossier.pdf"
    assert address in client.get(f"/record/task/{TASK}/").content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert Client().get(address).status_code == 302
    assert [(each.account, each.what, each.filter) for each in Download.objects.all()] == [("omar", "dossier", "TO-1")]


def test_the_points_of_the_order_are_in_it_with_their_records():
    told("hazardous_area", {"blockages": ["water"]}, AREA)
    step("issued")
    told_of = gathered(*seen())["priority"]
    assert "17.7 of 100 points by the scenario “People at risk”, version example-1" in told_of["sentence"]
    assert ["Water is blocked", "HA-1"] in [[row[0], row[3]] for row in told_of["rows"]]


def test_medical_evacuation_and_the_operator_with_its_team_are_in_it():
    words = {0: {"medical_evacuation": "By road to Gao, channel 3"}}
    accept(report(change(TASK, {"team": TEAM}, "task"), date=DAY, names=words))
    found = gathered(*seen())
    assert found["medical"] == ["By road to Gao, channel 3"]
    assert codes(found["contacts"])[1:] == ["TM-1"]
