"""Any file with rows reads as a table: formats, encodings, numbers of rows, geometries in WGS84."""

from __future__ import annotations

import pytest
from shapely.geometry import Point, Polygon

from kambila.intake.sheets.tables import Row, open_table
from kambila.journal.errors import Problem
from tests.intake.sheets.files import csv_file, map_file, ods_file, xlsx_file, zipped

LINES = [("code", "nom", "area"), ("A1", "Kéké", 12.5), ("A2", "", -3)]
TYPED = [{"code": "A1", "nom": "Kéké", "area": "12.5"}, {"code": "A2", "nom": None, "area": "-3"}]
NUMBERS = [{"code": "A1", "nom": "Kéké", "area": 12.5}, {"code": "A2", "nom": None, "area": -3}]


def cells(table) -> list[dict]:
    return [dict(row.cells) for row in table]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_any_delimiter_and_encoding_reads_the_same(tmp_path, delimiter, encoding):
    table = open_table(csv_file(tmp_path / "a.csv", LINES, delimiter, encoding))
    assert (table.columns, cells(table)) == (["code", "nom", "area"], TYPED)
    assert table.details["delimiter"] == delimiter


def test_utf16_of_either_order_is_told_by_its_mark(tmp_path):
    (tmp_path / "be.csv").write_bytes(b"\xfe\xff" + "a;b\r\n1;é\r\n".encode("utf-16-be"))
    assert cells(open_table(tmp_path / "be.csv")) == [{"a": "1", "b": "é"}]


def test_a_table_of_one_column_has_one_column(tmp_path):
    assert open_table(csv_file(tmp_path / "a.csv", [("name",), ("Gao",)])).columns == ["name"]


def test_rows_are_numbered_as_a_person_counts_and_empty_ones_left_out(tmp_path):
    table = open_table(csv_file(tmp_path / "a.csv", [("", ""), ("a", "b"), ("1", "2"), ("", ""), ("3", "4")]))
    assert [row.number for row in table] == [3, 5]


def test_it_can_be_read_twice(tmp_path):
    table = open_table(csv_file(tmp_path / "a.csv", LINES))
    assert cells(table) == cells(table)


def test_columns_have_names_of_their_own(tmp_path):
    table = open_table(csv_file(tmp_path / "a.csv", [("a", " a ", "", "b  c", ""), ("1", "2", "3", "4", "")]))
    assert table.columns == ["a", "a (2)", "column 3", "b c"]


def test_a_row_with_more_cells_than_columns_says_so(tmp_path):
    (row,) = open_table(csv_file(tmp_path / "a.csv", [("a", "b"), ("1", "2", "3")]))
    assert "3 cells" in row.problem


def test_a_row_of_hxl_tags_is_no_data(tmp_path):
    table = open_table(
        csv_file(tmp_path / "a.csv", [("Région", "Morts"), ("#adm1+code", "#affected+killed"), ("ML07", "2")])
    )
    assert table.tags == {"Région": "#adm1+code", "Morts": "#affected+killed"}
    assert [row.number for row in table] == [3]


@pytest.mark.parametrize("make", [xlsx_file, ods_file])
def test_workbooks_give_numbers_as_numbers(tmp_path, make):
    table = open_table(make(tmp_path / "book", LINES))
    assert (table.columns, cells(table), table.sheets) == (["code", "nom", "area"], NUMBERS, ("Sheet1",))


def test_days_and_moments_of_a_workbook_are_iso(tmp_path):
    import datetime

    day, moment = datetime.date(2014, 6, 20), datetime.datetime(2014, 6, 20, 10, 30)  # noqa: DTZ001
    table = open_table(xlsx_file(tmp_path / "a.xlsx", [("a", "b"), (day, moment)]))
    assert cells(table) == [{"a": "2014-06-20", "b": "2014-06-20T10:30:00"}]


def test_a_sheet_is_chosen_by_name(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["nothing"])
    other = book.create_sheet("Zones")
    other.append(["code"])
    other.append(["Z1"])
    book.save(tmp_path / "a.xlsx")
    assert cells(open_table(tmp_path / "a.xlsx", "Zones")) == [{"code": "Z1"}]
    with pytest.raises(Problem) as said:
        open_table(tmp_path / "a.xlsx", "Areas")
    assert "Sheet, Zones" in said.value.remedy


@pytest.mark.parametrize(
    ("driver", "name", "column"),
    [("GeoJSON", "a.geojson", "name"), ("GPKG", "a.gpkg", "name"), ("KML", "a.kml", "Name"), ("GPX", "a.gpx", "name")],
)
def test_map_files_give_cells_and_geojson(tmp_path, driver, name, column):
    table = open_table(map_file(tmp_path / name, [Point(1, 2), Point(3, 4.5)], {"name": ["a", "b"]}, driver))
    assert [(row.number, row.cells[column], row.geometry) for row in table] == [
        (1, "a", {"type": "Point", "coordinates": [1.0, 2.0]}),
        (2, "b", {"type": "Point", "coordinates": [3.0, 4.5]}),
    ]
    assert table.is_map


def test_a_zipped_shapefile_in_utm_comes_out_in_wgs84(tmp_path):
    map_file(tmp_path / "a.shp", [Point(500_000, 1_800_000)], {"name": ["a"]}, "ESRI Shapefile", crs="EPSG:32630")
    table = open_table(zipped(tmp_path / "a.zip", *(tmp_path.glob("a.*"))))
    (row,) = table
    assert (table.format, table.details["crs"]) == ("shapefile", "EPSG:32630")
    assert row.geometry["coordinates"] == pytest.approx([-3, 16.28], abs=0.01)


def test_a_kmz_is_the_kml_in_it(tmp_path):
    map_file(tmp_path / "doc.kml", [Point(1, 2)], {"name": ["a"]}, "KML")
    (row,) = open_table(zipped(tmp_path / "a.kmz", tmp_path / "doc.kml"))
    assert (row.cells["Name"], row.geometry["coordinates"]) == ("a", [1.0, 2.0])


def test_a_feature_whose_geometry_is_none_says_so_and_the_others_are_read(tmp_path):
    import shapely

    broken = bytearray(shapely.to_wkb(Polygon([(0, 0), (1, 0), (1, 1)])))
    broken[9:13] = (3).to_bytes(4, "little")  # a ring of three positions: two points
    shapes = [bytes(broken[:61]), Polygon([(0, 0), (1, 0), (1, 1)])]
    first, second = open_table(map_file(tmp_path / "a.gpkg", shapes, {"code": ["A", "B"]}, "GPKG"))
    assert (first.geometry, second.problem) == (None, "")
    assert "an area three" in first.problem


def test_a_row_is_what_it_says():
    assert Row(2, {"a": 1}) == Row(2, {"a": 1}, None, "")
