"""What another office sends may be wrong in every way: the registry passes it over, and goes on."""

from __future__ import annotations

import pytest

from kambila.journal import Draft, append, projections
from kambila.registry.models import Held
from tests.registry.telling import C, accept, at, change, known, report

pytestmark = pytest.mark.usefixtures("programme")
GOOD = {"kind": "casualty", "id": C, "values": {"age": 9}}
REPORTS = [
    {"changes": [{"id": C}]},
    {"changes": "none"},
    {"changes": [7]},
    {"changes": [{**GOOD, "values": [1]}]},
    {"changes": [{**GOOD, "id": "x" * 37}]},
    {"changes": [{**GOOD, "base": {"age": "all"}}]},
    {"changes": [{**GOOD, "sealed": {"full_name": 1}}]},
    {"changes": [{**GOOD, "values": {"code": "a\0b"}}]},
    {"changes": [GOOD], "date": "the day before yesterday"},
    {"changes": [GOOD], "edits": ["x"]},
]
DECISIONS = [
    {"verb": "accept"},
    {"verb": "accept", "report": "x", "base": {"first": {}}},
    {"verb": "same-as", "kind": "casualty", "records": [C]},
    {"verb": "retire", "kind": "casualty"},
    {"verb": "resolve", "kind": "casualty", "record": C, "field": "age", "overruled": 7},
    {"verb": 7},
]
ERASURES = [{"records": [C]}, {}]


@pytest.mark.parametrize(
    ("kind", "body"),
    [("report", each) for each in REPORTS]
    + [("decision", each) for each in DECISIONS]
    + [("erase", each) for each in ERASURES]
    + [("countersign", {})],
)
def test_an_entry_without_the_shape_of_its_kind_is_passed_over(kind: str, body: dict[str, object]) -> None:
    at("2014-07-01")
    bad = append([Draft(kind, "elsewhere", body)])[0]
    accept(report(change(C, {"age": 9}), date="2014-06-20"))
    append([Draft("erase", "manager", {"records": [["casualty", C]], "authority": "the family"})])
    assert not projections.is_behind()
    assert known(C).age == 9
    assert [each.entry for each in Held.objects.all()] == [bad.id]


@pytest.mark.parametrize("value", [10**22, "1" + "0" * 22, 2**63, "9" * 17, {"a": 1}, [[1]], True, "a"])
def test_a_value_that_no_column_can_hold_is_unknown(value: object) -> None:
    at("2014-07-01")
    stated = {"age": str(value) if isinstance(value, int) and abs(value) > 2**53 else value, "sex": "female"}
    accept(report(change(C, stated), date="2014-06-20"))
    assert (known(C).age, known(C).sex) == (None, "female")


@pytest.mark.parametrize("value", ["9" * 17 + ".00", "1e300", "NaN", [1], {"a": 1}])
def test_a_number_that_no_column_can_hold_is_unknown(value: object) -> None:
    at("2014-07-01")
    accept(report(change(C, {"value": value, "title": "support"}, "capacity_support"), date="2014-06-20"))
    found = known(C, "capacity_support")
    assert (found.value, found.title) == (None, "support")
