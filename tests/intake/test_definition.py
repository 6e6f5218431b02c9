"""What is read from an XForm, whoever compiled it."""

from __future__ import annotations

import pytest

from kambila.intake.definition import read
from kambila.journal.errors import Problem
from tests.intake.phone import ACCIDENT, compiled


def test_a_form_says_its_id_version_title_and_languages():
    assert (ACCIDENT.id, ACCIDENT.version, ACCIDENT.title) == ("accident", "1", "Accident")
    assert ACCIDENT.languages == ("en", "fr")


def test_a_title_in_two_languages_is_taken_apart():
    two = compiled().replace(b"<h:title>Accident<", b"<h:title>Accident / Un accident<")
    assert read(two).titles() == {"en": "Accident", "fr": "Un accident"}
    assert ACCIDENT.titles() == {"en": "Accident", "fr": "Accident"}


def test_an_answer_belongs_to_the_entity_of_its_nearest_container():
    saved = {path: (entity.kind, field) for path, (entity, field) in ACCIDENT.saved.items()}
    assert saved["/data/what/location"] == ("incident", "location")
    assert saved["/data/casualties/age"] == ("casualty", "age")
    assert "/data/what/anyone" not in saved


def test_a_choice_carries_its_code_and_its_words_in_each_language():
    choice = ACCIDENT.choices["/data/what/category"]["erw"]
    assert choice.code == "mine_erw"
    assert choice.labels == {"en": "Mine or ERW", "fr": "Mine ou REG"}
    assert ACCIDENT.choices["/data/what/category"]["ied"].code == "ied"


def test_a_question_has_its_words_in_each_language():
    assert ACCIDENT.label("/data/casualties/age", "fr") == "Âge, s'il est connu"
    assert ACCIDENT.label("/data/casualties/age", "ar") == "Age, if known"
    assert ACCIDENT.label("/data/nowhere") == "nowhere"


def test_binds_tell_type_requirement_relevance_and_constraint():
    date, rows = ACCIDENT.binds["/data/what/date"], ACCIDENT.binds["/data/casualties"]
    assert (date.type, date.required, date.constraint) == ("date", True, ". <= today()")
    assert "/data/what/anyone" in rows.relevant
    assert ACCIDENT.repeats == {"/data/casualties"}


def test_a_form_with_choices_in_its_body_is_read_too():
    items = b"<item><label>Yes</label><value>yes</value></item>"
    old = compiled().replace(
        b"</h:body>", b'<select1 ref="/data/old"><label>Old</label>' + items + b"</select1></h:body>"
    )
    assert read(old).choices["/data/old"]["yes"].labels == {"": "Yes"}


def test_a_newer_specification_of_entities_is_refused_with_a_sentence():
    newer = compiled().replace(b'entities-version="2025.1.0"', b'entities-version="2031.1.0"')
    with pytest.raises(Problem) as caught:
        read(newer)
    assert caught.value.code == "entities-version" and "2031.1.0" in caught.value.sentence


@pytest.mark.parametrize("content", [b"<a/>", b"<h:html xmlns:h='x'><h:head/><h:body/></h:html>"])
def test_what_is_no_form_is_refused(content):
    with pytest.raises(Problem) as caught:
        read(content)
    assert caught.value.code == "not-a-form"
