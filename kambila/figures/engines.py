"""Which engine counts the figures of a lake: DuckDB, or what KAMBILA_ENGINE names."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from kambila.figures import lake, spark
from kambila.journal.errors import Problem

ENGINES: dict[str, Callable[..., Any]] = {"duckdb": lake.opened, "spark": spark.opened}


def engine() -> tuple[str, Callable[..., Any]]:
    """(name, what opens an export for it). Raises Problem for a name that is no engine."""
    name = os.environ.get("KAMBILA_ENGINE", "") or "duckdb"
    if name not in ENGINES:
        raise Problem("no-engine", engine=name)
    return name, ENGINES[name]
