"""Under review, a report shows what its new records may be already."""

from __future__ import annotations

import uuid

from tests.desk.conftest import accepted, casualty, incident, said

PLACE = {"adm1": "ML08", "adm2": "ML0803", "adm3": "ML080301"}


def village(title, **values):
    return {"kind": "village", "id": str(uuid.uuid4()), "values": {"title": title, **PLACE, **values}}


def page(client, report):
    return client.get(f"/review/{report.id}/").content.decode()


def test_a_village_under_another_spelling_is_shown_with_the_reasons(sign_in, world):
    known = village("Ménaka", code="EX-VIL-1")
    accepted(said([known]))
    shown = page(sign_in("fatou"), said([village("Minaka")]))
    assert "EX-VIL-1" in shown and "two spellings" in shown and f"/record/village/{known['id']}/" in shown


def test_a_record_of_another_report_that_waits_leads_to_that_report(sign_in, world):
    other = said([village("Minaka", code="EX-VIL-2")])
    shown = page(sign_in("fatou"), said([village("Ménaka")]))
    assert f"/review/{other.id}/" in shown and "EX-VIL-2" in shown


def test_people_of_one_report_are_not_taken_for_each_other(sign_in, world):
    accident = incident()
    report = said([accident, casualty(accident, "EX-CAS-1"), casualty(accident, "EX-CAS-2")])
    assert "May be known already" not in page(sign_in("fatou"), report)


def test_what_one_may_not_see_is_not_proposed(sign_in, world):
    place = {"type": "Point", "coordinates": [0.1, 16.2]}
    accepted(said([incident("EX-INC-1", location=place)], office="KID"))
    report = said([incident("EX-INC-2", location=place)])
    assert "EX-INC-1" in page(sign_in("fatou"), report)
    assert "EX-INC-1" not in page(sign_in("gao"), report)


def test_a_decided_report_proposes_nothing(sign_in, world):
    accepted(said([village("Ménaka", code="EX-VIL-1")]))
    report = accepted_report(village("Minaka"))
    assert "EX-VIL-1" not in page(sign_in("fatou"), report)


def accepted_report(change):
    report = said([change])
    accepted(report)
    return report
