"""What was ordered on a page and goes on after it was answered: the import of an uploaded file, and how far it has come.

Both lie beside the file, so that whatever stops the process that carries an order out, the next one can begin it again:
rows that are in are known by what they say, and the end is the same.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kambila.desk import uploads
from kambila.desk.uploads import Upload
from kambila.intake.sheets.importing import Outcome
from kambila.journal import directory

WAITING, GOING, DONE, STOPPED = "waiting", "going", "done", "stopped"
ORDER, PROGRESS, TURN = "order.json", "progress.json", "importing.lock"
LISTED = 100  # bad rows that a page lists
DOUBTS = 20  # sorts of doubt that a page lists


@dataclass(frozen=True)
class Order:
    """What was asked for: the profile as text, the reason and the answer with which rows are accepted (empty: they wait),
    and the language in which bad rows are told."""

    profile: str
    reason: str
    answer: str
    language: str


@dataclass
class Progress:
    """How far an order has come. `attempts` counts how often it was begun since a row was last written; `problem` is
    (sentence, remedy) of what stopped it for good."""

    state: str = WAITING
    attempts: int = 0
    batch: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    left_out: list[list[Any]] = field(default_factory=list)  # reason, rows
    doubts: list[list[Any]] = field(default_factory=list)  # column, sentence, rows
    bad: list[list[Any]] = field(default_factory=list)  # row, faults
    problem: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, STOPPED)

    @property
    def came(self) -> int:
        """Rows of which something came in."""
        return self.counts.get("new", 0) + self.counts.get("changed", 0)

    def note(self, outcome: Outcome) -> None:
        """What has come of the rows so far."""
        self.batch, self.counts, self.absent = outcome.batch, outcome.told(), outcome.absent
        self.left_out = [list(each) for each in outcome.left_out.most_common()]
        self.doubts = [[*what, rows] for what, rows in outcome.doubts.most_common(DOUBTS)]
        self.bad = [[row.number, " ".join(map(str, faults))] for row, faults in outcome.bad.first(LISTED)]


def place(upload: Upload, order: Order) -> None:
    """Ask for the import of an uploaded file; a second time changes nothing."""
    if order_of(upload) is None:
        keep(upload, Progress())
        _write(upload.folder / ORDER, asdict(order))
        upload.due.touch(mode=0o600)


def order_of(upload: Upload) -> Order | None:
    """What was asked for; None when nothing was."""
    said = _read(upload.folder / ORDER)
    return Order(**said) if said else None


def progress_of(upload: Upload) -> Progress:
    """How far an order has come."""
    return Progress(**(_read(upload.folder / PROGRESS) or {}))


def keep(upload: Upload, progress: Progress) -> None:
    """Write down how far an order has come."""
    _write(upload.folder / PROGRESS, asdict(progress))
    if progress.is_over:
        upload.due.unlink(missing_ok=True)


def take_back(upload: Upload) -> None:
    """Forget an order that was stopped, so that the file can be looked at again."""
    for name in (ORDER, PROGRESS):
        (upload.folder / name).unlink(missing_ok=True)


def due() -> list[tuple[Upload, str]]:
    """The uploads whose import was ordered and is not over, each with who ordered it; the oldest first."""
    waiting = [each for each in uploads.everything() if each[0].due.exists()]
    return sorted(waiting, key=lambda each: each[0].due.stat().st_mtime_ns)


@contextmanager
def turn() -> Iterator[bool]:
    """Whether it is this process that carries orders out, of all on this directory; the end of a process ends its turn."""
    with (directory.current().path / TURN).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _write(file: Path, said: Any) -> None:
    """Whole or not at all, and only for the eyes of this installation."""
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
        json.dump(said, written, ensure_ascii=False)
        written.flush()
        os.fsync(written.fileno())
    beside.replace(file)


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(file.read_text())
    except FileNotFoundError:
        return None
    return found
