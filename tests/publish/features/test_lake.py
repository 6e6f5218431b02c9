"""Lakes: a file for a reader holds the records, the fields and the places that every other door gives him, and no other."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
import shapely

from kambila.accounts.models import Opening
from kambila.figures.lake import lake_at, manifest_of
from kambila.journal.errors import Problem
from kambila.publish.lake import places, reading
from kambila.publish.lake.exporting import export
from kambila.registry import access, precision
from kambila.registry.kinds import kinds
from kambila.registry.models import derived_fields, stated_fields
from tests.publish.features.test_access import SEES_PUBLIC_ONLY, SQLITE, account, may_be_seen
from tests.publish.features.world import AREA, INCIDENT, MIDDLE, SURVEY, SURVEYED, TRUE

HEADERS = {"id", "information_date", "revision", *places.COLUMNS}


@pytest.fixture
def lake_of(told, tmp_path):
    """``lake_of("auditor")``: {kind: {id: row}} of the lake that is exported for somebody, or for everyone."""

    def make(who, **more):
        address = str(tmp_path / f"lake-{who}")
        export(address, account(who), **more)
        found = manifest_of(lake_at(address))["kinds"]
        tables = {
            kind: [pq.read_table(Path(address) / each["path"], partitioning=None) for each in told["files"]]
            for kind, told in found.items()
        }
        return {kind: {row["id"]: row for each in of for row in each.to_pylist()} for kind, of in tables.items()}

    return make


def look_through(lake_of, who):
    """Every record and every value of a lake; raises AssertionError where more or less is in it than is open."""
    lake = lake_of(who)
    for kind, model in kinds().items():
        seen = may_be_seen(who, kind)
        assert set(lake[kind]) == set(seen), kind
        for id, row in lake[kind].items():
            shown = access.fields(account(who), model, seen[id])
            given = {name for name, value in row.items() if value is not None} - HEADERS
            assert {field_of(model, name) for name in given} <= set(shown), kind
            blurred = row.get("place") is not None and row["place_precision"] != "exact"
            assert not (blurred and any(row.get(name) for name in precision.shapes(model))), kind


def field_of(model, column):
    """The field that a column belongs to."""
    names = {**stated_fields(model), **derived_fields(model)}
    ends = ("", "_id", "_first", "_last", "_area_m2")
    return next(name for end in ends if (name := column.removesuffix(end)) in names)


@pytest.mark.parametrize("who", [None, "operator", "officer", "auditor"])
def test_a_lake_holds_what_its_reader_may_see_and_no_other_field_of_it(lake_of, who):
    look_through(lake_of, who)


@SQLITE
@pytest.mark.parametrize("who", ["reporter", "administrator", "donor", "elsewhere", "assistance"])
def test_so_does_a_lake_for_a_reader_of_every_other_role(lake_of, who):
    look_through(lake_of, who)


@SQLITE
def test_without_the_rule_in_the_query_this_would_be_noticed_in_a_lake(lake_of, monkeypatch):
    open_door = SimpleNamespace(**vars(access))
    open_door.visible = lambda account, model, queryset=None: access.visible("auditor", model, queryset)
    monkeypatch.setattr(reading, "access", open_door)
    with pytest.raises(AssertionError):
        look_through(lake_of, "operator")


@SQLITE
def test_without_the_rule_of_what_is_shown_of_a_record_this_would_be_noticed_in_a_lake(lake_of, monkeypatch):
    monkeypatch.setattr(reading, "_as_far_as_shown", lambda model, columns, made, graded: made)
    with pytest.raises(AssertionError):
        look_through(lake_of, "operator")


@SQLITE
@pytest.mark.parametrize("who", SEES_PUBLIC_ONLY)
def test_nothing_restricted_lies_in_a_lake_in_any_column(lake_of, told, who, tmp_path):
    said = json.dumps(lake_of(who), default=_text, ensure_ascii=False)
    assert not [secret for secret in told.secrets if secret in said]


def _text(value):
    return shapely.to_wkt(shapely.from_wkb(value)) if isinstance(value, bytes) else str(value)


def where(row):
    return (row["place_precision"], *shapely.from_wkb(row["place"]).coords)


def test_a_place_that_may_not_be_seen_lies_in_the_middle_of_its_commune(lake_of):
    lake = lake_of(None)
    assert where(lake["incident"][INCIDENT]) == where(lake["hazardous_area"][AREA]) == ("adm3", MIDDLE)
    assert lake["incident"][INCIDENT]["location"] is lake["hazardous_area"][AREA]["polygon"] is None
    whole = lake_of("auditor")["incident"][INCIDENT]
    assert shapely.from_wkb(whole["location"]).coords[0] == TRUE and "place" not in whole


def test_a_place_that_is_disclosed_exactly_to_partners_lies_so_in_theirs(lake_of):
    incidents = lake_of("operator")["incident"]
    assert where(incidents[INCIDENT]) == ("exact", TRUE)
    assert shapely.from_wkb(incidents[INCIDENT]["location"]).coords[0] == TRUE


@SQLITE
def test_without_the_rule_of_precision_the_true_place_would_lie_in_it(lake_of, monkeypatch):
    monkeypatch.setattr(precision, "open_shapes", lambda model, shown: precision.shapes(model))
    with pytest.raises((AssertionError, KeyError)):
        test_a_place_that_may_not_be_seen_lies_in_the_middle_of_its_commune(lake_of)


@SQLITE
def test_one_lake_tells_some_places_exactly_and_others_by_their_commune(lake_of):
    surveys = lake_of("operator")["village_survey"]
    assert where(surveys[SURVEY]) == ("exact", SURVEYED)
    assert all(row["place_precision"] != "exact" and row["location"] is None
               for id, row in surveys.items() if id != SURVEY)  # fmt: skip


@SQLITE
def test_names_lie_in_a_lake_for_somebody_who_may_open_them_and_each_is_kept(lake_of):
    people = lake_of("auditor", with_names=True, reason="letters to families")["casualty"]
    named = {id for id, row in people.items() if row["full_name"]}
    assert named and all(people[id]["full_name"].startswith("CANARY") for id in named)
    kept = Opening.objects.filter(account="auditor", reason="letters to families", field="full_name", kind="casualty")
    assert set(kept.values_list("record", flat=True)) == named
    assert all("full_name" not in row for row in lake_of("auditor")["casualty"].values())


@SQLITE
@pytest.mark.parametrize(("who", "why", "code"), [
    (None, "curious", "may-not"), ("operator", "curious", "may-not"), ("auditor", " ", "reason-missing"),
])  # fmt: skip
def test_names_are_refused_to_others_and_without_a_reason(lake_of, who, why, code):
    before = Opening.objects.count()
    with pytest.raises(Problem) as refused:
        lake_of(who, with_names=True, reason=why)
    assert refused.value.code == code and Opening.objects.count() == before
