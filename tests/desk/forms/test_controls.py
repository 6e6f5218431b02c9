"""Controls that no form of the box has, in a form that has them all; what is answered stands in the submission."""

from __future__ import annotations

import re
from xml.etree.ElementTree import fromstring

import pytest

from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import receive
from kambila.journal import read_part
from kambila.journal.parts import named
from kambila.registry.models import Report
from tests.desk.conftest import accepted, said
from tests.desk.forms.conftest import BROWSER
from tests.desk.test_map_in_browser import until
from tests.domain.land.saying import area
from tests.intake.test_shipped_forms import answers as filled_in
from tests.registry.telling import accept

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


def answers(served) -> dict[str, str]:
    """What the last submission of the form says, by the name of the question."""
    served.open()
    report = Report.objects.filter(form="every_control").order_by("tick").last()
    xml = read_part(named(entry_of(report.id).sealed, "submission"))
    return {each.tag.rpartition("}")[2]: each.text or "" for each in fromstring(xml)}


@pytest.fixture
def fatou(person):
    """Somebody in a zone an hour from UTC, with the form open."""
    made = person(timezone_id="Africa/Lagos")
    made.open("every_control")
    return made


def test_each_control_says_what_was_answered(fatou, served):
    page = fatou.page
    page.get_by_label("Name").fill("Tin Essako")
    assert page.get_by_text("You wrote Tin Essako!").is_visible()
    assert page.locator("strong", has_text="Read").is_visible()
    page.get_by_label("Day").fill("2014-06-20")
    page.get_by_label("Month").fill("2014-06")
    page.get_by_label("Year").fill("2013")
    page.get_by_label("Hour").fill("14:30")
    page.get_by_label("Moment", exact=True).fill("2014-06-20T14:30")
    page.get_by_label("Depth").fill("2,5")
    page.get_by_label("How sure?").press("Home")
    page.get_by_role("button", name="Move up: Blue").click()
    page.get_by_label("Folded list").select_option("green")
    page.get_by_label("Searched list").fill("Blue")
    page.get_by_role("group", name="Several").get_by_label("Red").check()
    page.get_by_role("group", name="Several").get_by_label("Blue").check()
    page.get_by_label("Yes, confirmed").check()
    page.get_by_label("Route").fill("16.27, -0.04\n16.28, -0.05")
    page.get_by_label("Notes").fill("One\nTwo")
    page.get_by_label("Paper").set_input_files(
        {"name": "Le plan.PDF", "mimeType": "application/pdf", "buffer": b"%PDF"}
    )
    page.get_by_text("Chosen: Le-plan-").wait_for()
    fatou.send()
    said = answers(served)
    assert said["day"] == "2014-06-20" and said["month"] == "2014-06-01" and said["year"] == "2013-01-01"
    assert said["hour"] == "14:30:00.000+01:00" and said["moment"] == "2014-06-20T14:30:00.000+01:00"
    assert said["depth"] == "2.5" and said["sure"] == "0" and said["order"] == "red blue green"
    assert said["folded"] == "green" and said["searched"] == "blue" and said["several"] == "red blue"
    assert said["seen"] == "OK" and said["notes"] == "One\nTwo"
    assert re.fullmatch(r"16\.27 -0\.04 [0. ]+;16\.28 -0\.05 [0. ]+", said["route"])
    assert re.fullmatch(r"Le-plan-\w+\.pdf", said["paper"])
    assert fatou.said == []


def test_what_cannot_be_read_is_said_and_not_sent(fatou):
    page = fatou.page
    page.get_by_label("Name").fill("Tin Essako")
    page.get_by_label("Depth").fill("deep")
    page.get_by_label("Searched list").fill("Purple")
    page.get_by_label("Route").fill("16.27, -0.04")
    page.click("#send")
    said = page.inner_text("#summary")
    assert "Write a number" in said and "Choose one of the list" in said and "At least 2 points" in said


def test_records_are_offered_as_far_as_the_person_sees_them(person, served):
    served.open()
    form = forms.in_box("hazardous_area")
    receipt = receive(fill(form, filled_in(form)), {}, "fatou")
    accept(entry_of(receipt.report_id), by="omar")
    code = entry_of(receipt.report_id).body["changes"][0]["values"]["code"]
    offered = []
    for name in ("fatou", "team"):  # a reporter does not read the register
        who = person(name)
        who.open("every_control")
        offered.append(who.page.locator(".question", has_text="Which area?").inner_text())
    assert code in offered[0]
    assert code not in offered[1] and "Choose …" in offered[1]


def test_the_map_of_a_question_shows_the_areas_that_the_person_may_see_and_tells_what_a_point_lies_on(person, served):
    served.open()
    accepted(said([area(1, (0, 0, 10, 10), adm1="ML07")], office="GAO", code="EX-R-1"))
    accepted(said([area(2, (20, 0, 30, 10), adm1="ML08")], office="KID", code="EX-R-2"))
    gao = person("gao")
    gao.open("every_control")
    gao.page.get_by_role("button", name="Open the map").click()
    gao.page.wait_for_selector(".map-place[data-ready]")
    gao.page.evaluate("document.querySelector('.map-place').view.map.jumpTo({center: [-0.0492, 16.2705], zoom: 17})")
    until(gao.page, ["HA-1"])
    gao.page.get_by_role("button", name="Add a point at the cross").click()
    assert "There: HA-1 (" in gao.page.inner_text(".map-place [role=status]")
    assert gao.page.get_by_label("Route").input_value() == "16.2705, -0.0492"
    assert not gao.page.locator(".maplibregl-popup").count()
    assert gao.said == []
