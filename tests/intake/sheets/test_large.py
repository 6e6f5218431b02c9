"""What lets a million rows come in: little is kept of each, and nothing is found out twice that stays the same."""

from __future__ import annotations

import random

import shapely
from hypothesis import given
from hypothesis import strategies as st

from kambila.intake.drafts import Known
from kambila.intake.lookup import entries_of
from kambila.intake.review import review_entries, review_entry
from kambila.intake.sheets import refused
from kambila.intake.sheets.firsts import Firsts
from kambila.intake.sheets.handing_back import hand_back
from kambila.intake.sheets.tables import open_table
from kambila.journal import projections
from kambila.registry import geometry
from kambila.registry.models import Report
from tests.intake.sheets.accidents import BAD, READ, ROWS, YES, bring, incidents, sheet

LONGITUDES, LATITUDES = st.floats(-180, 180), st.floats(-90, 90)


def test_the_first_row_of_each_thing_is_found_again_among_many():
    dice, firsts, known = random.Random(1), Firsts(), {}
    for row in range(1, 40_000):
        said = ("incident", dice.randint(0, 20_000))
        assert firsts.known(said) == known.get(said, 0)
        assert firsts.first(said, row) == known.setdefault(said, row)


def test_bad_rows_beyond_the_first_come_back_from_the_disk(people, tmp_path, monkeypatch):
    monkeypatch.setattr(refused, "IN_MEMORY", 2)
    path = sheet(tmp_path / "a.csv", [(f"A{n}", *BAD[1:]) for n in range(5)])
    bad = bring(path).bad
    assert (len(bad), [row.cells["No"] for row, _faults in bad]) == (5, ["A0", "A1", "A2", "A3", "A4"])
    assert [row.number for row, _faults in bad.first(100)] == [2, 3]
    hand_back(bad, open_table(path), path, tmp_path / "bad.csv", READ)
    assert [row.cells["No"] for row in open_table(tmp_path / "bad.csv")] == ["A0", "A1", "A2", "A3", "A4"]


@given(LONGITUDES, LATITUDES)
def test_a_point_is_read_to_the_same_bytes_as_by_the_library(longitude, latitude):
    read = geometry.read({"type": "Point", "coordinates": [longitude, latitude]}, ("Point",))
    point = shapely.Point(longitude, latitude)
    assert (read.wkb, read.bounds, read.area_m2, read.problem) == (point.wkb, point.bounds, geometry.NOTHING, "")


def test_a_text_that_stands_in_two_columns_means_in_each_what_the_column_says(people, tmp_path):
    rows = [
        ("1", "18/06/2014", "1", "1", "1", "1", "1", "1", "1"),
        ("2", "18/06/2014", "1", "1", "1", "1", "1", "1", ""),
    ]
    bring(sheet(tmp_path / "a.csv", rows), acceptance=YES)
    assert {(each.locality, each.killed_stated, each.category) for each in incidents()} == {("1", 1, "1")}


def test_many_reports_reviewed_together_are_found_the_same_fault_with_as_one_by_one(people, tmp_path):
    """Also where the registry was not asked for their records before, and where there are records already."""
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    second = [(f"B{row[0]}", *row[1:]) for row in ROWS]
    bring(sheet(tmp_path / "b.csv", [*second, ("A1", "19/06/2014", "IED attack", "uxo", "Kidal", "3", "0", "0", "")]))
    entries = list(entries_of(list(Report.objects.values_list("id", flat=True))).values())
    singly = [review_entry(each) for each in entries]
    assert review_entries(entries, Known()) == singly
    known = Known()
    known.learn((change["kind"], change["id"]) for each in entries for change in each.body["changes"])
    assert review_entries(entries, known) == singly
    assert any(singly) and len(entries) == 7


def test_what_came_in_by_a_file_is_as_the_journal_alone_would_have_it(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    before = [(each.id, each.code, bytes(each.location or b""), each.date, each.last_entry) for each in incidents()]
    projections.rebuild()
    assert before == [(e.id, e.code, bytes(e.location or b""), e.date, e.last_entry) for e in incidents()]
