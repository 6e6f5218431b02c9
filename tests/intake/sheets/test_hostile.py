"""Hostile and broken files are refused with a sentence, at stated limits, before they can fill the memory."""

from __future__ import annotations

import time
import zipfile

import pytest
from shapely.geometry import Point

from kambila.intake.sheets import limits
from kambila.intake.sheets.tables import open_table
from kambila.journal.errors import Problem
from tests.intake.sheets.files import csv_file, map_file, ods_file, xlsx_file, zipped


def refused(path, code: str) -> Problem:
    with pytest.raises(Problem) as said:
        list(open_table(path))
    assert said.value.code == code
    assert said.value.sentence and said.value.remedy
    return said.value


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "content.xml", "doc.kml", "a.shp"])
def test_a_part_that_unpacks_to_far_more_than_it_weighs_is_refused(tmp_path, part):
    with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml" if part.startswith("xl") else "x.txt", "")
        packed.writestr(part, b"<" + b" " * 40_000_000)
    assert "250" in refused(tmp_path / "bomb", "table-too-large").sentence


def test_a_zip_of_too_many_parts_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as packed:
        for number in range(limits.PARTS + 1):
            packed.writestr(str(number), "")
    refused(tmp_path / "bomb.xlsx", "table-too-large")


def test_a_part_longer_than_it_says_is_refused(tmp_path):
    map_file(tmp_path / "doc.kml", [Point(1, 2)], {"name": ["a"]}, "KML")
    path = zipped(tmp_path / "a.kmz", tmp_path / "doc.kml")
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (50).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises((Problem, zipfile.BadZipFile)):
        open_table(path)


def test_a_sheet_with_a_cell_in_its_last_corner_is_refused_at_once(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "a", 1
    book.save(tmp_path / "a.xlsx")
    begun = time.monotonic()
    refused(tmp_path / "a.xlsx", "table-too-large")
    assert time.monotonic() - begun < 5


def test_a_cell_repeated_millions_of_times_is_refused(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    refused(ods_file(tmp_path / "a.ods", rows=rows), "table-too-large")


def test_empty_cells_repeated_to_the_end_of_the_sheet_are_no_danger(tmp_path):
    name = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = f"<table:table-row>{name.format('code')}{rest}</table:table-row>"
    rows += f"<table:table-row>{name.format('A1')}{rest}</table:table-row>"
    rows += f'<table:table-row table:number-rows-repeated="1048574">{rest}</table:table-row>'
    assert [dict(row.cells) for row in open_table(ods_file(tmp_path / "a.ods", rows=rows))] == [{"code": "A1"}]


def test_a_formula_is_its_last_value_never_computed(tmp_path):
    """openpyxl stores no value with a formula: nothing was computed, so nothing is known."""
    table = open_table(xlsx_file(tmp_path / "a.xlsx", [("a", "b"), ('=HYPERLINK("http://x.invalid")', "x")]))
    assert [dict(row.cells) for row in table] == [{"a": None, "b": "x"}]


def test_a_workbook_with_links_to_other_files_is_read_without_them(tmp_path):
    path = xlsx_file(tmp_path / "a.xlsx", [("a",), ("x",)])
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert [dict(row.cells) for row in open_table(path)] == [{"a": "x"}]


@pytest.mark.parametrize("make", [xlsx_file, ods_file])
def test_a_workbook_that_was_cut_off_is_refused(tmp_path, make):
    path = make(tmp_path / "a", [("a", "b"), *(("x", str(number)) for number in range(500))])
    path.write_bytes(path.read_bytes()[:-200])
    refused(path, "table-unreadable")


def test_a_csv_that_breaks_off_in_a_quoted_cell_is_refused_by_row(tmp_path):
    (tmp_path / "a.csv").write_text('a,b\n1,2\n3,"four')
    assert "row 3" in refused(tmp_path / "a.csv", "table-unreadable").sentence


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n", b"\xff\xfe"])
def test_a_file_without_column_names_is_refused(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    refused(tmp_path / "a.csv", "table-empty")


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02", b"\xd0\xcf\x11\xe0 old", b"<html></html>", b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>',
     b'<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>'],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    refused(tmp_path / "a.csv", "table-unknown-format")


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg", "a.kml"])
def test_a_map_file_that_was_cut_off_is_refused(tmp_path, name):
    driver = {"a.geojson": "GeoJSON", "a.gpkg": "GPKG", "a.kml": "KML"}[name]
    path = map_file(tmp_path / name, [Point(x, 2) for x in range(50)], {"name": [str(x) for x in range(50)]}, driver)
    path.write_bytes(path.read_bytes()[: 700 if name != "a.gpkg" else 5_000])
    refused(path, "table-unreadable")


def test_a_nul_in_a_cell_makes_a_bad_row(tmp_path):
    path = csv_file(tmp_path / "a.csv", [("a", "b"), *(("x" * 50, "y" * 50) for _ in range(50)), ("1\x002", "3")])
    *_good, last = open_table(path)
    assert "no text" in last.problem


def test_a_packed_file_that_is_something_else_than_it_says_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as packed:
        packed.writestr("doc.kml", "a,b\n1,2\n")
    refused(tmp_path / "a.kmz", "table-unreadable")
