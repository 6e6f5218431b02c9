"""Vector tiles over HTTP of a hundred thousand points: cut for the first time, and again as they are kept."""

from __future__ import annotations

import http.client
import math
import random
import statistics
import time
from pathlib import Path

from bench.door import _served
from bench.features import EAST, NORTH, SOUTH, WEST, _filled
from bench.postgresql import postgresql
from bench.results import Results
from kambila.journal import directory

POINTS = 100_000
TILES = 60
# Half of what tipg takes at z8 and z11, a quarter of what it takes for everything; seen on the same kind of machine.
AIMS = {8: 14.5, 11: 7.0}
EVERYTHING, KEPT, HEAVIEST = 196.0, 2.0, 500_000


def cutting(folder: Path, results: Results, scale: float) -> None:
    """On SQLite, then on PostgreSQL."""
    number = int(POINTS * scale)
    _measured(folder / "tiles-sqlite", results, "SQLite", number, "")
    with postgresql() as database:
        _measured(folder / "tiles-postgresql", results, "PostgreSQL", number, database())


def _measured(path: Path, results: Results, name: str, number: int, database: str) -> None:
    programme = directory.create_directory(path, "Bench", "BEN", database=database)
    token, _ids = _filled(number)
    dice = random.Random(11)  # noqa: S311  a fixed seed is the point
    with _served(programme.path, database, 1) as (port, _pid):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        _fetched(line, token, _place(5, 0, 0).replace("incident", "village"))  # a server that has begun
        spent, weight = _fetched(line, token, _place(5, (WEST + EAST) / 2, (SOUTH + NORTH) / 2))
        seen = f"{spent:.0f} ms, the first after a change; {weight:,} bytes"
        is_reached = spent <= EVERYTHING and weight <= HEAVIEST
        results.add(f"tile z5 of {number:,}, {name}", seen, f"≤ {EVERYTHING:.0f} ms, ≤ 500 kB", is_reached)
        for z, aim in AIMS.items():
            places = [_place(z, dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)) for _each in range(TILES)]
            first = [_fetched(line, token, each)[0] for each in dict.fromkeys(places)]
            again = [_fetched(line, token, each)[0] for each in dict.fromkeys(places)]
            for what, found, most in (("", first, aim), (", kept", again, KEPT)):
                middle = statistics.median(found)
                results.add(
                    f"tile z{z} of {number:,}{what}, {name}", f"median {middle:.1f} ms", f"≤ {most} ms", middle <= most
                )
        line.close()


def _place(z: int, longitude: float, latitude: float) -> str:
    """The path of the tile in which a point lies."""
    x = int((longitude / 360 + 0.5) * 2**z)
    y = int((0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)) * 2**z)
    return f"/ogc/collections/incident/tiles/WebMercatorQuad/{z}/{y}/{x}"


def _fetched(line: http.client.HTTPConnection, token: str, path: str) -> tuple[float, int]:
    """(milliseconds, bytes as they came)."""
    began = time.perf_counter()
    line.request("GET", path, headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    if answer.status not in (200, 204):
        raise RuntimeError(body[:200])
    return (time.perf_counter() - began) * 1000, len(body)
