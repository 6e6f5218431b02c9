"""DuckDB alone, given a manifest and a question in SQL, counts what `kambila figures` counts, at earlier heads too.

Nothing of Kambila takes part in the counting: the paths are read from the manifest by DuckDB itself.
"""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import duckdb
import pytest
from click.testing import CliRunner
from django.db import connection

from kambila.accounts import people
from kambila.cli import main
from kambila.figures.evaluate import evaluate, figure_of
from kambila.journal import clock, directory, nodes
from kambila.publish.lake.exporting import export
from tests.publish.told import _casualties, _casualty, _places, _work, tell, told
from tests.registry.telling import at
from tests.registry.test_access import grant

ERW = """FROM casualty JOIN incident ON incident.id = incident_id
    WHERE category = 'mine_erw' AND status = 'civilian' AND incident.date_first >= DATE '2012-01-01'"""
BY_HAND = {
    "erw-civilian-casualties": f"SELECT count(*) {ERW}",
    "erw-civilian-casualties-children": f"SELECT count(*) {ERW} AND age_group = 'child'",
    "erw-civilian-casualties-children-share": f"""SELECT
        round(100.0 * count(*) FILTER (age_group = 'child') / count(*), 2) {ERW}""",
    "erw-civilian-casualties-killed": f"SELECT count(*) {ERW} AND outcome = 'killed'",
    "villages-surveyed": "SELECT count(DISTINCT village_id) FROM village_survey WHERE date_first >= DATE '2013-01-01'",
    "mdsf-eod": """SELECT sum(coalesce(male_passed, 0) + coalesce(female_passed, 0)) FROM course
        WHERE subject = 'eod1' AND audience = 'mdsf' AND end_first >= DATE '2013-01-01'""",
}  # fmt: skip
BY_YEAR = f"SELECT strftime(incident.date_first, '%Y') AS year, count(*) {ERW} GROUP BY year ORDER BY year"
KINDS = ("casualty", "incident", "village_survey", "course")


def by_duckdb(folder, name, query):
    """The answer to a question, from the files that one manifest names."""
    alone = duckdb.connect()
    for kind in KINDS:
        alone.execute(
            f"SET VARIABLE {kind} = (SELECT list('{folder}/' || path) FROM (SELECT unnest(json_extract_string("
            f"content, '$.kinds.{kind}.files[*].path')) AS path FROM read_text('{folder}/manifests/{name}.json')))"
        )
        alone.execute(f"CREATE TABLE {kind} AS FROM read_parquet(getvariable('{kind}'), hive_partitioning = false)")
    return alone.execute(query).fetchall()


def counted():
    return {id: evaluate(figure_of(id)).value for id in BY_HAND}


@pytest.fixture(scope="module")
def exports(prepared_sqlite, tmp_path_factory):
    """A lake with two exports, and what Kambila counted when each was made."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "programme").mkdir()
    shutil.copy(prepared_sqlite, folder / "programme" / "kambila.sqlite3")
    directory.create_directory(folder / "programme", "Mine action in an example", "EX", example=True, database="")
    at("2014-06-30")
    nodes.introduce()
    people.add("manager")
    grant("manager", "programme-manager")
    tell(*_places(), *_work(), *_casualties())
    first, then = export(str(folder / "lake"), people.find("manager")), counted()
    at("2014-07-20")
    tell(*[_casualty(number, 1, "child") for number in range(30, 36)], day="2014-07-03")
    tell(told("incident", 0, category="ied"), told("course", 1, female_passed=3), day="2014-07-04")
    second, now = export(str(folder / "lake"), people.find("manager")), counted()
    yield folder / "lake", folder / "programme", {first.name: then, second.name: now}
    clock.set_clock(None)
    connection.close()


@pytest.mark.parametrize("id", BY_HAND)
def test_duckdb_alone_counts_what_the_figure_counted_at_each_head(exports, id):
    lake, _programme, seen = exports
    values = [by_duckdb(lake, name, BY_HAND[id])[0][0] for name in seen]
    assert [Decimal(str(each)) for each in values] == [each[id] for each in seen.values()]
    assert id == "villages-surveyed" or values[0] != values[1]


def test_the_command_prints_for_an_earlier_export_what_duckdb_alone_counts_there(exports):
    lake, programme, seen = exports
    earlier = next(iter(seen))
    command = ["--data", str(programme), "figures", "--lake", str(lake), "--head", earlier, "--json"]
    printed = {each["id"]: each["value"] for each in json.loads(CliRunner().invoke(main, command).output)}
    for id, query in BY_HAND.items():
        assert printed[id] == float(by_duckdb(lake, earlier, query)[0][0]), id


def test_figures_of_a_state_that_an_export_does_not_have_for_a_day_are_said_to_be_left_out(exports):
    lake, programme, _seen = exports
    done = CliRunner().invoke(main, ["--data", str(programme), "figures", "--lake", str(lake), "--as-of", "2014-01-31"])
    assert "hazardous-areas-open" not in done.stdout and "figures of what stood on a day" in done.stderr


def test_duckdb_alone_counts_the_cells_of_a_breakdown(exports):
    lake, _programme, seen = exports
    cells = evaluate(figure_of("erw-civilian-casualties"), by="year").cells
    assert dict(by_duckdb(lake, list(seen)[-1], BY_YEAR)) == cells and len(cells) > 1
