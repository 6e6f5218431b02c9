"""Writing: one chain, whoever writes, and nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection

from kambila.journal import Draft, Entry, Part, append, heads, parts, projections, read_part, writer
from kambila.journal.directory import Directory
from kambila.journal.errors import Problem
from kambila.journal.turn import Turn, among_processes


def note(number: int, **parts: Part) -> Draft:
    return Draft("setting", "somebody", {"number": number}, parts)


def chain() -> list[Entry]:
    return [entry for batch in projections.read_since(0) for entry in batch]


def test_entries_follow_one_another(programme: Directory) -> None:
    append([note(1), note(2)])
    append([note(3)])
    entries = chain()
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.prev for entry in entries] == ["", entries[0].hash, entries[1].hash]
    assert all(entry.hash == entry.computed_hash() for entry in entries)


def test_threads_never_fork_or_gap_the_chain(programme: Directory) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 20):
            append([note(number)])
        connection.close()

    threads = [threading.Thread(target=write, args=(100 * each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = chain()
    assert [entry.seq for entry in entries] == list(range(1, 161))
    assert all(after.prev == before.hash for before, after in zip(entries, entries[1:], strict=False))


def test_processes_never_fork_or_gap_the_chain(programme: Directory) -> None:
    code = (
        "import sys, django; django.setup()\n"
        "from kambila.journal import append, Draft, directory\n"
        "directory.open_directory(sys.argv[1], sys.argv[2])\n"
        "for n in range(25): append([Draft('setting', 'process', {'number': n})])\n"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code, str(programme.path), programme.database]
    environment = {"DJANGO_SETTINGS_MODULE": "kambila.settings", "PYTHONPATH": str(root), "PATH": ""}
    running = [subprocess.Popen(command, env=environment) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    entries = chain()
    assert [entry.seq for entry in entries] == list(range(1, 76))
    assert all(after.prev == before.hash for before, after in zip(entries, entries[1:], strict=False))


def test_what_is_looked_up_under_the_lock_is_still_true_when_it_is_written(programme: Directory) -> None:
    def once() -> list[Draft]:
        return [] if any(entry.body == {"number": 7} for entry in chain()) else [note(7)]

    def write() -> None:
        append(once)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(chain()) == 1


def test_a_draft_that_fails_under_the_lock_harms_no_other(programme: Directory) -> None:
    def fail() -> list[Draft]:
        raise Problem("unknown-kind", kind="x", kinds="")

    with pytest.raises(Problem):
        append(fail)
    append([note(1)])
    assert [entry.seq for entry in chain()] == [1]


def test_what_is_tried_again_because_of_another_is_told_what_came_of_it_at_last(programme: Directory) -> None:
    known, told = append([note(1)])[0], list[object]()
    tries = iter([Problem("unknown-kind", kind="x", kinds="")])

    def fail_once() -> list[Draft]:
        for problem in tries:
            raise problem
        return [note(2)]

    def write(drafts: writer.Drafts) -> None:
        try:
            told.append([entry.seq for entry in append(drafts)])
        except DatabaseError as error:
            told.append(error)
        connection.close()

    threads = [threading.Thread(target=write, args=(each,)) for each in (fail_once, [replace(note(3), id=known.id)])]
    with writer.turn:
        for thread in threads:
            thread.start()
        while len(writer._waiting) < 2:
            pass
    for thread in threads:
        thread.join()
    assert len(told) == 2 and [2] in told
    assert [entry.seq for entry in chain()] == [1, 2]


def test_a_thread_for_which_another_wrote_does_not_wait_for_its_turn() -> None:
    turn = Turn()
    turn.take()
    assert not turn.take(lambda: True)
    turn.give_back()
    assert turn.take()


def test_what_lost_its_transaction_while_the_registry_followed_is_not_said_to_be_written(
    programme: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that goes away, or a disk that fills up, takes the whole transaction with it."""

    def lose(_batches: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(projections, "_apply", lose)
        with pytest.raises(DatabaseError):
            append([note(1)])
    append([note(2)])
    assert [entry.body for entry in chain()] == [{"number": 2}]


def test_an_unknown_kind_is_refused(programme: Directory) -> None:
    with pytest.raises(Problem) as caught:
        append([Draft("rumour", "somebody", {})])
    assert caught.value.code == "unknown-kind"


def test_a_small_part_is_a_row_and_a_large_one_a_file(programme: Directory, tmp_path: Path) -> None:
    large = tmp_path / "photo.jpg"
    large.write_bytes(b"x" * (parts.ROW_LIMIT + 1))
    entry = append([note(1, small=Part("text/plain", b"hello"), large=Part("image/jpeg", large))])[0]
    by_name = {part["name"]: part for part in entry.sealed}
    assert read_part(by_name["small"]["commitment"]) == b"hello"
    assert parts.file_of(by_name["large"]["commitment"]).stat().st_size == by_name["large"]["length"]


def test_the_head_is_signed_outside_the_database(programme: Directory) -> None:
    append([note(1)])
    signed = heads.sign()
    assert signed is not None
    assert heads.signed_heads()[-1] == signed
    assert [signed.seq, signed.hash] == heads.head()[programme.node.id]


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET author = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_an_entry(programme: Directory, statement: str) -> None:
    append([note(1)])
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_to_replace_an_entry(programme: Directory) -> None:
    append([note(1)])
    replace = "INSERT INTO journal_entry SELECT * FROM journal_entry"
    if connection.vendor == "sqlite":
        replace = replace.replace("INSERT", "INSERT OR REPLACE", 1)
    with pytest.raises(Exception, match="append-only|duplicate key"), connection.cursor() as cursor:
        cursor.execute(replace)


def test_the_database_refuses_to_remove_a_sealed_part(programme: Directory) -> None:
    append([note(1, small=Part("text/plain", b"hello"))])
    with pytest.raises(Exception, match="only an erase entry"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_part")


def test_processes_wait_for_one_another_and_go_on_without_the_file_of_the_lock(tmp_path: Path) -> None:
    told: list[str] = []

    def wait() -> None:
        with among_processes(tmp_path / "lock"):
            told.append("the second")

    second = threading.Thread(target=wait)
    with among_processes(tmp_path / "lock"):
        second.start()
        time.sleep(0.2)
        told.append("the first")
    second.join()
    with among_processes(tmp_path / "nowhere" / "lock"):
        told.append("without")
    assert told == ["the first", "the second", "without"]
