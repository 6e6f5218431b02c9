"""Land: the balance of 50,000 hazardous areas with 200,000 land-release products."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from bench.results import Results, stopwatch
from bench.synthetic import write_entries
from kambila.domain.land.balance.book import book
from kambila.domain.land.balance.told import balance, uncounted
from kambila.journal import directory, projections
from kambila.journal.entry import new_id
from kambila.registry import sql

AREAS, PRODUCTS_OF_ONE = 50_000, 4
SIDE = 0.002  # degrees: about 200 m


def balancing(folder: Path, results: Results, scale: float) -> None:
    """The journal is filled and folded first; then the command is measured as a person meets it: nothing is kept yet."""
    directory.create_directory(folder / "land", "Bench", "B", database="")
    areas = int(AREAS * scale)
    write_entries(_bodies(areas))
    with stopwatch() as seconds:
        projections.catch_up()
        folded = seconds()
    results.add(f"{areas:,} areas and their products folded", f"{areas * 5 / folded:,.0f} changes/s", "told", True)
    with stopwatch() as seconds:
        written = book()
        total, _rows = balance(written, "region", "2013-01-01", "2014-06-30")
        uncounted(written)
        spent = seconds()
    products = sql.run("SELECT COUNT(*) FROM land_landreleaseproduct")[0][0]
    reached = spent < 10 and total.holds
    results.add(f"balance, {areas:,} areas, {products:,} products", f"{spent:.1f} s", "< 10 s", reached)
    with stopwatch() as seconds:
        balance(book(), "area", "2013-01-01", "2014-06-30")
        results.add("the same again, by area, nothing changed", f"{seconds():.2f} s", "told", True)


def _bodies(areas: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Each area with four products: half of the areas are closed by them, a tenth of the products overlap or stick out,
    every twentieth area was drawn anew, every hundredth was split."""
    dice = random.Random(7)  # noqa: S311  a fixed seed is the point
    for number in range(areas):
        area, x, y = new_id(), -12 + 0.01 * (number % 1_500), 12 + 0.01 * (number // 1_500)
        place = {"adm1": f"ML0{dice.randint(1, 8)}"}
        said = {"classification": "cha", "devices": ["uxo"], "code": f"B-HA-{number}", "area_m2": "47000", **place}
        yield from _accepted("hazardous_area", area, f"2012-{dice.randint(1, 12):02}-10", polygon=_box(x, y, 4), **said)
        for quarter in range(PRODUCTS_OF_ONE):
            wide = 1 if dice.random() > 0.1 else 1.3
            shift = 0 if number % 2 else 0.25
            left = x + SIDE * (quarter + shift) / 4
            day = f"201{dice.choice((3, 4))}-0{dice.randint(1, 6)}-1{quarter}"
            said = {"area": area, "method": "cleared", "date": day, "area_m2": "11800", "whole_area": "no", **place}
            yield from _accepted("land_release_product", new_id(), day, polygon=_box(left, y, wide), **said)
        if number % 20 == 0:
            yield from _accepted("hazardous_area", area, "2014-03-01", polygon=_box(x, y, 4.4))
        if number % 100 == 0:
            taken = {"classification": "cha", "taken_from": [area], "code": f"B-HA-{number}-B", **place}
            yield from _accepted("hazardous_area", new_id(), "2014-05-01", polygon=_box(x, y, 1), two=True, **taken)


def _box(x: float, y: float, quarters: float) -> dict[str, object]:
    right, top = x + SIDE * quarters / 4, y + SIDE
    ring = [[x, y], [right, y], [right, top], [x, top], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def _accepted(
    kind: str, id: str, day: str, two: bool = False, **values: object
) -> Iterator[tuple[str, dict[str, object]]]:
    report, decision = new_id(), new_id()
    header = {"form": kind, "version": "1", "reporter": "team", "office": "GAO", "organisation": "", "code": ""}
    yield "report:" + report, {**header, "date": day, "changes": [{"kind": kind, "id": id, "values": values}]}
    yield "decision:" + decision, {"verb": "accept", "report": report}
    if two:
        yield "countersign", {"decision": decision}
