"""A lake holds what an account may see, part by part as it changes, and gives the figures of the registry."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from kambila.accounts import people
from kambila.figures import reading
from kambila.figures.evaluate import evaluate, figure_of
from kambila.figures.lake import lake_at, manifest_of, manifests, opened
from kambila.figures.paths import needed
from kambila.journal.errors import Problem
from kambila.publish.lake.exporting import export
from kambila.publish.lake.telling import lines
from kambila.registry.models import Decision, Gone, Report
from tests.registry.telling import V, accept, at, change, decide, report
from tests.registry.test_access import grant

AREA, SECOND = "00000000-0000-7000-8000-0000000000e1", "00000000-0000-7000-8000-0000000000e2"
INCIDENT, CASUALTY = "00000000-0000-7000-8000-0000000000f1", "00000000-0000-7000-8000-0000000000f2"
SHAPE = {"type": "Polygon", "coordinates": [[[0.0, 16.0], [0.001, 16.0], [0.001, 16.001], [0.0, 16.0]]]}
ERW = "erw-civilian-casualties"


@pytest.fixture
def told(programme):
    """A village, an incident with a casualty of 2013, and an area; `manager` sees all, `gao` one région."""
    at("2014-07-01")
    for name, scope in (("manager", {}), ("gao", {"place": "ML07"})):
        people.add(name)
        grant(name, "office-officer", **scope)
    accept(report(change(V, {"name": "Tabango", "adm1": "ML07"}, "village"), date="2014-01-01"))
    event = {"date": "2013-05", "category": "mine_erw", "adm1": "ML07"}
    accept(report(change(INCIDENT, event, "incident"), date="2013-05"))
    hurt = {"incident": INCIDENT, "status": "civilian", "full_name": None, "outcome": "injured"}
    accept(report(change(CASUALTY, hurt, "casualty"), date="2013-05", names={0: {"full_name": "Aminata Canary"}}))
    accept(
        report(change(AREA, {"name": "Well", "adm1": "ML08", "polygon": SHAPE}, "hazardous_area"), date="2014-02-01")
    )


@pytest.fixture
def address(tmp_path) -> str:
    return str(tmp_path / "lake")


def exported(address: str, username: str = "manager"):
    return export(address, people.find(username))


def rows(address: str, kind: str, head: str = "") -> list[dict]:
    found = manifest_of(lake_at(address), head)["kinds"][kind]["files"]
    return [row for each in found for row in pq.read_table(Path(address) / each["path"], partitioning=None).to_pylist()]


def files(address: str, kind: str) -> list[str]:
    return [each["path"] for each in manifest_of(lake_at(address))["kinds"][kind]["files"]]


def test_duckdb_alone_counts_what_the_figure_counts_at_this_head_and_at_an_earlier_one(told, address):
    first = exported(address)
    was = evaluate(figure_of(ERW)).value
    more = {"incident": INCIDENT, "status": "civilian", "outcome": "killed"}
    accept(report(change(SECOND, more, "casualty"), date="2013-05"))
    exported(address)
    query = "SELECT COUNT(*) FROM casualty JOIN incident ON incident.id = incident_id WHERE category = 'mine_erw'"
    tables = duckdb.connect()
    tables.execute((Path(address) / "views.sql").read_text().replace("'data/", f"'{address}/data/"))
    assert tables.execute(query).fetchall() == [(evaluate(figure_of(ERW)).value,)] == [(was + 1,)]
    with opened(lake_at(address), manifest_of(lake_at(address), first.name), needed([figure_of(ERW)])) as earlier:
        assert evaluate(figure_of(ERW), using=earlier).value == was


def test_nothing_is_written_when_nothing_was_said(told, address):
    exported(address)
    again = exported(address)
    assert (again.rows, again.files, len(manifests(lake_at(address)))) == (0, 0, 1)


def test_only_the_year_that_changed_is_written_anew(told, address):
    accept(report(change(SECOND, {"date": "2012-03-01", "category": "ied"}, "incident"), date="2012-03-01"))
    exported(address)
    before = set(files(address, "incident"))
    accept(report(change(INCIDENT, {"date": "2014-06-01"}, "incident"), date="2014-06-01"))
    done = exported(address)
    stays = {each for each in files(address, "incident") if each in before}
    assert len(stays) == 1 and "year=2012" in min(stays) and done.rows < 4
    assert {each["id"]: each["date"] for each in rows(address, "incident")} == {
        SECOND: "2012-03-01", INCIDENT: "2014-06-01",
    }  # fmt: skip


def test_a_casualty_lies_in_the_year_of_its_incident_also_after_that_was_corrected(told, address):
    exported(address)
    assert "year=2013" in files(address, "casualty")[0]
    accept(report(change(INCIDENT, {"date": "2014-06-01"}, "incident"), date="2014-06-01"))
    exported(address)
    assert ["year=2014" in each for each in files(address, "casualty")] == [True]


def test_what_was_withdrawn_is_no_longer_in_it(told, address):
    wrong = accept(report(change(SECOND, {"name": "Nowhere"}, "village"), date="2014-01-01"))
    exported(address)
    assert {each["id"] for each in rows(address, "village")} == {V, SECOND}
    entry = Report.objects.get(pk=Decision.objects.get(pk=wrong.id).record)
    decide("withdraw", entry)
    assert Gone.objects.exists()
    exported(address)
    assert {each["id"] for each in rows(address, "village")} == {V}


def test_no_name_and_no_sealed_word_is_a_column(told, address):
    exported(address)
    assert "full_name" not in rows(address, "casualty")[0]
    assert not any(b"Canary" in each.read_bytes() for each in Path(address).rglob("*") if each.is_file())


def test_everyone_sees_public_kinds_only_and_a_scope_its_place_only(told, address, tmp_path):
    export(address, None)
    assert rows(address, "village") and not rows(address, "incident") and not rows(address, "hazardous_area")
    exported(near := str(tmp_path / "near"), "gao")
    assert rows(near, "incident") and not rows(near, "hazardous_area")


def test_an_export_for_somebody_else_holds_nothing_of_the_first(told, address):
    exported(address, "manager")
    exported(address, "gao")
    assert not rows(address, "hazardous_area") and manifest_of(lake_at(address))["for"] == "gao"


def test_a_figure_that_needs_what_is_not_shown_says_so(told, address):
    export(address, None)
    lake = lake_at(address)
    with (
        pytest.raises(Problem, match="exported for everyone"),
        opened(lake, manifest_of(lake), needed([figure_of(ERW)])),
    ):
        pass


def test_its_geometries_are_geoparquet(told, address):
    exported(address)
    found = pq.read_schema(Path(address) / files(address, "hazardous_area")[0])
    geo = json.loads(found.metadata[b"geo"])
    assert geo["version"] == "1.1.0" and geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    assert rows(address, "hazardous_area")[0]["polygon"].startswith(b"\x01\x03")


def test_a_head_that_is_not_there_is_refused_with_those_that_are(told, address):
    done = exported(address)
    with pytest.raises(Problem, match="nine") as refused:
        manifest_of(lake_at(address), "nine")
    assert done.name in str(refused.value.remedy)


def test_the_lines_for_pandas_open_a_kind(told, address):
    exported(address)
    said = lines(address, "casualty").partition("# pandas\n")[2].partition("# R")[0]
    names: dict = {}
    exec(said, names)
    assert list(names["records"]["id"]) == [CASUALTY]


def test_records_that_are_read_in_many_pieces_are_all_in_it(told, address, monkeypatch):
    monkeypatch.setattr(reading, "LARGE", 1)
    monkeypatch.setattr(reading, "ROWS", 2)
    more = [f"00000000-0000-7000-8000-0000000001{number:02}" for number in range(7)]
    accept(report(*(change(each, {"name": each}, "village") for each in more), date="2014-01-01"))
    exported(address)
    assert {each["id"] for each in rows(address, "village")} == {V, *more}
