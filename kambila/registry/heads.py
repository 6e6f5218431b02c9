"""How far the registry has come, kind by kind: what was made of records stays good until their head moves."""

from __future__ import annotations

from typing import Any

from kambila.journal.repeated import repeated
from kambila.registry.models import Record


def of(*models: type[Record]) -> tuple[Any, ...]:
    """The head of some kinds: the last change of a record of each, the last that left, and which building of the tables.

    One question of the database, which indexes answer.
    """
    last = [f'(SELECT MAX(revision) FROM "{model._meta.db_table}")' for model in models]
    gone = "(SELECT MAX(revision) FROM registry_gone)"
    built = "(SELECT value FROM registry_built WHERE key = 'built')"
    return tuple(repeated(f"SELECT {', '.join([*last, gone, built])}")[0])
