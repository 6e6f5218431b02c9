"""Several programmes' lakes are read as one, and each programme is a cell."""

from __future__ import annotations

import json

import duckdb
import pytest
from click.testing import CliRunner

from kambila.accounts import people
from kambila.cli import main
from kambila.figures.evaluate import evaluate, figure_of
from kambila.figures.lake import lake_at, manifest_of
from kambila.journal import directory
from kambila.publish.lake.exporting import export
from tests.registry.telling import accept, at, change, report
from tests.registry.test_access import grant

SQLITE = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)
ERW, SHARE = "erw-civilian-casualties", "erw-civilian-casualties-children-share"
TOLD = {"Mali": ("adult", "adult", "child"), "Niger": ("child",)}


@pytest.fixture
def folder(new_programme, tmp_path):
    """A folder with the lakes of two programmes; {programme: what its own registry counts} beside it."""
    counted = {}
    for number, (name, ages) in enumerate(TOLD.items()):
        new_programme(name, name[:3].upper())
        at("2014-07-01")
        people.add("manager")
        grant("manager", "programme-manager")
        incident = f"00000000-0000-7000-8000-0000000{number:05}"
        said = [change(incident, {"date": "2013-05", "category": "mine_erw"}, "incident")]
        for place, age in enumerate(ages):
            person = {"incident": incident, "status": "civilian", "outcome": "injured", "age_group_stated": age}
            said.append(change(f"00000000-0000-7000-8000-00000{number:03}{place:04}", person, "casualty"))
        accept(report(*said, date="2014-01-01"))
        export(str(tmp_path / "lakes" / name.lower()), people.find("manager"))
        counted[name] = {id: evaluate(figure_of(id)).value for id in (ERW, SHARE)}
    return tmp_path / "lakes", counted


def printed(*lakes):
    arguments = [part for each in lakes for part in ("--lake", str(each))]
    done = CliRunner().invoke(
        main, ["--data", str(directory.current().path), "figures", *arguments, "--json"], catch_exceptions=False
    )
    return {each["id"]: each for each in json.loads(done.output)}


@SQLITE
def test_each_programme_has_its_own_value_and_all_of_them_one(folder):
    lakes, counted = folder
    for found in (printed(lakes), printed(lakes / "mali", lakes / "niger")):
        assert found[ERW]["programmes"] == {name: of[ERW] for name, of in counted.items()} == {"Mali": 3, "Niger": 1}
        assert found[ERW]["value"] == 4
        assert found[SHARE]["programmes"] == {"Mali": 33.33, "Niger": 100} and found[SHARE]["value"] == 50


@SQLITE
def test_one_lake_alone_has_no_programmes(folder):
    lakes, _counted = folder
    assert "programmes" not in printed(lakes / "mali")[ERW]


@SQLITE
def test_a_programme_that_is_given_twice_is_refused(folder, tmp_path):
    lakes, _counted = folder
    export(again := str(tmp_path / "again"), people.find("manager"))
    done = CliRunner().invoke(
        main, ["--data", str(directory.current().path), "figures", "--lake", again, "--lake", str(lakes)]
    )
    assert done.exit_code and "would count twice" in done.output and "Niger (" in done.output


@SQLITE
def test_duckdb_alone_reads_both_with_the_line_of_the_documentation(folder):
    lakes, counted = folder
    both = " UNION ALL BY NAME ".join(
        f"SELECT '{name}' AS programme, * FROM read_parquet('{lakes}/{name.lower()}/data/casualty/*/*.parquet')"
        for name in TOLD
    )
    found = duckdb.execute(f"SELECT programme, count(*) FROM ({both}) GROUP BY programme").fetchall()
    assert dict(found) == {name: of[ERW] for name, of in counted.items()}
    assert manifest_of(lake_at(str(lakes / "mali")))["programme"] == "Mali"
