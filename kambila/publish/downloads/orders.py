"""Files that are made while nobody waits: what was asked for, how far it has come, and the file, for a day.

All of it lies in a folder of its own beside the database. The link to it is for the person who asked, and the file is
given out only while what he may see is what it was when the file was made.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kambila.accounts.roles import held
from kambila.journal import clock, directory
from kambila.publish.downloads.formats import FORMATS, Format
from kambila.publish.downloads.reading import Wanted
from kambila.publish.features import finding
from kambila.publish.features.collections import of

KEPT = 24 * 3600  # seconds
TOKEN = re.compile(r"[0-9a-f]{32}")
WAITING, GOING, DONE, STOPPED = "waiting", "going", "done", "stopped"
ORDER, PROGRESS, CONTENT = "order.json", "progress.json", "content"


@dataclass(frozen=True)
class Order:
    """What was asked for, by whom, and in which language its words are."""

    token: str
    username: str
    kind: str
    filter: str
    format: str
    language: str

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.kind, self.filter)

    @property
    def to(self) -> Format:
        return FORMATS[self.format]

    @property
    def folder(self) -> Path:
        return _root() / self.token

    @property
    def file(self) -> Path:
        return self.folder / f"{CONTENT}{self.to.ending}"

    @property
    def ends(self) -> float:
        """When it is deleted, in seconds since 1970."""
        return (self.folder / ORDER).stat().st_mtime + KEPT


@dataclass
class Progress:
    """How far it has come; `standing` is what its maker might see, `problem` (sentence, remedy) of what stopped it."""

    state: str = WAITING
    attempts: int = 0
    done: int = 0
    of: int = 0
    standing: str = ""
    problem: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, STOPPED)


def place(username: str, wanted: Wanted, format: str, language: str, number: int) -> Order:
    """Ask for a list of so many records as a file."""
    sweep()
    _root().mkdir(mode=0o700, exist_ok=True)
    order = Order(secrets.token_hex(16), username, wanted.kind, wanted.filter, format, language)
    order.folder.mkdir(mode=0o700)
    keep(order, Progress(of=number))
    _write(order.folder / ORDER, asdict(order))
    return order


def find(token: str, username: str) -> Order | None:
    """An order of this person; None for another's, and for one whose day is over."""
    found = _read(token) if TOKEN.fullmatch(token) else None
    return found if found is not None and found.username == username and found.ends > time.time() else None


def of_person(username: str) -> list[Order]:
    """What somebody asked for, the latest first."""
    own = [each for each in _everything() if each.username == username and each.ends > time.time()]
    return sorted(own, key=lambda each: -each.ends)


def due() -> list[Order]:
    """What is not made yet, the oldest first."""
    return sorted((each for each in _everything() if not progress_of(each).is_over), key=lambda each: each.ends)


def progress_of(order: Order) -> Progress:
    """How far an order has come."""
    try:
        return Progress(**json.loads((order.folder / PROGRESS).read_text()))
    except FileNotFoundError:
        return Progress()


def keep(order: Order, progress: Progress) -> None:
    """Write down how far it has come; an order that was deleted meanwhile stays deleted."""
    if order.folder.exists():
        _write(order.folder / PROGRESS, asdict(progress))


def again(order: Order) -> None:
    """Delete the file and ask for it anew."""
    order.file.unlink(missing_ok=True)
    keep(order, Progress(of=progress_of(order).of))


def standing(account: Any, wanted: Wanted) -> str:
    """What decides what an account finds in a list. Of somebody who does not see all, whatever changes may change it: a
    record that was disclosed and no longer is, a task that went to another organisation, the end of a day."""
    collection = of(account, wanted.kind)
    said: list[Any] = [sorted(f"{each.role} {each.scope}" for each in held(account)), account.is_active]
    if not finding.may_know_head(account, collection):
        said += [clock.now().date().isoformat(), finding.head(collection)]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def sweep() -> None:
    """Delete what is older than a day."""
    for folder in _root().glob("*"):
        if folder.stat().st_mtime < time.time() - 2 * KEPT or _is_over(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_over(folder: Path) -> bool:
    order = _read(folder.name)
    return order is not None and order.ends <= time.time()


def _everything() -> Iterator[Order]:
    for folder in _root().glob("*"):
        if TOKEN.fullmatch(folder.name) and (found := _read(folder.name)):
            yield found


def _read(token: str) -> Order | None:
    try:
        return Order(**json.loads((_root() / token / ORDER).read_text()))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _root() -> Path:
    return directory.current().path / "downloads"


def _write(file: Path, said: Any) -> None:
    """Whole or not at all, and only for the eyes of this installation."""
    beside = file.with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as written:
        json.dump(said, written, ensure_ascii=False)
    beside.replace(file)
