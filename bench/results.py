"""What was measured, as a table and as JSON."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Seen:
    """One line: what was done, what was seen, the aim, and whether it was reached."""

    work: str
    seen: str
    aim: str
    reached: bool


class Results:
    """Collects the lines of one run."""

    def __init__(self) -> None:
        self.lines: list[Seen] = []

    def add(self, work: str, seen: str, aim: str, reached: bool) -> None:
        self.lines.append(Seen(work, seen, aim, reached))
        print(f"{'reached' if reached else 'MISSED ':8} {work:52} {seen:38} aim: {aim}", flush=True)

    def write(self, to: Path) -> None:
        to.parent.mkdir(exist_ok=True)
        to.write_text(json.dumps([asdict(line) for line in self.lines], indent=2))


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Seconds since the beginning of the block, by a call."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start
