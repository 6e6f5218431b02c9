"""Taking turns at the journal: among the threads of one process, and among the processes of one machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows, where processes take turns by the database's own lock alone
    fcntl = None  # type: ignore[assignment]


class Turn:
    """One thread writes at a time. Those for whom it wrote go on at once: they need not wait until it is their turn.

    That is what lets them queue up again behind the one that writes now, so that the next writes for many. It is no lock
    to be taken twice: what a turn does, it does within one transaction.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = False

    def take(self, is_done: Callable[[], bool] = lambda: False) -> bool:
        """Wait for the turn; False, without it, as soon as there is nothing left to do."""
        with self._changed:
            self._changed.wait_for(lambda: is_done() or not self._taken)
            if is_done():
                return False
            self._taken = True
            return True

    def give_back(self) -> None:
        """Let the next have it."""
        with self._changed:
            self._taken = False
            self._changed.notify_all()

    def __enter__(self) -> None:
        self.take()

    def __exit__(self, *_: object) -> None:
        self.give_back()


@contextmanager
def among_processes(lock: Path) -> Iterator[None]:
    """Wait for the turn of this process. It makes nothing safer, for the database has a lock of its own; but SQLite lets
    those who wait for that sleep, up to a tenth of a second, and with this the next goes on at once.
    """
    file = -1
    with suppress(OSError):  # a full disk: then it goes without
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if file >= 0 and fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        if file >= 0:
            os.close(file)
