"""The journal: durable entries, verification."""

from __future__ import annotations

import threading
from pathlib import Path

from django.db import connection

from bench.results import Results, stopwatch
from bench.synthetic import bare_sqlite, bodies, fill_journal
from kambila.journal import Draft, Part, append, directory, heads, nodes, verify

WRITES = 2_000
THREADS = 16


def drafts(count: int) -> list[Draft]:
    """Settings of the size of a report, so that only the journal is measured."""
    found = []
    for _, body in bodies(count * 2):
        if "changes" in body:
            found.append(Draft("setting", "bench", body))
    return found[:count]


def appending(folder: Path, results: Results) -> None:
    """One writer and sixteen, beside bare transactions with the same bytes."""
    directory.create_directory(folder / "append", "Bench", "B", database="")
    nodes.introduce()
    waiting = drafts(WRITES * 2)
    bare = bare_sqlite(folder / "bare.sqlite3")
    texts = [str(draft.body) for draft in waiting[:WRITES]]
    with stopwatch() as seconds:
        for text in texts:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO entry (body) VALUES (?)", (text,))
            bare.execute("COMMIT")
        floor = WRITES / seconds()
    with stopwatch() as seconds:
        for draft in waiting[:WRITES]:
            append([draft])
        one = WRITES / seconds()
    several = _with_threads(waiting[WRITES:])
    ratio = one / floor
    results.add("append, one writer", f"{one:,.0f}/s = {ratio:.2f} of {floor:,.0f}/s bare", "≥ 0.3", ratio >= 0.3)
    results.add("append, 16 threads", f"{several:,.0f}/s = {several / one:.2f} × one", "≥ 1.5 ×", several >= 1.5 * one)


def _with_threads(waiting: list[Draft]) -> float:
    def write(mine: list[Draft]) -> None:
        for draft in mine:
            append([draft])
        connection.close()

    threads = [threading.Thread(target=write, args=(waiting[each::THREADS],)) for each in range(THREADS)]
    with stopwatch() as seconds:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(waiting) / seconds()


def verifying(folder: Path, results: Results, scale: float) -> None:
    """Hashes of entries, content of files, and what was written since the last signed head."""
    directory.create_directory(folder / "verify", "Bench", "B", database="")
    fill_journal(int(50_000 * scale))
    with stopwatch() as seconds:
        whole = verify.verify_all()
        rate = whole.entries / seconds()
    assert not whole.findings
    results.add("verify --all, hashes", f"{rate:,.0f} entries/s", "≥ 20,000/s", rate >= 20_000)
    heads.sign()
    append([Draft("setting", "bench", {"number": number}) for number in range(100)])
    with stopwatch() as seconds:
        assert not verify.verify_since_checkpoint()
        since = seconds()
    results.add("verify since the last signed head", f"{since:.3f} s", "< 1 s", since < 1)
    directory.create_directory(folder / "files", "Bench", "B", database="")
    photo = Part("image/jpeg", b"\x5a" * 10_000_000)
    append([Draft("setting", "bench", {}, {f"photo-{number}": photo for number in range(20)})])
    with stopwatch() as seconds:
        assert not verify.verify_all().findings
        speed = 200 / seconds()
    results.add("verify --all, files", f"{speed:,.0f} MB/s", "≥ 100 MB/s", speed >= 100)
