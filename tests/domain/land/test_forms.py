"""The forms of land are what a phone and pyxform understand, and write what the kinds hold."""

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

import kambila.domain.land as area
from kambila.domain.land import models as land
from kambila.figures.definitions import all_figures
from kambila.registry.kinds import kinds
from kambila.registry.models import stated_fields

FORMS = sorted(Path(area.__file__).parent.glob("forms/*.md"))
KINDS = {kind: model for kind, model in kinds().items() if model.__module__ == land.__name__}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_compiles_without_a_warning(path):
    assert convert(xlsform=path.read_text(), file_type=".md", validate=False).warnings == []


def test_every_kind_of_land_has_a_form_that_creates_it():
    forms = [convert(xlsform=path.read_text(), file_type=".md", validate=False).xform for path in FORMS]
    assert [kind for kind in KINDS if not any(f'dataset="{kind}"' in form for form in forms)] == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_asks_for_everything_that_is_required(path):
    form = convert(xlsform=path.read_text(), file_type=".md", validate=False).xform
    for kind, model in KINDS.items():
        if f'dataset="{kind}"' in form:
            required = [name for name, field in stated_fields(model).items() if field.required]
            assert [name for name in required if f'saveto="{name}"' not in form] == []


def test_a_village_that_is_surveyed_twice_counts_once():
    figure = all_figures()["villages-surveyed"]
    assert (figure.measure.distinct, figure.since, figure.tier) == ("village", "2013-01-01", "public")


@pytest.mark.parametrize("id", ["hazardous-areas", "hazardous-areas-open", "hazardous-m2-remaining"])
def test_numbers_of_hazardous_areas_do_not_leave_the_house(id):
    assert all_figures()[id].tier != "public"


def test_only_land_that_was_released_is_public():
    public = [kind for kind, model in KINDS.items() if model.default_tier == "public"]
    assert public == ["land_release_product"]
    assert stated_fields(land.LandReleaseProduct)["area"].tier == "restricted"
