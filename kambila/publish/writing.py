"""Writing a publication: every file whole or not at all, and none left over from an earlier one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kambila.journal.errors import Problem

MARK = "head.json"  # a directory that holds it was published to before


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write {relative path: content} into `target`. Raises Problem when it holds something else, or cannot be written."""
    try:
        if target.exists() and any(target.iterdir()) and not (target / MARK).exists():
            raise Problem("not-a-publication", path=target)
        for path, content in files.items():
            _replace(target / path, content)
        _remove_pages_left_over(files, target)
    except OSError as error:
        raise Problem("not-writable", path=error.filename or target, why=error.strerror) from None


def write_one(path: Path, content: bytes) -> None:
    """Write one file, whole or not at all. Raises Problem when it cannot be written."""
    try:
        _replace(path, content)
    except OSError as error:
        raise Problem("not-writable", path=error.filename or path, why=error.strerror) from None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(content)
    os.replace(draft, path)


def _remove_pages_left_over(files: Mapping[str, bytes], target: Path) -> None:
    """Pages of figures that are no longer public must not stay; other files in the directory are not ours."""
    languages = {path.split("/")[0] for path in files if "/" in path}
    for language in languages:
        for page in (target / language).rglob("*.html"):
            if page.relative_to(target).as_posix() not in files:
                page.unlink()
