"""Verification finds and names what was altered, by somebody who can go round the triggers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection

from kambila.journal import Draft, Part, append, directory, heads, parts, projections, verify
from kambila.journal.directory import Directory
from kambila.journal.entry import canonical

TRIGGERS = ("entry_no_update", "entry_no_delete", "entry_no_replace", "part_no_update", "part_no_delete")


@pytest.fixture
def history(programme: Directory) -> Directory:
    """Six entries, the last one with parts; the head is signed after the third."""
    for number in range(5):
        append([Draft("setting", "somebody", {"number": number})])
        if number == 2:
            heads.sign()
    large = Part("image/jpeg", b"x" * (parts.ROW_LIMIT + 1))
    append([Draft("setting", "somebody", {"number": 5}, {"small": Part("text/plain", b"hello"), "large": large})])
    return programme


def alter(*statements: str) -> None:
    """Change the database behind its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in TRIGGERS:
                cursor.execute(f"DROP TRIGGER journal_{name}")
        else:
            cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def codes() -> list[str]:
    return [finding.code for finding in verify.verify_all().findings]


def test_an_untouched_journal_is_whole(history: Directory) -> None:
    assert codes() == []
    assert verify.verify_since_checkpoint() == []


def test_an_altered_body_is_found(history: Directory) -> None:
    alter("""UPDATE journal_entry SET body = '{"number":8}' WHERE seq = 4""")
    assert codes() == ["hash"]
    assert [finding.code for finding in verify.verify_since_checkpoint()] == ["hash"]


def test_an_altered_hash_is_found(history: Directory) -> None:
    alter(f"UPDATE journal_entry SET hash = '{'0' * 64}' WHERE seq = 5")
    assert codes() == ["hash", "chain"]


def test_a_removed_entry_is_found(history: Directory) -> None:
    alter("DELETE FROM journal_entry WHERE seq = 4")
    assert codes() == ["gap"]


def test_22_a_tail_that_was_cut_off_is_found_by_the_signed_head(history: Directory) -> None:
    heads.sign()
    cut = heads.head()[history.node.id]
    alter("DELETE FROM journal_entry WHERE seq > 3")
    found = verify.verify_all().findings
    assert [(finding.code, finding.values["seq"]) for finding in found] == [("head", 6)]
    assert cut[1] in str(found[0])
    assert [finding.code for finding in verify.verify_since_checkpoint()] == ["head"]


def test_an_altered_part_is_found(history: Directory) -> None:
    alter(f"UPDATE journal_part SET content = CAST('hullo' AS {blob()}) WHERE content IS NOT NULL")
    assert codes() == ["part"]


def test_a_missing_part_is_found(history: Directory) -> None:
    alter("DELETE FROM journal_part WHERE content IS NOT NULL")
    assert codes() == ["part-missing"]


def test_an_altered_file_is_found(history: Directory) -> None:
    file = next(path for path in history.sealed.rglob("*") if path.is_file())
    content = bytearray(file.read_bytes())
    content[7] ^= 1
    file.write_bytes(content)
    assert codes() == ["part"]


def test_a_missing_file_is_found(history: Directory) -> None:
    next(path for path in history.sealed.rglob("*") if path.is_file()).unlink()
    assert codes() == ["part-missing"]


def test_a_forged_line_in_the_log_of_heads_is_found(history: Directory) -> None:
    line = heads.signed_heads()[-1]
    forged = replace(line, seq=2)
    with history.heads_log.open("a") as log:
        log.write(canonical(vars(forged)) + "\n")
    assert codes() == ["signature"]


def test_a_chain_that_was_computed_anew_is_found_by_a_head_held_elsewhere(history: Directory) -> None:
    seen = heads.head()
    history.heads_log.unlink()
    rewrite()
    heads.sign()
    assert codes() == []
    assert [finding.code for finding in verify.verify_against(seen)] == ["held-elsewhere"]


def test_a_chain_that_was_computed_anew_is_found_by_the_log_of_heads(history: Directory) -> None:
    rewrite()
    assert codes() == ["head"]


def rewrite() -> None:
    """What the owner of the database and of the key can do: write the whole history again."""
    entries = [entry for batch in projections.read_since(0) for entry in batch]
    statements, prev = [], ""
    for entry in entries:
        body = '{"number":77}' if entry.seq == 2 else entry.body_text
        entry = replace(entry, body_text=body, prev=prev)
        prev = entry.computed_hash()
        statements.append(
            f"UPDATE journal_entry SET body = '{body}', prev = '{entry.prev}', hash = '{prev}' WHERE seq = {entry.seq}"
        )
    alter(*statements)


def blob() -> str:
    return "BLOB" if connection.vendor == "sqlite" else "bytea"


def test_a_directory_opens_again(history: Directory, reopen: Callable[[Directory], Directory]) -> None:
    connection.close()
    assert reopen(history) == directory.current()


def test_a_part_that_is_only_said_to_be_erased_is_missing(history: Directory) -> None:
    erase = append([Draft("setting", "somebody", {"number": 6})])[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO journal_erased (commitment, entry) SELECT commitment, '{erase.id}' FROM journal_part"
        )
        cursor.execute("DELETE FROM journal_part")
    assert codes() == ["part-missing", "part-missing"]


def test_the_cut_tail_of_another_office_is_found_by_what_was_received(history: Directory) -> None:
    other = "00000000-0000-7000-8000-00000000aaaa"
    append([Draft("receive", "", {"heads": {other: [2, "f" * 64]}})])
    assert [(each.code, each.values["seq"]) for each in verify.verify_all().findings] == [("head", 2)]
