"""`kambila balance`, `area` and `criteria`, as a person types them."""

from __future__ import annotations

import json

import pytest

from kambila.accounts import people
from kambila.domain.land.models import HazardousArea
from kambila.journal import Draft, append
from tests.domain.land.saying import accepted, area, drawn, product, uuid
from tests.terminal import at, data, run

SQUARE = (0, 0, 10, 10)
WHY = ("--as", "fatou", "--reason", "as surveyed")


@pytest.fixture(autouse=True)
def _programme(programme, monkeypatch):
    at(programme, monkeypatch)
    for name in ("fatou", "moussa"):
        people.add(name, full_name=name)
        body = {"verb": "grant", "account": name, "role": "programme-manager", "scope": {}}
        append([Draft("grant", "head", body)])
    accepted(area(1, SQUARE, adm1="ML07", evidence="direct"), date="2014-01-10")
    accepted(product(11, 1, (5, 0, 15, 10), "2014-05-01"))


def test_the_balance_adds_up_in_aligned_columns_and_names_what_was_not_counted():
    said = run("balance", "--by", "region", "--from", "2014-04-01").stdout
    head, row, total = said.splitlines()[1:4]
    assert len(head) == len(row) == len(total)
    assert (row.split()[0], total.split()[0]) == ("ML07", "Together")
    assert "Product P-11 of HA-1, not counted: outside its area" in said


def test_the_balance_as_json_has_both_measures_and_the_groups_by_code():
    told = data("balance", "--by", "area", "--to", "2014-06-30")
    row = told["rows"][0]
    assert (row["code"], row["holds"], told["criteria"]) == ("HA-1", True, "example-1")
    assert row["geodesic"]["new"] + row["geodesic"]["cleared"] == pytest.approx(row["geodesic"]["closing"])
    assert row["stated"]["closing"] == row["geodesic"]["closing"]


def test_what_is_in_none_of_the_sums_is_told():
    accepted(area(2), product(12, 77, SQUARE, "2014-05-01"))
    told = data("balance")
    assert (told["unsized"], told["homeless"]) == ([uuid(2)], [uuid(12)])


def test_a_period_that_ends_before_it_begins_gets_a_sentence():
    assert "before it begins" in run("balance", "--from", "2014-06-30", "--to", "2014-01-01", code=1).stderr


def test_an_area_is_split_from_the_command_line(tmp_path):
    file = tmp_path / "part.geojson"
    file.write_text(json.dumps(drawn((0, 0, 3, 10))))
    said = run("area", "split", "HA-1", "--polygon", file, *WHY).stdout
    code = said.split()[0]
    decision = run("accept", code, *WHY).stdout.split()[0]
    run("countersign", decision, "--as", "moussa", "--reason", "seen")
    assert HazardousArea.objects.count() == 2


def test_a_polygon_that_is_none_gets_a_sentence():
    assert "polygon" in run("area", "extend", "HA-1", "--polygon", "{nonsense", *WHY, code=1).stderr


def test_criteria_are_shown_changed_set_and_signed(tmp_path):
    file = tmp_path / "criteria.toml"
    file.write_text(run("criteria", "show").stdout.replace("example-1", "ML-2014"))
    setting = run("criteria", "set", file, *WHY).stdout.split()[0]
    assert data("balance")["criteria"] == "example-1"
    run("criteria", "sign", setting, "--as", "moussa", "--reason", "seen")
    assert data("balance")["criteria"] == "ML-2014"


def test_show_says_why_an_area_is_what_it_is():
    assert data("show", "HA-1")[0]["why"].startswith("Worked on: ")
