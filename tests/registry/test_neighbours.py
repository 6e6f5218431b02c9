"""What lies beside a record: how, how far, how much is common; and nothing that the account may not see."""

from __future__ import annotations

import pytest

from kambila.accounts import people
from kambila.registry.neighbours import neighbours
from tests import terminal
from tests.intake.people import AREA, programme_people
from tests.registry.telling import H2, H, I, accept, change, known, report

H3, H4 = "00000000-0000-7000-8000-0000000000d3", "00000000-0000-7000-8000-0000000000d4"
DEGREE_M = 106_900  # of longitude at 16.27° north


def box(x, wide=0.001, y=16.27):
    ring = [[x, y], [x + wide, y], [x + wide, y + 0.001], [x, y + 0.001], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture(autouse=True)
def areas(programme, monkeypatch):
    """H from 0; H2 half over it; H3 along its western side; H4 300 m to the east of it, in Kidal; an incident in it."""
    terminal.at(programme, monkeypatch)
    programme_people()
    where = {H: box(0), H2: box(0.0005), H3: box(-0.001), H4: box(0.001 + 300 / DEGREE_M)}
    for number, (id, shape) in enumerate(where.items(), 1):
        place = "ML08" if id == H4 else "ML07"
        values = {**AREA, "adm1": place, "polygon": shape, "code": f"EX-HA-{number}"}
        accept(report(change(id, values, "hazardous_area"), date="2014-06-20"))
    at = {"type": "Point", "coordinates": [0.0002, 16.2705]}
    values = {"category": "mine_erw", "date": "2014-06-18", "device": "uxo", "adm1": "ML07", "location": at}
    accept(report(change(I, values, "incident"), date="2014-06-20"))


def beside(account="omar", within=0.0):
    found = neighbours(people.find(account), known(H, "hazardous_area"), within)
    return {each.record.pk: each for each in found}


def test_it_is_told_what_overlaps_with_the_common_ground_and_what_touches():
    found = beside()
    assert {id: each.relation for id, each in found.items()} == {H2: "overlaps", H3: "touches", I: "overlaps"}
    assert found[H2].percent == 50 and float(found[H2].common_m2) == pytest.approx(5914, rel=0.01)
    assert found[H3].common_m2 == 0 and found[I].common_m2 == 0


def test_what_is_near_is_told_with_its_distance_in_metres():
    assert H4 not in beside(within=299)
    assert beside(within=301)[H4].relation == "near" and beside(within=301)[H4].distance_m == pytest.approx(
        300, abs=0.5
    )


def test_what_has_more_ground_in_common_comes_first_and_the_record_itself_never():
    assert list(beside(within=301))[0] == H2 and list(beside(within=301))[-1] == H4 and H not in beside(within=301)


def test_an_account_is_told_of_no_record_that_it_does_not_see():
    account = people.find("kidal")
    found = neighbours(account, known(H4, "hazardous_area"), 5_000)
    assert found == []


def test_the_command_tells_what_the_account_may_see():
    told = terminal.data("near", "EX-HA-1", "--as", "omar", "--within", "301")
    assert [each["code"] for each in told if each["kind"] == "hazardous_area"] == ["EX-HA-2", "EX-HA-3", "EX-HA-4"]
    assert "touches it" in terminal.run("near", "EX-HA-1", "--as", "omar").output
    assert "Nothing is known" in terminal.run("near", "EX-HA-1", "--as", "kidal", code=1).output
