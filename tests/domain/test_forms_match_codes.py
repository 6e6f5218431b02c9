"""Every form of every area asks in both languages, and writes only what the kinds hold."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from pyxform.xls2json_backends import md_to_dict
from pyxform.xls2xform import convert

from kambila.registry.fields import Code, Codes, Shape
from kambila.registry.kinds import kinds
from kambila.registry.models import stated_fields

FORMS = sorted(
    path
    for area in settings.AREAS
    if area.startswith("kambila.")
    for path in Path(import_string(f"{area}.codes").__file__).parent.glob("forms/*.md")
)
GEOMETRY = {"geopoint": "Point", "geotrace": "LineString", "geoshape": "Polygon"}
SILENT = {"start", "end", "today", "calculate", "deviceid", "username", "hidden", "audit", "begin", "begin_group"}
SILENT |= {"begin_repeat", "end_group", "end_repeat", "start-geopoint", "background-audio"}
LANGUAGES = ("(en)", "(fr)")
pytestmark = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)


def sheets(path):
    return md_to_dict(path.read_text())


def written(form):
    """(question, kind, field) of every answer that is saved to a record."""
    own = [row["list_name"] for row in form["entities"]]
    for row in form["survey"]:
        if row.get("save_to"):
            kind, found, name = row["save_to"].rpartition("#")
            assert found or len(own) == 1, f"{row['name']} does not say to which of {own} it is saved"
            yield row, kind or own[0], name


def said(row, column, language):
    """The words of a column in a language, whose code stands at the end of the header."""
    return next((value for name, value in row.items() if name.startswith(f"{column}::") and language in name), None)


def test_a_form_compiles_and_is_called_as_its_file(path):
    form = sheets(path)
    assert form["settings"][0]["form_id"] == path.stem
    assert {"version", "form_title", "default_language"} <= set(form["settings"][0])
    assert "<entity" in convert(xlsform=path.read_text(), file_type=".md", validate=False).xform


def test_every_word_of_a_form_is_there_in_both_languages(path):
    form = sheets(path)
    missing = []
    for row in [*form["survey"], *form.get("choices", [])]:
        for column in ("label", "hint", "constraint_message", "required_message"):
            there = [bool(said(row, column, language)) for language in LANGUAGES]
            missing += [(row.get("name"), column)] if any(there) and not all(there) else []
    assert missing == []
    asked = [row for row in form["survey"] if row["type"].split()[0] not in SILENT]
    assert [row["name"] for row in [*asked, *form.get("choices", [])] if not said(row, "label", "(en)")] == []


def test_every_answer_that_is_saved_has_a_field_that_may_be_stated(path):
    unknown = [
        (row["name"], kind, name)
        for row, kind, name in written(sheets(path))
        if kind not in kinds() or name not in stated_fields(kinds()[kind])
    ]
    assert unknown == []


def test_every_choice_is_a_code_of_its_field(path):
    form, wrong = sheets(path), []
    for row, kind, name in written(form):
        field = stated_fields(kinds()[kind])[name]
        if row["type"].startswith("select") and isinstance(field, Code | Codes) and field.codes is not None:
            choices = [each for each in form["choices"] if each["list_name"] == row["type"].split()[1]]
            codes = {each.get("kambila_code") or each["name"] for each in choices}
            wrong += [(row["name"], code) for code in codes - set(field.codes.values)]
    assert wrong == []


def test_a_geometry_is_saved_to_a_field_that_can_hold_it(path):
    wrong = []
    for row, kind, name in written(sheets(path)):
        field = stated_fields(kinds()[kind])[name]
        if row["type"] in GEOMETRY or isinstance(field, Shape) and row["type"] != "calculate":
            fits = isinstance(field, Shape) and GEOMETRY.get(row["type"]) in field.types
            wrong += [] if fits else [(row["name"], row["type"], name)]
    assert wrong == []


def test_what_is_asked_with_several_answers_is_saved_to_a_field_for_several(path):
    wrong = []
    for row, kind, name in written(sheets(path)):
        field = stated_fields(kinds()[kind])[name]
        if row["type"].startswith("select_multiple") and not isinstance(field, Codes):
            wrong.append(row["name"])
    assert wrong == []
