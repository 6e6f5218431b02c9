"""Every list of every kind in every format is read back, by GDAL or the library of the format, as the registry has it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from xml.etree.ElementTree import fromstring

import pyarrow as pa
import pyogrio
import pytest
import python_calamine

from kambila.accounts.models import Account
from kambila.journal.errors import Problem
from kambila.publish.downloads import delimited, shortening
from kambila.publish.downloads.formats import FORMATS, write
from kambila.publish.downloads.reading import Reading, Wanted
from kambila.publish.downloads.styles import qml
from kambila.registry import access
from kambila.registry.kinds import kinds
from tests.publish.features.world import AREA, CORNERS, INCIDENT, MIDDLE, TRUE

SQLITE = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)


def account(who):
    return Account.objects.get(username=who) if who else None


def made(folder, who, kind, name, filter=""):
    to = folder / f"{kind}{FORMATS[name].ending}"
    write(Reading(account(who), Wanted(kind, filter)), FORMATS[name], to, lambda done: None)
    return to


def layers(path):
    """{layer: its records}, as GDAL reads them."""
    address = f"/vsizip/{path}" if path.suffix == ".zip" else path
    names = [each for each, _type in pyogrio.list_layers(address) if each != "layer_styles"]
    return {name: pyogrio.read_arrow(address, layer=name)[1].to_pylist() for name in names}


def lines(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def counted(path, name):
    """How many records a file holds, by a reader that is not its writer."""
    if name in ("csv", "hxl"):
        return len(lines(path)) - (name == "hxl")
    if name == "xlsx":
        return len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) - 1
    return sum(map(len, layers(path).values()))


@SQLITE
@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_has_in_every_format_the_records_that_the_registry_shows(told, tmp_path, name):
    for who in ("auditor", None):
        for kind, model in kinds().items():
            seen = access.visible(account(who), model).count()
            assert counted(made(tmp_path, who, kind, name), name) == seen, (kind, who)


def test_a_list_says_the_same_on_both_databases(told, tmp_path):
    """Numbers, dates, several values and places, which the databases give each in their own way."""
    (found,) = [each for each in lines(made(tmp_path, "auditor", "hazardous_area", "csv")) if each["id"] == AREA]
    assert (found["devices"], found["information_date"], found["place_precision"]) == ("uxo ied", "2014-06-20", "exact")
    assert found["wkt"].startswith("POLYGON ((0.8123") and float(found["polygon_area_m2"]) > 1_000
    (found,) = [each for each in lines(made(tmp_path, "auditor", "incident", "csv")) if each["id"] == INCIDENT]
    assert (float(found["x"]), float(found["y"]), found["wkt"]) == (*TRUE, "")


@SQLITE
def test_a_filter_chooses_and_must_ask_by_what_is_open(told, tmp_path):
    rows = layers(made(tmp_path, None, "village", "geojson", "title = 'Gao'"))
    assert [each["title"] for each in next(iter(rows.values()))] == ["Gao"]
    with pytest.raises(Problem, match="landowner"):
        made(tmp_path, None, "hazardous_area", "geojson", "landowner = 'x'")


@SQLITE
def test_a_spreadsheet_has_types_and_says_what_its_codes_mean(told, tmp_path):
    book = python_calamine.load_workbook(made(tmp_path, "auditor", "hazardous_area", "xlsx"))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    (found,) = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == AREA]
    assert found["information_date"] == datetime.date(2014, 6, 20) and isinstance(found["polygon_area_m2"], float)
    codes = book.get_sheet_by_name("codes").to_python()
    assert ["status", "closed", "Closed"] in codes and ["devices", "uxo"] in [each[:2] for each in codes]


@SQLITE
def test_hxl_tags_stand_under_the_names(told, tmp_path):
    tags = lines(made(tmp_path, "auditor", "hazardous_area", "hxl"))[0]
    assert (tags["adm1"], tags["x"], tags["polygon_area_m2"]) == (
        "#adm1+code",
        "#geo+lon",
        "#indicator+num+polygon_area_m2",
    )
    assert all(each.startswith("#") for each in tags.values())


def test_what_a_spreadsheet_would_run_is_neutralised_in_a_column():
    said = ["=1+1", "@x", "'=1", "-3.5", "-x", "plain", None]
    assert delimited.neutral(pa.chunked_array([said])).to_pylist() == [
        "'=1+1",
        "'@x",
        "''=1",
        "-3.5",
        "'-x",
        "plain",
        None,
    ]


@SQLITE
def test_areas_and_points_are_layers_of_their_own_and_qgis_finds_how_they_are_drawn(told, tmp_path):
    path = made(tmp_path, "auditor", "hazardous_area", "gpkg")
    assert AREA in [each["id"] for each in layers(path)["hazardous_area_areas"]]
    with closing(sqlite3.connect(path)) as file:
        styles = dict(file.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault"))
    assert set(styles) == {each for each in layers(path) if not each.endswith("without_place")}
    style = fromstring(styles["hazardous_area_areas"].split("\n", 1)[1])
    rules = style.findall(".//rule")
    assert len(rules) == len(style.findall(".//symbol[@type='fill']")) == 7
    assert rules[0].get("filter") == "coalesce(\"status\", '') = 'closed'" and "NOT (" in rules[-1].get("filter")
    assert style.find(".//symbol[@name='0']//prop[@k='color']").get("v").startswith("90,168,138,")


@SQLITE
def test_a_road_is_drawn_as_open_only_as_long_as_somebody_said_so(told):
    style = fromstring(qml(Reading(account("auditor"), Wanted("route_status")), "MultiLineString").split("\n", 1)[1])
    closed, restricted, is_open, rest = (rule.get("filter") for rule in style.findall(".//rule"))
    until = "coalesce(\"valid_until\", '{}') >= format_date(now(), 'yyyy-MM-dd')"
    assert is_open.startswith(f"coalesce(\"status\", '') = 'open' AND {until.format('')} AND NOT (")
    assert until.format("9999") in closed and until.format("9999") in restricted
    assert rest.count("NOT (") == 3 and rest.count(" >= ") == 3  # what is expired is among all others


@SQLITE
def test_a_shapefile_tells_what_it_shortened(told, tmp_path):
    path = made(tmp_path, "auditor", "hazardous_area", "shp")
    with zipfile.ZipFile(path) as packed:
        said = packed.read("README.txt").decode()
        assert {"hazardous_area_areas.shp", "hazardous_area_areas.prj", "hazardous_area_areas.cpg"} <= set(
            packed.namelist()
        )
    assert "informatio = information_date" in said
    (found,) = [each for each in layers(path)["hazardous_area_areas"] if each["id"] == AREA]
    assert found["informatio"] == datetime.date(2014, 6, 20)


def test_short_names_differ_and_texts_are_cut_between_letters_and_counted():
    short = shortening.names(["polygon_area_m2", "polygon_area_ha", "polygon_area_x", "code"])
    assert short == {
        "polygon_area_m2": "polygon_ar", "polygon_area_ha": "polygon__2", "polygon_area_x": "polygon__3", "code": "code",
    }  # fmt: skip
    cut: dict[str, int] = {}
    batch = pa.record_batch({"polygon_area_x": ["é" * 200, "short", None]})
    (done,) = shortening.shortened([batch], short, cut)
    assert done.to_pydict() == {"polygon__3": ["é" * 127, "short", None]} and cut == {"polygon_area_x": 1}
    assert "polygon_area_x: 1 texts" in shortening.told(short, cut)


@SQLITE
def test_a_place_is_as_precise_as_its_reader_may_know_it(told, tmp_path):
    for who, place in ((None, MIDDLE), ("operator", TRUE), ("auditor", TRUE)):
        said = json.loads(made(tmp_path, who, "incident", "geojson").read_text())["features"]
        (found,) = [each for each in said if each["id"] == INCIDENT]
        assert found["geometry"]["coordinates"] == list(place)
    assert str(CORNERS[0][0]) not in made(tmp_path, None, "hazardous_area", "kml").read_text()
