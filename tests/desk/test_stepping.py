"""The path of a record on its page: where it stands, what can follow, and taking a step."""

from __future__ import annotations

import pytest

from tests.desk.conftest import accepted, said
from tests.intake.test_accreditation_steps import DATES, REQUEST, A
from tests.registry.telling import at, known

PAGE = f"/record/accreditation/{A}/"


@pytest.fixture(autouse=True)
def request_(world):
    at("2014-06-20")
    accepted(said([{"kind": "accreditation", "id": A, "values": REQUEST}]))


def test_the_page_of_a_record_offers_the_steps_that_can_follow(sign_in):
    page = sign_in("fatou").get(PAGE).content.decode()
    assert "Submitted" in page and f"{PAGE}next/?step=granted" in page
    assert "step=suspended" not in page


def test_a_step_asks_for_what_it_needs_and_is_taken(sign_in):
    client = sign_in("fatou")
    page = client.get(f"{PAGE}next/?step=granted").content.decode()
    assert 'name="issued_on"' in page and 'name="expires_on"' in page and 'name="reason"' in page
    missing = client.post(f"{PAGE}next/?step=granted", {"issued_on": "2014-06-20", "reason": "the board decided"})
    assert missing.status_code == 400 and "asks for more" in missing.content.decode()
    done = client.post(f"{PAGE}next/?step=granted", {**DATES, "reason": "the board decided"})
    assert done.status_code == 302 and known(A, "accreditation").decision == "granted"
    assert "Accordée" in sign_in("fatou", "fr").get(PAGE).content.decode()


def test_who_decides_nothing_is_offered_nothing(sign_in):
    auditor = sign_in("auditor")
    assert "step=" not in auditor.get(PAGE).content.decode()
    assert auditor.post(f"{PAGE}next/?step=granted", {**DATES, "reason": "a try"}).status_code == 404
    assert sign_in("kidal").get(f"{PAGE}next/?step=granted").status_code == 404
    assert known(A, "accreditation").decision == "submitted"


def test_a_step_that_cannot_follow_has_no_page(sign_in):
    assert sign_in("fatou").get(f"{PAGE}next/?step=suspended").status_code == 404
