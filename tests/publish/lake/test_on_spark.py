"""Spark counts what DuckDB counts. Only by `make campaign`, where pyspark and Java are installed (docs/lake.md)."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from kambila.accounts import people
from kambila.cli import main
from kambila.figures.definitions import Quantile, Ratio, all_figures
from kambila.figures.evaluate import evaluate
from kambila.figures.lake import lake_at, manifest_of, opened
from kambila.figures.paths import needed
from kambila.journal import directory
from kambila.publish.lake.exporting import export
from tests.publish.told import _casualties, _places, _work, tell
from tests.registry.telling import at
from tests.registry.test_access import grant

SQLITE = pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)


@pytest.fixture
def exported(programme, tmp_path):
    at("2014-06-30")
    people.add("manager")
    grant("manager", "programme-manager")
    tell(*_places(), *_work(), *_casualties())
    export(str(tmp_path / "lake"), people.find("manager"))
    return str(tmp_path / "lake")


@SQLITE
@pytest.mark.campaign
def test_spark_gives_figures_and_their_years_as_duckdb_does(exported):
    pytest.importorskip("pyspark")
    from kambila.figures import spark

    kinds_of_measure = [each for each in all_figures().values() if isinstance(each.measure, Quantile | Ratio)]
    figures = [each for each in all_figures().values() if each.headline] + kinds_of_measure
    lake, every = lake_at(exported), list(all_figures().values())
    found = []
    for engine in (opened, spark.opened):
        with engine(lake, manifest_of(lake), needed(every)) as tables:
            found.append({each.id: _of(each, tables) for each in figures})
    assert found[0] == found[1] and found[0]["erw-civilian-casualties"][0]


def _of(figure, tables):
    value = evaluate(figure, by="year", using=tables)
    return value.value, value.cells


@SQLITE
@pytest.mark.parametrize(("engine", "said"), [("abacus", "no engine called abacus"), ("spark", "does not start")])
def test_an_engine_that_is_not_there_gets_a_sentence(exported, monkeypatch, engine, said):
    monkeypatch.setenv("KAMBILA_ENGINE", engine)
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    done = CliRunner().invoke(main, ["--data", str(directory.current().path), "figures", "--lake", exported])
    assert done.exit_code and said in done.output
