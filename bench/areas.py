"""Land: one polygon looked at beside a hundred thousand others, as at the door, and what lies beside it."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

from bench.results import Results, stopwatch
from kambila.intake.review import review_entry
from kambila.journal import Draft, append, directory
from kambila.journal.entry import Entry, new_id

AREAS, A_REPORT = 100_000, 500
ACROSS = 320  # areas in a row; each lies on a corner of the next, as in the worst of places
APART = 0.0018


def neighbouring(folder: Path, results: Results, scale: float) -> None:
    """Fill the registry with areas, then review reports of further ones among them."""
    directory.create_directory(folder / "areas", "Bench", "B", database="")
    number = int(AREAS * scale)
    dice = random.Random(7)  # noqa: S311  a fixed seed is the point
    for first in range(0, number, A_REPORT):
        changes = [_area(n, dice) for n in range(first, min(first + A_REPORT, number))]
        entry = append([_report(changes)])[0]
        append([Draft("decision", "bench", {"verb": "accept", "report": entry.id})])
    looked_at = [append([_report([_area(dice.randrange(number) + 0.4, dice)])])[0] for _each in range(100)]
    spent = sorted(_review(entry) for entry in looked_at)
    median, slowest = statistics.median(spent), spent[94]
    told = f"median {median:.1f} ms, p95 {slowest:.1f} ms"
    results.add(f"check of one polygon beside {number:,}", told, "< 20 ms", slowest < 20)


def _review(entry: Entry) -> float:
    """Milliseconds of the whole review of a report of one area, which must find its neighbours."""
    with stopwatch() as seconds:
        found = review_entry(entry)
        spent = seconds() * 1000
    if "overlaps-neighbour" not in {each.code for each in found}:
        raise RuntimeError("the neighbour was not found")
    return spent


def _area(number: float, dice: random.Random) -> dict[str, object]:
    """An octagon of some 200 m; the next one stands so near that their corners lie on each other."""
    x, y = -5 + APART * (number % ACROSS), 15 + APART * (int(number) // ACROSS)
    bumps = [dice.uniform(0.0009, 0.0011) for _corner in range(8)]
    turns = ((1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1), (0.7, -0.7))
    ring = [[round(x + r * a, 6), round(y + r * b, 6)] for r, (a, b) in zip(bumps, turns, strict=True)]
    values = {"classification": "sha", "devices": ["uxo"], "adm1": "ML06", "code": f"B-HA-{number:08}"}
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"kind": "hazardous_area", "id": new_id(), "values": {**values, "polygon": shape}}


def _report(changes: list[dict[str, object]]) -> Draft:
    header = {"form": "hazardous_area", "version": "1", "reporter": "team", "office": "", "organisation": ""}
    return Draft("report", "bench", {**header, "date": "2014-06-20", "changes": changes})
