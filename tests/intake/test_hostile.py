"""Whatever is sent, the door answers with a report or with a sentence, never with a stack trace."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kambila.intake import forms, submissions
from kambila.intake.definition import read
from kambila.intake.xml import parse
from kambila.journal.errors import Problem
from tests.intake.door import ACCIDENT, PERSON, filled, open_door, send

WHOLE = filled(answers=ACCIDENT | {"location": (16.27, -0.04), "casualties": [PERSON, PERSON | {"full_name": "Awa"}]})
PIECES = [b"<", b">", b"</", b"&", b"]]>", b"\0", b"\xff", b"<!DOCTYPE a>", b"<meta>", b"1e999", b"\xc3\xa9", b"  "]
NUMBERS = st.integers(0, len(WHOLE))


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A submission with pieces cut out, doubled and put in."""
    xml = WHOLE
    for _ in range(draw(st.integers(1, 5))):
        start, length = draw(NUMBERS), draw(st.integers(0, 60))
        piece = draw(st.sampled_from([*PIECES, b"", xml[start : start + length] * 2]) | st.binary(max_size=20))
        xml = xml[:start] + piece + xml[start + length :]
    return xml


def take(xml: bytes) -> None:
    """Read as the door does before it writes."""
    root = parse(xml)
    submissions.form_of(root)
    submissions.read(forms.in_box("accident"), root, lambda kind, code: None)


@settings(max_examples=300, deadline=None)
@given(mangled() | st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_but_a_sentence_comes_of_a_mangled_submission(xml):
    with contextlib.suppress(Problem):
        take(xml)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), st.sampled_from(["date", "adm2", "village"])
)
def test_any_answer_at_all_can_be_taken_in(answer, question):
    take(filled(answers=ACCIDENT | {question: answer}))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_nothing_but_a_sentence_comes_of_a_mangled_form(xform):
    with contextlib.suppress(Problem):
        read(xform)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"no xml",
        WHOLE[: len(WHOLE) // 2],
        WHOLE.replace(b"ML07", b"ML\0"),
        WHOLE.replace(b"ML07", b"\xff\xfe"),
        b'<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + WHOLE.partition(b"?>")[2],
        b'<!DOCTYPE data SYSTEM "file:///etc/passwd"><data/>',
        WHOLE.decode().encode("utf-16"),
        b"<a>" * 10_000 + b"</a>" * 10_000,
    ],
    ids=["empty", "text", "cut", "nul", "not-utf8", "entities", "file", "utf-16", "deep"],
)
def test_it_is_refused_with_a_sentence_and_a_remedy(programme, xml):
    open_door()
    with pytest.raises(Problem) as caught:
        send(xml)
    assert caught.value.sentence and caught.value.remedy


def test_an_answer_that_makes_no_sense_is_kept_for_a_person_to_see(programme):
    open_door()
    assert send(filled(answers=ACCIDENT | {"date": "the day before yesterday"})).code
