"""Files that somebody uploaded: kept beside the database for a day, for that person only, and until what was ordered for
them is over."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import get_valid_filename

from kambila.desk import errors  # noqa: F401  the catalogue
from kambila.journal import directory
from kambila.journal.errors import Problem

KEPT = 24 * 3600  # seconds
LARGEST = 200_000_000  # bytes, about two million rows; larger files are for the command line
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """An uploaded file in a folder of its own; `name` is what it was called."""

    token: str
    name: str
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "content" / get_valid_filename(self.name)

    @property
    def due(self) -> Path:
        """A file that is there as long as something that was ordered is not over."""
        return self.folder / "due"

    def rejects(self) -> Path | None:
        """The file of bad rows, once there is one."""
        return next(iter(sorted(self.folder.glob("rejects.*"))), None)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove_content(self) -> None:
        """The file itself; what came of it stays."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def keep(file: Any, username: str) -> Upload:
    """Keep an uploaded file. Raises Problem when it is too large."""
    _sweep()
    if file.size > LARGEST:
        raise Problem("upload-too-large", limit=LARGEST // 1_000_000)
    token = secrets.token_hex(16)
    upload = Upload(token, Path(file.name).name[-100:], _root() / token)
    _root().mkdir(mode=0o700, exist_ok=True)
    upload.path.parent.mkdir(mode=0o700, parents=True)
    (upload.folder / "about.json").write_text(json.dumps({"name": upload.name, "username": username}))
    with upload.path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return upload


def find(token: str, username: str) -> Upload | None:
    """An upload of this person; None for another's, and for one that is gone."""
    found = _read(token) if TOKEN.fullmatch(token) else None
    return found[0] if found and found[1] == username else None


def everything() -> Iterator[tuple[Upload, str]]:
    """All uploads, each with whose it is."""
    for folder in _root().glob("*"):
        if TOKEN.fullmatch(folder.name) and (found := _read(folder.name)):
            yield found


def _read(token: str) -> tuple[Upload, str] | None:
    try:
        about = json.loads((_root() / token / "about.json").read_text())
    except FileNotFoundError:
        return None
    return Upload(token, about["name"], _root() / token), about["username"]


def _root() -> Path:
    return directory.current().path / "uploads"


def _sweep() -> None:
    for folder in _root().glob("*"):
        is_due = Upload(folder.name, "", folder).due.exists()
        if not is_due and folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder, ignore_errors=True)
