"""A lake of a million accidents and their casualties: exported, brought up to date, and counted beside DuckDB alone."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.features import _filled
from bench.figures import BY_HAND
from bench.results import Results, stopwatch
from kambila.accounts import people
from kambila.figures.definitions import all_figures
from kambila.figures.evaluate import evaluate
from kambila.figures.expressions import sql
from kambila.figures.lake import lake_at, manifest_of, opened, parquet
from kambila.figures.paths import needed
from kambila.journal import directory
from kambila.publish.lake.exporting import export

RECORDS, COUNTED, RATE, SHARE, TIMES, TURNS = 1_000_000, 5_000_000, 200_000, 0.01, 1.3, 7
FIGURE, KINDS = "erw-civilian-casualties", ("incident", "casualty")


def exporting(folder: Path, results: Results, scale: float) -> None:
    """An export of everything, one of a hundredth that changed, one of nothing; then figures of five times as many."""
    directory.create_directory(folder / "lake-programme", "Bench", "BEN", database="")
    number, address = int(RECORDS * scale), str(folder / "lake")
    _filled(number)
    account = people.find("bench")
    worked = time.process_time()
    with stopwatch() as seconds:
        done = export(address, account)
        whole = seconds()
    worked = time.process_time() - worked
    if done.rows != number:
        raise RuntimeError(f"{done.rows} of {number} records were exported")
    rate = done.rows / whole
    seen = f"{rate:,.0f} rows/s, {whole:.1f} s; {done.rows / worked:,.0f}/s of processor time"
    results.add(f"lake of {done.rows:,} records", seen, f"≥ {RATE:,}/s", rate >= RATE)
    changed = _changed(int(number * SHARE))
    with stopwatch() as seconds:
        done = export(address, account)
        part = seconds()
    results.add(
        f"lake after {changed:,} of them changed, in one year",
        f"{part:.1f} s, {part / whole:.2f} of the whole; {done.rows:,} rows in {done.files} files",
        "< 0.5 of the whole",
        part < whole / 2,
    )
    with stopwatch() as seconds:
        export(address, account)
        nothing = seconds()
    results.add("lake after nothing changed", f"{nothing * 1000:.0f} ms", "told", True)
    counting(folder, results, int(COUNTED * scale))


def _changed(number: int) -> int:
    """Let some accidents of one year, as new ones are, change."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE incidents_incident SET locality = 'Gao', revision = (SELECT MAX(revision) FROM incidents_incident) + 1 "
            "WHERE id IN (SELECT id FROM incidents_incident WHERE date_first >= '2014-01-01' ORDER BY id LIMIT %s)",
            [number],
        )
        return int(cursor.rowcount)


def counting(folder: Path, results: Results, number: int) -> None:
    """A figure from a lake with many casualties, beside DuckDB given the same SQL and the same files."""
    address = str(folder / "many")
    shutil.rmtree(address, ignore_errors=True)
    export(address, people.find("bench"))
    manifest = _with_casualties(address, number)
    lake, figure = lake_at(address), all_figures()[FIGURE]
    paths = {kind: [lake.path(each["path"]) for each in manifest["kinds"][kind]["files"]] for kind in KINDS}

    def ours() -> object:
        with opened(lake, manifest, needed([figure])) as tables:
            return evaluate(figure, using=tables).value

    for what, query in (("the same SQL", sql(figure)), ("SQL written by hand", BY_HAND)):
        # In turns, and the middle of each: others may be at work.
        spent = [(_timed(ours), _timed(lambda said=query: _alone(paths, said))) for _turn in range(TURNS)]  # type: ignore[misc]
        if len({value for pair in spent for _seconds, value in pair}) > 1:
            raise RuntimeError("DuckDB and the figure do not agree")
        mine, floor = (statistics.median(pair[which][0] for pair in spent) for which in (0, 1))
        seen = f"{mine / floor:.2f} × {floor * 1000:.0f} ms"
        results.add(f"a figure on {number:,} rows of a lake, {what}", seen, f"≤ {TIMES} ×", mine / floor <= TIMES)


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    """(seconds, what came of it)."""
    with stopwatch() as seconds:
        value = work()
        return seconds(), value


def _alone(paths: Mapping[str, Sequence[str]], query: str) -> object:
    """The answer of a DuckDB that is given the files and the question."""
    with duckdb.connect() as alone:
        for kind, files in paths.items():
            alone.execute(f"CREATE VIEW {kind} AS SELECT * FROM {parquet(files)}")
        return alone.execute(query).fetchall()[0][0]


def _with_casualties(address: str, number: int) -> dict[str, object]:
    """The newest manifest, with files of casualties beside those that were exported, as an export writes them."""
    manifest = manifest_of(lake_at(address))
    incidents = [
        id
        for each in manifest["kinds"]["incident"]["files"]
        for id in pq.read_table(Path(address) / each["path"], columns=["id"], partitioning=None)
        .column("id")
        .to_pylist()
    ]
    columns = manifest["kinds"]["casualty"]["columns"]
    dice, files, most = random.Random(7), [], 250_000  # noqa: S311  a fixed seed is the point
    for start in range(0, number, most):
        rows = range(start, min(start + most, number))
        said = {
            "id": [f"00000000-0000-7000-8000-{each:012}" for each in rows],
            "code": [f"B-CAS-{each:07}" for each in rows],
            "incident_id": [dice.choice(incidents) for _each in rows],
            "status": [dice.choice(("civilian", "mdsf")) for _each in rows],
            "age_group": [dice.choice(("adult", "child")) for _each in rows],
            "outcome": [dice.choice(("killed", "injured")) for _each in rows],
        }
        table = pa.table({name: said.get(name, pa.nulls(len(rows), _type(type))) for name, type in columns.items()})
        path = Path(address) / "data" / "casualty" / f"{start}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd")
        files.append({"path": str(path.relative_to(address)), "rows": len(rows)})
    manifest["kinds"]["casualty"]["files"] = files
    return manifest


def _type(name: str) -> pa.DataType:
    """The type that a manifest names."""
    if name.startswith("decimal"):
        precision, scale = name.removeprefix("decimal128(").rstrip(")").split(",")
        return pa.decimal128(int(precision), int(scale))
    several = pa.list_(pa.string())
    return {"int64": pa.int64(), "date32[day]": pa.date32(), "binary": pa.binary(), str(several): several}.get(
        name, pa.string()
    )
