"""Files that somebody uploaded and has not imported yet: kept beside the database for a day, for that person only."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import get_valid_filename

from kambila.desk import errors  # noqa: F401  the catalogue
from kambila.journal import directory
from kambila.journal.errors import Problem

KEPT = 24 * 3600  # seconds
LARGEST = 50_000_000  # bytes; larger files are for the command line
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

    def rejects(self) -> Path | None:
        """The file of bad rows, once there is one."""
        return next(iter(sorted(self.folder.glob("rejects.*"))), None)

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


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
    folder = _root() / token
    if not TOKEN.fullmatch(token) or not (folder / "about.json").exists():
        return None
    about = json.loads((folder / "about.json").read_text())
    return Upload(token, about["name"], folder) if about["username"] == username else None


def _root() -> Path:
    return directory.current().path / "uploads"


def _sweep() -> None:
    for folder in _root().glob("*") if _root().exists() else ():
        if folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder, ignore_errors=True)
