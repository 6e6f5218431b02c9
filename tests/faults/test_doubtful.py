"""What is doubtful is kept and flagged with the code of the rule; a danger shows at once, figures wait for the decision."""

from __future__ import annotations

import html
from typing import Any

import pytest

from kambila.figures.definitions import all_figures
from kambila.figures.evaluate import evaluate
from kambila.intake import decisions
from kambila.intake.review import review
from kambila.registry.models import Report
from tests.faults.browsing import Visitor, may_sign_in
from tests.faults.phone import XML, sent
from tests.intake.door import ACCIDENT, PERSON, filled
from tests.serving import multipart

AREA = {"classification": "cha", "adm1": "ML07", "adm2": "ML0701"}
BOW_TIE = "16 0 0 0; 16.01 0.01 0 0; 16.01 0 0 0; 16 0.01 0 0; 16 0 0 0"
DOUBTFUL = {
    "coordinates swapped": ("accident", ACCIDENT | {"location": (-0.04, 16.27)}, "outside-country"),
    "at 0/0": ("accident", ACCIDENT | {"location": (0, 0)}, "outside-country"),
    "out of the country": ("accident", ACCIDENT | {"location": (48.85, 2.35)}, "outside-country"),
    "polygon that crosses itself": ("hazardous_area", AREA | {"polygon": BOW_TIE}, "polygon-crosses-itself"),
    "text in a number": ("accident", ACCIDENT | {"casualties": [PERSON | {"age": "nine"}]}, "unreadable"),
    "date in the future": ("accident", ACCIDENT | {"date": "2041-01-01"}, "information-date-in-the-future"),
}


@pytest.fixture(scope="module")
def visitor(server: Any, base: str) -> Visitor:
    """An officer at a browser."""
    may_sign_in("omar")
    return Visitor(server, "omar")


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_kept_and_flagged_and_shows_as_an_unconfirmed_danger(server, base, visitor, name):
    form, answers, code = DOUBTFUL[name]
    assert sent(server, base, filled(form, answers)).status == 201
    report = Report.objects.latest("tick")
    found = {each.code: each for each in review(report.id)}
    assert code in found
    assert (report.is_danger, report.status, report.counts) == (True, "waiting", False)
    page = visitor.get(f"/review/{report.id}/").text
    assert html.escape(found[code].sentence) in page
    area, kind = ("incidents", "incident") if form == "accident" else ("land", "hazardous_area")
    assert report.code in visitor.get(f"/area/{area}/{kind}/").text


def test_figures_wait_for_the_decision(server, base, visitor):
    before = counted()
    xml = filled(answers=ACCIDENT)
    assert sent(server, base, xml).status == 201
    assert counted() == before
    decisions.accept(Report.objects.latest("tick").id, "omar", "compared", "known")
    assert counted() == before + 1


def counted() -> int:
    """Casualties of explosive remnants of war, as the programme counts them."""
    return int(evaluate(all_figures()["erw-civilian-casualties"]).value or 0)


def test_a_danger_shows_at_once_and_waits(server, base):
    assert sent(server, base, filled(answers=ACCIDENT | {"date": "2041-01-01"})).status == 201
    report = Report.objects.latest("tick")
    assert (report.is_danger, report.status, report.counts) == (True, "waiting", False)


def test_a_phone_whose_clock_is_far_off_is_flagged_and_not_believed(server, base):
    kind, body = multipart({XML: filled()})
    said = {"Content-Type": kind, "Date": "Mon, 14 Feb 2011 16:48:15 GMT"}
    assert server.ask("POST", f"{base}/submission", body, said).status == 201
    report = Report.objects.latest("tick")
    assert "phone-clock" in [each.code for each in review(report.id)]
    assert report.recorded > "2026"


@pytest.mark.parametrize("date", ["lun., 14 févr. 2011 16:48:15", "", "x" * 5000, "Mon, 99 Feb 2011 99:48:15 GMT"])
def test_a_date_in_another_language_keeps_nothing_out(server, base, date):
    kind, body = multipart({XML: filled()})
    said = {"Content-Type": kind, "Date": date.encode().decode("latin-1")}
    assert server.ask("POST", f"{base}/submission", body, said).status == 201
