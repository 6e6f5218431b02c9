"""Nothing becomes safer than two people said, and no danger is lost, by ways that are easily overlooked."""

from __future__ import annotations

import datetime

import pytest

from kambila.journal import projections
from kambila.registry import dangers
from kambila.registry.models import Conflict, Report
from tests.registry.telling import H2, H, I, V, accept, at, change, countersign, decide, known, ref, report, say

pytestmark = pytest.mark.usefixtures("programme")
AREA = "hazardous_area"


@pytest.fixture(autouse=True)
def _in_summer() -> None:
    at("2014-07-01")


def area(record: str, *more: dict[str, object], day: str = "2014-06-01") -> object:
    return report(change(record, {"classification": "cha"}, AREA), *more, date=day)


def unconfirmed() -> set[str]:
    return {each.id for each in dangers.unconfirmed(AREA)}


def test_two_acceptances_that_have_seen_each_other_leave_the_most_dangerous_standing() -> None:
    closed = report(change(V, {"status": "closed"}, "accessibility"), date="2014-06-20")
    opened = report(change(V, {"status": "open"}, "accessibility"), date="2014-06-21")
    accept(closed)
    accept(opened, base={"status": [ref(closed)]})
    decide("withdraw", closed)
    accept(closed, base={"status": [ref(opened)]})
    assert not projections.is_behind()
    assert known(V, "accessibility").status == "closed"
    assert Conflict.objects.count() == 1


def test_a_space_before_an_answer_does_not_open_what_is_closed() -> None:
    accept(report(change(V, {"status": "closed"}, "accessibility"), date="2014-06-20"))
    accept(report(change(V, {"status": " open"}, "accessibility"), date="2014-06-25"))
    assert known(V, "accessibility").status == "closed"


def test_a_report_of_another_danger_in_the_same_village_does_not_stand_for_this_one() -> None:
    village = change(V, {"title": "Tabango"}, "village")
    r1, r2 = area(H, village), area(H2, village)
    decide("reject", r1, stands=r2.id)
    assert r1.id in unconfirmed()


def test_a_report_of_one_of_two_dangers_does_not_stand_for_both() -> None:
    r1, r2 = area(H, change(H2, {"classification": "sha"}, AREA)), area(H)
    decide("reject", r1, stands=r2.id)
    assert r1.id in unconfirmed()


@pytest.mark.parametrize(
    ("values", "is_danger"),
    [
        ({"status": "closed"}, True),
        ({"status": "restricted"}, True),
        ({"status": None}, True),
        ({"reason": "mines"}, True),
        ({"status": "nobody knows this word"}, True),
        ({"status": "open"}, False),
    ],
)
@pytest.mark.parametrize("kind", ["accessibility", "route_status"])
def test_a_waiting_report_of_a_place_is_a_danger_unless_it_says_open(kind, values, is_danger) -> None:
    r = report(change(V, values, kind), date="2014-06-20")
    assert dangers.unconfirmed(kind).filter(pk=r.id).exists() == is_danger


def test_a_report_that_says_open_does_not_stand_for_one_that_says_closed() -> None:
    closed = report(change(V, {"status": "closed"}, "accessibility"), date="2014-06-20")
    opened = report(change(V, {"status": "open"}, "accessibility"), date="2014-06-20")
    decide("reject", closed, stands=opened.id)
    assert dangers.unconfirmed("accessibility").filter(pk=closed.id).exists()


def test_one_person_may_reject_a_report_that_says_open() -> None:
    opened = report(change(V, {"status": "open"}, "accessibility"), date="2014-06-20")
    decide("reject", opened)
    assert Report.objects.get(pk=opened.id).status == "rejected"


def test_a_report_of_the_same_danger_stands_for_it() -> None:
    r1, r2 = area(H), area(H)
    decide("reject", r1, stands=r2.id)
    assert unconfirmed() == {r2.id}


def test_a_retirement_dated_in_the_future_does_not_hide_an_area_today() -> None:
    accept(area(H))
    countersign(say("retire", kind=AREA, record=H, date="2041-01-01"))
    assert known(H, AREA) is not None


def test_an_accepted_danger_dated_in_the_future_still_shows_as_unconfirmed() -> None:
    r = area(H, day="2041-01-01")
    accept(r)
    assert known(H, AREA) is None
    assert unconfirmed() == {r.id}


