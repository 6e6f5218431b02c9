"""The page of a task: its states, its next steps as buttons, and what a refusal says."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake.lookup import current
from kambila.registry.kinds import model_of
from tests.intake.people import programme_people
from tests.intake.tasking import OPERATOR, TASK, TEAM, step, told, waiting, world
from tests.registry.telling import at

PAGE = f"/record/task/{TASK}/"
pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture(autouse=True)
def people_of_the_programme(programme, monkeypatch):
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    at("2014-06-20")
    programme_people()


def browser(name="omar", language="en"):
    client = Client()
    client.force_login(people.find(name))
    client.cookies["django_language"] = language
    return client


def page(client=None):
    answer = (client or browser()).get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_offers_the_steps_that_may_follow_and_a_click_takes_one():
    world()
    shown = page()
    assert "?step=issued" in shown
    assert "?step=completed" not in shown
    assert 'name="team"' in browser().get(f"{PAGE}next/?step=issued").content.decode()
    answer = browser().post(f"{PAGE}next/?step=issued", {"reason": "the season begins"})
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert current("task", TASK).status == "issued"
    assert "the season begins" in page()


def test_a_step_that_a_guard_forbids_has_no_button_and_says_why():
    world()
    id = model_of("accreditation")._default_manager.get(code="ACR-1").id
    told("accreditation", {"decision": "suspended"}, id)
    shown = page()
    assert "?step=issued" not in shown
    assert "No accreditation of Sahel Clear for manual clearance is valid" in shown
    assert f"/record/accreditation/{id}/" in shown


def test_what_was_typed_stays_when_a_step_is_refused():
    world("in_progress", issued_on="2014-06-20")
    answer = browser().post(f"{PAGE}next/?step=suspended", {"reason": "rain on the road"})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in shown
    assert "rain on the road</textarea>" in shown


def test_who_may_not_decide_sees_the_states_and_no_button():
    world()
    step("issued", reason="secret plan")
    granting.grant("team", "operator", Scope(organisation=OPERATOR), "their task", "ana")
    shown = page(browser("team"))
    assert "Issued" in shown
    assert "?step=" not in shown
    assert "secret plan" not in shown
    assert browser("team").post(f"{PAGE}next/?step=accepted", {"reason": "x"}).status_code == 404


def test_a_danger_that_somebody_may_not_see_holds_back_without_its_code():
    world()
    waiting("hazardous_area", {"classification": "sha", "adm1": "ML07", "adm2": "ML0701"})
    people.add("tasker")
    granting.grant("tasker", "office-officer", Scope(kind="task"), "tasks only", "ana")
    shown = page(browser("tasker"))
    assert "nobody has decided about it yet" in shown
    assert "R-DANGER" not in shown
    answer = browser("tasker").post(f"{PAGE}next/?step=issued", {"reason": "x"}).content.decode()
    assert "R-DANGER" not in answer
    assert "R-DANGER" in page()


def test_the_page_speaks_french():
    world()
    assert "Où en est la fiche" in page(browser(language="fr"))


def test_the_page_tells_how_the_work_goes():
    world("in_progress", planned_area_m2="1000")
    done = {
        "task": TASK,
        "period_start": "2014-06-10",
        "period_end": "2014-06-10",
        "cleared_m2": "250",
        "methods": ["manual"],
    }
    told("progress", {**done, "cancelled_m2": "0", "reduced_m2": "0", "code": "PR-1"})
    shown = page()
    assert "Done: 250 of 1,000 m² planned." in shown
    assert "Manual clearance: 250" in shown
    assert "/code/PR-1/" in shown


def test_the_page_of_productivity_tells_rates_and_finds_a_wrong_day():
    world("in_progress")
    told("progress", {"task": TASK, "period_end": "2014-06-10", "cleared_m2": "250", "deminer_days": "10"})
    shown = browser().get("/productivity/?by=operator").content.decode()
    assert "Sahel Clear" in shown and "25.0" in shown
    assert browser().get("/productivity/?from=soon").status_code == 400


def test_a_team_is_chosen_from_those_that_could_take_the_task():
    world(operator=None)
    address = f"{PAGE}who/"
    assert address in page()
    shown = browser().get(address).content.decode()
    assert "Sahel Clear is accredited" in shown
    answer = browser().post(f"{PAGE}next/?step=issued", {"reason": "the nearest", "team": TEAM})
    assert answer.status_code == 302
    assert current("task", TASK).operator_id == OPERATOR
    assert browser("team").get(address).status_code == 404
