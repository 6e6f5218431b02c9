"""Every form in the box, answered whole: all of it is understood by the fields that it is saved to."""

from __future__ import annotations

from typing import Any

import pytest

from kambila.intake import forms, submissions
from kambila.intake.definition import Definition
from kambila.intake.fill import fill
from kambila.intake.xml import parse
from kambila.registry.kinds import plan_of

YEARS = "2013"
KNOWN = "0190a000-0000-7000-8000-000000000001"
BY_TYPE: dict[str, Any] = {
    "int": 3,
    "decimal": "2.5",
    "date": "2014-06-18",
    "dateTime": "2014-06-18T10:00:00.000Z",
    "time": "10:00:00.000Z",
    "geopoint": (16.27, -0.04),
    "geotrace": [(16.2, -0.1), (16.3, -0.2)],
    "geoshape": [(16.2, -0.1), (16.3, -0.1), (16.3, -0.2), (16.2, -0.1)],
    "binary": "photo.jpg",
    "string": "ML",
}
pytestmark = pytest.mark.parametrize("name", sorted(forms.box()))


def answers(form: Definition, row: str = "") -> dict[str, Any]:
    """Something for every question of the form, or of one row of a repeat: the first choice, one row of each repeat."""
    row, found = row or f"/{form.root}", {}
    for path in form.order:
        name, bind = path.rpartition("/")[2], form.binds.get(path)
        if _row_around(form, path) != row:
            continue
        if path in form.repeats:
            found[name] = [answers(form, path)]
        elif bind is not None and not bind.calculate and not bind.preload:
            written = YEARS if bind.type == "string" and "{4}" in bind.constraint else BY_TYPE.get(bind.type, "ML")
            found[name] = next(iter(form.choices.get(path, ())), written)
    return found


def _row_around(form: Definition, path: str) -> str:
    around = (each for each in form.repeats if path.startswith(f"{each}/"))
    return max(around, key=len, default=f"/{form.root}")


def said_by(form: Definition) -> submissions.Submission:
    xml = fill(form, answers(form))
    return submissions.read(form, parse(xml), lambda kind, code: KNOWN)


def test_it_writes_only_what_may_be_stated(name):
    forms.must_fit(forms.in_box(name))


def test_every_answer_is_understood_by_its_field(name):
    unread = []
    for said in said_by(forms.in_box(name)).records:
        for field, value in said.values.items():
            try:
                _ = value is None or plan_of(said.kind).stated[field].read(value)
            except ValueError as error:
                unread.append((said.kind, field, value, str(error)))
    assert unread == []


def test_every_question_that_is_saved_reaches_its_record(name):
    form = forms.in_box(name)
    reached = {(said.kind, f) for said in said_by(form).records for f in (*said.values, *said.opened, *said.files)}
    expected = {(entity.kind, field) for path, (entity, field) in form.saved.items() if not form.binds[path].calculate}
    assert expected - reached == set()


def test_every_choice_is_a_code_that_its_field_knows(name):
    form, strange = forms.in_box(name), []
    for path, (entity, field) in form.saved.items():
        codes = getattr(plan_of(entity.kind).stated[field], "codes", None)
        choices = form.choices.get(path, {}).values() if codes is not None else ()
        strange += [(field, each.code) for each in choices if each.code not in [*codes.values, "unknown"]]
    assert strange == []


def test_it_speaks_english_and_french(name):
    form = forms.in_box(name)
    assert set(form.languages) == {"en", "fr"}
    assert [path for path, words in form.labels.items() if set(words) != {"en", "fr"}] == []
