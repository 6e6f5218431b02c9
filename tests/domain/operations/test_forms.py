"""The forms of operations are what a phone and pyxform understand, and write what the kinds hold."""

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

import kambila.domain.operations as area
from kambila.domain.operations import models as operations
from kambila.figures.definitions import all_figures
from kambila.registry.fields import Link
from kambila.registry.models import kind_of, stated_fields

FORMS = sorted(Path(area.__file__).parent.glob("forms/*.md"))
KINDS = {
    kind_of(model): model
    for model in vars(operations).values()
    if isinstance(model, type) and model.__module__ == operations.__name__
}


def made_here(link, form):
    return f'dataset="{kind_of(link.related_model)}"' in form


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_compiles_without_a_warning(path):
    assert convert(xlsform=path.read_text(), file_type=".md", validate=False).warnings == []


def test_every_X_has_a_form_that_creates_it():
    forms = [convert(xlsform=path.read_text(), file_type=".md", validate=False).xform for path in FORMS]
    assert [kind for kind in KINDS if not any(f'dataset="{kind}"' in form for form in forms)] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_everything_that_is_required(path):
    form = convert(xlsform=path.read_text(), file_type=".md", validate=False).xform
    for kind, model in KINDS.items():
        if f'dataset="{kind}"' in form:
            # A record of a repeat is linked to the one around it without being asked.
            around = [f for f in stated_fields(model).values() if isinstance(f, Link) and made_here(f, form)]
            required = [f.name for f in stated_fields(model).values() if f.required and f not in around]
            assert [name for name in required if f'saveto="{name}"' not in form] == []


def test_small_arms_ammunition_never_counts_as_unexploded_ordnance():
    uxo, saa = all_figures()["uxo-destroyed"], all_figures()["saa-destroyed"]
    assert (uxo.where["category"], saa.where["category"]) == ("uxo", "saa")
    assert uxo.where["disposition__in"] == saa.where["disposition__in"] == ("destroyed_in_place", "removed_destroyed")


@pytest.mark.parametrize("id", ["spot-task-response-days", "quality-visits", "non-conformities-open"])
def test_response_times_and_quality_stay_restricted(id):
    assert all_figures()[id].tier == "restricted"


def test_calls_and_found_items_are_danger_from_receipt():
    assert operations.SpotTask.is_danger
    assert operations.OrdnanceItem.is_danger


def test_every_breakdown_and_filter_names_a_field():
    for figure in all_figures().values():
        if figure.kind in KINDS:
            fields = {field.name for field in KINDS[figure.kind]._meta.get_fields()}
            paths = [*figure.by.values(), *figure.where, figure.date or "id"]
            assert [path for path in paths if path.split("__")[0] not in fields] == []
