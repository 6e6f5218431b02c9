"""What follows from what is stated of accreditations and contributions."""

import datetime
from decimal import Decimal

import pytest

from kambila.domain.partners.models import Accreditation, Competence, Contribution, in_usd, published_usd
from kambila.figures.definitions import all_figures
from kambila.registry.models import stated_fields

CASH = {"amount": Decimal("1000.00"), "usd_rate": Decimal("1.35"), "currency": "EUR"}


def test_an_amount_is_converted_at_the_rate_of_its_agreement():
    assert in_usd(CASH) == Decimal("1350.00")
    assert in_usd({"amount": Decimal(7), "currency": "USD"}) == 7
    assert in_usd({**CASH, "usd_rate": None}) is None


@pytest.mark.parametrize(
    ("answer", "amount"), [("yes", Decimal("1350.00")), ("no", None), ("unknown", None), (None, None)]
)
def test_an_amount_is_published_only_when_the_donor_agrees(answer, amount):
    assert published_usd({**CASH, "amount_public": answer}) == amount


def test_money_is_for_partners():
    fields = stated_fields(Contribution)
    assert {fields[name].tier for name in ("amount", "currency", "usd_rate", "received_on")} == {"partner"}
    public = [figure for figure in all_figures().values() if figure.kind == "contribution" and figure.tier == "public"]
    assert not [figure.id for figure in public if "amount_usd" in str(figure.measure)]


@pytest.mark.parametrize(
    ("decision", "day", "holds"),
    [
        ("granted", "2014-06-01", True),
        ("provisional", "2014-06-01", True),
        ("suspended", "2014-06-01", False),
        ("granted", "2013-12-31", False),
        ("granted", "2015-01-01", False),
    ],
)
def test_an_accreditation_holds_between_issue_and_expiry(decision, day, holds):
    row = Accreditation(decision=decision, issued_on_last="2014-01-01", expires_on_first="2014-12-31")
    assert row.holds_on(datetime.date.fromisoformat(day)) is holds


def test_an_accreditation_without_dates_does_not_hold():
    assert not Accreditation(decision="granted").holds_on(datetime.date(2014, 6, 1))


def test_who_holds_a_competence_is_sealed_and_the_rest_is_for_its_organisation():
    assert stated_fields(Competence)["full_name"].personal
    assert (Competence.default_tier, Competence.seen_by) == ("restricted", ("holder",))


@pytest.mark.parametrize(
    ("more", "holds"),
    [({}, True), ({"ended_on_first": "2014-06-01"}, False), ({"valid_until_first": "2014-05-31"}, False)],
)
def test_a_competence_holds_until_its_day_or_until_it_ended(more, holds):
    row = Competence(**{"issued_on_last": "2014-01-01", "valid_until_first": "2014-12-31", **more})
    assert row.holds_on(datetime.date(2014, 6, 1)) is holds


def test_a_competence_without_its_days_does_not_hold():
    assert not Competence(valid_until_first="2014-12-31").holds_on(datetime.date(2014, 6, 1))
