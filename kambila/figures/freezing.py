"""What a release freezes of a figure: the text of its definition in every language, value, public cells, contributions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation

from kambila.figures.definitions import Figure, Ratio
from kambila.figures.evaluate import Amount, Connection, evaluate, records
from kambila.figures.paths import date_of
from kambila.figures.small_cells import Shown, next_release
from kambila.registry.fields import PUBLIC

WORDS = ("title", "unit", "meaning", "source", "note")


def freeze(figure: Figure, as_of: str, before: Mapping[str, Any] | None, using: Connection) -> dict[str, Any]:
    """A figure as JSON. `before` is what the release before had frozen of it."""
    said = definition(figure)
    frozen: dict[str, Any] = {
        "id": figure.id,
        "definition": said,
        "definition_hash": definition_hash(said),
        "value": stated(evaluate(figure, as_of, using=using).value),
        "breakdowns": {by: _breakdown(figure, as_of, by, before, using) for by in _public(figure)},
    }
    if not isinstance(figure.measure, Ratio):
        rows = records(figure, as_of, using=using)
        frozen["contributions"] = [[each.kind, each.id, each.code, stated(each.amount), each.day] for each in rows]
    return frozen


def definition(figure: Figure) -> dict[str, Any]:
    """The whole definition: words in every language, and what the engine evaluates."""
    words: dict[str, Any] = {word: {} for word in WORDS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for word in WORDS:
                words[word][language] = str(getattr(figure, word))
    measure = {name: getattr(figure.measure, name) for name in figure.measure.__slots__}
    return {
        **words,
        "kind": figure.kind,
        "measure": {"is": type(figure.measure).__name__.lower(), **measure},
        "where": {key: _plain(value) for key, value in figure.where.items()},
        "date": date_of(figure) if figure.kind else "",
        "since": figure.since,
        "by": dict(figure.by),
        "public_by": list(figure.public_by),
        "tier": figure.tier,
        "persons": figure.persons,
        "headline": figure.headline,
    }


def definition_hash(said: Mapping[str, Any]) -> str:
    """Of what is counted, not of the words: a better sentence does not make another figure."""
    counted = {key: said[key] for key in ("kind", "measure", "where", "date", "since", "by")}
    return hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()


def stated(value: Amount) -> int | str | None:
    """An amount as the journal states it: decimals as text, so that nothing is rounded."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list | frozenset | set):
        return [_plain(each) for each in value]
    return value if isinstance(value, bool | int) or value is None else str(value)


def _public(figure: Figure) -> tuple[str, ...]:
    return figure.public_by if figure.tier == PUBLIC and not isinstance(figure.measure, Ratio) else ()


def _breakdown(
    figure: Figure, as_of: str, by: str, before: Mapping[str, Any] | None, using: Connection
) -> dict[str, Any] | None:
    """The cells that leave the house; None when none may."""
    cells = evaluate(figure, as_of, by, using).cells or {}
    if not figure.persons:
        return {"cells": {cell: stated(value) for cell, value in cells.items()}, "merged": [], "merged_value": 0}
    earlier = (before or {}).get("breakdowns", {}).get(by)
    shown = next_release(
        Shown(earlier["cells"], tuple(earlier["merged"]), earlier["merged_value"]) if earlier else None,
        {cell: int(value or 0) for cell, value in cells.items()},
    )
    if shown is None:
        return None
    return {"cells": dict(shown.cells), "merged": list(shown.merged), "merged_value": shown.merged_value}
