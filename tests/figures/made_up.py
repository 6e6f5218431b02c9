"""Random registries: rows of every kind that figures count, with the values that definitions ask for and others."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db import connection

from kambila.figures.definitions import all_figures
from kambila.figures.paths import condition, follow, needed
from kambila.registry import partial_dates
from kambila.registry.fields import Code, Link, Number, PartialDate, Several, Stated, Whole
from kambila.registry.kinds import kinds
from kambila.registry.models import kind_of

DATES = ["2011-12-31", "2012", "2013", "2013-01-01", "2013-06", "2013-06-30", "2013-07-01", "2014", "2014-02-11"]


def uuid(rng: random.Random) -> str:
    return str(UUID(int=rng.getrandbits(128)))


def wanted_values() -> dict[tuple[str, str], list[Any]]:
    """{(kind, column): the values that conditions of definitions name}."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for figure in all_figures().values():
        for key, value in figure.where.items():
            path, _ = condition(key)
            target = follow(figure.kind, path)
            values = list(value) if isinstance(value, tuple | list) else [value]
            found[target.kind, target.columns[0]] += [each for each in values if isinstance(each, str)]
    return found


_revisions = itertools.count(1)


def fill(rng: random.Random, size: int) -> None:
    """Throw every record away and make up to `size` of each kind."""
    revision = next(_revisions)
    chosen = needed(all_figures().values())
    ids = {kind: [uuid(rng) for _ in range(rng.randint(0, size))] for kind in chosen}
    named = wanted_values()
    with connection.cursor() as cursor:
        for kind, table in ((kind, kinds()[kind]._meta.db_table) for kind in chosen):
            cursor.execute(
                f"INSERT INTO registry_gone (kind, record, revision) SELECT %s, id, %s FROM {table}", [kind, revision]
            )
    for kind, records in ids.items():
        kinds()[kind].objects.all().delete()
        kinds()[kind].objects.bulk_create(row(rng, kind, id, ids, named, revision) for id in records)


def row(rng: random.Random, kind: str, id: str, ids: Any, named: Any, revision: int) -> Any:
    model = kinds()[kind]
    values: dict[str, Any] = {"id": id, "record_tier": "restricted", "office": "GAO", "organisation": ""}
    values.update(last_entry=uuid(rng), revision=revision, code=f"X-{id[:6]}")
    for field in model._meta.get_fields():
        if isinstance(field, Stated) and not field.sealed and field.name != "code" and rng.random() < 0.85:
            values.update(made_up(rng, field, ids, named[kind, field.column]))
    return model(**values)


def made_up(rng: random.Random, field: Stated, ids: Any, named: list[Any]) -> dict[str, Any]:
    if isinstance(field, PartialDate):
        return dict(zip(field.columns(), partial_dates.read(rng.choice(DATES)), strict=True))
    if isinstance(field, Link):
        there = ids.get(kind_of(field.related_model), [])
        return {field.attname: rng.choice(there[:5]) if there and rng.random() < 0.85 else uuid(rng)}
    if isinstance(field, Number):
        return {field.name: str(rng.randint(0, 10**6) / 100)}
    if isinstance(field, Whole):
        return {field.name: rng.randint(0, 40)}
    if isinstance(field, Several):
        return {field.name: f" {' '.join(rng.sample(['a', 'b', 'c'], 2))} "}
    if isinstance(field, Code):
        listed = [value for value, _ in field.choices or []][:3] + ["odd"]
        return {field.name: rng.choice([*named, *named, *listed])[: field.max_length]}
    return {field.name: rng.choice(["ML01", "ML07", "ML08"])} if field.get_internal_type() == "CharField" else {}
