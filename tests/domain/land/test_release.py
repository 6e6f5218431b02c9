"""From accepted reports to the status of an area, through journal and registry."""

import uuid
from decimal import Decimal

import pytest

from kambila.domain.land.models import HazardousArea
from kambila.journal import Draft, append

AREA, PRODUCT = str(uuid.UUID(int=7)), str(uuid.UUID(int=8))


def report(kind, record, information="2014-06-20", **values):
    """A report with one change; gives its id."""
    change = {"kind": kind, "id": record, "values": values, "sealed": {}}
    body = {"form": kind, "version": "1", "reporter": "ahmed", "office": "GAO", "organisation": "", "code": "",
            "date": information, "instance": "", "changes": [change]}  # fmt: skip
    return append([Draft(kind="report", author="ahmed", body=body)])[0].id


def decide(verb, report_id):
    return append([Draft(kind="decision", author="head", body={"verb": verb, "report": report_id, "base": {}})])[0].id


def accepted(*args, **values):
    found = report(*args, **values)
    decide("accept", found)
    return found


@pytest.fixture
def area(programme):
    accepted("hazardous_area", AREA, classification="cha", area_m2="1000", devices=["uxo"])
    return lambda: HazardousArea.objects.get(id=AREA)


def test_an_accepted_area_is_open_with_all_that_it_measures(area):
    assert (area().status, area().remaining_m2) == ("open", Decimal("1000.00"))


def test_a_report_that_says_released_leaves_the_area_open(area):
    accepted("hazardous_area", AREA, information="2014-06-25", reported_status="released")
    assert (area().status, area().classification) == ("open", "cha")


def test_a_product_shrinks_the_area_only_when_it_is_accepted_and_no_longer_when_withdrawn(area):
    product = report("land_release_product", PRODUCT, area=AREA, method="cleared", area_m2="400", date="2014-06-20")
    assert area().remaining_m2 == Decimal("1000.00")
    decide("accept", product)
    assert (area().status, area().remaining_m2, area().cleared_m2) == ("worked_on", Decimal("600.00"), Decimal("400"))
    decide("withdraw", product)
    assert (area().status, area().remaining_m2) == ("open", Decimal("1000.00"))


def test_products_close_an_area_and_losing_one_opens_it_again(area):
    accepted("land_release_product", PRODUCT, area=AREA, method="cleared", area_m2="400")
    other = accepted("land_release_product", str(uuid.UUID(int=9)), area=AREA, method="cancelled", area_m2="600")
    assert area().status == "closed"
    decide("withdraw", other)
    assert area().status == "worked_on"
