"""The OGC API beside pygeoapi and tipg in the same run, on the same PostgreSQL, with the same records and columns."""

from __future__ import annotations

import http.client
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from bench import peer_servers
from bench.areas import APART, _area
from bench.door import _served
from bench.features import Ask, _after, _box, _client, _filled, _loop
from bench.peer_servers import PROCESSES, SCHEMA, Missing, postgis, pygeoapi, tipg
from bench.processes import settle, spent
from bench.results import Results
from bench.tiles import EAST, NORTH, SOUTH, WEST, _fetched, _place
from kambila.accounts.models import Account
from kambila.accounts.roles import remember
from kambila.journal import directory
from kambila.journal.entry import new_id
from kambila.publish.features.collections import of
from kambila.registry import geometry, precision, spatial, sql
from kambila.registry.kinds import kinds, plan_of

POINTS, TILED, AREAS, BATCH, TILES = 1_000_000, 100_000, 100_000, 5_000, 40
PEERS = ("pygeoapi", "tipg")
# How many times the better of the peers.
AIMS = {"page of 100": 10.0, "page of 100, one of eight régions": 10.0, "box of 0.2°": 1.5, "one item": 2.0}
FASTER = {5: 0.25, 8: 0.5, 11: 0.5}
ALONE = 3.0  # seconds of one client, while processor time is read
Seen = tuple[float, float, float]  # answers per second, 95th percentile in ms, ms of the processor for an answer
Works = dict[str, dict[str, Ask]]  # by work and server: the path that is asked for next


def beside(folder: Path, results: Results, scale: float) -> None:
    """Points, areas and tiles; says so and measures nothing where the peers cannot be had."""
    try:
        programs = peer_servers.environment(folder / "peers")
        with postgis() as (database, postmaster):
            token, points = _points(folder / "points", database, int(POINTS * scale))
            areas = _areas(int(AREAS * scale))
            tables = {kind: plan_of(kind).table for kind in ("incident", "hazardous_area")}
            peer_servers.copy(database, {table: _columns(kind) for kind, table in tables.items()})
            rates = dict(_rates(folder, programs, database, postmaster, token, _works(tables, points, areas, scale)))
            _told(results, rates)
        with postgis() as (database, postmaster):
            token, _ids = _points(folder / "tiled", database, int(TILED * scale))
            peer_servers.copy(database, {tables["incident"]: _columns("incident")})
            _tiles(folder / "tiled", results, programs, database, token, tables["incident"])
    except Missing as missing:
        print(f"skipped: pygeoapi and tipg beside us: {missing}", flush=True)


def _points(path: Path, database: str, number: int) -> tuple[str, list[str]]:
    path.mkdir()
    directory.create_directory(path, "Bench", "BEN", database=database)
    return _filled(number)


