"""Faults planted in a thousand areas, of every sort that is looked for: each is found, and nothing where there is none."""

from __future__ import annotations

import pytest

from kambila.intake.drafts import Known
from kambila.intake.review import review_entries
from kambila.journal import Draft, append
from kambila.registry.checks import all_checks
from tests.domain.land import planting
from tests.domain.land.planting import FAULTS, Field, outline, polygon, reported, smaller
from tests.registry.telling import accept, at, report

KNOWN, GOOD, PLANTED = 300, 380, 320
HEAD = {"form": "test", "version": "1", "reporter": "team", "office": "", "organisation": "", "date": "2014-06-20"}
# Looked for in what is done in an area, not in the area itself.
OF_WORK = {"outside-its-area", "released-before", "handed-over-not-released", "polygon-worked-before"}
UNPLANNED = {"polygon-invalid"}  # what no rule foresees cannot be planted at random


@pytest.fixture
def field(programme):
    """Three hundred known areas, each in its place."""
    at("2014-06-29")
    field = Field(seed=22)
    areas = [values for values, _n in zip(planting.good(field), range(KNOWN), strict=False)]
    field.known = [values for values in areas if values["polygon"]]
    field.points = [values for values in areas if not values["polygon"]]
    field.told = [reported(values) for values in areas]
    field.first = report(*field.told, date="2014-06-20")
    return field


def geometric():
    """The codes of all checks of geometry."""
    return {
        each.code
        for each in all_checks().values()
        if each.test.__module__.endswith(("shape_checks", "neighbour_checks"))
    }


def found(entries):
    """What the checks of geometry find in each report."""
    looked_for = geometric()
    reviews = review_entries(entries, Known())
    assert not {each.code for findings in reviews for each in findings} & {"check-failed", "unreadable"}
    return [{each.code for each in findings} & looked_for for findings in reviews]


def sent(changes):
    return append([Draft("report", "team", {**HEAD, "changes": [each]}) for each in changes])


def test_every_fault_in_a_thousand_areas_is_found_and_none_where_there_is_none(field):
    assert found([field.first]) == [set()]
    accept(field.first)
    areas = [(values, set()) for values, _n in zip(planting.good(field), range(GOOD), strict=False)]
    areas += [(plant(field), codes) for n in range(PLANTED // len(FAULTS)) for plant, codes in FAULTS]
    assert KNOWN + len(areas) == 1_000
    field.dice.shuffle(areas)
    results = found(sent([reported(values) for values, _codes in areas]))
    wrong = [
        (codes, seen, values["polygon"]) for (values, codes), seen in zip(areas, results, strict=True) if seen != codes
    ]
    assert wrong == []


def test_every_rule_for_areas_is_planted():
    planted = set().union(*(codes for _plant, codes in FAULTS))
    assert planted == geometric() - OF_WORK - UNPLANNED


def test_every_fault_of_work_in_an_area_is_found_and_none_where_there_is_none(field):
    accept(field.first)
    known = [each for each in field.told if each["values"]["polygon"]]
    done = [_work(area, "land_release_product", 0.5) for area in known[:60]]
    done += [_work(area, "clearance", 0.5) for area in known[60:120]]
    accept(report(*done, date="2014-06-21"))
    asked = [(_work(area, "land_release_product", 0.6), {"released-before"}) for area in known[:20]]
    asked += [(_work(area, "handover", 0.9), {"handed-over-not-released"}) for area in known[20:40]]
    asked += [(_work(area, "handover", 0.5), set()) for area in known[40:60]]
    asked += [(_work(area, "clearance", 0.5), {"polygon-worked-before"}) for area in known[60:80]]
    asked += [(_work(area, "clearance", 0.6), set()) for area in known[80:120]]
    for kind in ("land_release_product", "clearance", "completion_report"):
        asked += [(_work(area, kind, 1.5), {"outside-its-area"}) for area in known[120:140]]
        asked += [(_work(area, kind, 0.7), set()) for area in known[140:160]]
    results = found(sent([change for change, _codes in asked]))
    assert [(change["kind"], seen) for change, seen in zip([c for c, _ in asked], results, strict=True)] == [
        (change["kind"], codes) for change, codes in asked
    ]


def _work(area, kind, share):
    """Work of a kind in an area, drawn in towards its middle (beyond it above 1)."""
    shape = polygon(smaller(outline(area["values"]), share))
    field = "final_polygon" if kind == "completion_report" else "polygon"
    values = {"area": area["id"], field: shape}
    return reported(values | ({"method": "cancelled"} if kind == "land_release_product" else {}), kind)
