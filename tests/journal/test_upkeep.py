"""What the server does for the journal in the background."""

from __future__ import annotations

import pytest

from kambila.journal import Draft, Part, append, heads, parts, upkeep
from kambila.journal.directory import Directory


def write(number: int, **sealed: Part) -> None:
    append([Draft("setting", "somebody", {"number": number}, sealed)])


def test_what_was_written_last_is_signed_in_the_silence_after_it(programme: Directory) -> None:
    write(1)
    write(2)
    signed = upkeep.sign_what_is_new()
    assert signed is not None
    assert [signed.seq, signed.hash] == heads.head()[programme.node.id]


def test_a_head_is_signed_once(programme: Directory) -> None:
    write(1)
    write(2)
    upkeep.sign_what_is_new()
    assert upkeep.sign_what_is_new() is None


def test_an_altered_file_is_logged_and_the_round_begins_anew(
    programme: Directory, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(3):
        write(number, photo=Part("image/jpeg", bytes([number]) * (parts.ROW_LIMIT + 1)))
    file = next(path for path in programme.sealed.rglob("*") if path.is_file())
    file.write_bytes(b"altered")
    after = upkeep.scrub("", files=2)
    assert after != ""
    assert upkeep.scrub(after, files=2) == ""
    assert [record.args for record in caplog.records] == [(file.name,)]
