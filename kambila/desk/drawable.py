"""Which geometries somebody may draw: of new records, as far as a page can ask for the rest, and of those there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst

from kambila.accounts.roles import may
from kambila.registry import access, precision
from kambila.registry.fields import Code, Codes, Link, Links, Number, PartialDate, Shape, Text, Whole
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.names import folded

ASKED = (Text, Codes, Links, Whole, Number, PartialDate, Link)


@dataclass(frozen=True)
class Drawable:
    """A kind and one of its geometries, with what it is called."""

    kind: str
    name: str
    title: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.name}"


def new(account: Any) -> list[Drawable]:
    """What may be drawn of a new record: areas and lines of kinds that need nothing a page like this cannot ask for."""
    found = []
    for kind, model in kinds().items():
        drawn = [name for name in plan_of(kind).shapes if _is_drawn(plan_of(kind).stated[name])]
        if drawn and not model._meta.abstract and _is_plain(kind, drawn[0]) and may(account, "report", kind):
            found.append(Drawable(kind, drawn[0], capfirst(str(model._meta.verbose_name))))
    return sorted(found, key=lambda each: (each.kind != "hazardous_area", folded(each.title)))


def of(account: Any, record: Any, kind: str) -> list[Drawable]:
    """The geometries of a record that an account sees exactly and may report anew."""
    if not may(account, "report", kind):
        return []
    shown = access.fields(account, type(record), record)
    names = [name for name in precision.shapes(kinds()[kind]) if name in shown]
    return [Drawable(kind, name, capfirst(str(plan_of(kind).stated[name].verbose_name))) for name in names]


def asked(kind: str, given: QueryDict) -> list[dict[str, Any]]:
    """What a new record must state besides its geometry, and its title, as fields of a page with what was answered."""
    stated, title = plan_of(kind).stated, kinds()[kind].title_field
    names = [
        name for name, field in stated.items() if name == title or (field.required and not isinstance(field, Shape))
    ]
    return [_field(name, stated[name], given) for name in names]


def _field(name: str, field: Any, given: QueryDict) -> dict[str, Any]:
    codes: Any = getattr(field, "codes", None)
    several = isinstance(field, Codes)
    sort = (
        "several"
        if several
        else "choice"
        if isinstance(field, Code)
        else "date"
        if isinstance(field, PartialDate)
        else "text"
    )
    return {
        "name": name,
        "title": capfirst(str(field.verbose_name)),
        "sort": sort,
        "required": field.required,
        "choices": codes.choices if codes else [],
        "value": given.getlist(f"answer-{name}") if several else given.get(f"answer-{name}", ""),
        "is_code": isinstance(field, Link | Links),
    }


def answers(kind: str, given: QueryDict) -> dict[str, str]:
    """What was answered, as a form would send it."""
    return {each["name"]: " ".join(given.getlist(f"answer-{each['name']}")) for each in asked(kind, given)}


def _is_drawn(field: Any) -> bool:
    return isinstance(field, Shape) and (field.has_area or "LineString" in field.types)


def _is_plain(kind: str, drawn: str) -> bool:
    needed = [field for name, field in plan_of(kind).stated.items() if field.required and name != drawn]
    return all(isinstance(field, ASKED) and not field.sealed for field in needed)
