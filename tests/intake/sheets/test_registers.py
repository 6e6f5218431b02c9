"""Whole registers: planted defects, points of polygons, tags, and the data that programmes start with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kambila.intake.sheets import profile, profiles
from kambila.intake.sheets.handing_back import hand_back
from kambila.intake.sheets.importing import import_file
from kambila.intake.sheets.tables import open_table
from kambila.registry import kinds
from tests.intake.sheets.accidents import YES, bring, entries, incidents
from tests.intake.sheets.files import csv_file
from tests.intake.sheets.hazards import DEFECTS, PROFILE, register
from tests.registry.telling import at


@pytest.mark.parametrize("areas", [800, pytest.param(10_000, marks=pytest.mark.campaign)])
def test_every_defect_that_was_planted_is_found(areas, people, tmp_path):
    planted = register(tmp_path / "a.gpkg", areas, 0.05)
    assert set(planted.values()) == set(DEFECTS)
    found: dict[int, str] = {}
    outcome = import_file(tmp_path / "a.gpkg", profile.read(PROFILE), "omar", on_doubt=found.__setitem__)
    found |= {row.number: " ".join(map(str, faults)) for row, faults in outcome.bad}
    assert {row for row in planted if DEFECTS[planted[row]] not in found.get(row, "")} == set()
    assert set(found) - set(planted) == set()
    before = entries()
    assert (
        import_file(tmp_path / "a.gpkg", profile.read(PROFILE), "omar").counts["changed"] == 0 and entries() == before
    )
    hand_back(
        outcome.bad, open_table(tmp_path / "a.gpkg"), tmp_path / "a.gpkg", tmp_path / "bad.gpkg", profile.read(PROFILE)
    )
    assert len(list(open_table(tmp_path / "bad.gpkg"))) == outcome.counts["bad"]


IMSMA_AREAS = [
    (
        "hazard_localid",
        "classification",
        "status",
        "dateofinformation",
        "device_category",
        "estimated_area",
        "adm1_code",
    ),
    ("H1", "SHA", "Active", "2014-05-01", "AP;UXO", 12000, "ML07"),
    ("H2", "CHA", "Open", "2014-05-02", "AP", None, "ML07"),
    ("H3", "Stockpile", "Open", "2014-05-02", "AP", None, "ML07"),
]
IMSMA_POINTS = [
    ("hazard_localid", "pointno", "pointtype", "latitude", "longitude"),
    ("H1", 2, "turning point", 16.001, -3),
    ("H1", 1, "start point", 16, -3),
    ("H1", 0, "landmark", 16.5, -3),
    ("H1", 3, "turning point", 16.001, -2.999),
    ("H2", 1, "TP", 16.2, -3),
    ("H2", 2, "TP", 16.21, -3),
]
TAGGED = [
    ("Numéro", "Quand", "Type", "Engin", "Morts"),
    ("#event+id", "#date+occurred", "#event+type", "#cause +type", "#affected+killed"),
    ("E1", "2014-06-01", "mine_erw", "uxo", "2"),
]


def test_points_of_an_imsma_table_become_polygons(people, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "hazard"
    for line in IMSMA_AREAS:
        book.active.append(line)
    points = book.create_sheet("geopoint")
    for line in IMSMA_POINTS:
        points.append(line)
    book.save(tmp_path / "a.xlsx")
    outcome = import_file(tmp_path / "a.xlsx", profiles.find("imsma-hazards"), "omar", YES)
    assert (outcome.counts["new"], outcome.counts["left_out"], outcome.counts["bad"]) == (1, 1, 1)
    (area,) = kinds.model_of("hazardous_area").objects.all()
    assert (area.code, area.devices, area.classification) == ("H1", ("ap_mine", "uxo"), "sha")
    assert float(area.polygon_area_m2) == pytest.approx(5922, abs=1)
    ((row, faults),) = outcome.bad
    assert row.cells["hazard_localid"] == "H2" and "needs three" in faults[0].sentence
    hand_back(
        outcome.bad,
        open_table(tmp_path / "a.xlsx", "hazard"),
        tmp_path / "a.xlsx",
        tmp_path / "bad.xlsx",
        profiles.find("imsma-hazards"),
    )
    assert len(list(open_table(tmp_path / "bad.xlsx", "geopoint"))) == 2


def test_a_sheet_with_hxl_tags_needs_no_names_of_columns(people, tmp_path):
    outcome = bring(csv_file(tmp_path / "a.csv", TAGGED), profile=profiles.find("hxl-incidents"), acceptance=YES)
    assert outcome.counts["new"] == 1 and [each.killed_stated for each in incidents()] == [2]


def absent(path: Path) -> bool:
    return not path.exists()


SHARED = Path(__file__).resolve().parents[4] / "shared"
SAMPLE = SHARED / "samples" / "aid-worker-incidents-2016.csv"
SETTLEMENTS = SHARED / "geography" / "mali-settlements-2015.csv"


@pytest.mark.skipif(absent(SAMPLE), reason="data absent by design: the sample of aid workers' incidents")
def test_the_sample_of_aid_workers_comes_in_once(people, tmp_path):
    at("2017-01-01")
    found = profiles.find("aid-worker-incidents")
    outcome = import_file(SAMPLE, found, "omar", YES)
    assert (outcome.counts["rows"], outcome.counts["new"], outcome.counts["left_out"]) == (2088, 141, 1947)
    assert len(outcome.bad) == 0
    assert sorted(outcome.left_out.values()) == [105, 404, 1438]
    partial = [each.date for each in incidents() if len(each.date) < 10]
    assert partial and all(len(each) in (4, 7) for each in partial)
    assert incidents()[0].location is not None
    before = entries()
    assert import_file(SAMPLE, found, "omar", YES).counts["known"] == 141
    assert entries() == before


@pytest.mark.skipif(absent(SAMPLE), reason="data absent by design: the sample of aid workers' incidents")
def test_rows_of_the_sample_that_are_spoilt_come_back_and_come_in_when_mended(people, tmp_path):
    at("2017-01-01")
    found = profiles.find("aid-worker-incidents")
    with SAMPLE.open(encoding="cp1252", newline="") as file:
        mines = [row for row in csv.DictReader(file) if row["Means of attack"] == "LM"][:3]
    spoilt = [mines[0], mines[1] | {"Month": "13"}, mines[2] | {"Total killed": "seven"}]
    written(tmp_path / "a.csv", spoilt)
    outcome = import_file(tmp_path / "a.csv", found, "omar", YES)
    assert (outcome.counts["new"], outcome.counts["bad"]) == (1, 2)
    (_second, date), (_third, killed) = ((row, " ".join(map(str, faults))) for row, faults in outcome.bad)
    assert "no such day" in date
    assert "Total killed" in killed and "number was expected" in killed
    hand_back(outcome.bad, open_table(tmp_path / "a.csv"), tmp_path / "a.csv", tmp_path / "bad.csv", found)
    assert [row.cells["Incident ID"] for row in open_table(tmp_path / "bad.csv")] == [
        each["Incident ID"] for each in mines[1:]
    ]
    before = entries()
    assert import_file(tmp_path / "a.csv", found, "omar", YES).counts["known"] == 1 and entries() == before
    written(tmp_path / "mended.csv", mines)
    outcome = import_file(tmp_path / "mended.csv", found, "omar", YES)
    assert (outcome.counts["known"], outcome.counts["new"], outcome.counts["bad"]) == (1, 2, 0)


def written(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="cp1252", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)


@pytest.mark.skipif(absent(SETTLEMENTS), reason="data absent by design: the settlements of Mali")
def test_settlements_come_in_as_the_same_records_as_by_places_import(people, tmp_path):
    from kambila.domain.places.importing import place_id

    lines = SETTLEMENTS.read_text().splitlines()[:301]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    at("2016-01-01")
    outcome = import_file(tmp_path / "a.csv", profiles.find("settlements"), "omar", YES)
    assert (outcome.counts["new"], outcome.counts["bad"]) == (300, 0)
    before = entries()
    assert import_file(tmp_path / "a.csv", profiles.find("settlements"), "omar", YES).counts["known"] == 300
    assert entries() == before
    village = kinds.model_of("village").objects.get(pk=place_id("ML010101001"))
    assert (village.title, village.adm1, village.adm3, village.valid_from) == (
        "Bambela",
        "ML01",
        "ML010101",
        "2015-04-24",
    )
