"""An operator's file is read by a profile, compared, and answered by a workbook that runs nothing."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from kambila.intake import decisions
from kambila.intake.matching.lines import read_lines
from kambila.intake.sheets import profile
from kambila.intake.sheets.importing import import_file
from kambila.intake.sheets.profiles import save
from tests import terminal
from tests.intake.people import programme_people
from tests.registry.telling import at, change, report

ORG, OTHER = "00000000-0000-7000-8000-00000000f001", "00000000-0000-7000-8000-00000000f002"
PROFILE = """
name = "clear-areas"
title = "Areas of an invented operator"

[report]
date = "updated"
organisation = "by"

[[records]]
kind = "hazardous_area"
id = "id"

[records.fields]
code = "id"
title = "place"
classification = { column = "class", codes = { Confirmed = "cha", Suspected = "sha" } }
devices = { value = "uxo" }
polygon = { wkt = "shape" }
area_m2 = "size"
adm1 = { value = "ML07" }
landowner = "owner"
"""
COLUMNS = ["id", "place", "class", "shape", "size", "updated", "by", "owner"]


def square(east):
    corners = [(east, 16), (east + 0.002, 16), (east + 0.002, 16.002), (east, 16.002), (east, 16)]
    return f"POLYGON (({', '.join(f'{x:.6f} {y:.6f}' for x, y in corners)}))"


def row(number, **values):
    row = {"id": f"A-{number}", "place": f"Place {number}", "class": "Confirmed", "shape": square(number * 0.02)}
    return row | {"size": "47000", "updated": "2014-06-20", "by": "CLEAR", "owner": "Invented Person"} | values


@pytest.fixture
def file(programme, tmp_path, monkeypatch):
    """Writes the operator's file."""
    terminal.at(programme, monkeypatch)
    at("2014-08-01")
    programme_people()
    for record, code in ((ORG, "CLEAR"), (OTHER, "DIG")):
        said = {"code": code, "title": f"{code} (invented)", "organisation_type": "ngo", "roles": ["operator"]}
        decisions.accept_many(
            [report(change(record, said, "organisation"), date="2014-01-01").id], "omar", "known", unreviewed="a test"
        )
    save(PROFILE, "omar")

    def write(*rows, name="register.csv"):
        path = tmp_path / name
        with path.open("w", newline="") as target:
            writer = csv.DictWriter(target, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def imported(path):
    """The operator sent it before, and all of it was accepted."""
    import_file(path, profile.read(PROFILE), "omar")
    ids = list(decisions.Report.objects.filter(status="waiting").values_list("id", flat=True))
    decisions.accept_many(ids, "omar", "checked", unreviewed="a test")


def compare(path, *more, code=1):
    return terminal.data(
        "reconcile", path, "--profile", "clear-areas", "--organisation", "CLEAR", "--as", "omar", *more, code=code
    )


def test_a_register_that_was_imported_agrees_with_ours(file):
    path = file(*(row(n) for n in range(4)))
    imported(path)
    said = compare(path, code=0)
    assert (said["rows"], said["same"], said["differences"]) == (4, 4, [])


def test_what_was_changed_in_it_since_is_listed(file):
    imported(file(*(row(n) for n in range(5))))
    said = compare(file(row(0), row(1, size="60000"), row(2, shape=square(0.0405)), row(4, id="a 0004"), row(9)))
    found = {(each["sort"], each["field"], each["their_id"] or each["code"]) for each in said["differences"]}
    assert found == {
        ("differs", "area_m2", "A-1"),
        ("differs", "polygon", "A-2"),
        ("only-ours", "", "A-3"),
        ("other-id", "", "a 0004"),
        ("only-theirs", "", "A-9"),
    }


def test_rows_of_another_organisation_are_not_part_of_the_register(file):
    read = read_lines(file(row(0), row(1, by="DIG")), profile.read(PROFILE), ORG)
    assert [line.id for line in read.lines] == ["A-0"] and read.left_out == 1


def test_a_row_without_a_date_is_compared_all_the_same(file):
    imported(file(row(0)))
    assert compare(file(row(0, updated="")), code=0)["same"] == 1


def test_a_row_that_cannot_be_read_is_said_once_and_its_record_is_not_missing(file):
    imported(file(row(0), row(1)))
    [difference] = compare(file(row(0), row(1, size="large")))["differences"]
    assert difference["sort"] == "unread" and "size" in difference["why"]


def test_nothing_that_identifies_a_person_is_compared_or_told(file):
    imported(file(row(0)))
    assert compare(file(row(0, owner="Somebody Else")), code=0)["differences"] == []


def test_the_list_for_the_operator_has_a_sheet_for_each_sort_and_a_column_to_answer(file, tmp_path):
    imported(file(row(0), row(1)))
    to = tmp_path / "list.xlsx"
    compare(file(row(0, size="60000"), row(9)), "--to", to)
    book = openpyxl.load_workbook(to)
    assert book.sheetnames[:4] == [
        "Summary", "In both, but different", "Only in the operator’s", "Only in the programme’s"
    ]  # fmt: skip
    heads = [[cell.value for cell in sheet[1]] for sheet in book.worksheets[1:4]]
    assert all(each[-1] == "Your answer" for each in heads)
    line = dict(zip(heads[0], [cell.value for cell in book.worksheets[1][2]], strict=True))
    assert (line["Your id"], line["Operator says"], line["Programme says"]) == ("A-0", "60,000", "47,000")


def test_the_list_runs_nothing_that_an_operator_wrote(file, tmp_path):
    to = tmp_path / "list.xlsx"
    compare(file(row(0, id="=HYPERLINK(1)")), "--to", to)
    cells = [cell for sheet in openpyxl.load_workbook(to) for line in sheet for cell in line]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)


def test_the_list_is_written_in_french(file, tmp_path):
    to = tmp_path / "list.xlsx"
    path = file(row(0))
    words = ["--profile", "clear-areas", "--organisation", "CLEAR", "--as", "omar", "--to", to]
    said = terminal.run("--language", "fr", "reconcile", path, *words, code=1).stdout
    assert "Opérateur" in said and openpyxl.load_workbook(to).sheetnames[0] == "Résumé"


def test_an_organisation_that_is_not_known_is_named(file):
    words = ["--profile", "clear-areas", "--organisation", "NOBODY", "--as", "omar"]
    assert "NOBODY" in terminal.run("reconcile", file(row(0)), *words, code=1).output
