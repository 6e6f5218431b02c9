"""Records that may be the same are proposed with reasons; what cannot be the same is not."""

from __future__ import annotations

import pytest

from kambila.accounts.models import Account
from kambila.intake import decisions
from kambila.intake.matching.candidates import candidates
from tests.intake.people import area, casualty, incident, programme_people
from tests.registry.telling import C2, H2, C, H, I, V, change, report

FAR = "00000000-0000-7000-8000-0000000000e9"
PLACES = {"adm1": "ML08", "adm2": "ML0803", "adm3": "ML080301"}
SQUARE = [[0, 16], [0.01, 16], [0.01, 16.01], [0, 16.01], [0, 16]]
SHIFTED = [[0.002, 16], [0.012, 16], [0.012, 16.01], [0.002, 16.01], [0.002, 16]]
ELSEWHERE = [[1, 17], [1.01, 17], [1.01, 17.01], [1, 17.01], [1, 17]]


def polygon(ring):
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture(autouse=True)
def people(programme):
    programme_people()


def taken(entry):
    decisions.accept(entry.id, "omar", "checked", answers="seen")
    return entry


def village(title="Tin Essako", record=V, **values):
    return report(change(record, {"title": title, **PLACES, **values}, "village"), date="2014-06-20")


def test_a_village_is_found_by_its_name_without_accents():
    taken(village("Gossi-Ségou"))
    [found] = candidates("village", {"title": "gossi segou", **PLACES})
    assert (found.id, found.report) == (V, "")
    assert found.score >= 0.9 and "Ségou" in found.reasons[0]


def test_a_village_is_found_by_another_spelling():
    taken(village("Ménaka"))
    assert [each.id for each in candidates("village", {"title": "Minaka", **PLACES})] == [V]


def test_a_village_is_found_by_a_name_with_a_wrong_letter():
    taken(village("Anderamboukane"))
    assert [each.id for each in candidates("village", {"title": "Anderambukane", **PLACES})] == [V]


def test_a_village_of_that_name_in_another_commune_is_another():
    taken(village())
    assert candidates("village", {"title": "Tin Essako", **PLACES, "adm3": "ML080302"}) == []


def test_villages_that_differ_by_a_number_are_two():
    taken(village("Tin Essako 1"))
    assert candidates("village", {"title": "Tin Essako 2", **PLACES}) == []


def test_a_record_of_a_waiting_report_is_found():
    waiting = village()
    [found] = candidates("village", {"title": "Tin Essako", **PLACES})
    assert (found.id, found.report) == (V, waiting.id)


def test_polygons_that_overlap_are_found_with_the_share():
    taken(area(polygon=polygon(SQUARE)))
    [found] = candidates("hazardous_area", {"polygon": polygon(SHIFTED)})
    assert found.id == H and "80 %" in found.reasons[0] and "67 %" in found.reasons[0]


def test_polygons_apart_are_not_found():
    taken(area(polygon=polygon(SQUARE)))
    assert candidates("hazardous_area", {"polygon": polygon(ELSEWHERE)}) == []


def test_a_code_is_found_however_it_is_written():
    taken(area(code="HA-0012"))
    [found] = candidates("hazardous_area", {"code": "ha 12"})
    assert found.id == H and found.code == "HA-0012"


def test_points_near_each_other_on_one_day_are_found():
    taken(incident(location={"type": "Point", "coordinates": [0.1, 16.2]}, date="2014-06-18"))
    near = {"date": "2014-06-18", "location": {"type": "Point", "coordinates": [0.103, 16.2]}}
    [found] = candidates("incident", near)
    assert found.id == I and any("320 m" in reason or "321 m" in reason for reason in found.reasons)
    assert candidates("incident", {**near, "date": "2014-06-19"}) == []


def test_two_casualties_of_one_day_place_sex_and_age_are_found():
    taken(casualty(age=9))
    other = {"category": "mine_erw", "date": "2014-06-18", "device": "uxo", "adm3": "ML070101"}
    report(change(FAR, other, "incident"), date="2014-06-21")
    [found] = candidates("casualty", {"incident": FAR, "sex": "female", "age": 10})
    assert found.id == C and any("9" in reason and "10" in reason for reason in found.reasons)


@pytest.mark.parametrize("other", [{"sex": "male"}, {"age": 12}])
def test_casualties_of_another_sex_or_age_are_not(other):
    taken(casualty(age=9))
    assert candidates("casualty", {"incident": I, "sex": "female", "age": 9, **other}) == []


def test_names_of_people_are_neither_compared_nor_shown():
    taken(casualty(names={1: {"full_name": "Aminata Invented"}}))
    assert candidates("casualty", {"full_name": "Aminata Invented"}) == []


def test_the_record_itself_is_left_out():
    taken(casualty())
    assert candidates("casualty", {"incident": I, "sex": "female", "age": 9}, exclude=[C]) == []


def test_two_people_of_one_report_are_two():
    people = [change(each, {"incident": I, "sex": "female", "age": 9, "outcome": "injured"}) for each in (C, C2)]
    report(*people, date="2014-06-20")
    assert candidates("casualty", {"incident": I, "sex": "female", "age": 9}, exclude=[C]) == []


def test_what_was_said_not_to_be_the_same_is_not_proposed_again():
    taken(casualty())
    taken(casualty(record=C2))
    assert [each.id for each in candidates("casualty", {"incident": I, "sex": "female", "age": 9}, exclude=[C])] == [C2]
    decisions.not_same_as("casualty", C, C2, "omar", "two sisters")
    assert candidates("casualty", {"incident": I, "sex": "female", "age": 9}, exclude=[C]) == []


def test_an_account_is_shown_only_what_it_may_see():
    taken(area(code="HA-0012", polygon=polygon(SQUARE)))
    seen = Account.objects.get(username="omar")
    stranger = Account.objects.get(username="kidal")
    asked = {"code": "HA-12", "polygon": polygon(SQUARE)}
    assert [each.id for each in candidates("hazardous_area", asked, account=seen)] == [H]
    assert candidates("hazardous_area", asked, account=stranger) == []


def test_what_waits_is_shown_only_to_those_who_see_the_report():
    area(record=H2, code="HA-0012")
    stranger = Account.objects.get(username="kidal")
    assert [each.id for each in candidates("hazardous_area", {"code": "HA-12"})] == [H2]
    assert candidates("hazardous_area", {"code": "HA-12"}, account=stranger) == []


def test_a_kind_that_nobody_says_how_to_match_has_no_candidates():
    assert candidates("progress", {"cleared_m2": "5"}) == []
