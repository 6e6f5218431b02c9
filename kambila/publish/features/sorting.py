"""The order of items, and where a page begins: after the last item of the one before, however far that is.

What is not known comes last; the key comes after everything that is asked for, so that the order is whole.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import orjson
from django.db.models import F, OrderBy, Q

from kambila.journal.errors import Problem
from kambila.publish.features import errors  # noqa: F401  the catalogue
from kambila.publish.features.collections import INFORMATION_DATE, Collection, is_partial
from kambila.registry.fields import Several

Keys = Sequence[tuple[str, bool]]  # column, whether it goes down


def keys_of(collection: Collection, said: str) -> Keys:
    """The columns of `sortby=+field,-field`. Raises Problem for what cannot be sorted by."""
    found = []
    for each in said.split(",") if said else ():
        name = each.strip().lstrip("+-").strip()
        found.append((_column(collection, name), each.strip().startswith("-")))
    return found


def ordering(keys: Keys) -> list[OrderBy | str]:
    return [*(OrderBy(F(name), descending=down, nulls_last=True) for name, down in keys), "pk"]


def token(values: Sequence[Any]) -> str:
    """Where the next page begins: the values of the last item, with its key."""
    return base64.urlsafe_b64encode(orjson.dumps(list(values), default=str)).decode().rstrip("=")


def after(keys: Keys, said: str) -> Q:
    """The items that follow the one that a token names. Raises Problem for a token of another order, or of none."""
    values = values_of(said)
    if len(values) != len(keys) + 1:
        raise Problem("bad-parameter", name="after", why=said[:40])
    condition = Q(pk__gt=values[-1])
    for (name, down), value in reversed(list(zip(keys, values[:-1], strict=True))):
        condition = _beyond(name, down, Decimal(str(value)) if isinstance(value, float) else value, condition)
    return condition


def values_of(said: str) -> list[Any]:
    """The values of a token. Raises Problem for what is none."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        if not isinstance(values, list) or not values or not isinstance(values[-1], str):
            raise ValueError
        if any(not isinstance(each, str | int | float | None) or "\x00" in str(each) for each in values):
            raise ValueError
    except (ValueError, binascii.Error):
        raise Problem("bad-parameter", name="after", why=said[:40]) from None
    return values


def _beyond(name: str, down: bool, value: Any, rest: Q) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": True}) & rest
    beyond = Q(**{f"{name}__{'lt' if down else 'gt'}": value}) | Q(**{f"{name}__isnull": True})
    return beyond | (Q(**{name: value}) & rest)


def _column(collection: Collection, name: str) -> str:
    if name == "id":
        return "pk"
    if name == INFORMATION_DATE:
        return name
    if name not in collection.asked or isinstance(collection.field(name), Several):
        raise Problem("unknown-property", name=name)
    field = collection.field(name)
    return f"{name}_first" if is_partial(field) else str(field.attname)
