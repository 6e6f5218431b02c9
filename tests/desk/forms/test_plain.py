"""The plain form, in a browser without script: filled in, with rows, mended, sent, corrected."""

from __future__ import annotations

import pytest

from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import receive
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER
from tests.intake.door import ACCIDENT, PERSON

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


@pytest.fixture
def fatou(person):
    """Somebody whose browser runs no script."""
    return person(java_script_enabled=False)


def changes(served, form: str, kind: str) -> list[dict]:
    served.open()
    report = Report.objects.filter(form=form).order_by("tick").last()
    return [each for each in entry_of(report.id).body["changes"] if each["kind"] == kind]


def accident(who) -> None:
    page = who.page
    page.get_by_label("Mine or ERW accident").check()
    page.get_by_label("When did it happen?").fill("2014-06-18")
    page.get_by_label("Unexploded ordnance").check()
    page.get_by_role("group", name="Was anyone killed or injured?").get_by_label("Yes").check()
    page.get_by_label("A witness").check()
    page.get_by_label("Not verified").check()


def test_the_page_of_a_form_leads_to_it(fatou):
    fatou.go("/forms/accident/")
    fatou.page.get_by_role("link", name="Fill in the plain form instead.").click()
    assert fatou.page.url.endswith("/forms/accident/plain/")


def test_an_accident_with_two_casualties_is_sent(fatou, served):
    fatou.go("/forms/accident/plain/")
    accident(fatou)
    for index, age in enumerate(("9", "41")):
        if index:
            fatou.page.get_by_role("button", name="Add: Persons killed or injured").click()
        row = fatou.page.locator(".row").nth(index)
        row.get_by_label("Injured", exact=True).check()
        row.get_by_label("Female", exact=True).check()
        row.get_by_label("Age in years, if known").fill(age)
        row.get_by_label("Civilian", exact=True).check()
    fatou.page.locator(".buttons button").click()
    assert "Received as report EX-SRV-R-" in fatou.page.inner_text("main")
    assert [each["values"]["age"] for each in changes(served, "accident", "casualty")] == [9, 41]
    assert changes(served, "accident", "incident")[0]["values"]["device"] == "uxo"


def test_a_site_assessment_with_a_finding_and_a_need_is_sent(fatou, served):
    fatou.go("/forms/site_assessment/plain/")
    page = fatou.page
    page.get_by_label("Site (code)").fill("EX-SRV-SIT-00001")
    page.get_by_label("Date of the assessment").fill("2014-06-18")
    page.get_by_label("Organisation that assessed").fill("ORG-00004")
    page.get_by_label("Version of the checklist").fill("3")
    page.get_by_role("group", name="Was the checklist taken").get_by_label("Yes").check()
    page.get_by_label("High", exact=True).check()
    row = page.locator(".row").first
    row.get_by_label("Under which heading?").select_option("fire")
    row.get_by_label("Major", exact=True).check()
    row.get_by_label("What was found?").fill("No water")
    row.get_by_label("Open", exact=True).check()
    page.locator(".buttons button").click()
    assert "Received as report" in page.inner_text("main")
    assert changes(served, "site_assessment", "finding")[0]["values"]["heading"] == "fire"
    assert changes(served, "site_assessment", "threat_reduction_measure") == []


def test_what_is_missing_is_said_and_what_was_written_stays(fatou):
    fatou.go("/forms/accident/plain/")
    fatou.page.get_by_label("How many were killed?").fill("two")
    fatou.page.get_by_label("Village or place, by its name").fill("Tin Essako")
    fatou.page.locator(".buttons button").click()
    said = fatou.page.get_by_role("alert").inner_text()
    assert "What kind of accident was it?" in said and "Write a whole number" in said
    assert fatou.page.get_by_label("Village or place, by its name").input_value() == "Tin Essako"


def test_it_says_when_a_question_is_asked(fatou):
    fatou.go("/forms/accident/plain/")
    text = "Only if “Was anyone killed or injured?” is “Yes”."
    assert fatou.page.get_by_text(text).count() == 3
    assert fatou.page.get_by_text("Only if “Age in years, if known” is not answered.").count() == 1


def test_sent_twice_it_is_one_report(fatou, served):
    fatou.go("/forms/accident/plain/")
    accident(fatou)
    fatou.page.locator(".buttons button").click()
    fatou.page.reload()
    assert "there is still only one report" in fatou.page.inner_text("main")


def test_a_report_is_corrected_and_keeps_its_ids_and_its_photograph(fatou, served):
    served.open()
    answers = {**ACCIDENT, "casualties": [PERSON], "photograph": "p.jpg"}
    first = receive(fill(forms.in_box("accident"), answers), {"p.jpg": b"picture"}, "fatou")
    fatou.go(f"/forms/accident/plain/?report={first.report_id}")
    fatou.page.locator(".row").get_by_label("Age in years, if known").fill("19")
    fatou.page.locator(".buttons button").click()
    assert "Received as report" in fatou.page.inner_text("main")
    casualty = changes(served, "accident", "casualty")[0]
    newer = Report.objects.get(edits=first.report_id)
    assert casualty["id"] == entry_of(first.report_id).body["changes"][1]["id"]
    assert casualty["values"]["age"] == 19
    assert "file/p.jpg" in {each["name"] for each in entry_of(newer.id).sealed}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_accessible(person, language):
    from axe_playwright_python.sync_playwright import Axe

    who = person(language=language)
    who.go("/forms/accident/plain/")
    who.page.locator(".repeat button").first.click()
    who.page.locator(".buttons button").click()
    found = Axe().run(who.page).response["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]
