"""Forms in the journal: published once, read for ever with the version that was answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kambila.intake import forms
from kambila.journal import append, exchange, projections, read_part
from kambila.journal.entry import Draft, Part
from kambila.journal.errors import Problem
from kambila.journal.parts import named
from tests.intake.door import filled, open_door, send

HERE = Path(__file__).parent / "forms"
SMALL = """
| survey |
| | type | name | label | save_to |
| | text | title | Name | {save_to} |
| entities |
| | list_name | label |
| | {kind} | ${{title}} |
| settings |
| | form_id | version |
| | small | {version} |
"""


def small(save_to: str = "title", kind: str = "village", version: str = "1", label: str = "Name") -> dict[bytes, bytes]:
    source = SMALL.format(save_to=save_to, kind=kind, version=version).replace("Name", label)
    return {forms.compile_form(source): source.encode()}


def test_every_form_of_the_box_is_published_once(programme):
    assert len(forms.publish_forms("ana")) == len(forms.box()) > 30
    assert forms.publish_forms("ana") == []
    assert {each.form for each in forms.published()} == {path.stem for path in forms.box().values()}


def test_the_entry_carries_the_compiled_form_and_its_source(programme):
    entry = forms.publish(small(), "ana")[0]
    assert entry.body == {"form": "small", "version": "1", "verb": "publish"}
    assert read_part(named(entry.sealed, "xform")) == next(iter(small()))
    assert read_part(named(entry.sealed, "xlsform")) == next(iter(small().values()))


def test_a_changed_form_needs_another_version(programme):
    forms.publish(small(), "ana")
    with pytest.raises(Problem) as caught:
        forms.publish(small(label="Its name"), "ana")
    assert caught.value.code == "form-changed"
    assert forms.publish(small(label="Its name", version="2"), "ana")


def test_an_old_version_is_read_with_the_old_definition(programme):
    forms.publish(small(), "ana")
    forms.publish(small(save_to="alternative_names", version="2"), "ana")
    assert [forms.definition_of("small", each).saved["/data/title"][1] for each in ("1", "2")] == [
        "title",
        "alternative_names",
    ]


def test_a_retired_version_is_offered_no_longer_but_still_read(programme):
    open_door()
    xml = filled("village", {"title": "Tin Essako", "adm1": "ML08"})
    forms.retire("village", "2014010100", "ana")
    assert [each.retired for each in forms.published() if each.form == "village"] == [True]
    assert send(xml).code
    forms.publish_forms("ana")
    assert [each.retired for each in forms.published() if each.form == "village"] == [False]


def test_what_was_published_follows_from_the_journal(programme):
    forms.publish(small(), "ana")
    forms.retire("small", "1", "ana")
    before = forms.published()
    projections.rebuild()
    assert forms.published() == before


def test_a_form_from_another_node_that_was_published_first_stands(programme):
    first = append([_word(next(iter(small())))])[0]
    append([_word(next(iter(small(label="Another"))))])
    assert [each.entry for each in forms.published()] == [first.id]


def _word(xform: bytes) -> Draft:
    body = {"form": "small", "version": "1", "verb": "publish"}
    return Draft("form", "ana", body, {"xform": Part("application/xml", xform)})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"kind": "moon"}, "form-unknown-kind"),
        ({"save_to": "colour"}, "form-unknown-field"),
        ({"save_to": "search_key"}, "form-derived-field"),
    ],
)
def test_a_form_that_saves_where_nothing_may_be_stated_is_refused(programme, wrong, code):
    with pytest.raises(Problem) as caught:
        forms.publish(small(**wrong), "ana")
    assert caught.value.code == code and "small" in str(caught.value)
    assert forms.published() == []


def test_a_form_that_does_not_compile_is_refused_with_the_row():
    with pytest.raises(Problem) as caught:
        forms.compile_form(SMALL.format(save_to="title", kind="village", version="1").replace("text", "txet"), "small")
    assert caught.value.code == "form-does-not-compile" and "txet" in str(caught.value)


def test_a_compiled_form_is_found_in_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = SMALL.format(save_to="title", kind="village", version="77")
    compiled = forms.compile_form(source)
    assert [path.read_bytes() for path in tmp_path.rglob("*.xml")] == [compiled]
    forms._compile.cache_clear()
    monkeypatch.setattr(forms, "convert", None)
    assert forms.compile_form(source) == compiled


def test_a_form_with_a_document_type_is_refused():
    with pytest.raises(Problem) as caught:
        forms.definition_in(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert caught.value.code == "xml-forbidden"


def test_the_form_of_the_tests_can_be_published_too(programme):
    source = (HERE / "accident.md").read_text()
    assert forms.publish({forms.compile_form(source): b""}, "ana")[0].body["form"] == "accident"


def test_a_form_that_another_office_published_can_be_read_here(new_programme, reopen):
    gao = new_programme("Gao", "GAO")
    new_programme("Bamako", "BKO")
    forms.publish(small(), "ana")
    exchange.export(gao.path / "from-bamako", {})  # without any sealed part but forms
    reopen(gao)
    exchange.bring_in(gao.path / "from-bamako")
    assert forms.definition_of("small", "1").id == "small"
    assert forms.publish(small(), "omar") == []
