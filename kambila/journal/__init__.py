"""The journal: everything that is said, in append-only chains that anyone can verify. It knows nothing of mine action."""

from kambila.journal.entry import Draft, Entry, Part
from kambila.journal.parts import read_part
from kambila.journal.writer import append

__all__ = ["Draft", "Entry", "Part", "append", "read_part"]
