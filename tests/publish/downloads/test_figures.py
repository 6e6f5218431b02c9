"""Figures as files: what is counted now for those who may count, what was released for everybody else."""

from __future__ import annotations

import csv

import pytest
import python_calamine
from click.testing import CliRunner

from kambila.accounts import granting, people
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.figures.definitions import all_figures
from kambila.journal.errors import Problem
from kambila.publish.downloads.commands import download
from kambila.publish.downloads.figures import export


def lines(path):
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


@pytest.fixture
def auditor(reopened):
    if not Account.objects.filter(username="looker").exists():
        people.add("looker")
        granting.grant("looker", "auditor", Scope(), "a test", "head")
    return Account.objects.get(username="looker")


def test_everybody_gets_what_was_released_with_small_cells_together(reopened, tmp_path):
    released = list(csv.DictReader(reopened.page("figures.csv").splitlines()))
    id = next(each["figure"] for each in released if each["cell"] == "merged")
    export(None, id, tmp_path / "it.csv")
    found = lines(tmp_path / "it.csv")
    assert [(each["cell"], each["value"]) for each in found] == [
        (each["cell"], each["value"]) for each in released if each["figure"] == id
    ]
    assert all(each["example"] == "true" for each in found)


def test_who_may_count_gets_every_breakdown_as_it_stands(auditor, tmp_path):
    export(auditor, "erw-civilian-casualties", tmp_path / "it.xlsx")
    rows = python_calamine.load_workbook(tmp_path / "it.xlsx").get_sheet_by_index(0).to_python()
    found = [dict(zip(rows[0], each, strict=True)) for each in rows[1:]]
    assert found[0]["value"] == 30 and {"year", "sex"} <= {each["breakdown"] for each in found}
    assert sum(each["value"] or 0 for each in found if each["breakdown"] == "year") == 30


def test_a_figure_that_is_not_open_is_as_unknown_as_one_that_is_not_there(reopened, tmp_path):
    hidden = next(each.id for each in all_figures().values() if each.tier != "public")
    for id in (hidden, "nonsense"):
        with pytest.raises(Problem) as refused:
            export(None, id, tmp_path / "it.csv")
        assert refused.value.code == "no-such-list"


@pytest.mark.parametrize(
    "said",
    [("incident", "x.xlsx", "--hxl"), ("incidents", "x.csv", "--hxl"), ("incidents", "x.csv", "--filter=adm1='ML07'")],
)
def test_the_command_ignores_nothing_that_it_was_told(said):
    name, to, option = said
    answer = CliRunner().invoke(download, [name, "--to", to, option, "--public"])
    assert answer.exit_code == 2 and ("HXL" in answer.output or "filter" in answer.output)
