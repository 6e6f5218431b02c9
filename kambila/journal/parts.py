"""Sealed parts: content beside the chain, each with 32 random bytes; small ones as rows, large ones as files."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from kambila.journal import directory
from kambila.journal.entry import Part, new_salt

ROW_LIMIT = 64 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class SealedContent:
    """A part ready to be written: `content` is None when it lies in a file."""

    commitment: str
    salt: bytes
    content: bytes | None


def seal(name: str, part: Part) -> tuple[dict[str, Any], SealedContent]:
    """(what the entry says of the part, what lies beside the chain). A file is durable when this returns."""
    salt = new_salt()
    digest, length = hashlib.sha256(salt), 0
    if isinstance(part.content, bytes) and len(part.content) <= ROW_LIMIT:
        digest.update(part.content)
        length, content = len(part.content), part.content
    else:
        content = None
        for chunk in _chunks(part.content):
            digest.update(chunk)
            length += len(chunk)
    commitment = digest.hexdigest()
    if content is None:
        _write_file(commitment, _chunks(part.content))
    said = {"name": name, "media_type": part.media_type, "length": length, "commitment": commitment}
    return said, SealedContent(commitment, salt, content)


def take_in(commitment: str, salt: bytes, content: bytes) -> bool:
    """Keep a part that came from elsewhere; False when it is not what was committed to."""
    if hashlib.sha256(salt + content).hexdigest() != commitment:
        return False
    small = len(content) <= ROW_LIMIT
    if not small:
        _write_file(commitment, _chunks(content))
    insert([SealedContent(commitment, salt, content if small else None)])
    return True


def insert(contents: Sequence[SealedContent]) -> None:
    """Write parts as rows, within the caller's transaction."""
    if contents:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO journal_part (commitment, salt, content) VALUES (%s, %s, %s)",
                [(each.commitment, each.salt, each.content) for each in contents],
            )


def read_part(commitment: str) -> bytes | None:
    """The content of a part, or None when it is not held here or was erased."""
    held = held_part(commitment)
    return None if held is None else content_of(held)


def read_parts(commitments: Sequence[str]) -> dict[str, bytes]:
    """Several small parts at once; those that are not held are left out."""
    found: dict[str, bytes] = {}
    for start in range(0, len(commitments), 500):
        chunk = list(commitments[start : start + 500])
        places = ", ".join(["%s"] * len(chunk))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT commitment, salt, content FROM journal_part WHERE commitment IN ({places})", chunk)
            for row in cursor.fetchall():
                content = content_of(_held(row))
                if content is not None:
                    found[row[0]] = content
    return found


def held_part(commitment: str) -> SealedContent | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT commitment, salt, content FROM journal_part WHERE commitment = %s", [commitment])
        row = cursor.fetchone()
    return None if row is None else _held(row)


def content_of(part: SealedContent) -> bytes | None:
    if part.content is not None:
        return part.content
    file = file_of(part.commitment)
    return file.read_bytes() if file.exists() else None


def matches(part: SealedContent) -> bool:
    """Whether the content is what was committed to. Reads a file in pieces."""
    digest = hashlib.sha256(part.salt)
    file = file_of(part.commitment)
    if part.content is None and not file.exists():
        return False
    for chunk in _chunks(file if part.content is None else part.content):
        digest.update(chunk)
    return digest.hexdigest() == part.commitment


def named(sealed: Sequence[Mapping[str, Any]], name: str) -> str | None:
    """The commitment of the part called `name` in an entry."""
    return next((part["commitment"] for part in sealed if part["name"] == name), None)


def file_of(commitment: str) -> Path:
    return directory.current().sealed / commitment[:2] / commitment


def _held(row: Sequence[Any]) -> SealedContent:
    return SealedContent(row[0], bytes(row[1]), None if row[2] is None else bytes(row[2]))


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        for start in range(0, len(content), CHUNK):
            yield content[start : start + CHUNK]
    else:
        with content.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _write_file(commitment: str, chunks: Iterator[bytes]) -> None:
    target = file_of(commitment)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        try:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(file.name)  # a full disk must not stay full of what could not be finished
            raise
    os.replace(file.name, target)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
