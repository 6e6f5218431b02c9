"""Reading the registry for the ledger: areas and products, each in one go, and the states of areas that had several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kambila.domain.land.balance import ground
from kambila.domain.land.balance.alone import LAST, cents, last_day, wkb_of
from kambila.domain.land.balance.ground import Cents, Shapes
from kambila.domain.land.balance.lines import RELEASES, Why
from kambila.domain.land.balance.passing import Extent
from kambila.domain.land.balance.register import Register, Released, Step
from kambila.domain.land.balance.settle import NONE, Areas, Products
from kambila.registry import past, sql
from kambila.registry.kinds import plan_of
from kambila.registry.past import Steps

AREA, PRODUCT = "hazardous_area", "land_release_product"
OF_AREAS = ("id", "code", "adm1", "surveyed_by", "organisation", "area_m2", "taken_from", "polygon")
OF_PRODUCTS = (
    "id", "code", "area", "method", "date", "information_date", "whole_area", "task", "operator", "area_m2", "polygon",
)  # fmt: skip
Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class Known:
    """The register with the names of what stands in it: by place the columns of areas and of products; and the products
    whose area is not known."""

    register: Register
    areas: Columns
    products: Columns
    homeless: list[str]


def known() -> Known:
    """Everything that the registry knows of areas and of what was released of them."""
    states, lives = past.states(AREA), past.lives(PRODUCT)
    areas = _areas(states.steps)
    places = {id: place for place, id in enumerate(areas["id"])}
    products, homeless = _products(lives, places)
    released, touched = _released(products, lives, places)
    drawn = ground.read(areas["polygon"])
    shapes = ground.mended(drawn)
    sizes = _sizes(areas["polygon_m2"], drawn, shapes)
    extents = Areas(shapes, sizes, _cents(areas["area_m2"]))
    since = np.array([states.since.get(id, LAST) for id in areas["id"]], "datetime64[D]")
    takes = [_places(each, places) for each in areas["taken_from"]]
    several = {places[id]: _steps(steps, places) for id, steps in states.steps.items() if id in places}
    passing = {place for place, each in enumerate(takes) if each} | {giver for each in takes for giver in each}
    passing |= {giver for steps in several.values() for step in steps for giver in step.takes}
    for place in sorted((passing | touched) - set(several)):
        extent = Extent(shapes[place], int(sizes[place]), int(extents.stated[place]))
        several[place] = [Step(str(since[place]), extent, takes[place])]
    return Known(Register(extents, since, several, released), areas, products, homeless)


def _read(kind: str, names: Sequence[str]) -> Columns:
    """Columns of all rows of a kind, that of a polygon with its size in m², that of a date with its last day."""
    plan = plan_of(kind)
    chosen = [(name, plan.columns[plan.places[name][0]]) for name in names]
    chosen += [(f"{name}_m2", f"{name}_area_m2") for name in names if name in plan.shapes]
    chosen += [("last", "date_last")] if "date" in names else []
    # Days as text: to make them days one by one takes longer than to read them.
    said = ", ".join(f'CAST("{c}" AS TEXT)' if n in ("last", "information_date") else f'"{c}"' for n, c in chosen)
    rows = sql.run(f"SELECT {said} FROM {plan.table} ORDER BY id")
    columns = zip(*rows, strict=True) if rows else ([] for _ in chosen)
    return {name: list(values) for (name, _), values in zip(chosen, columns, strict=True)}


def _areas(steps: Mapping[str, Steps]) -> Columns:
    """The areas of the registry, and after them those that are retired now, as they were at the end."""
    areas = _read(AREA, OF_AREAS)
    shown = set(areas["id"])
    for id in sorted(set(steps) - shown):
        last = next((values for _, values in reversed(steps[id]) if values is not None), None)
        if last is not None:
            for name, column in areas.items():
                column.append(id if name == "id" else None if name in ("polygon", "area_m2") else last.get(name))
    return areas


def _products(lives: Mapping[str, Steps], places: Mapping[str, int]) -> tuple[Columns, list[str]]:
    """The products whose area is known, those of one area together in the order of their dates; and the others."""
    products = _read(PRODUCT, OF_PRODUCTS)
    for id in sorted(set(lives) - set(products["id"])):
        last = next((values for _, values in reversed(lives[id]) if values is not None), None)
        for name, column in products.items() if last is not None else ():
            column.append(_as_column(id, name, last or {}))
    area = [places.get(each, -1) for each in products["area"]]
    homeless = [id for id, place in zip(products["id"], area, strict=True) if place < 0]
    days = [
        str(last or told or LAST) for last, told in zip(products["last"], products["information_date"], strict=True)
    ]
    order = sorted(
        (place, day, id, n) for n, (place, day, id) in enumerate(zip(area, days, products["id"], strict=True))
    )
    kept = [n for place, _, _, n in order if place >= 0]
    return {name: [column[n] for n in kept] for name, column in products.items()}, homeless


def _as_column(id: str, name: str, values: Mapping[str, Any]) -> Any:
    """A value of a product that has no row any more, as a row would have it."""
    if name in ("id", "last"):
        return id if name == "id" else last_day(values.get("date"))
    shape = values.get("polygon")
    if name.startswith("polygon"):
        return getattr(shape, "wkb" if name == "polygon" else "area_m2", None)
    return values.get(name)


def _released(products: Columns, lives: Mapping[str, Steps], places: Mapping[str, int]) -> tuple[Released, set[int]]:
    """The products as columns, and the areas of which one was retired."""
    area = np.array([places[each] for each in products["area"]], np.int64)
    days = [
        str(last or told or LAST) for last, told in zip(products["last"], products["information_date"], strict=True)
    ]
    why = np.array([RELEASES.get(each, Why.UNSTATED) for each in products["method"]], np.int8)
    shapes = ground.sound(ground.read(products["polygon"]))
    whole = np.array([each == "yes" for each in products["whole_area"]], bool)
    sizes = _sizes(products["polygon_m2"], shapes, shapes)
    rows = {id: row for row, id in enumerate(products["id"]) if id in lives}
    ended = {row: [(day, values is not None) for day, values in lives[id]] for id, row in rows.items()}
    released = Products(area, shapes, sizes, _cents(products["area_m2"]), whole)
    found = Released(area, np.array(days, "datetime64[D]"), why, released, ended)
    return found, {int(area[row]) for row in ended}


def _steps(steps: Steps, places: Mapping[str, int]) -> list[Step]:
    """The states of an area; a day on which nothing of its ground changed is none."""
    shapes = ground.mended(ground.read([wkb_of((values or {}).get("polygon")) for _, values in steps]))
    sizes = ground.measured(shapes).tolist()
    found: list[Step] = []
    for (day, values), shape, size in zip(steps, shapes, sizes, strict=True):
        extent = None if values is None else Extent(shape, size, cents(values.get("area_m2")))
        step = Step(day, extent, _places((values or {}).get("taken_from"), places))
        if not found or found[-1].takes != step.takes or not _alike(found[-1].extent, extent):
            found.append(step)
    return found


def _alike(one: Extent | None, other: Extent | None) -> bool:
    if one is None or other is None:
        return one is other
    return one[1:] == other[1:] and (one.shape is other.shape or one.shape == other.shape)


def _places(ends: Any, places: Mapping[str, int]) -> tuple[int, ...]:
    """The places of the areas that one takes over from; itself is none of them."""
    named: Iterable[str] = ends.split() if isinstance(ends, str) else ends or ()
    return tuple(dict.fromkeys(places[each] for each in named if each in places))


def _sizes(m2: Sequence[Any], drawn: Shapes, shapes: Shapes) -> Cents:
    """Geodesic sizes: as the registry has them, measured anew where the shape had to be mended, 0 where there is none."""
    sizes = np.where(shapes == None, 0, np.maximum(_cents(m2), 0))  # noqa: E711  element by element
    mended = [place for place, (one, other) in enumerate(zip(drawn, shapes, strict=True)) if one is not other]
    if mended:
        sizes[mended] = ground.measured(shapes[mended])
    return sizes


def _cents(sizes: Sequence[Any]) -> Cents:
    return np.array([NONE if each is None else max(round(float(each) * 100), 0) for each in sizes], np.int64)
