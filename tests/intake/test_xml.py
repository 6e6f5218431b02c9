"""XML from outside: what is refused, always with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kambila.intake import submissions
from kambila.intake.fill import fill
from kambila.intake.xml import ATTRIBUTES, DEPTH, ELEMENTS, LIMIT, parse
from kambila.journal.errors import Problem
from tests.intake.phone import ACCIDENT

BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
GOOD = fill(
    ACCIDENT, {"category": "erw", "date": "2014-06-20", "anyone": "yes", "casualties": [{"sex": "f", "age": 9}]}
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-xml"),
        (GOOD[:-20], "not-xml"),
        (GOOD.replace(b"erw", b"e\0w"), "not-xml"),
        (GOOD.replace(b"erw", b"e\xffw"), "not-xml"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "not-xml"),
        (BOMB, "xml-forbidden"),
        (FILE, "xml-forbidden"),
        (b"<!DOCTYPE a><a/>", "xml-forbidden"),
        (b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1), "too-deep"),
        (b"<a>" * 10_000 + b"</a>" * 10_000, "too-deep"),
        (b"<a>" * 100_000 + b"</a>" * 100_000, "too-many-elements"),
        (b"<a " + b" ".join(b'a%d="1"' % each for each in range(ATTRIBUTES + 1)) + b"/>", "too-many-elements"),
        (b"<a>" + b"<b/>" * (2 * ELEMENTS) + b"</a>", "too-many-elements"),
        (b"<a>" + b"<b/>" * ELEMENTS + b"</a>", "too-many-elements"),
        (GOOD.decode().encode("utf-16"), "not-xml"),
        (b'<?xml version="1.0" encoding="cp037"?>' + BOMB.decode().encode("cp037"), "not-xml"),
        (b'<?xml version="1.0" encoding="utf-7"?>' + BOMB.replace(b"<", b"+ADw-"), "not-xml"),
        (b"<a>" + b" " * LIMIT + b"</a>", "too-large"),
    ],
)
def test_what_is_not_sound_is_refused(content, code):
    with pytest.raises(Problem) as caught:
        parse(content)
    assert caught.value.code == code and caught.value.sentence


def test_a_document_type_that_is_spoken_of_in_an_answer_is_none():
    assert parse(b"<a><![CDATA[<!DOCTYPE html>]]></a>").text == "<!DOCTYPE html>"


def read(content):
    return submissions.read(ACCIDENT, parse(content), lambda kind, code: None)


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_refused_with_a_sentence(content):
    try:
        read(content)
    except Problem as problem:
        assert problem.sentence


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=0, max_size=4), st.integers(0, 6))
def test_a_damaged_submission_is_read_or_refused_with_a_sentence(at, inserted, removed):
    try:
        read(GOOD[:at] + inserted + GOOD[at + removed :])
    except Problem as problem:
        assert problem.sentence


@given(st.dictionaries(st.sampled_from(["category", "date", "location", "locality", "circumstances"]), st.text()))
def test_whatever_is_answered_is_stated_or_refused_with_a_sentence(answers):
    try:
        read(fill(ACCIDENT, answers))
    except Problem as problem:
        assert problem.sentence
