"""A report whose polygon has a fault: drawn with its turning points, and a repair that a person reports, or nobody."""

from __future__ import annotations

import html
import re

import pytest

from kambila.accounts import people
from kambila.intake.lookup import entry_of
from kambila.journal import Draft, append
from kambila.registry.models import Report
from tests.desk.conftest import accepted, said
from tests.desk.reviewing import SQUARE, area, text

A, B, C, D = SQUARE[0][:-1]
BOW_TIE = [[A, C, B, D, A]]
SOUND = [[A, B, C, D, A]]
NEXT = [[[x + 0.005, y] for x, y in SQUARE[0]]]
H2 = "00000000-0000-4000-8000-0000000000d2"


@pytest.fixture
def crossed(world):
    """An area with two turning points in the wrong order."""
    return said([area(polygon=BOW_TIE)], code="EX-R-1")


def repair(page, reason="I walked around it"):
    """The form of the proposed repair, filled in."""
    fields = dict(re.findall(r'name="(repair|seen)" value="([^"]+)"', page))
    return fields | {"reason": reason}


def test_the_legs_that_cross_are_drawn_and_listed_with_their_numbers(sign_in, crossed):
    page = html.unescape(text(sign_in("gao"), f"/review/{crossed.id}/"))
    assert "The polygon crosses itself: the leg 1–2 and the leg 3–4." in page
    assert "turning point 2: 16.01000° N, 0.01000° E" in page and 'stroke-width="5"' in page


def test_the_repair_is_shown_with_both_sizes_and_nothing_is_done_by_itself(sign_in, crossed):
    page = text(sign_in("gao"), f"/review/{crossed.id}/")
    assert "in an order in which no two legs cross" in page and "Dashed: as reported. Filled: as proposed." in page
    assert re.search(r"<dd>1,18\d,\d{3}\.\d\d m²</dd>", page)
    assert Report.objects.count() == 1


def test_a_repair_that_is_taken_is_a_correction_by_the_person_that_waits(sign_in, crossed):
    client = sign_in("gao")
    answer = client.post(f"/review/{crossed.id}/", repair(text(client, f"/review/{crossed.id}/")))
    new = Report.objects.get(edits=crossed.id)
    assert answer.status_code == 302 and answer.url == f"/review/{new.id}/"
    assert (new.author, new.status) == ("gao", "waiting")
    stated = entry_of(new.id).body["changes"][0]["values"]["polygon"]["coordinates"]
    assert sorted(map(tuple, stated[0][:-1])) == sorted(map(tuple, (A, B, C, D)))
    page = text(client, answer.url)
    assert "crosses itself" not in page and "A repair that could be made" not in page


def test_without_a_reason_nothing_is_repaired(sign_in, crossed):
    client = sign_in("gao")
    answer = client.post(f"/review/{crossed.id}/", repair(text(client, f"/review/{crossed.id}/"), " "))
    assert answer.status_code == 400 and not Report.objects.filter(edits=crossed.id).exists()


def test_a_repair_that_was_not_shown_is_not_taken(sign_in, crossed):
    client = sign_in("gao")
    form = repair(text(client, f"/review/{crossed.id}/")) | {"seen": "0" * 64}
    assert client.post(f"/review/{crossed.id}/", form).status_code == 409
    assert not Report.objects.filter(edits=crossed.id).exists()


def test_who_may_only_read_is_offered_no_repair(sign_in, crossed):
    client = sign_in("auditor")
    page = text(client, f"/review/{crossed.id}/")
    assert "crosses itself" in page and "A repair that could be made" not in page
    form = repair(text(sign_in("gao"), f"/review/{crossed.id}/"))
    assert client.post(f"/review/{crossed.id}/", form).status_code == 400
    assert not Report.objects.filter(edits=crossed.id).exists()


def test_a_report_that_was_corrected_is_offered_no_second_repair(sign_in, crossed):
    client = sign_in("gao")
    client.post(f"/review/{crossed.id}/", repair(text(client, f"/review/{crossed.id}/")))
    assert "A repair that could be made" not in text(client, f"/review/{crossed.id}/")


def test_a_danger_is_shown_unconfirmed_whatever_its_geometry(sign_in, crossed):
    page = text(sign_in("gao"), "/area/land/hazardous_area/")
    assert "EX-R-1" in page and "not confirmed" in page


def test_what_lies_beside_a_reported_polygon_is_told_before_it_is_accepted(sign_in, world):
    accepted(said([area()], code="EX-R-1"))
    later = said([area(H2, polygon=NEXT, code="EX-HA-2")], code="EX-R-2")
    page = text(sign_in("gao"), f"/review/{later.id}/")
    assert "50 % of it" in page and "EX-HA-1" in page
    assert "lies in the hazardous area EX-HA-1" in page


def test_who_sent_a_report_is_not_told_of_an_area_beside_it_that_he_may_not_see(sign_in, world):
    accepted(said([area()], code="EX-R-1"))
    changes = [area(H2, polygon=NEXT, code="EX-HA-2")]
    body = {
        "form": "hazardous_area",
        "version": "1",
        "reporter": "kidal",
        "office": "GAO",
        "organisation": "",
        "code": "EX-R-2",
    }
    own = append([Draft("report", "kidal", {**body, "date": "2014-06-20", "instance": "", "changes": changes})])[0]
    assert "EX-HA-1" not in text(sign_in("kidal"), f"/review/{own.id}/")
    assert "lies in the hazardous area EX-HA-1" in text(sign_in("gao"), f"/review/{own.id}/")


def test_what_lies_beside_a_record_is_on_its_page_for_those_who_may_see_it(sign_in, world):
    accepted(said([area()], code="EX-R-1"))
    accepted(said([area(H2, polygon=NEXT, code="EX-HA-2", adm1="ML08")], code="EX-R-2", office="KID"))
    page = text(sign_in("fatou"), f"/record/hazardous_area/{H2}/")
    assert "What lies beside it" in page and "EX-HA-1" in page
    page = text(sign_in("kidal"), f"/record/hazardous_area/{H2}/")
    assert "EX-HA-1" not in page


def test_the_coverage_of_villages_leads_down_to_what_is_left(sign_in, world):
    village = {
        "kind": "village",
        "id": H2,
        "values": {"title": "Tin Hama", "adm1": "ML07", "adm2": "ML0701", "adm3": "ML070101"},
    }
    accepted(said([village], code="EX-R-1"))
    client = sign_in("gao")
    assert "0 of 1 villages" in text(client, "/coverage/")
    assert "/coverage/ML0701/" in text(client, "/coverage/ML07/")
    assert "Tin Hama" in text(client, "/coverage/ML070101/")
    assert "/coverage/" in text(client, "/area/land/village_survey/")
    text(client, "/coverage/ML99/", 404)


def test_coverage_is_not_for_who_has_no_role(sign_in, world):
    people.add("stranger")
    text(sign_in("stranger"), "/coverage/", 404)
    assert "/coverage/" not in text(sign_in("stranger"), "/area/land/village_survey/")