def _areas(number: int) -> list[str]:
    """Areas as the projection writes them, without a journal behind; gives their ids."""
    from django.db import connection, transaction

    plan, dice, ids = plan_of("hazardous_area"), random.Random(7), []  # noqa: S311  a fixed seed is the point
    for start in range(0, number, BATCH):
        rows, boxes = [], []
        for each in range(start, min(start + BATCH, number)):
            values = dict(_area(each, dice)["values"])  # type: ignore[call-overload]
            shape, id = geometry.read(values.pop("polygon"), ("Polygon",)), new_id()
            values |= {"id": id, "record_tier": "restricted", "office": "", "organisation": "", "devices": " uxo "}
            values |= {"information_date": "2014-06-20", "last_entry": id, "revision": each + 1, "polygon": shape.wkb}
            rows.append([values.get(column) for column in plan.columns])
            boxes.append((id, shape.bounds, True))
            ids.append(id)
        with transaction.atomic():
            sql.insert(plan.table, plan.columns, rows)
            spatial.insert("hazardous_area", boxes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    return ids


def _columns(kind: str) -> tuple[str, tuple[str, ...]]:
    """The geometry of a kind and the columns that we give of it, so that the peers give the same."""
    account = Account.objects.get(username="bench")
    remember(account)
    found = of(account, kind)
    names = [found.field(name).attname for name in found.given]
    return precision.shapes(kinds()[kind])[0], (*names, "information_date")


def _works(tables: dict[str, str], points: list[str], areas: list[str], scale: float) -> Works:
    works: Works = {}
    for kind, ids, many in (("incident", points, POINTS), ("hazardous_area", areas, AREAS)):
        base = dict.fromkeys(PEERS, f"/collections/{tables[kind]}/items")
        base |= {"tipg": f"/collections/{SCHEMA}.{tables[kind]}/items", "Kambila": f"/ogc/collections/{kind}/items"}
        what = f"{int(many * scale):,} {'points' if kind == 'incident' else 'polygons'}"
        for work in AIMS:
            if not (kind == "hazardous_area" and "région" in work):
                works[f"{work} of {what}"] = {name: _ask(work, kind, base[name], name, ids) for name in base}
    return works


def _ask(work: str, kind: str, base: str, name: str, ids: list[str]) -> Ask:
    """What one server is asked: peers begin a page after as many items, we after a key."""
    if work == "one item":
        return lambda dice: f"{base}/{dice.choice(ids)}"
    if work.startswith("box"):
        return lambda dice: f"{base}?limit=100&bbox={_box(dice) if kind == 'incident' else _near(dice, len(ids))}"
    if "région" in work:
        return lambda dice: f"{base}?limit=100&adm1=ML0{dice.randint(1, 8)}"
    if name == "Kambila":
        return lambda dice: f"{base}?limit=100&after={_after(dice.choice(ids))}"
    return lambda dice: f"{base}?limit=100&offset={100 * dice.randint(0, 50)}"


def _near(dice: random.Random, number: int) -> str:
    x, y = -5 + dice.uniform(0, 0.4), 15 + dice.uniform(0, APART * number / 320)
    return f"{x:.4f},{y:.4f},{x + 0.2:.4f},{y + 0.2:.4f}"


def _rates(
    folder: Path, programs: Path, database: str, postmaster: int, token: str, works: Works
) -> Iterator[tuple[tuple[str, str], Seen]]:
    """For each work and server what was seen, one server after the other."""
    tables = tuple(plan_of(kind).table for kind in ("incident", "hazardous_area"))
    servers: dict[str, Callable[[], object]] = {
        "Kambila": lambda: _ours(folder / "points", database),
        "pygeoapi": lambda: pygeoapi(programs, folder, database, tables),
        "tipg": lambda: tipg(programs, database),
    }
    for name, serve in servers.items():
        with serve() as (port, process):  # type: ignore[attr-defined]
            settle(process, postmaster)
            for work, asks in works.items():
                said = token if name == "Kambila" else ""
                rate, _middle, last = _loop(port, said, asks[name])
                yield (work, name), (rate, last, _processor(port, said, asks[name], process, postmaster))


def _processor(port: int, token: str, ask: Ask, *processes: int) -> float:
    """Milliseconds of the processor that an answer takes, of the server and of its database, asked by one client."""
    answers: list[float] = []
    before = spent(*processes)
    _client(port, token, ask, ALONE, answers)
    return (spent(*processes) - before) * 1000 / len(answers)


def _ours(path: Path, database: str) -> AbstractContextManager[tuple[int, int]]:
    return _served(path, database, PROCESSES)


def _told(results: Results, rates: dict[tuple[str, str], Seen]) -> None:
    """The rate decides; where other programs want the processor too, what an answer takes of it says more."""
    for work in dict.fromkeys(work for work, _name in rates):
        seen = {name: rates[work, name] for name in ("Kambila", *PEERS)}
        aim = next(times for begins, times in sorted(AIMS.items(), reverse=True) if work.startswith(begins))
        ratio = seen["Kambila"][0] / max(seen[name][0] for name in PEERS)
        cheaper = min(seen[name][2] for name in PEERS) / seen["Kambila"][2]
        told = "; ".join(
            f"{name} {rate:.0f}/s, p95 {last:.0f} ms, {each:.1f} ms" for name, (rate, last, each) in seen.items()
        )
        told = f"{told}; {ratio:.1f} times, {cheaper:.1f} by processor"
        results.add(f"{work}, PostgreSQL", told, f"≥ {aim:g} times", ratio >= aim)


def _tiles(path: Path, results: Results, programs: Path, database: str, token: str, table: str) -> None:
    """One client; ours are cut anew, for no tile is asked for twice."""
    dice = random.Random(11)  # noqa: S311  a fixed seed is the point
    places = {5: [((WEST + EAST) / 2, (SOUTH + NORTH) / 2)]}
    places |= {z: [(dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)) for _each in range(TILES)] for z in (8, 11)}
    seen: dict[tuple[str, int], tuple[float, int]] = {}
    for name, serve in (("Kambila", lambda: _ours(path, database)), ("tipg", lambda: tipg(programs, database))):
        with serve() as (port, process):
            settle(process)
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            # A tile in which nothing is: the server has begun, and ours has read no place yet of the kind that is measured.
            empty = _place(8, 60.0, -40.0)
            _fetched(line, token, _theirs(empty, table) if name == "tipg" else empty.replace("incident", "village"))
            for z, found in places.items():
                paths = dict.fromkeys(_place(z, *each) for each in found)
                asked = [_theirs(each, table) if name == "tipg" else each for each in paths]
                answers = [_fetched(line, token, each) for each in asked]
                seen[name, z] = (statistics.median(each[0] for each in answers), max(each[1] for each in answers))
            line.close()
    for z, aim in FASTER.items():
        ours, theirs = seen["Kambila", z], seen["tipg", z]
        told = f"{ours[0]:.1f} ms, {ours[1]:,} bytes; tipg {theirs[0]:.1f} ms, {theirs[1]:,} bytes"
        results.add(f"tile z{z}, PostgreSQL", told, f"≤ {aim} × tipg", ours[0] <= aim * theirs[0])


def _theirs(path: str, table: str) -> str:
    z, row, column = path.rsplit("/", 3)[1:]
    return f"/collections/{SCHEMA}.{table}/tiles/WebMercatorQuad/{z}/{column}/{row}"
