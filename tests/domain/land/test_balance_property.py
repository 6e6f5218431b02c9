"""Random sequences of surveys, redrawings, splits, merges, retirements and overlapping products: what the ledger holds on
every day is what is left on paper, cell by cell, and every period balances."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from kambila.domain.land.balance import alone, ground
from kambila.domain.land.balance.ledger import ledger
from kambila.domain.land.balance.lines import Why
from kambila.domain.land.balance.settle import NONE, Limits
from kambila.domain.land.balance.sums import summed
from tests.domain.land.grounds import box, cells, extent, register, step

GRID, AREAS, DAYS = 8, 4, 12
LIMITS = Limits(tolerance=0.05, residual=100)
ROW = [int(ground.measured([box(0, y, 1, y + 1)])[0]) for y in range(GRID)]  # hundredths of m² of a cell, by its row
SEQUENCES = max(2_000, 10 * settings.default.max_examples)

WAYS = (Why.CANCELLED, Why.REDUCED, Why.CLEARED)
numbers = st.integers(0, GRID - 1)
sides = st.integers(1, GRID)
stated = st.sampled_from([NONE, NONE, 0, 500_000, 1_300_000])


@st.composite
def rectangles(draw, inside=None):
    """A rectangle of the grid, by preference within another."""
    x0, y0, x1, y1 = inside or (0, 0, GRID, GRID)
    left, bottom = x0 + draw(numbers) % max(x1 - x0, 1), y0 + draw(numbers) % max(y1 - y0, 1)
    return (left, bottom, min(left + draw(sides), GRID), min(bottom + draw(sides), GRID))


def day(number: int) -> str:
    return f"2014-01-{number + 1:02}"


@st.composite
def sequences(draw, wild=False):
    """(steps of each area, products, lives of products): few areas, few days, much ground in common.

    `wild`: some were not drawn, and some products say that nothing is left.
    """
    areas, drawn = [], []
    for _ in range(draw(st.integers(1, AREAS))):
        corners = draw(rectangles())
        takes = ()
        if areas and draw(st.booleans()):  # split off the last one, or joined with others
            givers = draw(st.sets(st.integers(0, len(areas) - 1), min_size=1, max_size=2))
            takes = tuple(sorted(givers))
            corners = draw(rectangles(drawn[takes[0]])) if len(takes) == 1 else _around([drawn[i] for i in takes])
        days = sorted(draw(st.sets(st.integers(0, DAYS - 1), min_size=1, max_size=3)))
        first = None if wild and draw(st.integers(0, 3)) == 0 else corners
        steps = [step(day(days[0]), first, draw(stated), takes)]
        for later in days[1:]:
            what = draw(st.integers(0, 5))
            again = None if what == 0 else draw(rectangles(corners if what < 3 else None))
            keeps = takes if what != 5 else ()
            steps.append(
                step(day(later), again, draw(stated), keeps)._replace(**({"extent": None} if not again else {}))
            )
        areas.append(steps)
        drawn.append(corners)
    products, lives = [], {}
    for number in range(draw(st.integers(0, 6))):
        area = draw(st.integers(0, len(areas) - 1))
        corners = draw(rectangles(drawn[area])) if not wild or draw(st.integers(0, 3)) else None
        on, way = day(draw(st.integers(0, DAYS - 1))), draw(st.sampled_from(WAYS))
        products.append((area, on, way, corners, draw(stated), wild and draw(st.integers(0, 3)) == 0))
        if draw(st.integers(0, 7)) == 0:
            lives[number] = [("", True), (day(draw(st.integers(0, DAYS - 1))), False)]
    return areas, products, lives


def _around(corners):
    return (
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[2] for c in corners),
        max(c[3] for c in corners),
    )


def corners_of(extent):
    """The corners of a rectangle, in grid cells."""
    from tests.domain.land.grounds import CELL, SOUTH, WEST

    x0, y0, x1, y1 = extent.shape.bounds
    return tuple(round(v / CELL) for v in (x0 - WEST, y0 - SOUTH, x1 - WEST, y1 - SOUTH))


def left_on_paper(areas, products, lives, on: str) -> list[int]:
    """What is left of each area on a day, in hundredths of m², counted cell by cell."""
    now = [next((s for s in reversed(steps) if s.day <= on), None) for steps in areas]
    own = [set() if s is None or s.extent is None else cells(*corners_of(s.extent)) for s in now]
    left = []
    for place, mine in enumerate(own):
        rest = set(mine)
        for other, said in enumerate(now):
            if (
                other != place
                and said
                and place in said.takes
                and other not in (now[place].takes if now[place] else ())
            ):
                rest -= own[other]
        for number, (area, released, _why, corners, _stated, _whole) in enumerate(products):
            stands = [ok for since, ok in lives.get(number, [("", True)]) if max(since, released) <= on]
            if area == place and stands and stands[-1]:
                rest -= cells(*corners)
        left.append(sum(ROW[y] for _x, y in rest))
    return left


@settings(max_examples=SEQUENCES)
@given(sequences())
def test_the_ledger_holds_on_every_day_what_is_left_on_paper_and_every_period_balances(sequence):
    areas, products, lives = sequence
    note(
        "\n".join(
            f"{place}: {[(s.day, s.extent and corners_of(s.extent), s.takes) for s in each]}"
            for place, each in enumerate(areas)
        )
    )
    note(f"products: {products}, lives: {lives}")
    known = register(areas, products, lives)
    found = ledger(known, LIMITS)
    for number in range(DAYS):
        on = day(number)
        until = found.day <= np.datetime64(on)
        for place, expected in enumerate(left_on_paper(areas, products, lives, on)):
            held = int(found.geodesic[until & (found.area == place)].sum())
            assert abs(held - expected) <= 100 + expected // 10_000, (on, place, held / 100, expected / 100)
            typed = int(found.stated[until & (found.area == place)].sum())
            assert typed >= 0
            assert held == 0 or typed > 0
    for whys in ((Why.SPLIT, Why.MERGED),):
        assert found.geodesic[np.isin(found.why, whys)].sum() == found.stated[np.isin(found.why, whys)].sum() == 0
    assert (found.geodesic[np.isin(found.why, WAYS)] <= 0).all()
    _periods_balance(found, known)
    event(f"reasons: {len(set(found.why.tolist()))}")


def _periods_balance(found, known):
    """Each area by itself, and the whole; periods that follow each other hand over what they hold."""
    workers = known.released.area % 2
    for homes, groups in ((np.arange(len(known.since)), len(known.since)), (np.arange(len(known.since)) % 2, 2)):
        halves = [
            summed(found, homes, workers if groups == 2 else np.full(len(workers), -1), groups, first, last)
            for first, last in ((None, np.datetime64(day(5))), (np.datetime64(day(6)), None))
        ]
        assert all(each.holds.all() for each in halves)
        assert (halves[0].closing == halves[1].opening).all()


def as_recorded(areas, products, lives):
    """What the record of each area says in the end, in hundredths of m², None for one that is not there."""
    last = [steps[-1] for steps in areas]
    standing = [n for n in range(len(products)) if lives.get(n, [("", True)])[-1][1]]
    found = []
    for place, now in enumerate(last):
        rows = [_product(n, *products[n][1:]) for n in standing if products[n][0] == place]
        takers = [_values(other, each) for other, each in enumerate(last) if place in each.takes and each.extent]
        left = alone.overlay(_values(place, now), rows, takers) if now.extent else None
        found.append(None if left is None else int(left.remaining * 100))
    return found


def _values(place, step):
    return {"id": place, "taken_from": step.takes, **_measured(step.extent)}


def _measured(extent):
    size = None if extent.stated == NONE else Decimal(extent.stated) / 100
    return {"polygon": None if extent.shape is None else extent.shape.wkb, "area_m2": size}


def _product(number, on, way, corners, stated, whole):
    said = {"id": f"{number:03}", "date": on, "method": way.name.lower(), "whole_area": "yes" if whole else "no"}
    return said | _measured(extent(corners, stated))


@settings(max_examples=max(300, settings.default.max_examples))
@given(sequences(wild=True))
def test_the_ledger_ends_where_the_records_are_also_where_ground_was_not_drawn(sequence):
    areas, products, lives = sequence
    note("\n".join(f"{n}: {[(s.day, s.extent, s.takes) for s in each]}" for n, each in enumerate(areas)))
    note(f"{products} {lives}")
    found = ledger(register(areas, products, lives), LIMITS)
    for place, recorded in enumerate(as_recorded(areas, products, lives)):
        chosen = found.area == place
        held = max(int(found.geodesic[chosen].sum()), int(found.stated[chosen].sum()))
        assert abs(held - (recorded or 0)) <= 1
    assert (found.geodesic[np.isin(found.why, WAYS)] <= 0).all()
    assert (found.stated[np.isin(found.why, WAYS)] <= 0).all()
