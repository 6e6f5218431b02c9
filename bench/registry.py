"""The registry: a replay of a million changes, and one report more."""

from __future__ import annotations

import resource
import statistics
from pathlib import Path

from bench.results import Results, stopwatch
from bench.synthetic import bodies, fill_journal
from kambila.journal import Draft, append, directory, projections


def replaying(folder: Path, results: Results, scale: float) -> None:
    """Fold everything anew, then report and accept one by one."""
    directory.create_directory(folder / "replay", "Bench", "B", database="")
    changes = fill_journal(int(250_000 * scale))
    with stopwatch() as seconds:
        projections.catch_up()
        rate = changes / seconds()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.add(f"replay {changes:,} changes", f"{rate:,.0f} changes/s", "≥ 20,000/s", rate >= 20_000)
    results.add("memory of the replay", f"{memory:,.0f} MB", "< 1,000 MB", memory < 1_000)
    one_by_one(results, changes)


def one_by_one(results: Results, changes: int) -> None:
    """The time that the registry takes to follow one report, within the transaction that writes it."""
    spent: list[float] = []
    original = projections.apply_new

    def timed(entries: object) -> None:
        with stopwatch() as seconds:
            original(entries)  # type: ignore[arg-type]
            spent.append(seconds() * 1000)

    projections.apply_new = timed  # type: ignore[assignment]
    try:
        for _, body in bodies(100):
            kind = "report" if "changes" in body else "decision"
            if kind == "report":
                entry = append([Draft(kind, "bench", body)])[0]
            else:
                append([Draft(kind, "bench", {**body, "report": entry.id})])
    finally:
        projections.apply_new = original  # type: ignore[assignment]
    median = statistics.median(spent)
    results.add(f"one report beside {changes:,} changes", f"median {median:.2f} ms", "< 2 ms", median < 2)
