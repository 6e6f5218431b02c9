"""The format of an entry, which outlives every version: its bytes, and their hash."""

from __future__ import annotations

import hashlib

import rfc8785

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
