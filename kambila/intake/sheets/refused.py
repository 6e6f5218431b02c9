"""The rows of a file that cannot come in: the first in memory, the others on the disk, for all of a million may be bad."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import IO

from kambila.intake.sheets.mapping import Fault
from kambila.intake.sheets.tables import Row

Bad = tuple[Row, list[Fault]]
IN_MEMORY = 1_000


class Refused:
    """Rows with what is wrong with each, in the order in which they were met."""

    def __init__(self) -> None:
        self._first: list[Bad] = []
        self._others = 0
        self._file: IO[bytes] | None = None  # nameless: it is gone with the process

    def append(self, bad: Bad) -> None:
        if len(self._first) < IN_MEMORY:
            self._first.append(bad)
            return
        self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115  it is open as long as this is
        self._file.seek(0, 2)
        pickle.dump(bad, self._file)
        self._others += 1

    def first(self, many: int) -> list[Bad]:
        """So many of them, at most IN_MEMORY."""
        return self._first[:many]

    def __len__(self) -> int:
        return len(self._first) + self._others

    def __iter__(self) -> Iterator[Bad]:
        yield from self._first
        place = 0
        for _each in range(self._others):
            assert self._file is not None
            self._file.seek(place)
            bad = pickle.load(self._file)  # noqa: S301  what this process wrote a moment ago
            place = self._file.tell()
            yield bad
