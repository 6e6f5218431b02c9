"""The commands: import, export, batch, profiles, as a person uses them."""

from __future__ import annotations

import pytest

from kambila.registry.models import Report
from tests import terminal
from tests.intake.people import programme_people
from tests.intake.sheets.accidents import ACCIDENTS, BAD, HEADER, ROWS
from tests.intake.sheets.files import csv_file
from tests.registry.telling import at
from tests.terminal import data, run


@pytest.fixture
def at_work(programme, monkeypatch, tmp_path):
    terminal.at(programme, monkeypatch)
    at("2014-07-01")
    programme_people()
    (tmp_path / "accidents.toml").write_text(ACCIDENTS)
    run("profiles", "save", tmp_path / "accidents.toml", "--as", "omar")
    return csv_file(tmp_path / "a.csv", [HEADER, *ROWS, BAD])


def test_a_file_is_tried_imported_accepted_and_withdrawn(at_work, tmp_path):
    tried = data("import", at_work, "--profile", "accidents", "--as", "team", "--try", code=1)
    assert tried["counts"]["new"] == 3 and tried["shown"] and not Report.objects.exists()
    said = run("import", at_work, "--profile", "accidents", "--as", "team", "--rejects", tmp_path / "bad.csv", code=1)
    assert (
        "5 rows: 3 new" not in said.output
        and "4 rows: 3 new, 0 changed, 0 known already, 0 left out, 1 bad." in said.output
    )
    assert "A7" in (tmp_path / "bad.csv").read_text()
    (batch,) = data("batch", "list", "--as", "omar")
    assert batch["now"] == {"waiting": 3} and batch["name"] == "a.csv"
    run("batch", "accept", batch["id"][:8], "--as", "omar", "--reason", "compared", "--answer", "known")
    assert data("batch", "show", batch["id"], "--as", "omar")["now"] == {"accepted": 3}
    run("batch", "withdraw", batch["id"], "--as", "omar", "--reason", "the wrong list")
    assert "kambila batch list" in run("batch", "show", "ffffffff", "--as", "omar", code=1).output


def test_rejects_must_have_the_shape_of_the_file(at_work):
    run("import", at_work, "--profile", "accidents", "--as", "team", "--rejects", "bad.xlsx", code=2)


def test_a_profile_is_proposed_listed_and_shown(at_work):
    assert 'kind = "incident"' in run("import", at_work, "--propose").output
    assert data("import", at_work, "--propose")["existing"] == "accidents"
    names = {each["name"]: each["origin"] for each in data("profiles", "list")}
    assert (names["accidents"], names["settlements"], names["kambila-task"]) == ("saved", "box", "kambila")
    assert run("profiles", "show", "accidents").output == ACCIDENTS
    assert run("profiles", "show", "nothing", code=1).stderr.startswith("There is no profile")


def test_an_export_holds_only_what_one_may_see(at_work, tmp_path):
    run(
        "import", at_work, "--profile", "accidents", "--as", "omar", "--accept", "compared", "--answer", "known", code=1
    )
    assert "3 records" in run("export", "incident", "--to", tmp_path / "a.csv", "--as", "viewer").output
    assert "'=Gao" in (tmp_path / "a.csv").read_text()
    run("export", "incident", "--to", tmp_path / "b.csv", "--as", "team", code=1)
    run("export", "incident", "--to", tmp_path / "b.doc", "--as", "omar", code=1)


def test_import_needs_a_profile_and_a_person(at_work):
    run("import", at_work, code=2)
