"""The kinds of record that the areas declare, found through the app registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps

from kambila.journal.errors import Problem
from kambila.registry.fields import Link, Links, Shape, Stated
from kambila.registry.models import Record, derived_fields, kind_of, stated_fields

HEADERS = (
    "id record_tier tier_until place_tier place_until office organisation information_date last_entry revision".split()
)


@dataclass(frozen=True)
class Plan:
    """How the projection treats a kind: computed once from the declarations of its model."""

    kind: str
    model: type[Record]
    table: str
    stated: Mapping[str, Stated]
    own_rules: Mapping[str, Stated]  # derived from the record's own values
    rollups: Mapping[str, Stated]  # derived from records that link to it
    columns: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]  # where in a row the columns of a field stand
    stores: Mapping[
        str, tuple[int, Callable[[Any], tuple[Any, ...]] | None]
    ]  # first place; None: the value is the column
    on_conflict: str  # the clause by which a row replaces an older one
    shapes: tuple[str, ...]  # that first by which a record is shown: areas, then lines, then points
    links: Mapping[str, str]  # field: kind that it leads to
    several: Mapping[str, str]  # field of several links: kind
    time: str  # the date path of an event, empty for a state


@cache
def kinds() -> Mapping[str, type[Record]]:
    """Every kind, by its name in the journal. Raises ValueError when two areas use one name."""
    found: dict[str, type[Record]] = {}
    for model in apps.get_models():
        if issubclass(model, Record):
            if kind_of(model) in found:
                raise ValueError(f"two kinds are called {kind_of(model)}")
            found[kind_of(model)] = model
    return found


def model_of(kind: str) -> type[Record]:
    """The model of a kind. Raises Problem for one that nobody declares."""
    if kind not in kinds():
        raise Problem("no-such-kind", kind=kind)
    return kinds()[kind]


@cache
def plan_of(kind: str) -> Plan:
    """The plan of a kind that exists."""
    model = kinds()[kind]
    stated, derived = stated_fields(model), derived_fields(model)
    columns = tuple(sorted((str(f.column) for f in model._meta.concrete_fields), key=_headers_first))
    fields = {**stated, **derived}
    headers = {name: (columns.index(name),) for name in HEADERS}
    updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    return Plan(
        kind=kind,
        model=model,
        table=model._meta.db_table,
        stated=stated,
        own_rules={name: field for name, field in derived.items() if not field.derived.sources},
        rollups={name: field for name, field in derived.items() if field.derived.sources},
        columns=columns,
        places=headers | {name: tuple(map(columns.index, field.columns())) for name, field in fields.items()},
        stores={name: (columns.index(field.columns()[0]), _store(field)) for name, field in fields.items()},
        on_conflict=f"ON CONFLICT (id) DO UPDATE SET {updates}",
        shapes=tuple(sorted((name for name, field in stated.items() if isinstance(field, Shape)), key=_extent(stated))),
        links={name: kind_of(_target(field)) for name, field in stated.items() if isinstance(field, Link)},
        several={name: kind_of(_target(field)) for name, field in stated.items() if isinstance(field, Links)},
        time=model.event_date,
    )


def tells_of_danger(kind: str, values: Mapping[str, Any]) -> bool:
    """Whether a change that states these values tells of a danger; what it does not say is unknown, never safe."""
    model = kinds().get(kind)
    if model is None or not model.is_danger or not model.danger_field:
        return model is not None and model.is_danger
    return plan_of(kind).stated[model.danger_field].rank(values.get(model.danger_field)) > 0


@cache
def rollups_of(kind: str) -> tuple[tuple[str, str], ...]:
    """(kind, link) of those whose derived fields are rolled up from records of this kind."""
    return tuple(
        {
            (each, source.via)
            for each in kinds()
            for field in plan_of(each).rollups.values()
            for source in field.derived.sources  # type: ignore[union-attr]
            if source.kind == kind
        }
    )


@cache
def links_to(kind: str) -> tuple[tuple[str, str], ...]:
    """(kind, field) of every link that leads to records of this kind."""
    return tuple((each, name) for each in kinds() for name, target in plan_of(each).links.items() if target == kind)


@cache
def several_to(kind: str) -> tuple[tuple[str, str], ...]:
    """(kind, field) of every field of several links that leads to records of this kind."""
    return tuple((each, name) for each in kinds() for name, target in plan_of(each).several.items() if target == kind)


def _extent(stated: Mapping[str, Any]) -> Callable[[str], tuple[bool, bool]]:
    """What orders the shapes of a kind: areas, lines, points, each as they are declared."""
    return lambda name: (not stated[name].has_area, "LineString" not in stated[name].types)


def _store(field: Stated) -> Callable[[Any], tuple[Any, ...]] | None:
    return None if type(field).store is Stated.store else field.store


def _headers_first(column: str) -> int:
    return HEADERS.index(column) if column in HEADERS else len(HEADERS)


def _target(field: Any) -> type[Record]:
    return apps.get_model(field.to) if isinstance(field, Links) else field.related_model
