"""What was worked out lately, so that it need not be worked out again; never more than so much of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The latest `most` results, by key. A key says everything that a result depends on."""

    def __init__(self, most: int) -> None:
        self._most, self._found, self._lock = most, OrderedDict[Hashable, T](), threading.Lock()

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result for a key, made where it is not known."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = make()
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._found)
