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
    "registry", "journal", "areas", "land", "sheets", "door", "neighbours", "demo", "operations", "features", "peers",
    "tiles", "map", "exports", "lake", "browser",
)  # fmt: skip


def main() -> None:
    """Measure, print, write JSON."""
    arguments = argparse.ArgumentParser(prog="python -m bench")
    arguments.add_argument("--scale", type=float, default=1.0, help="1.0 is a million changes")
    arguments.add_argument("--only", choices=WORKS, default="")
    chosen = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    django.setup()
    results = Results()
    with tempfile.TemporaryDirectory(prefix="kambila-bench-") as folder:
        for work in [chosen.only] if chosen.only else WORKS:
            measure(work, Path(folder), results, chosen.scale)
    results.write(Path("bench-results") / "results.json")


def measure(work: str, folder: Path, results: Results, scale: float) -> None:
    """One of the works; their modules need Django."""
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

    at_most = min(scale, 1)
    match work:
        case "registry":
            registry.replaying(folder, results, scale)
            figures.counting(results)
        case "journal":
            journal.appending(folder, results)
            journal.verifying(folder, results, scale)
        case "areas":
            areas.neighbouring(folder, results, at_most)
        case "land":
            land.balancing(folder, results, scale)
        case "sheets":
            sheets.importing(folder, results, scale)
        case "door":
            door.sending(folder, results, door.SECONDS * at_most)
            door.fetching(folder, results)
        case "neighbours":
            neighbours.beside(folder, results, door.SECONDS * at_most / 2)
        case "demo":
            demo(folder, results)
        case "operations":
            operations.taking(folder, results)
            operations.ranking(results)
        case "features":
            features.serving(folder, results, scale)
        case "peers":
            peers.beside(folder, results, at_most)
        case "tiles":
            tiles.cutting(folder, results, at_most)
        case "map":
            map.looking(folder, results)
        case "exports":
            exports.writing(folder, results, scale)
        case "lake":
            lake.exporting(folder, results, scale)
        case "browser":
            browser.filling(folder, results)


def demo(folder: Path, results: Results) -> None:
    """The example programme, as a newcomer builds it."""
    command = [str(Path(sys.executable).with_name("kambila")), "--data", str(folder / "demo"), "demo", "--no-serve"]
    with stopwatch() as seconds:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        spent = seconds()
    results.add("demo --no-serve, whole", f"{spent:.0f} s", "< 90 s", spent < 90)


main()
