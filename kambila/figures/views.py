"""The registry as it was on a day, or as it was known at a moment: a replay into a directory that is thrown away."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from kambila.figures.definitions import Figure
from kambila.figures.evaluate import needs_replay
from kambila.registry.replay import replayed


@contextlib.contextmanager
def at(
    figures: Sequence[Figure],
    as_of: str = "",
    known_at: str = "",
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[None]:
    """Evaluate in here what is asked: in the present registry where that is enough, otherwise in a replay.

    The whole process works on the replay meanwhile, so this is for commands and not for pages.
    """
    if not known_at and not any(needs_replay(figure, as_of) for figure in figures):
        yield
        return
    with replayed(known_at, as_of, progress):
        yield
