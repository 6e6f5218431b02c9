"""What a packed file may grow to, looked at before anything is unpacked: a zip bomb is refused in milliseconds."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from kambila.journal.errors import Problem

PARTS = 2_000
UNPACKED = 1_000_000_000  # bytes, all parts together
RATIO = 250  # unpacked : packed, of a part above FREE bytes
FREE = 5_000_000
CELLS = 30_000_000  # rows × columns of one sheet


def open_zip(path: Path) -> zipfile.ZipFile:
    """A zip file whose parts stay within the limits. Raises Problem."""
    try:
        packed = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Problem("table-unreadable", name=path.name, why=error) from None
    parts = packed.infolist()
    if len(parts) > PARTS:
        raise Problem("table-too-large", name=path.name, limit=PARTS, what=_("parts"))
    if sum(each.file_size for each in parts) > UNPACKED:
        raise Problem("table-too-large", name=path.name, limit=UNPACKED // 1_000_000, what=_("MB unpacked"))
    for each in parts:
        if each.file_size > max(FREE, RATIO * each.compress_size):
            raise Problem("table-too-large", name=path.name, limit=RATIO, what=_("times its packed size"))
        if each.flag_bits & 1:
            raise Problem("table-unreadable", name=path.name, why=_("a password protects it"))
    return packed


def must_have_cells(name: str, rows: int, columns: int) -> None:
    """Raises Problem for a sheet that would not fit into memory."""
    if rows * columns > CELLS:
        raise Problem("table-too-large", name=name, limit=CELLS // 1_000_000, what=_("million cells"))


def copy(source: IO[bytes], to: Path, size: int, name: str) -> None:
    """Unpack one part; one that is longer than it says is refused."""
    left = size + 1
    with to.open("wb") as target:
        while left > 0 and (chunk := source.read(min(left, 1 << 20))):
            left -= len(chunk)
            target.write(chunk)
    if left <= 0:
        raise Problem("table-too-large", name=name, limit=size, what=_("bytes in a part"))
