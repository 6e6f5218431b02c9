"""Records are chosen from lists: written in part, found, chosen; typed where the list does not have it."""

from __future__ import annotations

import uuid

import pytest

from kambila.accounts import people
from kambila.accounts.roles import remember
from kambila.intake import forms
from kambila.intake.lookup import entry_of
from kambila.intake.prefilled import prefilled
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER
from tests.desk.forms.test_every_form import FILLER
from tests.desk.forms.test_offline import keeps
from tests.registry.telling import accept, change, report

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
AREA, TASK, CLOSED = (str(uuid.UUID(int=number, version=4)) for number in (1, 2, 3))
TYPED = "Code of the hazardous area, if it is not on the list"


@pytest.fixture(scope="module", autouse=True)
def known(served):
    """An area, a task that is open and one that is closed."""
    served.open()
    task = {"number": "7", "type": "clearance", "issued_on": "2014-01-01"}
    told = [
        change(AREA, {"code": "EX-HA-1", "title": "Tin Hama", "classification": "cha"}, "hazardous_area"),
        change(TASK, {**task, "code": "EX-TO-1", "title": "Ménaka north", "status": "in_progress"}, "task"),
        change(CLOSED, {**task, "code": "EX-TO-2", "title": "Ménaka south", "status": "closed"}, "task"),
    ]
    accept(report(*told, date="2014-06-01", by="fatou"), by="fatou")


def offered(who, label: str, written: str) -> list[str]:
    """What the page offers for a part of a name."""
    field = who.page.get_by_label(label, exact=True)
    field.fill(written)
    return [each.get_attribute("value") for each in who.page.locator(f"#{field.get_attribute('list')} option").all()]


def said(served) -> dict:
    """What the newest clearance states."""
    served.open()
    last = Report.objects.filter(form="clearance").order_by("tick").last()
    return entry_of(last.id).body["changes"][0]["values"]


def test_a_part_of_the_name_without_accents_or_capitals_finds_a_record(person):
    fatou = person()
    fatou.open("clearance")
    assert offered(fatou, "Hazardous area", "tin ha") == ["EX-HA-1 Tin Hama"]
    assert offered(fatou, "Task", "menaka") == ["EX-TO-1 Ménaka north"]
    assert offered(fatou, "Task", "timbuktu") == []


def test_a_record_that_was_chosen_is_what_the_report_speaks_of(person, served):
    fatou = person()
    fatou.open("clearance")
    assert fatou.page.evaluate(FILLER)["wrong"] == []
    assert fatou.page.get_by_label(TYPED).count() == 0 or not fatou.page.get_by_label(TYPED).is_visible()
    fatou.send()
    assert (said(served)["area"], said(served)["task"]) == (AREA, TASK)


def test_what_is_not_on_the_list_is_typed_and_must_be_where_the_form_needs_it(person, served):
    fatou = person()
    fatou.open("clearance")
    fatou.page.evaluate(FILLER)
    fatou.page.get_by_label("Hazardous area", exact=True).fill("")
    fatou.page.click("#send")
    assert "Code of the hazardous area" in fatou.page.inner_text("#summary")
    fatou.page.get_by_label(TYPED).fill("EX-HA-77")
    fatou.send()
    assert said(served)["area"] == "EX-HA-77"


def test_a_list_with_nothing_in_it_says_so_and_the_code_is_typed(person):
    fatou = person()
    fatou.open("accident")
    question = fatou.page.locator(".question", has_text="Village").first
    assert "Nothing is on this list yet" in question.inner_text()
    assert fatou.page.get_by_label("Code of the village, if it is not on the list").is_visible()


def test_the_lists_are_kept_for_when_there_is_no_line(person):
    fatou = person()
    fatou.open("clearance")
    keeps(fatou, "/static/bundle/forms/tree-sitter.wasm")
    keeps(fatou, "/forms/clearance/file/hazardous_area.csv")
    fatou.context.set_offline(True)
    fatou.page.reload()
    fatou.ready()
    assert offered(fatou, "Hazardous area", "hama") == ["EX-HA-1 Tin Hama"]


@pytest.mark.parametrize(("chosen", "typed", "stated"), [(AREA, "", AREA), ("", "EX-HA-1", AREA), (AREA, "EX-9", AREA)])
def test_the_plain_form_states_what_was_chosen_or_else_what_was_typed(person, served, chosen, typed, stated):
    fatou = person(java_script_enabled=False)
    fatou.go("/forms/clearance/plain/")
    page = fatou.page
    page.locator("[name='work/area_listed']").select_option(chosen)
    page.locator("[name='work/area_typed']").fill(typed)
    for name, text in {"adm1": "ML07", "operator": "ORG", "started_on": "2014-05-01", "ended_on": "2014-05-02"}.items():
        page.locator(f"[name='work/{name}']").fill(text)
    page.locator("[name='work/reference_point']").fill("16.27, -0.04")
    page.locator("[name='work/methods']").first.check()
    page.locator("[name='work/status']").first.check()
    page.locator(".buttons button").click()
    assert "Received as report" in page.inner_text("main")
    assert said(served)["area"] == stated


def test_a_form_that_begins_with_a_record_has_its_links_chosen(served):
    served.open()
    id = str(uuid.UUID(int=9, version=4))
    values = {"code": "EX-CL-1", "area": AREA, "started_on": "2014-05-01"}
    accept(report(change(id, values, "clearance"), date="2014-06-02", by="fatou"), by="fatou")
    account = people.find("fatou")
    remember(account)
    xform = prefilled(forms.in_box("clearance"), account, "clearance", id).xform.decode()
    assert f"<area_listed>{AREA}</area_listed>" in xform
    assert "<area_typed />" in xform or "<area_typed/>" in xform
