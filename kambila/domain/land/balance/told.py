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
    Why.NEW: _("new"),
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
    rows = [_row(key, found, place) for place, key in enumerate(keys)]
    nobody = np.full(len(workers), NOBODY)
    whole = summed(lines, np.zeros_like(homes), nobody, 1, *period)
    return _row("", whole, 0), [each for each in rows if _says_something(each)]


def uncounted(book: Book, areas: Collection[str] | None = None) -> list[dict[str, Any]]:
    """The products of which something was not counted, over 1 m² of their polygon, and why: it lies outside the area that
    they name, was released before, or has passed to another area. Sizes in hundredths of m²."""
    products, lines = book.known.register.released, book.lines
    counted = np.zeros(len(products.area), np.int64)
    chosen = (lines.product != NOBODY) & np.isin(lines.why, [*COLUMNS[2:], Why.UNSTATED])
    np.add.at(counted, lines.product[chosen], -lines.geodesic[chosen])
    missing = products.products.geodesic - counted
    rows = [row for row in np.flatnonzero(missing > 100).tolist() if _is_shown(book, row, areas)]
    return [_difference(book, row, int(counted[row]), int(missing[row])) for row in rows]


def _is_shown(book: Book, row: int, areas: Collection[str] | None) -> bool:
    return areas is None or book.known.products["area"][row] in areas


def _difference(book: Book, row: int, counted: int, missing: int) -> dict[str, Any]:
    from kambila.domain.land.balance import ground

    register, known = book.known.register, book.known
    area = int(register.released.area[row])
    steps = register.steps.get(area, ())
    extents = [step.extent.shape for step in steps if step.extent] or [register.areas.shapes[area]]
    shape = register.released.products.shapes[row]
    outside = min(int(ground.measured([ground.without(shape, extents)])[0]), missing) if any(extents) else 0
    takers = [s.extent.shape for each in register.steps.values() for s in each if area in s.takes and s.extent]
    inside = ground.without(shape, [ground.without(shape, extents)]) if any(extents) else shape
    passed = min(missing - outside, _common(inside, takers)) if takers else 0
    parts = {"outside": outside, "passed": passed, "released-before": missing - outside - passed}
    return {
        "product": known.products["id"][row],
        "code": known.products["code"][row] or "",
        "area": known.areas["id"][area],
        "area_code": known.areas["code"][area] or "",
        "counted": counted,
        "reasons": {name: size for name, size in parts.items() if size > 0},
    }


def _common(shape: Any, others: Sequence[Any]) -> int:
    from kambila.domain.land.balance import ground

    return int((ground.measured([shape]) - ground.measured([ground.without(shape, others)]))[0])


def _row(key: str, found: Balance, place: int) -> Row:
    moved = {why: _pair(found.moved[place, why]) for why in Why if found.moved[place, why].any()}
    sums = (_pair(each[place]) for each in (found.opening, found.taken_over, found.closing))
    opening, taken_over, closing = sums
    return Row(key, opening, moved, taken_over, closing, bool(found.holds[place]))


def _pair(sizes: Any) -> tuple[int, int]:
    return (int(sizes[0]), int(sizes[1]))


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
