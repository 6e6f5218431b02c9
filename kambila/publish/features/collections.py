"""A kind of record as a collection: which of its fields a reader may be given, ask by, and sees the time of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kambila.registry import access, precision
from kambila.registry.fields import Link, Links, PartialDate, Stated
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Record, derived_fields, stated_fields

GEOMETRY, INFORMATION_DATE, PRECISION = "geometry", "information_date", "place_precision"


@dataclass(frozen=True)
class Collection:
    """A kind as one reader sees it. Fields are in the order of declaration; geometries are not among them.

    `given`: what may be shown of some record; `asked`: what is shown of every record that he sees, by which alone he
    may filter and sort: else what he finds would tell him what he may not see. `places`: how far he may be shown where
    they are (`access.place_tiers`).
    """

    kind: str
    model: type[Record]
    places: tuple[str, ...]
    given: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def has_place(self) -> bool:
        return bool(precision.shapes(self.model))

    def field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def date_of(self) -> str:
        """The field that dates a record for the reader: of an event its date where he may ask by it; else the date of
        information."""
        return self.model.event_date if self.model.event_date in self.asked else INFORMATION_DATE


def of(account: Any, kind: str) -> Collection:
    """The collection of a kind that exists, for a reader."""
    model = kinds()[kind]
    tiers, places = access.shown_tiers(account, model), access.place_tiers(account, model)
    asked = tuple(name for name in access.fields(account, model) if name in plain_fields(model))
    return Collection(kind, model, places, _given(model, tiers[-1]), asked)


@cache
def plain_fields(model: type[Record]) -> dict[str, Stated]:
    """The fields that have a value to be given: neither sealed nor a geometry."""
    declared = {**stated_fields(model), **derived_fields(model)}
    shapes = precision.shapes(model)
    return {name: field for name, field in declared.items() if not field.sealed and name not in shapes}


@cache
def _given(model: type[Record], shown: str) -> tuple[str, ...]:
    """What may be shown of a record that is disclosed to whoever is shown so much."""
    return row_fields(model, shown, shown)


@cache
def row_fields(model: type[Record], shown: str, tier: str) -> tuple[str, ...]:
    """The plain fields of a record of a tier that may be shown to somebody who is shown so much."""
    return tuple(name for name in access.open_fields(model, shown, tier, shown) if name in plain_fields(model))


def links_to(kind: str, name: str) -> str | None:
    """The kind that a field leads to."""
    plan = plan_of(kind)
    return plan.links.get(name) or plan.several.get(name)


def is_link(field: Any) -> bool:
    return isinstance(field, Link | Links)


def is_partial(field: Any) -> bool:
    return isinstance(field, PartialDate)
