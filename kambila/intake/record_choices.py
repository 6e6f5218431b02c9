"""Records as choices of a form in the browser: the same lists that phones get, by the same rule of who sees what."""

from __future__ import annotations

import csv
import io
from typing import Any

from kambila.intake.definition import Definition
from kambila.intake.openrosa import entity_lists
from kambila.intake.openrosa.references import RETURNED, needed

LONGEST_IN_BROWSER = 2_000  # rows of one list: with more, the first question comes too late on a slow link and machine


def files_of(definition: Definition) -> list[str]:
    """The names of the lists of records that a form asks for: ``village.csv``."""
    return sorted(f"{kind}.csv" for kind in needed(definition).lists if kind != RETURNED)


def listed(account: Any, definition: Definition, name: str) -> entity_lists.Listed | None:
    """The records of a kind that the account sees, with the columns that the form uses; None for no such list."""
    if name not in files_of(definition):
        return None
    kind = name.removesuffix(".csv")
    return entity_lists.listed(account, kind, needed(definition).lists[kind])


def labels_of(account: Any, definition: Definition, name: str) -> list[tuple[str, str]]:
    """(id, label) of the same records, for a list on a page; none where there is no such list."""
    found = listed(account, definition, name)
    content = found.content.decode() if found else ""
    return [(row["name"], row["label"]) for row in csv.DictReader(io.StringIO(content))]
