"""What comes from another office is let in only as a whole entry, of another node, with parts that entries name."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from kambila.journal import Draft, Entry, append, exchange, heads, nodes, projections
from kambila.journal.directory import Directory
from kambila.journal.errors import Problem

Reopen = Callable[[Directory], Directory]
STRANGER = "00000000-0000-7000-8000-00000000aaaa"


def foreign(**other: Any) -> Entry:
    """The first entry of a node that nobody knows."""
    said: dict[str, Any] = {
        "id": "00000000-0000-7000-8000-00000000bbbb",
        "node": STRANGER,
        "seq": 1,
        "tick": 1,
        "kind": "setting",
        "schema": 1,
        "recorded": "2014-07-01T12:00:00.000000Z",
        "author": "x",
        "body_text": '{"a":1}',
        "sealed_text": "[]",
        "prev": "",
        "hash": "",
    }
    entry = Entry(**said | other)
    return replace(entry, hash=entry.computed_hash())


def a_file(path: Path, *entries: Entry, parts: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        lines = [json.dumps([getattr(each, name) for name in exchange.NAMES]) for each in entries]
        file.writestr("entries.jsonl", "\n".join(lines))
        for commitment, content in (parts or {}).items():
            file.writestr(f"parts/{commitment}", content)
        file.writestr("manifest.json", json.dumps({"format": exchange.FORMAT, "since": {}, "head": {}}))
    return path


def test_an_entry_of_a_stranger_is_taken_in(programme: Directory, tmp_path: Path) -> None:
    assert exchange.bring_in(a_file(tmp_path / "file", foreign())).entries == {"setting": 1}


@pytest.mark.parametrize(
    "other",
    [
        {"tick": 2**62},
        {"tick": 0},
        {"tick": 10_000_000},
        {"seq": "1"},
        {"kind": 'x","y":"'},
        {"recorded": "2014-02-31T12:00:00.000000Z"},
        {"author": "x" * 101},
        {"author": "a\0b"},
        {"id": "x"},
        {"node": "A" * 36},
        {"body_text": '{"a": 1}'},
        {"body_text": '{"a":1.0}'},
        {"body_text": '{"a":1,"a":2}'},
        {"body_text": '{"\\u0061":1}'},
        {"body_text": "[]"},
        {"body_text": "{"},
        {"sealed_text": "{}"},
        {"sealed_text": '[{"name":"x"}]'},
        {"schema": 0},
    ],
    ids=str,
)
def test_what_is_no_whole_entry_is_refused_with_a_sentence(
    programme: Directory, tmp_path: Path, other: dict[str, Any]
) -> None:
    with pytest.raises(Problem) as caught:
        exchange.bring_in(a_file(tmp_path / "file", foreign(**other)))
    assert caught.value.code == "foreign-entry"
    append([Draft("setting", "somebody", {"number": 1})])


def test_an_id_that_another_entry_bears_is_refused(programme: Directory, tmp_path: Path) -> None:
    own = append([Draft("setting", "somebody", {"number": 1})])[0]
    with pytest.raises(Problem):
        exchange.bring_in(a_file(tmp_path / "file", foreign(id=own.id)))


def test_nobody_else_writes_for_this_node(programme: Directory, tmp_path: Path) -> None:
    own = append([Draft("setting", "somebody", {"number": 1})])[0]
    forged = foreign(node=own.node, seq=2, tick=2, prev=own.hash, recorded=own.recorded)
    with pytest.raises(Problem):
        exchange.bring_in(a_file(tmp_path / "file", forged))
    assert len([each for batch in projections.read_since(0) for each in batch]) == 1


def test_a_part_that_no_entry_names_is_left_out(programme: Directory, tmp_path: Path) -> None:
    content = b"s" * 32 + b"a name that no erasure could reach"
    commitment = hashlib.sha256(content).hexdigest()
    brought = exchange.bring_in(a_file(tmp_path / "file", foreign(), parts={commitment: content}))
    assert brought.parts == 0


def test_what_is_written_inside_a_transaction_that_is_taken_back_takes_nobody_elses_along(programme: Directory) -> None:
    import threading

    from django.db import connection

    from kambila.journal import writer

    told: list[Entry] = []

    def write() -> None:
        told.extend(append([Draft("setting", "other", {"number": 2})]))
        connection.close()

    thread = threading.Thread(target=write)
    with writer.turn:
        thread.start()
        while not writer._waiting:
            pass
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            append([Draft("setting", "somebody", {"number": 1})])
            1 / 0  # noqa: B018
    thread.join()
    held = [each.id for batch in projections.read_since(0) for each in batch]
    assert [each.id for each in told] == held


def test_a_line_that_a_crash_cut_off_does_not_spoil_the_next_signed_head(programme: Directory) -> None:
    append([Draft("setting", "somebody", {"number": 1})])
    before = len(heads.signed_heads())
    with programme.heads_log.open("a") as log:
        log.write('{"at":"2014')
    signed = heads.sign()
    assert heads.signed_heads()[before:] == [signed]


def test_a_node_cannot_give_itself_another_key(programme: Directory) -> None:
    nodes.introduce()
    key = nodes.known_nodes()[programme.node.id].key
    append([Draft("node", "", {"title": "x", "prefix": "X", "key": "00"})])
    assert nodes.known_nodes()[programme.node.id].key == key


def test_what_a_continued_node_wrote_afterwards_is_known_when_it_was_received(programme: Directory) -> None:
    old = append([Draft("setting", "somebody", {"number": 1})])[0]
    head = {"node": STRANGER, "head": [7, ""]}
    append([Draft("node", "", {"title": "x", "prefix": "X", "key": "00", "continues": head})])
    assert nodes.own_nodes(old.node)[STRANGER] == 7


def test_a_node_entry_without_its_parts_stops_no_verification(programme: Directory) -> None:
    append([Draft("node", "", {"continues": 7})])
    assert nodes.known_nodes()[programme.node.id].continues == ""
