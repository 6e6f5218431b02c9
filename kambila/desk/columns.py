"""Which fields a list of a kind shows; chosen by what the fields are, so that no kind needs to say it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.utils.safestring import SafeString

from kambila.desk.places import Places
from kambila.desk.values import Targets, shown, targets_of, title_of
from kambila.registry import access
from kambila.registry.fields import SEX_AND_AGE, Code, Link, Number, PartialDate, Sealed, Shape, Whole
from kambila.registry.models import Record, derived_fields, stated_fields

MOST = 5
SHORT = (Code, PartialDate, Whole, Number, Link)
GROUPS = tuple(f"_{group}" for group, _words in SEX_AND_AGE)
PLACES = ("adm1", "adm2", "adm3", "code")


@cache
def columns(model: type[Record]) -> tuple[str, ...]:
    """The title, the date of an event, the status, what is required, then other short fields, until there are enough."""
    declared: dict[str, Any] = {**stated_fields(model), **derived_fields(model)}
    offered = {name: field for name, field in declared.items() if name not in PLACES and not _is_long(name, field)}
    first = [model.title_field, model.event_date if "__" not in model.event_date else "", "status"]
    required = [name for name, field in offered.items() if field.required]
    short = [name for name, field in offered.items() if isinstance(field, SHORT) and name not in required]
    ordered = dict.fromkeys(name for name in [*first, *required, *short] if name in offered)
    return tuple(ordered)[:MOST]


def _is_long(name: str, field: Any) -> bool:
    """Stories, names, drawings; and the columns of a sex-and-age table, which belong together on the record's page."""
    return isinstance(field, Sealed | Shape) or is_group(name, field)


def is_group(name: str, field: Any) -> bool:
    """Whether a field is one count of a sex-and-age table."""
    return isinstance(field, Whole) and name.endswith(GROUPS)


def is_number(model: type[Record], name: str) -> bool:
    return isinstance(model._meta.get_field(name), Whole | Number)


def table(account: Any, model: type[Record], records: Sequence[Record]) -> dict[str, Any]:
    """Heads and rows of a list; a field that may not be shown is empty, a column that is empty throughout left out."""
    names, places = columns(model), Places(records)
    targets = targets_of(account, model, records, names)
    rows = [_row(account, model, record, names, targets, places) for record in records]
    used = [name for number, name in enumerate(names) if any(row["cells"][number]["text"] for row in rows)]
    for row in rows:
        row["cells"] = [cell for name, cell in zip(names, row["cells"], strict=True) if name in used]
    heads = [{"title": title_of(model, name), "is_number": is_number(model, name)} for name in used]
    return {"heads": heads, "rows": rows, "has_places": any(row["place"] for row in rows)}


def _row(
    account: Any, model: type[Record], record: Record, names: Sequence[str], targets: Targets, places: Places
) -> dict[str, Any]:
    allowed = set(access.fields(account, model, record))
    cells: list[dict[str, Any]] = []
    for name in names:
        text: str | SafeString = shown(record, name, targets, brief=True) if name in allowed else ""
        cells.append({"text": text, "title": title_of(model, name), "is_number": is_number(model, name)})
    return {"record": record, "cells": cells, "place": places.of(record) if "adm1" in allowed else ""}
