"""The pages of open calls and of ordnance: what one may see, and sending a team from a page without script."""

from __future__ import annotations

import pytest

from kambila.domain.operations.models import SpotTask
from tests.intake.tasking import CERTIFICATE, TEAM, VILLAGE, told, world


@pytest.fixture
def call(sign_in):
    world()
    told("accreditation", {**CERTIFICATE, "scopes": ["eod"], "code": "ACR-2"})
    told("team", {"eod_level": "3", "methods": ["eod"]}, TEAM)
    place = {"village": VILLAGE, "location": {"type": "Point", "coordinates": [0, 16]}, "adm1": "ML07"}
    return told(
        "spot_task",
        {"requested_on": "2014-06-18", "priority": "immediate", "status": "requested", "code": "EOD-1", **place},
    )


def test_a_team_is_sent_from_the_page_of_calls_and_what_is_doubtful_is_asked(sign_in, call):
    browser = sign_in("fatou")
    page = browser.get("/calls/").content.decode()
    assert "Team 1" in page and f'href="/record/spot_task/{call}/who/"' in page
    said = {"team": TEAM, "reason": "it is near"}
    answer = browser.post(f"/record/spot_task/{call}/who/", said)
    if answer.status_code == 400:
        assert "who-answer" in answer.content.decode()
        answer = browser.post(f"/record/spot_task/{call}/who/", said | {"answer": "checked"})
    assert answer.status_code == 302
    assert SpotTask._default_manager.get(pk=call).status == "assigned"


def test_calls_of_others_are_not_told(sign_in, call):
    assert "EOD-1" not in sign_in("kidal").get("/calls/").content.decode()
    assert sign_in("reporter").get("/calls/").status_code == 404


def test_the_page_of_ordnance_counts_what_one_may_see_and_keeps_the_store_to_itself(sign_in, call):
    told("ordnance_item", {"category": "uxo", "quantity": 3, "found_on": "2014-06-01", "disposition": "marked"})
    lot = told("lot", {"lot_number": "L-1", "nature": "Block", "family": "explosive", "neq_each_kg": "0.2"})
    told("movement", {"lot": lot, "movement": "opening", "quantity": 7, "date": "2014-01-01"})
    seen, other = (sign_in(each).get("/ordnance/").content.decode() for each in ("fatou", "kidal"))
    assert "Unexploded ordnance" in seen and "Unexploded ordnance" not in other
    assert "Block" not in other
    assert sign_in("fatou").get("/ordnance/?from=2014-06-30&to=2014-01-01").status_code == 400
