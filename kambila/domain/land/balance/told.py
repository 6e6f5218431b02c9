"""The balance as data that a command prints and a page shows: by area, task, organisation, région or as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from kambila.domain.land.balance.book import Book
from kambila.domain.land.balance.ground import Cents
from kambila.domain.land.balance.lines import NOBODY, Why
from kambila.domain.land.balance.sums import Balance, summed

BY = ("programme", "area", "task", "organisation", "region")
COLUMNS = (Why.NEW, Why.LARGER, Why.CANCELLED, Why.REDUCED, Why.CLEARED)
TITLES: dict[Why, Any] = {
    Why.NEW: _("new areas"),
    Why.LARGER: _("found larger"),
    Why.CANCELLED: _("cancelled"),
    Why.REDUCED: _("reduced"),
    Why.CLEARED: _("cleared"),
    Why.UNSTATED: _("released, way not stated"),
    Why.SMALLER: _("found smaller (correction)"),
    Why.MEASUREMENT: _("measurement"),
    Why.RESIDUAL: _("residual polygon under the limit"),
    Why.SPLIT: _("split"),
    Why.MERGED: _("merged"),
    Why.OVERLAP: _("overlap of areas that were joined"),
    Why.ENDED: _("record retired"),
}
TAKEN_OVER = _("taken over from another group")


@dataclass(frozen=True)
class Row:
    """The balance of one group: its key ("" where it is not known), and for each measure the sums in hundredths of m²."""

    key: str
    opening: tuple[int, int]  # geodesic, stated
    moved: dict[Why, tuple[int, int]]
    taken_over: tuple[int, int]
    closing: tuple[int, int]
    holds: bool


def balance(
    book: Book, by: str = "programme", first: str = "", last: str = "", areas: Collection[str] | None = None
) -> tuple[Row, list[Row]]:
    """(the sum of all, a row for each group that holds or moved anything) from the day `first` to the day `last`.

    `by` is one of BY. With `areas` only these (by UUID) are counted: those that somebody may see.
    """
    homes, workers, keys = _groups(book, by)
    lines = book.lines
    if areas is not None:
        shown = np.array([each in areas for each in book.known.areas["id"]], bool)
        lines = lines.where(shown[lines.area])
    period = (np.datetime64(first) if first else None, np.datetime64(last) if last else None)
    found = summed(lines, homes, workers, len(keys), *period)
    rows = _rows(keys, found)
    nobody = np.full(len(workers), NOBODY)
    whole = summed(lines, np.zeros_like(homes), nobody, 1, *period)
    return _rows([""], whole)[0], [each for each in rows if _says_something(each)]


def unsized(book: Book, areas: Collection[str] | None = None) -> list[str]:
    """The areas (UUIDs) of which no size is known: they are as dangerous as the others, and in none of the sums."""
    known = book.known
    found = (known.areas["id"][place] for place in np.flatnonzero(known.register.areas.unknown).tolist())
    return [id for id in found if areas is None or id in areas]


def uncounted(book: Book, areas: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The products of which something was not counted, over 1 m² of their polygon, and why: it lies outside the area that
    they name, was released before, or has passed to another area. Sizes in hundredths of m²."""
    released, lines, known = book.known.register.released, book.lines, book.known
    counted = np.zeros(len(released.area), np.int64)
    chosen = (lines.product != NOBODY) & np.isin(lines.why, [*COLUMNS[2:], Why.UNSTATED])
    np.add.at(counted, lines.product[chosen], -lines.geodesic[chosen])
    missing = released.products.geodesic - counted
    rows = np.flatnonzero(missing > 100)
    if areas is not None:
        rows = np.array([row for row in rows.tolist() if known.products["area"][row] in areas], np.int64)
    outside, passed = _lost(book, rows)
    outside = np.minimum(outside, missing[rows])
    passed = np.minimum(passed, missing[rows] - outside)
    before = missing[rows] - outside - passed
    told = []
    for row, *parts in zip(rows.tolist(), outside.tolist(), passed.tolist(), before.tolist(), strict=True):
        area = int(released.area[row])
        said = {"product": known.products["id"][row], "code": known.products["code"][row] or ""}
        said |= {"area": known.areas["id"][area], "area_code": known.areas["code"][area] or ""}
        reasons = {
            name: size for name, size in zip(("outside", "passed", "released-before"), parts, strict=True) if size
        }
        told.append({**said, "counted": int(counted[row]), "reasons": reasons})
    return told


