"""What the paths of definitions lead to: a column of a kind, or of a record that it links to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from kambila.figures.definitions import Count, Figure, Quantile, Sum
from kambila.registry.fields import Link, Number, PartialDate, Several, Stated, Whole
from kambila.registry.kinds import kinds
from kambila.registry.models import kind_of

TEXT, WHOLE, DECIMAL, DATE, SEVERAL = "text", "whole", "decimal", "date", "several"
TESTS = ("in", "not", "gte", "lte", "known", "has")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a path ends: the links that are followed (field names), the kind at the end, its columns and their type.

    A date has two columns, its first and its last day; everything else has one.
    """

    links: tuple[str, ...]
    kind: str
    columns: tuple[str, ...]
    type: str
    scale: int = 0


@cache
def follow(kind: str, path: str) -> Target:
    """The target of a path from a kind. Raises ValueError, with kind and path, for a path that leads nowhere."""
    links: list[str] = []
    parts = path.split("__")
    for part in parts[:-1]:
        field = _field(kind, part, path)
        if not isinstance(field, Link):
            raise ValueError(f"{part} in {path} is not a link of {kind}")
        links.append(part)
        kind = _link(kind, part)[1]
    return _end(tuple(links), kind, _field(kind, parts[-1], path))


def _field(kind: str, name: str, path: str) -> Any:
    try:
        return kinds()[kind]._meta.get_field(name)
    except (FieldDoesNotExist, KeyError):
        raise ValueError(f"{path} leads nowhere: {kind} has no {name}") from None


def _end(links: tuple[str, ...], kind: str, field: Any) -> Target:
    if isinstance(field, Stated) and field.sealed:
        raise ValueError(f"{kind}.{field.name} is sealed: nothing sealed is counted")
    name: str = field.name
    column: str = field.attname
    if isinstance(field, PartialDate):
        return Target(links, kind, (f"{name}_first", f"{name}_last"), DATE)
    if isinstance(field, models.DateField):
        return Target(links, kind, (name, name), DATE)
    if isinstance(field, Number | models.DecimalField):
        return Target(links, kind, (column,), DECIMAL, field.decimal_places or 0)
    whole = isinstance(field, Whole | models.IntegerField)
    type = SEVERAL if isinstance(field, Several) else WHOLE if whole else TEXT
    return Target(links, kind, (column,), type)


def condition(key: str) -> tuple[str, str]:
    """(path, test) of a key of `where`; the test is empty for plain equality."""
    path, _, last = key.rpartition("__")
    return (path, last) if path and last in TESTS else (key, "")


def date_of(figure: Figure) -> str:
    """The path that dates the records of a figure; empty for a state."""
    return figure.date or kinds()[figure.kind].event_date


def paths_of(figure: Figure) -> Iterator[str]:
    """Every path that a figure uses."""
    measure = figure.measure
    if isinstance(measure, Count) and measure.distinct:
        yield measure.distinct
    elif isinstance(measure, Sum):
        yield from measure.paths
    elif isinstance(measure, Quantile):
        yield measure.path
    if date_of(figure):
        yield date_of(figure)
    yield from (condition(key)[0] for key in figure.where)
    yield from figure.by.values()


Columns = dict[str, dict[str, tuple[str, int]]]


def needed(figures: Iterable[Figure]) -> Mapping[str, Mapping[str, tuple[str, int]]]:
    """The columns that figures use: {kind: {column: (type, digits after the point)}}; id and code always."""
    found: Columns = {}
    for figure in figures:
        if not figure.kind:
            continue
        _kind(found, figure.kind)
        for path in paths_of(figure):
            target, kind = follow(figure.kind, path), figure.kind
            for link in target.links:
                column, kind = _link(kind, link)
                found[_source(found, figure.kind, target.links, link)][column] = (TEXT, 0)
                _kind(found, kind)
            for column in target.columns:
                found[target.kind].setdefault(column, (target.type, target.scale))
    return found


def _kind(found: Columns, kind: str) -> None:
    found.setdefault(kind, {"id": (TEXT, 0), "code": (TEXT, 0)})


def _link(kind: str, link: str) -> tuple[str, str]:
    """(column, kind that it leads to) of a link."""
    field: Any = kinds()[kind]._meta.get_field(link)
    return field.column, kind_of(field.related_model)


def _source(found: Columns, kind: str, links: tuple[str, ...], link: str) -> str:
    for each in links[: links.index(link)]:
        kind = _link(kind, each)[1]
    return kind


link_of = _link
