"""Filling a form as a phone does."""

from __future__ import annotations

import time
import uuid

import pytest

from kambila.intake import submissions
from kambila.intake.definition import read
from kambila.intake.fill import fill
from kambila.intake.xml import child, parse, text
from tests.intake.phone import ACCIDENT, compiled


def test_every_question_is_there_answered_or_empty():
    root = parse(fill(ACCIDENT, {"category": "erw"}))
    what = child(root, "what")
    assert [each.tag for each in what] == [
        "category",
        "date",
        "location",
        "locality",
        "circumstances",
        "anyone",
        "meta",
    ]
    assert text(child(what, "category")) == "erw"
    assert text(child(what, "date")) == ""


def test_a_group_may_be_answered_as_a_mapping():
    nested = fill(ACCIDENT, {"what": {"category": "ied"}}, instance="uuid:a", day="2014-06-20", new_id=lambda: "x")
    assert nested == fill(ACCIDENT, {"category": "ied"}, instance="uuid:a", day="2014-06-20", new_id=lambda: "x")


def test_a_repeat_without_rows_is_not_there():
    assert child(parse(fill(ACCIDENT, {})), "casualties") is None


def test_ids_are_uuids_and_never_the_same():
    ids = {submissions.instance_of(parse(fill(ACCIDENT, {})))[0] for _ in range(10)}
    assert len(ids) == 10 and all(uuid.UUID(each) for each in ids)


def test_positions_lines_and_choices_are_written_as_a_phone_writes_them():
    root = parse(fill(ACCIDENT, {"location": (16.27, -0.04), "locality": ["a", "b"]}))
    assert text(child(child(root, "what"), "location")) == "16.27 -0.04 0 0"
    assert text(child(child(root, "what"), "locality")) == "a b"
    line = parse(fill(ACCIDENT, {"location": [(16, 0), (17, 1)]}))
    assert text(child(child(line, "what"), "location")) == "16 0 0 0;17 1 0 0"


def test_markup_in_an_answer_stays_text():
    root = parse(fill(ACCIDENT, {"locality": "<b>&amp;</b>"}))
    assert text(child(child(root, "what"), "locality")) == "<b>&amp;</b>"


def test_a_name_that_the_form_does_not_have_is_an_error():
    with pytest.raises(ValueError, match="colour"):
        fill(ACCIDENT, {"colour": "red"})
    with pytest.raises(ValueError, match="colour"):
        fill(ACCIDENT, {"casualties": [{"colour": "red"}]})


def test_the_same_words_with_the_same_ids_are_the_same_bytes():
    numbers = iter(range(100))
    again = iter(range(100))
    one = fill(ACCIDENT, {"casualties": [{"age": 3}]}, day="2014-06-20", new_id=lambda: str(next(numbers)))
    two = fill(ACCIDENT, {"casualties": [{"age": 3}]}, day="2014-06-20", new_id=lambda: str(next(again)))
    assert one == two


def test_a_namespace_of_the_instance_is_kept():
    form = read(compiled().replace(b'<data id="accident"', b'<data xmlns="http://example.org/a" id="accident"'))
    root = parse(fill(form, {"category": "erw"}))
    assert root.tag == "{http://example.org/a}data" and submissions.form_of(root) == ("accident", "1")
    assert submissions.read(form, root, lambda kind, code: None).records[0].values == {"category": "mine_erw"}


def test_a_thousand_submissions_take_less_than_a_second():
    fill(ACCIDENT, {})
    start = time.process_time()
    for _ in range(1_000):
        fill(ACCIDENT, {"category": "erw", "casualties": [{"sex": "f", "age": 9}] * 3})
    assert time.process_time() - start < 1
