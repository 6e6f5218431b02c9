"""Checklists: what was answered becomes a visit, and each point that was not met a non-conformity."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from pyxform.xls2json_backends import md_to_dict

from kambila.domain.operations.checkpoints import Checklist
from kambila.intake import forms
from kambila.intake.plain.answers import posted
from tests.intake.door import changes, filled, open_door, send

LISTS = sorted(name for name in forms.box() if name.startswith("checklist_"))


def test_each_work_has_its_list():
    assert sorted(f"checklist_{each}" for each in Checklist.values) == LISTS


@pytest.mark.parametrize("name", LISTS)
def test_every_point_that_is_asked_can_be_missed(name):
    sheets = md_to_dict(forms.box()[name].read_text())
    asked = [row["name"] for row in sheets["survey"] if row["type"] == "select_one answer"]
    [failed] = [row["calculation"] for row in sheets["survey"] if row.get("name") == "failed"]
    assert asked == [row["name"] for row in sheets["choices"] if row["list_name"] == "point"]
    assert all(f"if(${{{each}}} = 'no', '{each} ', '')" in failed for each in asked)


def test_a_point_that_was_not_met_becomes_a_non_conformity_of_the_visit(programme):
    open_door()
    missed = {"point": "cordon", "type": "safety", "severity": "major", "description": "none", "action": "set it",
              "due_on": "2014-07-20", "nc_status": "open", "nc_operator": "ORG-1"}  # fmt: skip
    answers = {"checklist": "eod", "activity": "eod", "date": "2014-06-18", "visit_type": "external", "operator": "ORG-1",
               "inspector": "ORG-2", "medic": "yes", "cordon": "no", "failed": "cordon ", "failed_count": 1,
               "non_conformities": [missed], "result": "conditional", "measures": "advice"}  # fmt: skip
    receipt = send(filled("checklist_eod", answers))
    [visit], [wrong] = changes(receipt, "quality_visit"), changes(receipt, "non_conformity")
    assert (visit["values"]["checklist"], visit["values"]["medic"]) == ("eod", "yes")
    assert "cordon" not in visit["values"]
    assert (wrong["values"]["point"], wrong["values"]["status"]) == ("cordon", "open")
    assert wrong["values"]["visit"] == visit["id"]


def test_without_script_the_form_still_says_for_which_work_it_is():
    found = posted(forms.in_box("checklist_storage"), QueryDict("visit/operator=ORG-1"), {})
    assert (found.answers["checklist"], found.answers["activity"]) == ("storage", "storage")
