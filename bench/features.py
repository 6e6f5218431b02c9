"""Pages, boxes and single items of the OGC API over HTTP, from points of a million accidents: closed loops of clients."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from bench.door import _served
from bench.postgresql import postgresql
from bench.processes import MACHINE, settle
from bench.results import Results
from kambila.accounts import keys, people
from kambila.accounts.models import Grant
from kambila.journal import directory
from kambila.journal.entry import new_id
from kambila.registry import spatial, sql
from kambila.registry.kinds import plan_of

CLIENTS, SECONDS = 4, 6.0
WEST, SOUTH, EAST, NORTH = -12.0, 10.0, 4.0, 25.0
BATCH = 20_000
# 10 times the better of pygeoapi and tipg at a million features, 1.5 and 2 times tipg; seen on the same kind of machine.
PAGE, BOX, ITEM = 150, 158, 602
Ask = Callable[[random.Random], str]


def serving(folder: Path, results: Results, scale: float) -> None:
    """On SQLite, then on PostgreSQL."""
    number = int(1_000_000 * scale)
    _measured(folder / "sqlite", results, "SQLite", number, "")
    with postgresql() as database:
        _measured(folder / "postgresql", results, "PostgreSQL", number, database())


def _measured(path: Path, results: Results, name: str, number: int, database: str) -> None:
    programme = directory.create_directory(path, "Bench", "BEN", database=database)
    token, ids = _filled(number)
    with _served(programme.path, database, 2) as (port, _pid):
        base = "/ogc/collections/incident/items"
        works: dict[str, tuple[Ask, int]] = {
            "page of 100": (lambda dice: f"{base}?limit=100&adm1=ML0{dice.randint(1, 8)}", PAGE),
            "page of 100, all": (lambda dice: f"{base}?limit=100&after={_after(dice.choice(ids))}", PAGE),
            "box of 0.2°": (lambda dice: f"{base}?limit=100&bbox={_box(dice)}", BOX),
            "one item": (lambda dice: f"{base}/{dice.choice(ids)}", ITEM),
            "filter": (lambda dice: f"{base}?limit=100&filter={quote(_filter(dice))}", PAGE),
        }
        settle(MACHINE)
        for work, (make, aim) in works.items():
            rate, middle, last = _loop(port, token, make)
            seen = f"{rate:.0f}/s, median {middle:.1f} ms, p95 {last:.1f} ms"
            results.add(f"OGC {work} of {number:,}, {name}", seen, f"≥ {aim}/s", rate >= aim)


def _after(id: str) -> str:
    from kambila.publish.features.sorting import token

    return token([id])


def _box(dice: random.Random) -> str:
    x, y = dice.uniform(WEST, EAST - 0.2), dice.uniform(SOUTH, NORTH - 0.2)
    return f"{x:.4f},{y:.4f},{x + 0.2:.4f},{y + 0.2:.4f}"


def _filter(dice: random.Random) -> str:
    return f"category = 'mine_erw' AND date >= DATE('201{dice.randint(2, 4)}-0{dice.randint(1, 9)}-01')"


def _filled(number: int) -> tuple[str, list[str]]:
    """Rows as the projection writes them, without a journal behind; a token that sees all, and some ids."""
    dice, plan = random.Random(7), plan_of("incident")  # noqa: S311  a fixed seed is the point
    some: list[str] = []
    from django.db import transaction

    for start in range(0, number, BATCH):
        rows, boxes = [], []
        for each in range(start, min(start + BATCH, number)):
            id, x, y = new_id(), dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)
            rows.append(_row(plan, id, each, x, y, dice))
            boxes.append((id, (x, y, x, y), True))
            some += [id] if each % 97 == 0 else []
        with transaction.atomic():
            sql.insert(plan.table, plan.columns, rows)
            spatial.insert("incident", boxes)
    _settle()
    people.add("bench")
    grant = {"account": "bench", "role": "auditor", "active": True}
    Grant.objects.create(**grant, entry=new_id(), tick=1, recorded="", author="bench")
    return keys.issue("bench", keys.Use.API, "bench", "bench", actions=["read"])[1], some


def _row(plan, id: str, number: int, x: float, y: float, dice: random.Random) -> list[object]:  # type: ignore[no-untyped-def]
    from kambila.registry import geometry

    day = f"{dice.choice((2012, 2013, 2014))}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    place = geometry.read({"type": "Point", "coordinates": [x, y]}, ("Point",))
    said = {
        "id": id, "record_tier": "restricted", "office": "GAO", "organisation": "", "information_date": day,
        "last_entry": id, "revision": number + 1, "code": f"B-INC-{number:07}", "adm1": f"ML0{dice.randint(1, 8)}",
        "category": dice.choice(("mine_erw", "ied")), "device": "uxo", "date": day, "date_first": day, "date_last": day,
        "location": place.wkb, "locality": "Tabango",
    }  # fmt: skip
    return [said.get(column) for column in plan.columns]


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()


def _loop(port: int, token: str, make: Ask) -> tuple[float, float, float]:
    """(answers per second, median and 95th percentile in ms) of clients that each ask again when they are answered."""
    spent: list[float] = []
    _client(port, token, make, 1.5, [])  # what is counted once is counted
    began = time.perf_counter()
    threads = [threading.Thread(target=_client, args=(port, token, make, SECONDS, spent)) for _each in range(CLIENTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    spent.sort()
    return (
        len(spent) / (time.perf_counter() - began),
        statistics.median(spent) * 1000,
        spent[int(len(spent) * 0.95)] * 1000,
    )


def _client(port: int, token: str, make: Ask, seconds: float, spent: list[float]) -> None:
    line, dice = http.client.HTTPConnection("127.0.0.1", port, timeout=120), random.Random()  # noqa: S311  no secret
    credentials = {"Authorization": f"Bearer {token}"} if token else {}
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        line.request("GET", make(dice), headers={**credentials, "Accept": "application/geo+json"})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200 or b'"Feature' not in body[:60]:
            raise RuntimeError(body[:200])
        spent.append(time.perf_counter() - began)
    line.close()
