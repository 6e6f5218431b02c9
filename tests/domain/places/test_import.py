"""Files of places become records through the journal; what cannot become one is refused with a reason."""

import json
import sqlite3
import struct

import pytest
import shapely
from click.testing import CliRunner

from kambila.domain.places import finding, short_table
from kambila.domain.places.commands import places
from kambila.domain.places.importing import import_file, import_rows, place_id
from kambila.domain.places.models import AdminArea, Village
from kambila.journal import Draft, append
from kambila.journal.errors import Problem
from kambila.registry.models import Change, Conflict, Report

HEADER = "pcode,name,reference_name,alternative_name,place_class,adm3_pcode,valid_on,longitude,latitude\n"
SQUARE = shapely.box(-1, 16, 1, 18)


@pytest.fixture
def settlements(tmp_path):
    def write(*rows):
        path = tmp_path / "settlements.csv"
        path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
        return path

    return write


@pytest.fixture
def geopackage(tmp_path):
    """A GeoPackage with one area of each level."""
    path = tmp_path / "areas.gpkg"
    blob = b"GP\0\x03" + struct.pack("<i4d", 4326, -1, 1, 16, 18) + SQUARE.wkb
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE gpkg_geometry_columns (table_name TEXT)")
        parents = ["", "ML", "ML07", "ML0701"]
        for level, pcode in enumerate(["ML", "ML07", "ML0701", "ML070103"]):
            database.execute(f"CREATE TABLE adm{level} (geom, pcode, name, alternative_name, parent_pcode, valid_on)")
            row = (blob, pcode, ["Mali", "Gao", "Gao", "Gao"][level], None, parents[level], "2015-04-08")
            database.execute(f"INSERT INTO adm{level} VALUES (?, ?, ?, ?, ?, ?)", row)
            database.execute("INSERT INTO gpkg_geometry_columns VALUES (?)", (f"adm{level}",))
        database.execute("INSERT INTO adm3 VALUES (?, 'ML070104', 'Gounzoureye', NULL, 'ML0701', NULL)", (b"GPxx",))
    database.close()
    return path


GAO = "ML070000000,Gao,Gao,Gawo,2,ML070103,2015/04/24,-0.0502213949999373,16.26849235"


def test_areas_and_villages_come_in_with_what_they_lie_in(programme, geopackage, settlements):
    outcome = import_file(geopackage, "amina")
    assert (outcome.counts["new"], [row.where for row in outcome.refused]) == (4, ["adm3/2"])
    import_file(settlements(GAO), "amina")
    commune = AdminArea.objects.get(pcode="ML070103")
    assert (commune.adm1, commune.adm2, commune.adm3, commune.parent.code) == ("ML07", "ML0701", "ML070103", "ML0701")
    assert commune.outline_area_m2 > 0
    town = Village.objects.get(pcode="ML070000000")
    assert (town.adm1, town.adm2, town.adm3, town.place_class) == ("ML07", "ML0701", "ML070103", "region_seat")
    assert (town.code, town.valid_from, town.record_tier) == ("ML070000000", "2015-04-24", "public")


def test_the_same_file_again_says_nothing(programme, geopackage, settlements):
    for path in (geopackage, settlements(GAO)):
        import_file(path, "amina")
    before = Report.objects.count()
    again = [import_file(path, "amina") for path in (geopackage, settlements(GAO))]
    assert [(each.counts["new"], each.counts["changed"], each.reports) for each in again] == [(0, 0, [])] * 2
    assert Report.objects.count() == before


def test_a_new_edition_changes_only_what_differs_and_makes_no_conflict(programme, settlements):
    import_file(settlements(GAO), "amina")
    outcome = import_file(settlements(GAO.replace("Gao,Gao,Gawo", "Gao,Gao,Gawo; Gawgaw")), "amina")
    change = Change.objects.get(entry=outcome.reports[0])
    assert outcome.counts["changed"] == 1
    assert json.loads(change.stated)["values"] == {"alternative_names": "Gawo; Gawgaw"}
    assert Village.objects.get().alternative_names == "Gawo; Gawgaw"
    assert Conflict.objects.count() == 0


def test_what_a_team_knew_better_later_is_not_restated(programme, settlements):
    import_file(settlements(GAO), "amina")
    change = {"kind": "village", "id": place_id("ML070000000"), "values": {"title": "Gao-Ville"}}
    report = Draft("report", "ahmed", {"form": "village", "version": "1", "date": "2016-02-01", "changes": [change]})
    append([report, Draft("decision", "amina", {"verb": "accept", "report": report.id, "base": {}})])
    assert import_file(settlements(GAO), "amina").counts["unchanged"] == 1
    assert Village.objects.get().title == "Gao-Ville"


def test_rows_that_cannot_be_used_are_refused_with_a_reason_and_the_others_come_in(programme, settlements):
    path = settlements(
        GAO,
        ",Nowhere,,,5,ML070103,,1,16",
        "ML070103001,,,,5,ML070103,,1,16",
        "ML070103002,Wabaria,,,5,ML070103,,east,16",
        "ML070103003,Forgho,,,5,ML070103,,1,160",
        "ML070103004,Bagoundié,,,9,ML070103,,1,16",
        GAO,
    )
    outcome = import_file(path, "amina")
    assert outcome.counts["new"] == 1
    assert [(row.where, row.refused.split()[-1]) for row in outcome.refused] == [
        ("line 3", "P-code."),
        ("line 4", "name."),
        ("line 5", "read."),
        ("line 6", "world."),
        ("line 7", "9."),
        ("line 8", "time."),
    ]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"SQLite format 3\0rubbish"])
def test_a_file_that_is_no_list_of_places_is_named(programme, tmp_path, content):
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    with pytest.raises(Problem, match=r"places\.csv"):
        import_file(path, "amina")


def test_the_short_table_stands_alone(programme):
    assert import_rows(short_table.rows(), "amina").counts["new"] == 66
    assert AdminArea.objects.filter(level="adm1").count() == 9
    assert AdminArea.objects.filter(level="adm2").count() == 50
    assert all(area.seat for area in AdminArea.objects.exclude(level="adm0"))
    assert Village.objects.get(title="Sévaré").adm2 == "ML0501"


@pytest.mark.parametrize("name", ["Timbuktu", "tombouctou", "TOMBOUCTOU", "Tombouctuo", "Tombouc"])
def test_a_town_is_found_by_whatever_it_is_called(programme, name):
    import_rows(short_table.rows(), "amina")
    assert {place.code for place in finding.find(name)} == {"ML06", "ML0601", "ML060000000"}


def test_a_whole_name_comes_before_a_part_of_one(programme, settlements):
    import_file(settlements(GAO, GAO.replace("ML070000000,Gao,Gao,Gawo", "ML070103009,Gaoudel,,")), "amina")
    assert [place.title for place in finding.find("gao")] == ["Gao", "Gaoudel"]


def test_the_command_answers_no_when_nothing_is_called_so(programme):
    import_rows(short_table.rows(), "amina")
    assert CliRunner().invoke(places, ["find", "Qqqq"]).exit_code == 1
    found = CliRunner().invoke(places, ["find", "ML0601", "--json"])
    assert (found.exit_code, [each["title"] for each in json.loads(found.output)]) == (0, ["Tombouctou"])


def test_the_command_says_what_it_did(programme, settlements):
    result = CliRunner().invoke(places, ["import", str(settlements(GAO, ",Nowhere,,,5,,,1,16")), "--json"])
    said = json.loads(result.output)
    assert (result.exit_code, said["new"], said["refused"][0]["where"]) == (0, 1, "line 3")
