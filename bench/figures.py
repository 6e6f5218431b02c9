"""The figures, over the registry that `bench.registry` left open."""

from __future__ import annotations

from bench.results import Results, stopwatch
from kambila.figures import columns, evaluate
from kambila.figures.definitions import all_figures
from kambila.figures.evidence import reports_behind

BY_HAND = """
SELECT count(*) FROM casualty c JOIN incident i ON c.incident_id = i.id
WHERE i.category = 'mine_erw' AND c.status = 'civilian' AND i.date_first >= DATE '2012-01-01'
"""
TURNS = 20


def counting(results: Results) -> None:
    """Columns exported, a figure beside hand-written SQL, all figures, the records behind one."""
    with stopwatch() as seconds, columns.opened() as using:
        spent = seconds()
        rows = sum(row[0] for row in using.execute("SELECT estimated_size FROM duckdb_tables()").fetchall())
    results.add("export of columns", f"{rows / spent:,.0f} rows/s", "≥ 200,000/s", rows / spent >= 200_000)
    figure = all_figures()["erw-civilian-casualties"]
    with columns.opened() as using:
        evaluate.evaluate(figure, using=using)
        with stopwatch() as seconds:
            for _ in range(TURNS):
                evaluate.evaluate(figure, using=using)
            ours = seconds()
        with stopwatch() as seconds:
            for _ in range(TURNS):
                using.execute(BY_HAND).fetchall()
            by_hand = seconds()
    ratio = ours / by_hand
    results.add(
        "a figure beside hand-written SQL", f"{ratio:.2f} × {by_hand / TURNS * 1000:.1f} ms", "≤ 1.3 ×", ratio <= 1.3
    )
    evaluate.evaluate_all()
    with stopwatch() as seconds:
        number = len(evaluate.evaluate_all())
        results.add("all figures, nothing changed", f"{number} figures in {seconds():.2f} s", "told", True)
    with stopwatch() as seconds:
        found = evaluate.records(figure, limit=100_000)
        reports_behind(figure.kind, [each.id for each in found])
        spent = seconds()
    results.add(f"{len(found):,} records behind a figure, with reports", f"{spent:.2f} s", "≤ 1 s", spent <= 1)
