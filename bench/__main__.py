"""`python -m bench [--scale 0.1] [--only WORK]`: what is seen beside what is aimed at."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django

from bench.results import Results, stopwatch

WORKS = (
    "journal",
    "registry",
    "areas",
    "land",
    "demo",
    "door",
    "neighbours",
    "sheets",
    "browser",
    "operations",
    "features",
    "peers",
    "tiles",
    "map",
    "exports",
    "lake",
)


def main() -> None:
    """Measure, print, write JSON."""
    arguments = argparse.ArgumentParser(prog="python -m bench")
    arguments.add_argument("--scale", type=float, default=1.0, help="1.0 is a million changes")
    arguments.add_argument("--only", choices=WORKS, default="")
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    django.setup()
    from bench import (
        areas,
        browser,
        door,
        exports,
        features,
        figures,
        journal,
        lake,
        land,
        map,
        neighbours,
        operations,
        peers,
        registry,
        sheets,
        tiles,
    )

    results = Results()
    with tempfile.TemporaryDirectory(prefix="kambila-bench-") as folder:
        if chosen.only in ("", "registry"):
            registry.replaying(Path(folder), results, chosen.scale)
            figures.counting(results)
        if chosen.only in ("", "journal"):
            journal.appending(Path(folder), results)
            journal.verifying(Path(folder), results, chosen.scale)
        if chosen.only in ("", "areas"):
            areas.neighbouring(Path(folder), results, min(chosen.scale, 1))
        if chosen.only in ("", "land"):
            land.balancing(Path(folder), results, chosen.scale)
        if chosen.only in ("", "sheets"):
            sheets.importing(Path(folder), results, chosen.scale)
        if chosen.only in ("", "door"):
            door.sending(Path(folder), results, door.SECONDS * min(chosen.scale, 1))
            door.fetching(Path(folder), results)
        if chosen.only in ("", "neighbours"):
            neighbours.beside(Path(folder), results, door.SECONDS * min(chosen.scale, 1) / 2)
        if chosen.only in ("", "demo"):
            demo(Path(folder), results)
        if chosen.only in ("", "operations"):
            operations.taking(Path(folder), results)
            operations.ranking(results)
        if chosen.only in ("", "features"):
            features.serving(Path(folder), results, chosen.scale)
        if chosen.only in ("", "peers"):
            peers.beside(Path(folder), results, min(chosen.scale, 1))
        if chosen.only in ("", "tiles"):
            tiles.cutting(Path(folder), results, min(chosen.scale, 1))
        if chosen.only in ("", "map"):
            map.looking(Path(folder), results)
        if chosen.only in ("", "exports"):
            exports.writing(Path(folder), results, chosen.scale)
        if chosen.only in ("", "lake"):
            lake.exporting(Path(folder), results, chosen.scale)
        if chosen.only in ("", "browser"):
            browser.filling(Path(folder), results)
    results.write(Path("bench-results") / "results.json")


def demo(folder: Path, results: Results) -> None:
    """The example programme, as a newcomer builds it."""
    command = [str(Path(sys.executable).with_name("kambila")), "--data", str(folder / "demo"), "demo", "--no-serve"]
    with stopwatch() as seconds:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        spent = seconds()
    results.add("demo --no-serve, whole", f"{spent:.0f} s", "< 90 s", spent < 90)


main()
