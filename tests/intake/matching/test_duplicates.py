"""Pairs that look the same are listed with the command that joins them, and only as long as nobody has decided."""

from __future__ import annotations

import uuid

import pytest

from kambila.intake import decisions
from kambila.intake.matching import duplicates as module
from kambila.intake.matching.duplicates import duplicates
from tests import terminal
from tests.intake.people import area, casualty, programme_people
from tests.registry.telling import C2, H2, C, H, V, change, report

PLACES = {"adm1": "ML08", "adm2": "ML0803", "adm3": "ML080301"}


@pytest.fixture(autouse=True)
def people(programme):
    programme_people()


def taken(entry):
    decisions.accept(entry.id, "omar", "checked", answers="seen")
    return entry


def village(title, record=V, **values):
    return report(change(record, {"title": title, **PLACES, **values}, "village"), date="2014-06-20")


def square(east):
    corners = [[0, 16], [0.01, 16], [0.01, 16.01], [0, 16.01], [0, 16]]
    return {"type": "Polygon", "coordinates": [[[x + east, y] for x, y in corners]]}


def ids(found):
    return {(pair.one.id, pair.other.id) for pair in found.pairs}


def test_each_pair_is_listed_once_whichever_ways_find_it():
    taken(area(code="HA-0012", polygon=square(0)))
    taken(area(record=H2, code="HA 12", polygon=square(0.001)))
    [pair] = duplicates().pairs
    assert (pair.kind, pair.one.id, pair.other.id) == ("hazardous_area", H, H2)
    assert len(pair.reasons) == 3 and pair.score > 0.95  # code, overlap, distance of the middles


def test_a_record_and_one_that_waits_are_a_pair():
    taken(village("Anderamboukane"))
    waiting = village("Anderambukane", str(uuid.uuid4()))
    [pair] = duplicates("village").pairs
    assert {pair.one.report, pair.other.report} == {"", waiting.id}


def test_a_pair_is_not_listed_once_it_was_joined_or_told_apart():
    taken(casualty())
    taken(casualty(record=C2))
    assert ids(duplicates("casualty")) == {(C, C2)}
    decisions.not_same_as("casualty", C, C2, "omar", "two sisters")
    assert ids(duplicates("casualty")) == set()
    decisions.same_as("casualty", C, C2, "omar", "one girl after all")
    assert ids(duplicates("casualty")) == set()


def test_a_pair_of_areas_that_waits_for_a_second_signature_is_not_listed_again():
    for each, east in ((H, 0), (H2, 0.0001)):
        taken(area(record=each, polygon=square(east)))
    decisions.same_as("hazardous_area", H, H2, "omar", "one area")
    assert ids(duplicates("hazardous_area")) == set()


def test_villages_far_apart_are_no_pair():
    for east, title in ((0.0, "Bourem"), (2.0, "Bourem")):
        place = {"type": "Point", "coordinates": [east, 16]}
        taken(village(title, str(uuid.uuid4()), location=place, adm3=f"ML0803{int(east):02}"))
    assert ids(duplicates("village")) == set()


def test_not_all_pairs_are_looked_at(monkeypatch):
    """Four hundred villages of one commune are eighty thousand pairs; those that cannot be alike are never compared."""
    syllables = ["ba", "di", "fo", "gu", "ka", "lo", "mi", "nu", "sa", "ti", "wo", "za", "ke", "du", "bo", "si", "ro"]
    names = [f"{a}{b}{c}m" for a in syllables for b in syllables for c in "aei"][:400]
    report(*(change(str(uuid.uuid4()), {"title": n, **PLACES}, "village") for n in names), date="2014-06-20")
    compared = []
    original = module.Matching.compare
    monkeypatch.setattr(module.Matching, "compare", lambda *args: compared.append(1) or original(*args))
    duplicates("village")
    assert 0 < len(compared) < 40_000


def test_the_command_prints_the_reasons_and_what_joins_the_two(programme, monkeypatch):
    terminal.at(programme, monkeypatch)
    taken(village("Ménaka", V))
    other = str(uuid.uuid4())
    taken(village("Minaka", other))
    [pair] = terminal.data("duplicates", "--kind", "village")
    one, two = sorted([V, other])
    assert pair["command"].startswith(f"kambila same-as village {one} {two}")
    said = terminal.run("duplicates").stdout
    assert "Ménaka" in said and "two spellings" in said and pair["command"] in said


def test_the_command_knows_no_kind_that_there_is_not(programme, monkeypatch):
    terminal.at(programme, monkeypatch)
    assert "hazard" in terminal.run("duplicates", "--kind", "hazard", code=1).output
