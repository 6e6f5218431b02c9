"""Reports whose every restricted field holds a value that is found nowhere else, so that a leak can be seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kambila.figures.definitions import Figure, Sum, all_figures
from kambila.figures.paths import condition, date_of, follow
from kambila.journal import Draft, Part, append
from kambila.registry import access
from kambila.registry.fields import Codes, Link, Links, Moment, Number, PartialDate, Several, Shape, Whole
from kambila.registry.kinds import kinds
from kambila.registry.models import Record, stated_fields
from tests.registry.telling import accept, countersign

WORD = "CANARY"
DAY = "2013-11-23"  # in the period of the figures, so that the records count
OPEN_DAY = "2013-12-24"  # for dates that are public
LONGITUDE, LATITUDE = -2.918273, 16.364554
SPOKEN = ["23 November 2013", "23 novembre 2013", DAY, "T03:33", "2.918", "16.364", "2.91", "16.36"]


class Planter:
    """Plants records and remembers every value that must not come out."""

    def __init__(self) -> None:
        self.number = 0
        self.secrets: set[str] = {WORD, *SPOKEN}

    def next(self) -> int:
        self.number += 1
        return self.number

    def plant(self, kind: str, counted: dict[str, Any]) -> str:
        """One record of a kind, accepted: `counted` fields as given, a canary in every other field that is not public."""
        model, id = kinds()[kind], f"ca11a27e-0000-4000-8000-{self.next():012}"
        if access.TIERS.index(model.default_tier) > 0:
            self.secrets.add(id)
        hidden = [name for name, field in stated_fields(model).items() if access.tier_of(field, model) != "public"]
        names = [name for name in hidden if name not in counted]
        plain = {name: self.canary(model, name) for name in names if not _field(model, name).sealed}
        sealed = {name: f"{WORD}-{self.next()}" for name in names if _field(model, name).sealed}
        self._tell(kind, id, {**plain, **counted}, sealed)
        return id

    def canary(self, model: type[Record], name: str) -> Any:
        """A value for a field that no other field has."""
        field, number = _field(model, name), self.next()
        if isinstance(field, Codes | Links | Several):
            return [f"ca11a27e-1111-4000-8000-{number:012}"] if isinstance(field, Links) else [f"{WORD}-{number}"]
        if isinstance(field, Link):
            return f"ca11a27e-2222-4000-8000-{number:012}"
        if isinstance(field, PartialDate):
            return DAY
        if isinstance(field, Moment):
            return f"{DAY}T03:33:33Z"
        if isinstance(field, Shape):
            return _shape(field)
        return self._counted(model, name, number) if isinstance(field, Whole | Number) else f"{WORD}-{number}"

    def _counted(self, model: type[Record], name: str, number: int) -> Any:
        """A number. Where a public figure adds up the field, its canary may come out, as that figure."""
        value = 7_310_000 + number * 7
        if name not in _added_up(model):
            self.secrets |= {str(value), f"{value:,}", f"{value:,}".replace(",", "\u00a0")}
        return value if isinstance(_field(model, name), Whole) else f"{value}.00"

    def _tell(self, kind: str, id: str, values: dict[str, Any], sealed: dict[str, str]) -> None:
        changed = {"kind": kind, "id": id, "values": values, "sealed": dict.fromkeys(sealed, "change-0")}
        parts = {"submission": Part("text/xml", f"{WORD} {id}".encode())}
        if sealed:
            parts["change-0"] = Part("application/json", json.dumps(sealed).encode())
        body = {"form": WORD, "version": "1", "reporter": f"{WORD}-reporter", "office": "", "organisation": ""}
        more = {"date": DAY, "code": f"{WORD}-R-{self.next()}", "changes": [changed]}
        sent = append([Draft("report", f"{WORD}-reporter", body | more, parts)])[0]
        countersign(accept(sent, by=f"{WORD}-officer"), by=f"{WORD}-manager")  # some of it needs two people


def plant_everywhere() -> Planter:
    """A record of every kind with canaries, and for every public figure one that counts, with canaries elsewhere."""
    planter = Planter()
    for kind in kinds():
        planter.plant(kind, {})
    for figure in all_figures().values():
        if figure.tier == "public" and figure.kind:
            _plant_counted(planter, figure)
    return planter


def _plant_counted(planter: Planter, figure: Figure) -> None:
    """Records that satisfy the conditions of a figure, along its links."""
    wanted: dict[tuple[str, ...], dict[str, Any]] = {(): {}}
    for path, value in [*_conditions(figure), *([(date_of(figure), DAY)] if date_of(figure) else [])]:
        *links, name = path.split("__")
        for depth in range(len(links)):
            wanted.setdefault(tuple(links[: depth + 1]), {})
        model = kinds()[follow(figure.kind, path).kind]
        if name in stated_fields(model):
            is_open = value == DAY and access.tier_of(_field(model, name), model) == "public"
            wanted[tuple(links)][name] = OPEN_DAY if is_open else value
    for links in sorted(wanted, key=len, reverse=True):
        kind = follow(figure.kind, "__".join((*links, "code"))).kind
        id = planter.plant(kind, wanted[links])
        if links:
            wanted[links[:-1]][links[-1]] = id


def _conditions(figure: Figure) -> Iterator[tuple[str, Any]]:
    for key, value in figure.where.items():
        path, test = condition(key)
        if test in ("", "gte", "lte"):
            yield path, value
        elif test == "in":
            yield path, next(iter(value))
        elif test == "has":
            yield path, [value]


def _added_up(model: type[Record]) -> set[str]:
    """The fields of a kind that a public figure adds up."""
    found = set()
    for figure in all_figures().values():
        if figure.tier == "public" and isinstance(figure.measure, Sum) and kinds()[figure.kind] is model:
            found |= set(figure.measure.paths)
    return found


def _field(model: type[Record], name: str) -> Any:
    return stated_fields(model)[name]


def _shape(field: Shape) -> dict[str, Any]:
    x, y = LONGITUDE, LATITUDE
    ring = [[x, y], [x + 0.0011, y], [x + 0.0011, y + 0.0011], [x, y]]
    shapes = {
        "Point": [x, y],
        "LineString": ring[:2],
        "Polygon": [ring],
        "MultiPolygon": [[ring]],
    }
    kind = next(each for each in field.types if each in shapes)
    return {"type": kind, "coordinates": shapes[kind]}
