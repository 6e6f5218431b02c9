"""What identifies people, in a lake that was asked for with names by somebody who may open them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from kambila.journal.parts import read_parts


def unsealed(field: str, ids: Sequence[str], commitments: Sequence[Any], opened: Collection[str]) -> list[str | None]:
    """The values of a sealed field of some records; empty where it was not opened, is not held here or was erased."""
    wanted = [each if id in opened else None for id, each in zip(ids, commitments, strict=True)]
    parts = read_parts([each for each in wanted if each])
    said = [json.loads(parts[each]).get(field) if each in parts else None for each in wanted]
    return [None if each is None else str(each) for each in said]
