"""Forms that begin with a record or a report; places, photographs, and what the door refuses."""

from __future__ import annotations

import re

import pytest

from kambila.intake import forms
from kambila.intake.fill import fill
from kambila.intake.lookup import entry_of
from kambila.intake.receive import receive
from kambila.registry.models import Report
from tests.desk.forms.conftest import BROWSER
from tests.intake.door import ACCIDENT, PERSON, VILLAGE
from tests.registry.telling import accept

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
NAMED = {**PERSON, "full_name": "Aminata Invented"}


def latest(served, form: str) -> Report:
    served.open()
    return Report.objects.filter(form=form).order_by("tick").last()


def body(report: Report) -> dict:
    return entry_of(report.id).body


def draft(who) -> str:
    """The XML of the only draft in a browser, once it is written."""
    who.page.wait_for_timeout(600)
    return who.page.evaluate(
        """() => new Promise((done) => {
          const opened = indexedDB.open("kambila-forms");
          opened.onsuccess = () => {
            const lines = opened.result.transaction("lines").objectStore("lines").getAll();
            lines.onsuccess = () => done(lines.result[0].xml);
          };
        })"""
    )


def told(served, form: str, answers: dict, by: str = "fatou", files: dict | None = None) -> Report:
    """A report that came in before."""
    served.open()
    receipt = receive(fill(forms.in_box(form), answers), files or {}, by)
    return Report.objects.get(pk=receipt.report_id)


def test_a_record_is_updated_with_what_is_known_of_it(person, served):
    report = told(served, "village", VILLAGE)
    accept(entry_of(report.id), by="omar")
    id = body(report)["changes"][0]["id"]
    fatou = person()
    fatou.open("village", f"?record=village/{id}")
    field = fatou.page.locator("#form input[type=text]")
    values = [each.input_value() for each in field.all()]
    assert "Tin Essako" in values
    field.nth(values.index("Tin Essako")).fill("Tin-Essako")
    fatou.send()
    change = body(latest(served, "village"))["changes"][0]
    assert (change["id"], change["values"]["title"]) == (id, "Tin-Essako")
    assert change["base"]["title"] == [f"{report.id}/0"]
    assert "code" not in change["values"] or change["values"]["code"] == body(report)["changes"][0]["values"]["code"]


def test_a_record_of_which_names_are_known_begins_without_them(person, served):
    report = told(served, "accident", {**ACCIDENT, "informant": "Moussa Invented"})
    accept(entry_of(report.id), by="omar")
    incident = body(report)["changes"][0]["id"]
    fatou = person()
    fatou.open("accident", f"?record=incident/{incident}")
    assert fatou.page.get_by_label("When did it happen?").input_value() == "2014-06-18"
    assert fatou.page.get_by_label("Name of the person who told").input_value() == ""


def test_ones_own_report_is_corrected_with_the_ids_that_it_gave(person, served):
    report = told(
        served, "accident", {**ACCIDENT, "casualties": [NAMED], "photograph": "p.jpg"}, files={"p.jpg": b"picture"}
    )
    fatou = person()
    fatou.open("accident", f"?report={report.id}")
    row = fatou.page.locator(".row")
    assert row.get_by_label("Name", exact=True).input_value() == "Aminata Invented"
    row.get_by_label("Age in years, if known").fill("19")
    fatou.send()
    newer = latest(served, "accident")
    assert newer.edits == report.id
    assert [each["id"] for each in body(newer)["changes"]] == [each["id"] for each in body(report)["changes"]]
    assert body(newer)["changes"][1]["values"]["age"] == 19
    assert {each["name"] for each in entry_of(newer.id).sealed} >= {"submission", "file/p.jpg"}


def test_a_report_as_a_phone_writes_it_keeps_what_it_corrects(person, served):
    served.open()
    plain = fill(forms.in_box("accident"), ACCIDENT).decode()
    orx = plain.replace("<data ", '<data xmlns:orx="http://openrosa.org/xforms" ').replace(
        "<meta><instanceID>", "<orx:meta><orx:instanceID>"
    )
    orx = orx.replace("</instanceID>", "</orx:instanceID>")
    last = orx.rindex("</meta>")
    receipt = receive((orx[:last] + "</orx:meta>" + orx[last + 7 :]).encode(), {}, "fatou")
    fatou = person()
    fatou.open("accident", f"?report={receipt.report_id}")
    fatou.page.get_by_label("When did it happen?").fill("2014-06-19")
    fatou.send()
    newer = latest(served, "accident")
    assert newer.edits == receipt.report_id
    assert body(newer)["changes"][0]["id"] == entry_of(receipt.report_id).body["changes"][0]["id"]


def test_the_report_of_another_is_opened_with_a_reason(person, served):
    report = told(served, "accident", {**ACCIDENT, "casualties": [NAMED]}, by="team")
    omar = person("omar")
    omar.go(f"/forms/accident/?report={report.id}")
    assert "Aminata" not in omar.page.content()
    omar.page.fill("#reason", "the age is wrong")
    omar.page.get_by_role("button", name="Open it").click()
    omar.ready()
    assert omar.page.locator(".row").get_by_label("Name", exact=True).input_value() == "Aminata Invented"


