"""Lists as files: how fast they are written, and how much memory that takes however long they are."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from bench.results import Results
from kambila.journal import directory

RECORDS = 1_000_000
AIM = 50_000  # records a second, of CSV
SHARE = {"csv": 1.0, "geojson": 1.0, "gpkg": 0.2, "shp": 0.2, "kml": 0.2, "xlsx": 0.02}  # of the records, by format
KILOBYTES = 1024  # of a megabyte


def writing(folder: Path, results: Results, scale: float) -> None:
    """Each format in a process of its own, which tells at its end how much memory it held at most."""
    from bench.features import _filled  # not above: the processes that write set Django up for themselves

    path = folder / "exports"
    directory.create_directory(path, "Bench", "BEN")
    number = int(RECORDS * scale)
    _filled(number)
    few = _written(path, "csv", max(number // 20, 1))[1]
    for name, share in SHARE.items():
        wanted = max(int(number * share), 1)
        spent, held, worked = _written(path, name, wanted)
        speed = wanted / spent
        aim, reached = (f"≥ {AIM:,}/s", speed >= AIM) if name == "csv" else ("told", True)
        results.add(
            f"{name} of {wanted:,} records",
            f"{speed:,.0f}/s, {wanted / worked:,.0f}/s of processor, {held} MB",
            aim,
            reached,
        )
        if name == "csv":
            results.add("memory of csv, beside a twentieth of it", f"{held} MB, {few} MB", "≤ 1.3 ×", held <= few * 1.3)


def _written(path: Path, name: str, number: int) -> tuple[float, int, float]:
    """(seconds, megabytes, seconds of the processor)."""
    command = [sys.executable, "-m", __name__, str(path), name, str(number)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    return float(said[0]), int(said[1]), float(said[2])


def _held() -> int:
    """Megabytes that this process held at most; what its parent held before does not count."""
    said = Path("/proc/self/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) // KILOBYTES


def _alone(path: str, name: str, number: int) -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
    django.setup()
    directory.open_directory(Path(path), "")
    from kambila.accounts.people import find
    from kambila.publish.downloads.formats import FORMATS, write
    from kambila.publish.downloads.reading import Reading, Wanted

    reading = Reading(find("bench"), Wanted("incident"))
    reading.found = reading.found.filter(revision__lte=number)
    to = Path(path) / f"written{FORMATS[name].ending}"
    began, worked = time.perf_counter(), time.process_time()
    write(reading, FORMATS[name], to, lambda _done: None)
    spent, worked = time.perf_counter() - began, time.process_time() - worked
    to.unlink()
    print(f"{spent:.3f} {_held()} {worked:.3f}")


if __name__ == "__main__":
    _alone(sys.argv[1], sys.argv[2], int(sys.argv[3]))