def _lost(book: Book, rows: Cents) -> tuple[Cents, Cents]:
    """Of these products what lies outside all that was ever reported of their area, and in areas that took over from it."""
    from kambila.domain.land.balance import ground

    register = book.known.register
    takers: dict[int, list[Any]] = {}
    for steps in register.steps.values():
        for step in steps:
            for giver in step.takes if step.extent else ():
                takers.setdefault(giver, []).append(step.extent.shape)  # type: ignore[union-attr]
    of, shapes = register.released.area[rows], register.released.products.shapes[rows]
    grounds = register.areas.shapes[of]
    for place, area in enumerate(of.tolist()):
        if area in register.steps:
            grounds[place] = ground.together([step.extent.shape for step in register.steps[area] if step.extent])
    beyond = ground.beyond(shapes, grounds)
    passed = np.zeros(len(rows), np.int64)
    for place in [place for place, area in enumerate(of.tolist()) if area in takers]:
        within = ground.without(shapes[place], [beyond[place]])
        rest = ground.without(within, takers[int(of[place])])
        passed[place] = int(ground.measured([within])[0] - ground.measured([rest])[0])
    return ground.measured(beyond), passed


def _rows(keys: Sequence[str], found: Balance) -> list[Row]:
    columns = (found.opening, found.moved, found.taken_over, found.closing, found.holds)
    return [
        Row(key, tuple(opening), _moved(moved), tuple(taken_over), tuple(closing), holds)
        for key, opening, moved, taken_over, closing, holds in zip(
            keys, *(each.tolist() for each in columns), strict=True
        )
    ]


def _moved(sizes: list[list[int]]) -> dict[Why, tuple[int, int]]:
    return {why: (one, other) for why, (one, other) in zip(Why, sizes, strict=True) if one or other}


def _says_something(row: Row) -> bool:
    return bool(row.moved) or any((*row.opening, *row.closing, *row.taken_over))


def _groups(book: Book, by: str) -> tuple[Cents, Cents, list[str]]:
    """(group of each area, group of each product or NOBODY for that of its area, keys of the groups).

    An organisation has the areas that it surveyed and releases what its products say. A task has the areas of which the
    latest product names it.
    """
    areas, products = book.known.areas, book.known.products
    of, nobody = book.known.register.released.area, np.full(len(products["id"]), NOBODY)
    if by == "programme":
        return np.zeros(len(areas["id"]), np.int64), nobody, [""]
    if by == "area":
        return np.arange(len(areas["id"])), nobody, list(areas["id"])
    if by == "region":
        homes, keys = _numbered([each or "" for each in areas["adm1"]])
        return homes, nobody, keys
    if by == "organisation":
        homes_said = [
            one or other or "" for one, other in zip(areas["surveyed_by"], areas["organisation"], strict=True)
        ]
        workers_said = [one or "" for one in products["operator"]]
    else:
        latest = dict(zip(of.tolist(), products["task"], strict=True))
        homes_said = [latest.get(place) or "" for place in range(len(areas["id"]))]
        workers_said = [each or "" for each in products["task"]]
    numbers, keys = _numbered(homes_said + workers_said)
    workers = np.array(numbers[len(homes_said) :])
    workers[[not each for each in workers_said]] = NOBODY
    return numbers[: len(homes_said)], workers, keys


def _numbered(said: Sequence[str]) -> tuple[Cents, list[str]]:
    keys = sorted(Counter(said))
    place = {key: number for number, key in enumerate(keys)}
    return np.array([place[each] for each in said], np.int64), keys
