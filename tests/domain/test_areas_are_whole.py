"""Forms compile and ask for what is required; every kind has a form."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from pyxform.xls2xform import convert

from kambila import domain
from kambila.registry.kinds import kinds as all_kinds
from kambila.registry.kinds import plan_of
from kambila.registry.models import Record, kind_of, stated_fields

AREAS = [path.parent.name for path in sorted(Path(domain.__file__).parent.glob("*/__init__.py"))]
IMPORTED = {"admin_area"}  # it comes with the common operational dataset; nobody reports it


def folder(area: str) -> Path:
    return Path(import_module(f"kambila.domain.{area}").__path__[0])


def kinds(area: str) -> dict[str, type[Record]]:
    return {kind_of(model): model for model in apps.get_app_config(area).get_models() if issubclass(model, Record)}


ROLLED_UP = [(kind, name) for kind in all_kinds() for name in plan_of(kind).rollups]


class Row(dict):
    """A row that has nothing besides the columns that a rule says to read."""

    def get(self, name, default=None):
        return self[name]


FORMS = [(area, path) for area in AREAS for path in sorted(folder(area).glob("forms/*.md"))]


@pytest.fixture(scope="module")
def compiled():
    """Every form of the areas as pyxform compiles it, by area and id."""
    return {
        (area, path.stem): convert(xlsform=path.read_text(), file_type=".md", validate=False) for area, path in FORMS
    }


@pytest.mark.parametrize(("area", "path"), FORMS, ids=[path.stem for _area, path in FORMS])
def test_a_form_compiles_without_a_warning_and_is_called_like_its_file(compiled, area, path):
    result = compiled[area, path.stem]
    assert result.warnings == []
    assert re.search(rf'<data id="{path.stem}" version="20140101\d\d">', result.xform)


@pytest.mark.parametrize(("area", "path"), FORMS, ids=[path.stem for _area, path in FORMS])
def test_a_form_leaves_no_sentence_untranslated(compiled, area, path):
    assert "<value>-</value>" not in compiled[area, path.stem].xform


@pytest.mark.parametrize("area", AREAS)
def test_every_kind_has_a_form_that_creates_it(compiled, area):
    forms = [result.xform for (its_area, _id), result in compiled.items() if its_area == area]
    reported = set(kinds(area)) - IMPORTED
    assert [kind for kind in reported if not any(f'dataset="{kind}"' in form for form in forms)] == []


@pytest.mark.parametrize(("area", "path"), FORMS, ids=[path.stem for _area, path in FORMS])
def test_a_form_asks_for_what_is_required_or_links_it_by_its_place(compiled, area, path):
    form = compiled[area, path.stem].xform
    entities = [each for each in re.findall("<entity [^>]*>", form) if "create" in each or "update" not in each]
    created = [model for kind, model in kinds(area).items() if any(f'dataset="{kind}"' in each for each in entities)]
    for model in created:
        required = {name: field for name, field in stated_fields(model).items() if field.required}
        missing = [name for name in required if f'saveto="{name}"' not in form]
        assert [name for name in missing if getattr(required[name], "related_model", None) not in created] == []


@pytest.mark.parametrize(("kind", "name"), ROLLED_UP)
def test_a_rule_reads_no_other_columns_of_what_it_adds_up_than_it_says(kind, name):
    rule = plan_of(kind).rollups[name].derived
    for source in rule.sources:
        known = plan_of(source.kind)
        assert set(source.reads) <= {"id", *known.stated, *({} if source.kind == kind else known.own_rules)}
    for value in (None, 1):
        rule.rule({}, *([Row(dict.fromkeys(source.reads, value))] for source in rule.sources))
