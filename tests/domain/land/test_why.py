"""The stage of an area, and the sentence that says why."""

from __future__ import annotations

import pytest

from kambila.domain.land import stages
from kambila.domain.land.models import HazardousArea
from kambila.registry.models import Report
from kambila.registry.whys import sentence_of
from tests.domain.land.saying import accepted, area, change, countersign, decide, product, uuid

SQUARE = (0, 0, 10, 10)


@pytest.mark.parametrize(
    ("values", "surveys", "searches", "stage"),
    [
        ({"classification": "sha"}, (), (), "sha"),
        ({"classification": "sha", "evidence": "direct"}, (), (), "cha"),
        ({"classification": "sha", "evidence_basis": ("item_seen",)}, (), (), "cha"),
        ({"classification": "sha"}, (), ({"evidence_found": "yes", "status": None},), "cha"),
        ({"classification": "cha", "evidence": "none"}, ({"evidence": "none", "evidence_basis": None},), (), "cha"),
        ({"classification": "indication", "evidence_basis": " verbal "}, (), (), "sha"),
        ({"classification": "indication", "evidence_basis": ("poor_records",)}, (), (), "indication"),
        ({}, (), (), "indication"),
        ({"classification": "very odd"}, (), (), "cha"),
    ],
)
def test_evidence_makes_an_area_more_dangerous_and_never_less(values, surveys, searches, stage):
    assert stages.certainty(values, surveys, searches) == stage


def told(number=1):
    row = HazardousArea.objects.get(pk=uuid(number))
    return row.stage, sentence_of("hazardous_area", row)


@pytest.mark.usefixtures("programme")
class TestTheSentence:
    def test_it_follows_the_area_through_its_life_and_names_reports_and_criteria(self):
        first = accepted(area(1, SQUARE, classification="sha", evidence_basis=["verbal"]))
        assert told()[0] == "sha"
        assert first[:13] in told()[1]
        assert "example-1" in told()[1]
        accepted(change("non_technical_survey", 51, area=uuid(1), evidence="direct"))
        assert told()[0] == "cha"
        accepted(change("clearance", 52, area=uuid(1), status="in_progress"))
        assert told()[0] == "worked_on"
        last = accepted(product(11, 1, SQUARE, "2014-06-20"))
        assert told()[0] == "released"
        assert last[:13] in told()[1]
        decide_two("withdraw", last)
        assert told()[0] == "worked_on"

    def test_an_area_whose_ground_passed_on_says_to_which(self):
        accepted(area(1, SQUARE))
        accepted(area(2, SQUARE, taken_from=[uuid(1)]), two=True)
        stage, sentence = told()
        assert stage == "joined"
        assert "HA-2" in sentence

    def test_reports_that_are_not_open_are_not_named(self):
        entry = accepted(area(1, SQUARE))
        sentence = sentence_of("hazardous_area", HazardousArea.objects.get(pk=uuid(1)), shown=Report.objects.none())
        assert entry[:13] not in sentence
        assert "not open to you" in sentence


def decide_two(verb, report):
    countersign(decide(verb, report))
