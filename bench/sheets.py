"""Spreadsheets: a large CSV comes in to reports and registry, and the same file again."""

from __future__ import annotations

import csv
import random
import resource
import time
from pathlib import Path

from bench.results import Results, stopwatch
from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.intake.sheets import profile
from kambila.intake.sheets.importing import import_file
from kambila.intake.sheets.rows import Acceptance
from kambila.journal import directory

ROWS = 100_000
PROFILE = """
name = "bench"
title = "Accidents"
[report]
date = "reported"
[[records]]
kind = "incident"
id = "no"
[records.fields]
code = "no"
date = "day"
category = "category"
device = { column = "device", codes = { "mine AP" = "ap" } }
locality = "place"
adm1 = "adm1"
adm2 = "adm2"
killed_stated = "killed"
injured_stated = "injured"
location = { latitude = "lat", longitude = "lon" }
"""


def importing(folder: Path, results: Results, scale: float) -> None:
    """A million rows are the aim's measure (`--scale 10`); a row costs more the larger the database has become."""
    directory.create_directory(folder / "sheets", "Bench", "B", database="")
    people.add("omar")
    granting.grant("omar", "information-officer", Scope(), "the bench", "omar")
    path, read = _file(folder / "accidents.csv", int(ROWS * scale)), profile.read(PROFILE)
    acceptance = Acceptance("compared", "known")
    rates, spent = [], []
    for _time in range(2):
        begun = time.process_time()
        with stopwatch() as seconds:
            outcome = import_file(path, read, "omar", acceptance)
            rates.append(outcome.counts["rows"] / seconds())
        spent.append((time.process_time() - begun) / outcome.counts["rows"] * 1e6)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    first, again = rates
    told = f"{first:,.0f} rows/s ({spent[0]:,.0f} µs of one core each)"
    results.add(f"import {outcome.counts['rows']:,} rows, accepted", told, "≥ 10,000 rows/s", first >= 10_000)
    told = f"{again:,.0f} rows/s = {again / first:.1f} × ({spent[1]:,.0f} µs)"
    results.add("the same file again", told, "≥ 3 × faster", again >= 3 * first)
    results.add("memory of the import", f"{memory:,.0f} MB", "told", True)


def _file(path: Path, rows: int) -> Path:
    dice = random.Random(7)  # noqa: S311  a fixed seed is the point
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        columns = "no reported day category device place adm1 adm2 killed injured lat lon comment"
        writer.writerow(columns.split())
        for number in range(rows):
            day = f"2014-{dice.randint(1, 6):02}-{dice.randint(1, 28):02}"
            where = [f"{dice.uniform(15, 18):.5f}", f"{dice.uniform(-4, 1):.5f}"]
            hurt = [dice.randint(0, 2), dice.randint(0, 5)]
            device = dice.choice(("mine AP", "uxo", "Unexploded ordnance", "av"))
            said = [f"A-{number:07}", day, day, "mine_erw", device, f"Place {number % 900}", "ML06", "ML0601"]
            writer.writerow([*said, *hurt, *where, "seen by the team on its way"])
    return path
