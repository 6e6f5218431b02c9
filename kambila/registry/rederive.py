"""Does the registry still say what the journal says? Derive it again beside, and name every row that differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kambila.journal import directory
from kambila.registry import sql
from kambila.registry.kinds import kinds
from kambila.registry.models import Alias, Change, Code, Conflict, Countersign, Decision, Report
from kambila.registry.replay import Progress, replayed

NOT_COMPARED = {"revision"}  # a record's revision tells when it was written here, not what it says


@dataclass(frozen=True)
class Difference:
    """A row of the registry that is not what the journal gives."""

    table: str
    row: str
    field: str
    held: Any
    derived: Any

    def __str__(self) -> str:
        sentence = _("In %(table)s, %(row)s: “%(field)s” is %(held)r and should be %(derived)r.")
        return str(sentence) % vars(self)


def compare(progress: Progress = lambda _: None) -> list[Difference]:
    """Every difference between the registry of the open directory and a new one."""
    source = directory.current()
    if source.node.view is not None:
        return []
    with replayed(progress=progress):
        directory.beside(source)
        found = [each for kind in kinds().values() for each in _compare_rows(kind, "id")]
        found += [each for model in (Report, Decision, Countersign) for each in _compare_rows(model, "id")]
        found += _compare_changes()
        for model in (Conflict, Code, Alias):
            found += _compare_sets(model)
    return found


def _compare_rows(model: Any, key: str) -> Iterator[Difference]:
    columns = [f.attname for f in model._meta.concrete_fields if f.attname not in NOT_COMPARED]
    seen = 0
    held_ids = list(model.objects.using(directory.BESIDE).values_list(key, flat=True))
    for chunk in sql.chunks(held_ids):
        held = _rows(model.objects.using(directory.BESIDE), key, chunk, columns)
        derived = _rows(model.objects, key, chunk, columns)
        seen += len(derived)
        for row, values in held.items():
            if row not in derived:
                yield Difference(model._meta.db_table, row, key, row, None)
                continue
            for column, one, other in zip(columns, values, derived[row], strict=True):
                if one != other:
                    yield Difference(model._meta.db_table, row, column, one, other)
    if seen < model.objects.count():
        for row in set(model.objects.values_list(key, flat=True)) - set(held_ids):
            yield Difference(model._meta.db_table, row, key, None, row)


def _compare_changes() -> Iterator[Difference]:
    """What the next fold starts from, report by report."""
    columns = [f.attname for f in Change._meta.concrete_fields if f.attname != "id"]
    table = Change._meta.db_table
    entries = set(Change.objects.using(directory.BESIDE).values_list("entry", flat=True).distinct())
    for chunk in sql.chunks(entries | set(Change.objects.values_list("entry", flat=True).distinct())):
        held = set(Change.objects.using(directory.BESIDE).filter(entry__in=chunk).values_list(*columns))
        derived = set(Change.objects.filter(entry__in=chunk).values_list(*columns))
        for row in held - derived:
            yield Difference(table, str(row[:4]), "*", row, None)
        for row in derived - held:
            yield Difference(table, str(row[:4]), "*", None, row)


def _rows(manager: Any, key: str, chunk: list[str], columns: list[str]) -> dict[str, tuple[Any, ...]]:
    rows = manager.filter(**{f"{key}__in": chunk}).values_list(key, *columns)
    return {row[0]: tuple(bytes(v) if isinstance(v, memoryview) else v for v in row[1:]) for row in rows}


def _compare_sets(model: type[models.Model]) -> Iterator[Difference]:
    columns = [f.attname for f in model._meta.concrete_fields if f.attname != "id"]
    held = set(model._default_manager.using(directory.BESIDE).values_list(*columns))
    derived = set(model._default_manager.values_list(*columns))
    for row in held - derived:
        yield Difference(model._meta.db_table, str(row), "*", row, None)
    for row in derived - held:
        yield Difference(model._meta.db_table, str(row), "*", None, row)
