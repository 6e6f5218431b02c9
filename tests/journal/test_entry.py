"""The format of an entry, which outlives every version: its bytes, and their hash."""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from kambila.journal import Draft, Part, append
from kambila.journal.directory import Directory
from kambila.journal.entry import Entry, canonical

EXAMPLE = Entry(
    id="0190163d-8694-739b-aea5-966c26f8ad91",
    node="0190163d-8694-7000-8000-000000000001",
    seq=2,
    tick=7,
    kind="report",
    schema=1,
    recorded="2014-06-29T10:11:12.123456Z",
    author="aïssata",
    body_text=canonical({"form": "accident", "changes": [], "date": "2014-06"}),
    sealed_text="[]",
    prev="0" * 64,
    hash="",
)


def test_the_hash_of_an_entry_is_for_ever_the_same() -> None:
    written = (
        '{"author":"aïssata","body":{"changes":[],"date":"2014-06","form":"accident"},'
        '"id":"0190163d-8694-739b-aea5-966c26f8ad91","kind":"report","node":"0190163d-8694-7000-8000-000000000001",'
        f'"prev":"{"0" * 64}","recorded":"2014-06-29T10:11:12.123456Z","schema":1,"sealed":[],"seq":2,"tick":7}}'
    )
    assert EXAMPLE.computed_hash() == hashlib.sha256(written.encode()).hexdigest()


def test_any_program_that_knows_canonical_json_gets_the_same_hash(programme: Directory) -> None:
    entry = append([Draft("setting", 'somebody "else"', {"é": [1, None]}, {"a": Part("text/plain", b"x")})])[0]
    said = {name: getattr(entry, name) for name in ("id", "node", "seq", "tick", "kind", "schema", "recorded")}
    said |= {"author": entry.author, "body": entry.body, "sealed": entry.sealed, "prev": entry.prev}
    assert entry.hash == hashlib.sha256(rfc8785.dumps(said)).hexdigest()


def test_a_commitment_is_of_the_random_bytes_and_the_content(programme: Directory) -> None:
    from kambila.journal.parts import held_part

    entry = append([Draft("setting", "somebody", {}, {"a": Part("text/plain", b"x")})])[0]
    held = held_part(entry.sealed[0]["commitment"])
    assert held is not None and len(held.salt) == 32
    assert hashlib.sha256(held.salt + b"x").hexdigest() == entry.sealed[0]["commitment"]


NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | NUMBERS | st.text()
JSON = st.recursive(PLAIN, lambda each: st.lists(each) | st.dictionaries(st.text(), each))


@given(JSON)
@example({"\ufffd": 1, "\U0001f600": 2})  # the order of keys by UTF-8 is another
@example([1.0, -0.0, 1e-5, 9.9e-6, 1e-7, 1e16, 1e21, 5e-324, 2.0**53, -17.13579, 1.7976931348623157e308])
@example("".join(map(chr, range(0x100))) + "\u2028\u2029\ufeff\uffff\U0010ffff")
@example({"b": (1, 2), "a": {"": [{}, []]}})
def test_whatever_json_can_say_is_written_as_rfc_8785_lays_down(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value).decode()


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, 2**53, -(2**53), "\ud800", {"\ud800": 1}, {1: 2}, {"a": {1: 2}}, b"x", {1}, uuid.UUID(int=7)],
    ids=repr,
)
@pytest.mark.parametrize("within", [lambda value: value, lambda value: {"a": [value]}], ids=["bare", "within"])
def test_what_json_cannot_say_has_no_canonical_text(value: Any, within: Callable[[Any], Any]) -> None:
    with pytest.raises(ValueError):
        canonical(within(value))


def test_text_nested_more_deeply_than_the_quick_way_goes_is_the_same_text() -> None:
    deep: Any = []
    for _ in range(400):
        deep = [deep]
    assert canonical(deep) == rfc8785.dumps(deep).decode()
