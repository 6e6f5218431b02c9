"""Commands about figures and releases: `figures`, `figure`, `release`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import click
from django.utils.translation import gettext as _

AS_OF = click.option(
    "--as-of", default="", metavar="DAY", help="The value on a day: 2014-06-30. By default the present."
)
KNOWN_AT = click.option(
    "--known-at",
    default="",
    metavar="MOMENT",
    help="As this node knew it then: 2014-06-30T23:59:59Z. Replays the journal into a directory that is thrown away.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON; docs/commands.md says of what shape.")
AS = click.option("--as", "author", required=True, metavar="USER", help="The account that does it.")


@click.command()
@AS_OF
@KNOWN_AT
@click.option(
    "--lake",
    "addresses",
    multiple=True,
    metavar="LAKE",
    help="From an export instead of the registry; several, or a folder of lakes, are read as one.",
)
@click.option("--head", default="", metavar="EXPORT", help="Which export of the lake; by default the newest.")
@JSON
def figures(as_of: str, known_at: str, addresses: tuple[str, ...], head: str, as_json: bool) -> None:
    """Every figure with its value. Open one with `kambila figure ID`."""
    from kambila.figures.definitions import all_figures
    from kambila.figures.evaluate import evaluate_all

    if addresses:
        rows = _of_lakes(addresses, head, _day(as_of))
    else:
        with _view(list(all_figures().values()), as_of, known_at):
            rows = [_summary(each, as_of, known_at) for each in evaluate_all(_day(as_of))]
    if as_json:
        _print(rows)
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        value = "–" if row["value"] is None else f"{row['value']:,}"
        click.echo(f"{row['id']:<{width}}  {value:>14} {row['unit']:<14} {row['title']}")
        for programme, own in row.get("programmes", {}).items():
            click.echo(f"{'':<{width}}  {'–' if own is None else f'{own:,}':>14} {programme}")
    if left_out := len(all_figures()) - len(rows):
        click.echo(f"Left out: {left_out} figures of what stood on a day; they are in an export of that day.", err=True)


def _of_lakes(addresses: tuple[str, ...], head: str, as_of: str) -> list[dict[str, Any]]:
    """The figures of exports; those of a state on an earlier day are in the export of that day."""
    from kambila.figures.definitions import all_figures
    from kambila.figures.engines import engine
    from kambila.figures.evaluate import evaluate, needs_replay
    from kambila.figures.lake import manifest_of
    from kambila.figures.lakes import evaluate_together, lakes_at
    from kambila.figures.paths import needed
    from kambila.journal.errors import Problem

    lakes, chosen = lakes_at(addresses), [each for each in all_figures().values() if not needs_replay(each, as_of)]
    name, opened = engine()
    if len(lakes) > 1:
        if head:
            raise Problem("head-of-one")
        if name == "spark":
            raise Problem("engine-of-one")
        return [
            {**_summary(each, as_of, ""), "programmes": {name: _number(own) for name, own in each.programmes.items()}}
            for each in evaluate_together(lakes, chosen, needed(chosen), as_of)
        ]
    with opened(lakes[0], manifest_of(lakes[0], head), needed(chosen)) as tables:
        return [_summary(evaluate(each, as_of, using=tables), as_of, "") for each in chosen]


@click.command()
@click.argument("id")
@AS_OF
@KNOWN_AT
@click.option("--by", default="", metavar="DIMENSION", help="Broken down: year, month, or what the figure declares.")
@click.option("--records", "with_records", is_flag=True, help="The records behind it, with the reports behind each.")
@JSON
def figure(id: str, as_of: str, known_at: str, by: str, with_records: bool, as_json: bool) -> None:
    """One figure: what it means, its value, and on demand its breakdown and the records behind it."""
    from kambila.figures.evaluate import evaluate, figure_of

    chosen = figure_of(id)
    with _view([chosen], as_of, known_at):
        value = evaluate(chosen, _day(as_of), by)
        told = {**_summary(value, as_of, known_at), "meaning": str(chosen.meaning), "source": str(chosen.source)}
        if value.cells is not None:
            told["by"], told["cells"] = by, {cell: _number(amount) for cell, amount in value.cells.items()}
        if with_records:
            told["records"] = _records(chosen, _day(as_of))
    _print(told) if as_json else _show(told)


@click.group()
def release() -> None:
    """Releases: figures frozen with their definitions, values and the records behind them."""


@release.command("create")
@click.option("--title", required=True, help="What it is called, such as “July 2014”.")
@click.option("--reason", required=True, help="Why it is made, or what it corrects.")
@AS
@AS_OF
@KNOWN_AT
@JSON
def release_create(title: str, reason: str, author: str, as_of: str, known_at: str, as_json: bool) -> None:
    """Check the journal, freeze every figure, sign the head."""
    from kambila.figures.releases import create_release, release_of

    with _bar(_("Freezing the figures")) as advance:
        entry = create_release(title, author, reason, as_of, known_at, advance)
    told = _release(release_of(entry.id))
    _print(told) if as_json else click.echo(_("Release %(id)s was made.") % {"id": entry.id})


@release.command("list")
@JSON
def release_list(as_json: bool) -> None:
    """Every release, the oldest first."""
    from kambila.figures.models import Release

    rows = [_release(each) for each in Release.objects.all()]
    if as_json:
        _print(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['as_of']}  {row['recorded'][:10]}  {row['author']}  {row['title']}")


@release.command("show")
@click.argument("id")
@JSON
def release_show(id: str, as_json: bool) -> None:
    """The values that a release froze. ID may be its beginning, or `last`."""
    from kambila.figures.releases import content_of, release_of

    found = release_of(id)
    content_of(found)  # refuses what does not fit the hash
    told = {**_release(found), "values": found.values, "head": found.head, "hash": found.hash}
    if as_json:
        _print(told)
        return
    click.echo(_("%(title)s, as of %(as_of)s, known at %(known_at)s") % told)
    for name, value in found.values.items():
        click.echo(f"  {name}  {'–' if value is None else value}")


@release.command("diff")
@click.argument("one")
@click.argument("two")
@JSON
def release_diff(one: str, two: str, as_json: bool) -> None:
    """What changed between two releases, and why."""
    from kambila.figures.diff import CLASSES, diff
    from kambila.figures.releases import release_of

    found = [each for each in diff(release_of(one), release_of(two)) if each.revisions or each.before != each.after]
    if as_json:
        _print([_difference(each) for each in found])
        return
    for each in found:
        click.echo(f"{each.id}  {each.before} → {each.after}")
        for name, revision in each.revisions.items():
            click.echo(f"    {CLASSES[name]}: {revision.records} ({revision.amount:+f})")
            for report in revision.reports:
                click.echo(f"        {report}")
    if not found:
        click.echo(_("Nothing changed."))


COMMANDS = [figures, figure, release]


def _summary(value: Any, as_of: str, known_at: str) -> dict[str, Any]:
    since = value.figure.since
    return {
        "id": value.figure.id,
        "title": str(value.figure.title),
        "value": _number(value.value),
        "unit": str(value.figure.unit),
        "period": {"since": since or None, "until": as_of or None},
        "as_of": as_of or None,
        "known_at": known_at or None,
    }


def _records(chosen: Any, as_of: str) -> list[dict[str, Any]]:
    from kambila.figures.evaluate import records
    from kambila.figures.evidence import reports_behind

    found = records(chosen, as_of)
    behind: dict[tuple[str, str], list[str]] = {}
    for kind in sorted({each.kind for each in found}):
        reports = reports_behind(kind, [each.id for each in found if each.kind == kind])
        behind.update({(kind, id): ids for id, ids in reports.items()})
    return [
        {
            "kind": each.kind,
            "id": each.id,
            "code": each.code,
            "contributes": _number(each.amount),
            "reports": behind[each.kind, each.id],
            **({"figure": each.figure} if each.figure != chosen.id else {}),
        }
        for each in found
    ]


def _show(told: dict[str, Any]) -> None:
    value = "–" if told["value"] is None else f"{told['value']:,}"
    click.echo(f"{told['title']}: {value} {told['unit']}\n{told['meaning']}\n{told['source']}")
    for cell, amount in told.get("cells", {}).items():
        click.echo(f"  {cell}  {'–' if amount is None else amount}")
    for row in told.get("records", []):
        click.echo(f"  {row['contributes']:>8}  {row['code'] or row['id']}  {' '.join(row['reports'])}")


def _release(found: Any) -> dict[str, Any]:
    names = ("id", "title", "as_of", "known_at", "recorded", "author")
    return {name: getattr(found, name) for name in names}


def _difference(found: Any) -> dict[str, Any]:
    revisions = [
        {"class": name, "records": each.records, "amount": _number(each.amount), "reports": each.reports}
        for name, each in found.revisions.items()
    ]
    return {"id": found.id, "before": found.before, "after": found.after, "revisions": revisions}


def _number(value: int | Decimal | None) -> int | float | None:
    """JSON has no decimals: a whole number stays one."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _day(as_of: str) -> str:
    from kambila.registry.replay import day

    return day(as_of) if as_of else ""


@contextmanager
def _view(chosen: list[Any], as_of: str, known_at: str) -> Iterator[None]:
    """The registry that is asked about; a replay shows how far it is."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from kambila.figures.views import at

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed:,.0f}"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(_("Replaying entries"), total=None, visible=False)
        with at(chosen, _day(as_of), known_at, lambda count: bar.update(task, advance=count, visible=True)):
            bar.stop()
            yield


@contextmanager
def _bar(words: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print(told: Any) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
