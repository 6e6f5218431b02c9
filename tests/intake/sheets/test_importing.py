"""A file comes in once, row by row, and what cannot comes back with the reasons."""

from __future__ import annotations

import json

import pytest

from kambila.intake.lookup import entry_of
from kambila.intake.sheets import profile
from kambila.intake.sheets.handing_back import hand_back
from kambila.intake.sheets.rows import Acceptance
from kambila.intake.sheets.tables import open_table
from kambila.journal import read_part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from kambila.registry.models import Conflict, Report
from tests.intake.sheets.accidents import ACCIDENTS, BAD, HEADER, READ, ROWS, YES, bring, entries, incidents, sheet
from tests.intake.sheets.files import csv_file, ods_file, xlsx_file


def test_rows_become_reports_that_wait_with_the_row_as_evidence(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv"))
    assert (outcome.counts["new"], list(outcome.bad), incidents()) == (3, [], [])
    report = Report.objects.order_by("id").first()
    assert (report.form, report.version, report.date, report.status) == (
        "import:accidents",
        READ.version,
        "2014-06-18",
        "waiting",
    )
    entry = entry_of(report.id)
    evidence = json.loads(read_part(named(entry.sealed, "submission")))
    assert evidence["cells"]["Lat"] == "16°15'00\"N" and evidence["row"] == entry.body["row"] == 2
    (change,) = entry.body["changes"]
    assert change["values"]["location"] == {
        "type": "Point",
        "coordinates": [-0.05, 16.25],
        "typed": "16°15'00\"N; 0°03'00\"W",
    }
    assert "Un berger" not in json.dumps(entry.body)


def test_accepted_as_they_come_they_are_in_the_registry(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    found = [(each.date, each.category, each.device, each.locality, each.killed_stated) for each in incidents()]
    assert found == [
        ("2013", "ied", "ied_unknown", "=Gao", 2),
        ("2014-05", "mine_erw", "ap", "Kidal", None),
        ("2014-06-18", "mine_erw", "uxo", "Tabankort", 1),
    ]


def test_doubtful_rows_wait_when_nobody_answers(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv"), acceptance=Acceptance("The list was compared."))
    assert outcome.counts["doubtful"] > 0
    assert Report.objects.filter(status="waiting").count() == outcome.counts["doubtful"]


def test_the_same_file_again_changes_nothing(people, tmp_path):
    first = bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    before = entries()
    again = bring(tmp_path / "a.csv", acceptance=YES)
    assert (again.batch, again.counts["known"], again.counts["new"], entries()) == (first.batch, 3, 0, before)


def test_the_same_rows_in_another_format_change_nothing(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    before = entries()
    outcome = bring(sheet(tmp_path / "b.csv", delimiter=";", encoding="utf-16"))
    assert (outcome.counts["known"], entries()) == (3, before)
    third = (*ROWS[2][:4], "'=Gao", *ROWS[2][5:])  # as a workbook keeps it from being run
    outcome = bring(xlsx_file(tmp_path / "c.xlsx", [HEADER, *ROWS[:2], third]))
    assert (outcome.counts["new"], outcome.counts["changed"]) == (0, 0)


def test_a_corrected_row_restates_its_report(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    mended = [ROWS[0], (*ROWS[1][:4], "Aguelhok", *ROWS[1][5:]), ROWS[2]]
    outcome = bring(sheet(tmp_path / "b.csv", mended), acceptance=YES)
    assert (outcome.counts["known"], outcome.counts["changed"]) == (2, 1)
    assert [each.locality for each in incidents()] == ["=Gao", "Aguelhok", "Tabankort"]
    assert Report.objects.exclude(edits=None).count() == 1 and not Conflict.objects.exists()


def test_a_later_row_about_the_same_record_follows_it_without_conflict(people, tmp_path):
    text = ACCIDENTS.replace('date = "Date"\n\n[[left', 'date = "Info"\n\n[[left')
    later = profile.read(text)
    rows = [(*ROWS[0], "2014-06-20"), (*ROWS[0][:5], "3", *ROWS[0][6:], "2014-06-25")]
    outcome = bring(csv_file(tmp_path / "a.csv", [(*HEADER, "Info"), *rows]), profile=later, acceptance=YES)
    assert outcome.counts["new"] == outcome.counts["changed"] == 1
    assert [each.killed_stated for each in incidents()] == [3] and not Conflict.objects.exists()


def test_the_same_id_and_date_twice_is_a_bad_row(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv", [ROWS[0], ("A1", *ROWS[0][1:4], "Elsewhere", *ROWS[0][5:])]))
    ((row, faults),) = outcome.bad
    assert (row.number, faults[0].column) == (3, "No") and "row 2" in faults[0].sentence
    again = bring(tmp_path / "a.csv")
    assert (again.counts["known"], again.counts["changed"], again.counts["bad"]) == (1, 0, 1)


def test_rows_that_are_not_ours_are_left_out_with_the_reason(people, tmp_path):
    outcome = bring(sheet(tmp_path / "a.csv", [ROWS[0], ("A9", "2014", "vol ", *ROWS[0][3:])]))
    assert (outcome.counts["new"], dict(outcome.left_out)) == (1, {"Theft is no accident.": 1})


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_bad_rows_come_back_in_a_csv_of_the_same_shape_and_come_in_when_mended(people, tmp_path, delimiter):
    path = sheet(tmp_path / "a.csv", [ROWS[0], BAD, ROWS[1]], delimiter=delimiter, encoding="cp1252")
    outcome = bring(path, acceptance=YES)
    assert (outcome.counts["new"], outcome.counts["bad"]) == (2, 1)
    hand_back(outcome.bad, open_table(path), path, tmp_path / "bad.csv", READ)
    back = open_table(tmp_path / "bad.csv")
    assert back.details == {"delimiter": delimiter, "encoding": "cp1252"}
    (row,) = back
    assert [row.cells[name] for name in HEADER[:8]] == list(BAD[:8])
    why = row.cells["What is wrong, and what to do"]
    assert "Tués: " in why and "whole number" in why and "Lat, Lon: " in why
    mended = (tmp_path / "bad.csv").read_bytes().replace(b"many", b"4").replace("91°".encode("cp1252"), b"16.1")
    (tmp_path / "bad.csv").write_bytes(mended)
    assert bring(tmp_path / "bad.csv", acceptance=YES).counts["new"] == 1
    assert len(incidents()) == 3


@pytest.mark.parametrize("make", [xlsx_file, ods_file])
def test_bad_rows_of_a_workbook_come_back_as_a_workbook(people, tmp_path, make):
    path = make(tmp_path / "a", [HEADER, ROWS[0], BAD])
    outcome = bring(path)
    hand_back(outcome.bad, open_table(path), path, tmp_path / "bad.xlsx", READ)
    (row,) = open_table(tmp_path / "bad.xlsx")
    assert row.cells["No"] == "A7" and "whole number" in row.cells["What is wrong, and what to do"]


def test_the_reasons_are_in_the_language_of_the_person(people, tmp_path):
    from django.utils import translation

    with translation.override("fr"):
        ((_row, faults),) = bring(sheet(tmp_path / "a.csv", [BAD])).bad
    assert "entier" in " ".join(map(str, faults))


def test_a_trial_keeps_nothing_and_shows_old_and_new(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    before = entries()
    mended = [(*ROWS[0][:4], "Aguelhok", *ROWS[0][5:])]
    outcome = bring(sheet(tmp_path / "b.csv", mended), save=False)
    assert entries() == before
    assert [(kind, old, new) for kind, _field, old, new in outcome.shown[0].values] == [
        ("incident", "Tabankort", "Aguelhok")
    ]


def test_who_may_not_report_may_not_import(people, tmp_path):
    with pytest.raises(Problem) as said:
        bring(sheet(tmp_path / "a.csv"), by="viewer")
    assert said.value.code == "may-not"
    with pytest.raises(Problem):
        bring(sheet(tmp_path / "a.csv"), by="team", acceptance=YES)
    assert bring(tmp_path / "a.csv", by="team").counts["new"] == 3


def test_a_trial_tells_nothing_of_records_that_one_may_not_see(people, tmp_path):
    bring(sheet(tmp_path / "a.csv"), acceptance=YES)
    outcome = bring(sheet(tmp_path / "b.csv", [(*ROWS[0][:4], "Aguelhok", *ROWS[0][5:])]), by="team", save=False)
    assert outcome.shown and {old for _kind, _field, old, _new in outcome.shown[0].values} == {""}


def test_nobody_reports_for_another_organisation(people, tmp_path):
    from kambila.accounts import granting
    from kambila.accounts import people as accounts
    from kambila.accounts.scopes import Scope

    own, other = "00000000-0000-7000-8000-0000000000e1", "00000000-0000-7000-8000-0000000000e2"
    accounts.add("halo")
    granting.grant("halo", "operator", Scope(organisation=own), "its work", "ana")
    said = profile.read(ACCIDENTS.replace('date = "Date"\n\n[[left', 'date = "Date"\norganisation = "Org"\n\n[[left'))
    lines = [(*HEADER, "Org"), (*ROWS[0], other), (*ROWS[1], own), (*ROWS[2], "")]
    outcome = bring(csv_file(tmp_path / "a.csv", lines), by="halo", profile=said)
    ((row, faults),) = outcome.bad
    assert (row.number, faults[0].column) == (2, "Org")
    assert list(Report.objects.values_list("organisation", flat=True)) == [own, own]


def test_a_file_without_the_columns_that_matter_is_refused_by_name(people, tmp_path):
    with pytest.raises(Problem) as said:
        bring(csv_file(tmp_path / "a.csv", [("Date", "Engin"), ("2014", "uxo")]))
    assert "No, Type" in said.value.sentence
