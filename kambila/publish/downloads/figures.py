"""A figure as rows: its value, and its cells by each breakdown that its reader may have.

Who may count over all of its records gets it as it stands now. Everybody else gets what the last release says of it, with
the breakdowns, the merged small cells and the withheld dimensions of the programme page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kambila.figures import columns
from kambila.figures.definitions import Figure, all_figures
from kambila.figures.evaluate import dimensions, evaluate, parts
from kambila.figures.models import Release
from kambila.figures.paths import follow
from kambila.intake.sheets.writing import Sheet, write
from kambila.journal import clock, directory
from kambila.journal.errors import Problem
from kambila.publish import exports
from kambila.publish.downloads import errors  # noqa: F401  the catalogue
from kambila.publish.gathering import gather
from kambila.registry import access
from kambila.registry.fields import PUBLIC
from kambila.registry.kinds import kinds

FORMATS = ("csv", "xlsx")
HEADS = ("figure", "title", "unit", "breakdown", "cell", "cell_title", "value", "since", "as_of", "example")
Line = list[Any]


def figure_for(account: Any, id: str) -> Figure:
    """A figure that an account may see. Raises Problem."""
    found = all_figures().get(id)
    if found is None or found.tier not in access.figures(account):
        raise Problem("no-such-list", name=id[:60])
    return found


def export(account: Any, id: str, to: Path) -> int:
    """Write a figure as CSV or XLSX, by the ending of the name; gives the number of rows. Raises Problem."""
    figure = figure_for(account, id)
    if to.suffix.lower().lstrip(".") not in FORMATS:
        raise Problem("no-such-format", format=to.suffix, formats=", ".join(FORMATS))
    heads, lines = _now(account, figure) if access.figures(account) != {PUBLIC} else _released(figure)
    write(to, [Sheet(figure.id, heads, lines)])
    return len(lines)


def _now(account: Any, figure: Figure) -> tuple[list[str], list[Line]]:
    free = all(access.may_count(account, kinds()[each.kind]) for each in parts(figure))
    with columns.opened() as using:
        shared = [figure.id, str(figure.title), str(figure.unit)]
        dated = [figure.since, clock.now().date().isoformat(), str(directory.current().node.example).lower()]
        lines = [[*shared, "", "", "", _said(evaluate(figure, using=using).value), *dated]]
        for by in dimensions(figure) if free else ():
            cells = evaluate(figure, by=by, using=using).cells or {}
            label = _labels(figure, by)
            lines += [[*shared, by, cell, label.get(cell, ""), _said(value), *dated] for cell, value in cells.items()]
    return list(HEADS), lines


def _labels(figure: Figure, by: str) -> dict[str, str]:
    """What the codes of a breakdown mean, where it goes by codes."""
    path = parts(figure)[0].by.get(by)
    if path is None:
        return {}
    end = follow(parts(figure)[0].kind, path).kind
    codes = getattr(kinds()[end]._meta.get_field(path.rpartition("__")[2]), "codes", None)
    return {str(code): str(label) for code, label in codes.choices} if codes is not None else {}


def _released(figure: Figure) -> tuple[list[str], list[Line]]:
    """The rows of the table that the programme page publishes, HXL tags left out."""
    release = Release.objects.last()
    public = gather(release).figure(figure.id) if release is not None else None
    if release is None or public is None:
        raise Problem("no-such-list", name=figure.id)
    heads = list(exports.COLUMNS)
    rows = [{**dict.fromkeys(heads, ""), **each} for each in exports.rows(release, public)]
    return heads, [[_said(each[name]) if name == "value" else each[name] for name in heads] for each in rows]


def _said(value: Any) -> Any:
    """A number as a number, where there is one."""
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number == int(number) else number
