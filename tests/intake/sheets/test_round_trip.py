"""Export, then import into an empty programme: the same registry, for every kind, in every format."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from kambila.accounts.models import Opening
from kambila.intake.sheets import own, profiles
from kambila.intake.sheets.exporting import export
from kambila.intake.sheets.importing import import_file
from kambila.intake.sheets.rows import Acceptance
from kambila.registry.fields import Attachment
from kambila.registry.kinds import kinds, model_of, plan_of
from kambila.registry.openness import unseal
from tests.intake.people import programme_people
from tests.intake.sheets.records import made_up
from tests.registry.telling import accept, at, change, report

OTHERS = (".xlsx", ".geojson", ".gpkg")
WHY = "The whole register goes to the other office."
NOT_CARRIED = {"last_entry", "revision"}
PARENT = str(uuid.UUID(int=7))
NEEDS = {"land_release_product": ("area", "hazardous_area")}  # what no report of the kind may do without


def told(kind: str, number: int = 2) -> None:
    """Some records of a kind, accepted."""
    if kind in NEEDS:
        accept(report(change(PARENT, {"classification": "cha", "devices": ["uxo"]}, NEEDS[kind][1]), date="2014-01-01"))
    for seed in range(number):
        fixed = (NEEDS[kind][0], PARENT) if kind in NEEDS else ()
        id, values = str(uuid.UUID(int=1000 + seed)), made_up(kind, seed, *fixed)
        sealed = {name: value for name, value in values.items() if plan_of(kind).stated[name].sealed}
        said = change(id, {n: v for n, v in values.items() if n not in sealed} | {"code": f"X-{seed:03}"}, kind)
        accept(report(said, date="2014-06-19", by="ana", **({"names": {0: sealed}} if sealed else {}), office="GAO"))


def registry(kind: str) -> list[dict[str, Any]]:
    """Every row of a kind, with sealed texts opened: what is compared."""
    model, plan, rows = model_of(kind), plan_of(kind), []
    for record in model.objects.order_by("id"):
        row = {each.attname: getattr(record, each.attname) for each in model._meta.concrete_fields}
        for name, field in plan.stated.items():
            if field.sealed:
                hidden = field.personal or isinstance(field, Attachment)
                row[name] = None if hidden else unseal(row[name], name)
        rows.append({k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items() if k not in NOT_CARRIED})
    return rows


def carried(kind: str, path: Path, new_programme: Any) -> list[dict[str, Any]]:
    new_programme("Gao", "GAO")
    programme_people()
    if kind in NEEDS:
        accept(report(change(PARENT, {"classification": "cha", "devices": ["uxo"]}, NEEDS[kind][1]), date="2014-01-01"))
    outcome = import_file(path, profiles.find("kambila-" + kind.replace("_", "-")), "ana", Acceptance("ours", "ours"))
    assert not list(outcome.bad)
    return registry(kind)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_what_was_exported_comes_in_as_it_was(kind, new_programme, tmp_path):
    at("2014-07-01")
    new_programme()
    programme_people()
    told(kind)
    endings = (".csv", OTHERS[sorted(kinds()).index(kind) % 3])
    for ending in endings:
        assert export(kind, tmp_path / f"a{ending}", "ana", WHY) == 2
    before = registry(kind)
    assert len(before) == 2
    for ending in endings:
        assert carried(kind, tmp_path / f"a{ending}", new_programme) == before


@pytest.mark.parametrize("ending", [".csv", *OTHERS])
@pytest.mark.parametrize("kind", ["hazardous_area", "incident"])
def test_in_every_format(kind, ending, new_programme, tmp_path):
    at("2014-07-01")
    new_programme()
    programme_people()
    told(kind, 4)
    export(kind, tmp_path / f"a{ending}", "ana", WHY)
    before = registry(kind)
    assert carried(kind, tmp_path / f"a{ending}", new_programme) == before


def test_no_column_identifies_a_person():
    for kind in kinds():
        assert not [name for name, field in own.exported(kind).items() if field.personal]


def test_free_texts_leave_only_with_a_reason_which_is_kept(new_programme, tmp_path):
    at("2014-07-01")
    new_programme()
    programme_people()
    told("non_conformity", 1)
    export("non_conformity", tmp_path / "a.csv", "ana")
    assert "a story" not in (tmp_path / "a.csv").read_text() and not Opening.objects.exists()
    export("non_conformity", tmp_path / "a.csv", "ana", WHY)
    assert "a story" in (tmp_path / "a.csv").read_text()
    assert set(Opening.objects.values_list("account", "reason")) == {("ana", WHY)}
