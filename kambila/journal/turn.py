"""Taking turns at the journal among the threads of one process."""

from __future__ import annotations

import threading
from collections.abc import Callable


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
