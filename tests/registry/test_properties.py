"""What must hold of the fold for every history: order, batches, withdrawal, resolution, blind acceptance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kambila.journal.entry import Entry
from kambila.registry import kinds, tables
from kambila.registry.history import shown
from kambila.registry.models import Change, Conflict, Decision, Report
from kambila.registry.projection import Registry
from tests.registry.worlds import FIELDS, RECORDS, World, batchings, histories

pytestmark = pytest.mark.usefixtures("programme")
thorough = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MODELS = [*map(kinds.model_of, RECORDS)]


def empty() -> None:
    """Empty the derived tables; building them anew for every history would take too long."""
    with connection.cursor() as cursor:
        for model in [m for m in tables.derived_models() if m in MODELS or m.__module__ == "kambila.registry.models"]:
            if model._meta.db_table != "registry_built":
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def fold(*batches: list[Entry]) -> dict[str, Any]:
    """The registry that these batches give, but for what depends on when it was written here."""
    with transaction.atomic():
        empty()
        registry = Registry()
        for number, batch in enumerate(filter(None, batches), 1):
            registry.apply([*batch[:-1], replace(batch[-1], arrival=number)])
    return state()


def state() -> dict[str, Any]:
    found: dict[str, Any] = records()
    found["conflicts"] = sorted(Conflict.objects.values_list("kind", "record", "field", "sides"))
    found["reports"] = sorted(Report.objects.values_list("id", "status", "counts", "decision"))
    found["decisions"] = sorted(Decision.objects.values_list("id", "effective", "waits"))
    found["changes"] = sorted(Change.objects.values_list("entry", "index", "counts", "first", "last", "seen"))
    return found


def records() -> dict[str, Any]:
    return {
        model._meta.db_table: [
            {k: v for k, v in row.items() if k != "revision"} for row in model.objects.order_by("id").values()
        ]
        for model in MODELS
    }


def after(entries: list[Entry], kind: str, author: str, body: dict[str, Any]) -> list[Entry]:
    """The entries and one more, by a node that knows them all."""
    world = World(None)
    world.held[2] = list(entries)
    world.numbers = iter([900 + len(entries)])  # type: ignore[assignment]
    return [*entries, world.write(2, kind, author, body)]


@thorough
@given(st.data())
def test_14_any_order_and_any_batching_give_the_same_registry(data: st.DataObject) -> None:
    entries = data.draw(histories())
    whole = fold(entries)
    assert fold(*data.draw(batchings(entries))) == whole


@thorough
@given(histories(), st.data())
def test_withdrawn_is_as_if_never_accepted(entries: list[Entry], data: st.DataObject) -> None:
    fold(entries)
    reports = list(
        Report.objects.filter(status="accepted", is_guarded=False, is_danger=False).values_list("id", flat=True)
    )
    if not reports:
        return
    report = data.draw(st.sampled_from(sorted(reports)))
    fold(after(entries, "decision", "fanta", {"verb": "withdraw", "report": report}))
    withdrawn = records()
    fold([e for e in entries if not (e.kind == "decision" and e.body.get("report") == report)])
    assert records() == withdrawn


@thorough
@given(histories(), st.data())
def test_withdrawn_and_accepted_again_changes_no_record(entries: list[Entry], data: st.DataObject) -> None:
    fold(entries)
    before = records()
    reports = list(Report.objects.filter(status="accepted", is_guarded=False, is_danger=False))
    if not reports:
        return
    report = data.draw(st.sampled_from(sorted(reports, key=lambda each: each.id)))
    accepted = next(e for e in entries if e.id == report.decision)
    entries = after(entries, "decision", "fanta", {"verb": "withdraw", "report": report.id})
    fold(after(entries, "decision", "fanta", accepted.body))
    later_clock = {row["id"] for rows in records().values() for row in rows} == {
        row["id"] for rows in before.values() for row in rows
    }
    assert records() == before or not later_clock


@thorough
@given(histories())
def test_one_report_counts_for_each_tree_of_edits(entries: list[Entry]) -> None:
    fold(entries)
    edits = {report.id: report.edits for report in Report.objects.all()}
    place = {entry.id: entry.order for entry in entries}

    def root(report: str) -> str:
        while edits[report] and place[edits[report]] < place[report]:
            report = edits[report]
        return report

    counting = [root(each) for each in Report.objects.filter(counts=True).values_list("id", flat=True)]
    assert len(counting) == len(set(counting))


@thorough
@given(histories(), st.data())
def test_resolving_closes_what_it_names(entries: list[Entry], data: st.DataObject) -> None:
    fold(entries)
    open_conflicts = list(Conflict.objects.exclude(kind="report").exclude(kind="hazardous_area"))
    if not open_conflicts:
        return
    conflict = data.draw(st.sampled_from(sorted(open_conflicts, key=lambda each: (each.record, each.field))))
    refs = shown(conflict.kind, conflict.record)[conflict.field]
    chosen = data.draw(st.sampled_from(sorted(refs)))
    body = {"verb": "resolve", "kind": conflict.kind, "record": conflict.record, "field": conflict.field}
    fold(after(entries, "decision", "fanta", body | {"chosen": chosen, "overruled": [r for r in refs if r != chosen]}))
    assert not Conflict.objects.filter(record=conflict.record, field=conflict.field).exists()


@thorough
@given(histories(), st.data())
def test_blind_acceptance_never_makes_anything_safer(entries: list[Entry], data: st.DataObject) -> None:
    kind, name = data.draw(st.sampled_from([("accessibility", "status"), ("hazardous_area", "classification")]))
    model, record = kinds.model_of(kind), data.draw(st.sampled_from(RECORDS[kind]))
    fold(entries)
    before = model.objects.filter(pk=record).values_list(name, flat=True).first()
    existed = model.objects.filter(pk=record).exists()
    values = {name: data.draw(st.sampled_from(FIELDS[kind][name]))}
    body = {"date": "2014-06-25", "reporter": "team", "changes": [{"kind": kind, "id": record, "values": values}]}
    entries = after(entries, "report", "team", body)
    fold(after(entries, "decision", "fanta", {"verb": "accept", "report": entries[-1].id}))
    rank = kinds.plan_of(kind).stated[name].rank
    now = model.objects.filter(pk=record).values_list(name, flat=True).first()
    assert not existed or rank(now) >= rank(before)