def test_a_disclosure_never_hides_what_is_open_to_more_people() -> None:
    from kambila.registry.kinds import kinds

    kind = next(name for name, model in sorted(kinds().items()) if model.default_tier == "public")
    accept(report(change(I, {"code": "X-1"}, kind), date="2014-06-01"))
    say("disclose", kind=kind, record=I, audience="partner", precision="", until="")
    assert known(I, kind).record_tier == "public"


def test_a_disclosure_whose_end_cannot_be_read_discloses_nothing() -> None:
    accept(area(H))
    tier = known(H, AREA).record_tier
    say("disclose", kind=AREA, record=H, audience="public", precision="", until="soon")
    assert not projections.is_behind()
    assert (known(H, AREA).record_tier, known(H, AREA).tier_until) == (tier, None)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"partner": "exact"}, "partner"),
        ({"partner": "exact", "public": "commune"}, "partner"),
        ({"partner": "exact", "public": "exact"}, "public"),
        ({"public": "exact", "partner": "commune"}, "public"),
        ({"partner": "commune"}, None),
        ({"public": ""}, None),
    ],
)
def test_the_exact_place_is_open_only_to_whom_a_disclosure_says_so(said, place) -> None:
    accept(area(H))
    for audience, precision in said.items():
        say("disclose", kind=AREA, record=H, audience=audience, precision=precision, until="2014-12-31")
    shown = known(H, AREA)
    assert shown.place_tier == place
    assert shown.place_until == (datetime.date(2014, 12, 31) if place else None)


def test_closing_a_disclosure_closes_the_exact_place_too() -> None:
    accept(area(H))
    for audience in ("partner", "public"):
        say("disclose", kind=AREA, record=H, audience=audience, precision="exact", until="")
    say("close", kind=AREA, record=H, audience="public")
    assert (known(H, AREA).record_tier, known(H, AREA).place_tier) == ("partner", "partner")
    say("close", kind=AREA, record=H, audience="partner")
    assert (known(H, AREA).record_tier, known(H, AREA).place_tier) == ("restricted", None)


def test_a_disclosure_whose_precision_cannot_be_read_discloses_nothing() -> None:
    accept(area(H))
    tier = known(H, AREA).record_tier
    say("disclose", kind=AREA, record=H, audience="public", precision="somewhere near", until="")
    assert (known(H, AREA).record_tier, known(H, AREA).place_tier) == (tier, None)


def test_one_person_cannot_lower_a_hazardous_area_also_when_shown_what_it_was() -> None:
    confirmed = report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-01")
    accept(confirmed)
    lower = report(change(H, {"classification": "sha"}, "hazardous_area"), date="2014-06-10")
    decision = accept(lower, base={"classification": [ref(confirmed)]})
    assert known(H, "hazardous_area").classification == "cha"
    countersign(decision)
    assert known(H, "hazardous_area").classification == "sha"


def test_one_person_may_raise_a_hazardous_area() -> None:
    suspected = report(change(H, {"classification": "sha"}, "hazardous_area"), date="2014-06-01")
    accept(suspected)
    accept(
        report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-10"),
        base={"classification": [ref(suspected)]},
    )
    assert known(H, "hazardous_area").classification == "cha"


def test_a_danger_reported_after_a_restoration_is_confirmed_by_its_acceptance() -> None:
    accept(report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-01"))
    countersign(say("retire", kind="hazardous_area", record=H, date="2014-06-05"))
    say("restore", kind="hazardous_area", record=H, date="2014-06-06")
    accept(report(change(H, {"classification": "cha"}, "hazardous_area"), date="2014-06-10"))
    assert not dangers.unconfirmed("hazardous_area").exists()


def test_a_countersigner_with_a_slow_clock_does_not_date_an_acceptance_too_early() -> None:
    from kambila.registry.matters import DecisionFacts, ReportFacts, Signature, judge

    report_facts = ReportFacts("r", (1, "2014-07-01", "r"), None, True, True, frozenset())
    decision = DecisionFacts("d", (2, "2014-07-02", "d"), "officer", "accept", "r", always_two=True)
    judged = judge([report_facts], [decision], [Signature((3, "2013-07-02", "c"), "d", "manager")])
    assert judged.outcomes["r"].acceptances == [((3, "2014-07-02", "c"), "d")]