def test_the_report_of_another_is_not_opened_by_a_reporter(person, served):
    report = told(served, "accident", ACCIDENT)
    team = person("team")
    team.go(f"/forms/accident/?report={report.id}")
    assert "There is no report" in team.page.inner_text("main")


def test_what_corrects_nothing_by_name_is_refused(person, served):
    report = told(served, "village", VILLAGE)
    xml = fill(forms.in_box("village"), VILLAGE).decode()
    fatou = person()
    fatou.go("/forms/")
    said = fatou.page.evaluate(
        """async ([xml, edits]) => {
          const data = new FormData();
          data.append("xml_submission_file", new Blob([xml]), "a.xml");
          data.append("edits", edits);
          const token = document.cookie.split("csrftoken=")[1].split(";")[0];
          const headers = { "X-CSRFToken": token };
          const answer = await fetch("/forms/village/send", { method: "POST", body: data, headers });
          return [answer.status, (await answer.json()).code];
        }""",
        [xml, report.id],
    )
    assert said == [400, "edit-without-deprecated"]


WRITTEN = ["16.27, -0.04", "16,27 -0,04", "16°16'12\"N 0°2'24\"W", "0°02′24″O 16°16′12″N", "S 16.27 / W 0,04"]


def test_coordinates_are_typed_as_people_write_them(person, served):
    fatou = person()
    fatou.open("village")
    fatou.page.evaluate(FILLER_OF_REQUIRED)
    fatou.page.locator("input[value=yes]").first.check()  # it is safe to take the position
    field = fatou.page.locator("input.position")
    wrong = fatou.page.locator(".question", has=field).locator(".wrong")
    for typed in WRITTEN:
        field.fill(typed)
        field.blur()
        assert not wrong.is_visible(), typed
    assert "-16.27 -0.04" in draft(fatou)
    field.fill("somewhere")
    field.blur()
    assert "is no position" in wrong.inner_text()
    field.fill(WRITTEN[2])
    fatou.send()
    assert body(latest(served, "village"))["changes"][0]["values"]["location"]["coordinates"] == [-0.04, 16.27]


def test_the_position_of_the_device_is_used(person, served):
    here = {"latitude": 16.27, "longitude": -0.04, "accuracy": 12}
    fatou = person(permissions=["geolocation"], geolocation=here)
    fatou.open("village")
    fatou.page.locator("input[value=yes]").first.check()  # it is safe to take the position
    fatou.page.get_by_role("button", name="Use my position").click()
    fatou.page.get_by_text("accurate to 12 m").wait_for()
    assert fatou.page.locator("input.position").input_value() == "16.27, -0.04"
    assert re.search(r"16\.27 -0\.04 0(\.0)? 12", draft(fatou))


def test_an_area_is_drawn_on_the_map_by_click_and_by_keyboard(person, served):
    fatou = person()
    fatou.open("completion")
    fatou.page.get_by_role("button", name="Open the map").click()
    fatou.page.wait_for_selector(".map-place[data-ready]")
    fatou.page.locator(".map canvas").click(position={"x": 100, "y": 100})
    fatou.page.locator(".map canvas").click(position={"x": 200, "y": 100})
    fatou.page.locator(".map canvas").focus()
    fatou.page.keyboard.press("ArrowDown")
    fatou.page.get_by_role("button", name="Add a point at the cross").press("Enter")
    assert fatou.page.get_by_text("Points: 3").count() == 1
    assert len(fatou.page.locator("textarea.position").input_value().splitlines()) == 3
    assert [
        each for each in fatou.said if "GPU stall" not in each
    ] == []  # the browser's own word on drawing by software


def test_a_photograph_is_made_smaller_and_sent(person, served):
    fatou = person()
    fatou.open("accident")
    fatou.page.evaluate(FILLER_OF_REQUIRED)
    picture = fatou.page.evaluate_handle(
        """async () => {
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [3200, 1600];
          return await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
        }"""
    )
    fatou.page.evaluate(
        """(blob) => {
          const data = new DataTransfer();
          data.items.add(new File([blob], "IMG 0001.JPG", { type: "image/jpeg" }));
          const input = [...document.querySelectorAll("input[type=file]")].at(-1);
          input.files = data.files;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        picture,
    )
    fatou.page.get_by_text("Chosen: IMG-0001-").wait_for()
    fatou.send()
    entry = entry_of(latest(served, "accident").id)
    part = next(each for each in entry.sealed if each["name"].startswith("file/IMG-0001-"))
    assert part["media_type"] == "image/jpeg"


FILLER_OF_REQUIRED = """async () => {
  const settle = () => new Promise((done) => setTimeout(done, 0));
  for (let round = 0; round < 3; round++) {
    for (const question of document.querySelectorAll("#form .question")) {
      if (!question.checkVisibility() || !question.innerText.includes("(must be answered)")) continue;
      const field = question.querySelector("input:not([type=radio], [type=checkbox]), textarea, select");
      const choice = question.querySelector("input");
      if (!field) choice.click();
      else if (field instanceof HTMLSelectElement) field.selectedIndex = 1;
      else field.value = field.type === "date" || question.innerText.includes("When") ? "2014-06-18" : "ML01";
      field?.dispatchEvent(new Event("input", { bubbles: true }));
      await settle();
    }
  }
}"""
