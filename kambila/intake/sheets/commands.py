"""Commands about spreadsheets and map files: `import`, `export`, `batch`, `profiles`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from kambila.intake.sheets.importing import Outcome
    from kambila.intake.sheets.tables import Table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
AS = click.option("--as", "author", required=True, metavar="USER", help="Who does it.")
REASON = click.option("--reason", required=True, help="Why; it is kept sealed beside each decision.")


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--profile", "name", default="", metavar="NAME", help="How to read it; see `kambila profiles list`.")
@click.option(
    "--propose", is_flag=True, help="Print a profile that may fit, with how sure each guess is; import nothing."
)
@click.option("--try", "trial", is_flag=True, help="Say what would come of it; keep nothing.")
@click.option("--as", "author", default="", metavar="USER", help="Who imports.")
@click.option(
    "--accept", "reason", default="", metavar="REASON", help="Accept the rows about which nothing is doubtful."
)
@click.option("--answer", default="", help="With --accept: accept the doubtful ones too; why they are right.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Where the bad rows go; see docs/import.md."
)
@click.option(
    "--sheet", default="", help="The sheet or layer; by default as the profile says, else the first with rows."
)
@click.option("--json", "as_json", is_flag=True, help="{batch, counts, left_out, bad, doubts, absent, shown}")
@click.pass_context
def import_(
    context: click.Context, file: Path, name: str, propose: bool, trial: bool, author: str, reason: str, answer: str,
    rejects: Path | None, sheet: str, as_json: bool,
) -> None:  # fmt: skip
    """Take in a spreadsheet or a map file: each row becomes a report, with the row as evidence.

    CSV, XLSX, ODS, GeoJSON, GeoPackage, zipped Shapefile, KML, KMZ, GPX. The same file again changes nothing; a corrected
    file adds what was missing or changed. Answers 1 when there were bad rows.
    """
    from kambila.intake.sheets import profiles
    from kambila.intake.sheets.handing_back import hand_back, shape_of
    from kambila.intake.sheets.importing import import_file
    from kambila.intake.sheets.rows import Acceptance
    from kambila.intake.sheets.tables import open_table

    if propose:
        _propose(open_table(file, sheet), as_json)
        return
    if not name or not author:
        raise click.UsageError(_("Give --profile NAME and --as USER, or --propose."))
    profile = profiles.find(name)
    table = open_table(file, sheet or profile.sheet)
    if rejects is not None and rejects.suffix != shape_of(table):
        raise click.UsageError(
            _("The bad rows of this file go into a file that ends in %(ending)s.") % {"ending": shape_of(table)}
        )
    with _progress(as_json) as done:
        acceptance = Acceptance(reason, answer) if reason else None
        outcome = import_file(
            file, profile, author, acceptance, not trial, lambda so_far: done(so_far.counts["rows"]), table=table
        )
    if rejects is not None and outcome.bad:
        hand_back(outcome.bad, table, file, rejects, profile)
    _tell(outcome, trial, as_json)
    context.exit(1 if outcome.bad else 0)


def _progress(quiet: bool) -> Any:
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import Progress

    @contextmanager
    def told() -> Any:
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as progress:
            bar = progress.add_task(_("Rows"), total=None)
            yield lambda rows: progress.update(bar, completed=rows)

    return told()


def _propose(table: Table, as_json: bool) -> None:
    from kambila.intake.sheets.proposing import propose

    found = propose(table)
    if as_json:
        click.echo(
            json.dumps(vars(found) | {"guesses": [vars(each) for each in found.guesses]}, ensure_ascii=False, indent=2)
        )
        return
    for each in sorted(found.guesses, key=lambda guess: -guess.sure):
        click.echo(f"# {each.sure:4.2f}  {each.column or '·'} → {each.field}: {each.why}")
    click.echo(f"\n{found.text}")


def _tell(outcome: Outcome, trial: bool, as_json: bool) -> None:
    counts = outcome.told()
    if as_json:
        said = {
            "batch": outcome.batch,
            "counts": counts,
            "left_out": dict(outcome.left_out),
            "bad": [{"row": row.number, "faults": [vars(each) for each in faults]} for row, faults in outcome.bad],
            "doubts": [{"column": c, "sentence": s, "rows": n} for (c, s), n in outcome.doubts.most_common()],
            "absent": outcome.absent,
            "shown": [vars(each) | {"doubts": [vars(d) for d in each.doubts]} for each in outcome.shown],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    if trial:
        click.echo(_("Tried, nothing was kept:"))
    sentence = _(
        "%(rows)d rows: %(new)d new, %(changed)d changed, %(known)d known already, %(left_out)d left out, %(bad)d bad. "
        "%(doubtful)d of them are doubtful."
    )
    click.echo(sentence % counts)
    if not trial:
        click.echo(_("Batch %(id)s.") % {"id": outcome.batch})
    for each in outcome.absent:
        click.echo(_("The file has no column %(name)s, which the profile reads.") % {"name": each})
    for reason, number in outcome.left_out.most_common():
        click.echo(f"{number:7}  {_('left out')}: {reason}")
    for (column, doubt), number in outcome.doubts.most_common(40):
        click.echo(f"{number:7}  {_('doubtful')}: {column + ': ' if column else ''}{doubt}")
    for shown in outcome.shown:
        for kind, field, old, new in shown.values:
            click.echo(_("Row %(row)d, %(kind)s, %(field)s: “%(old)s” → “%(new)s”") % {
                "row": shown.number, "kind": kind, "field": field, "old": old, "new": new,
            })  # fmt: skip
    for row, faults in outcome.bad.first(100):
        click.echo(_("Row %(row)d: %(faults)s") % {"row": row.number, "faults": " ".join(map(str, faults))}, err=True)


@click.command()
@click.argument("kind")
@click.option(
    "--to", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .csv, .xlsx, .geojson or .gpkg."
)
@AS
@click.option("--texts", default="", metavar="REASON", help="Open free texts too, where you may; each opening is kept.")
def export(kind: str, to: Path, author: str, texts: str) -> None:
    """Write the records of a KIND that USER may see into a file that `kambila import` reads back without loss.

    Never names, contacts, files. In an example programme every line says so. Its profile is kambila-KIND.
    """
    from kambila.intake.sheets.exporting import export as write

    number = write(kind, to, author, texts)
    click.echo(_("%(number)d records in %(path)s.") % {"number": number, "path": to})


@click.group()
def batch() -> None:
    """Files that were imported: list, show, and decide about all of their rows together."""


@batch.command("list")
@AS
@click.option("--json", "as_json", is_flag=True, help="[{id, name, profile, author, begun, whole, counts, now}]")
def list_(author: str, as_json: bool) -> None:
    """The files of which USER may see something, the newest first."""
    from kambila.intake.authority import known_account
    from kambila.intake.sheets import batches

    found = batches.listed(known_account(author))
    if as_json:
        click.echo(json.dumps([vars(each) for each in found], ensure_ascii=False, indent=2))
    for each in () if as_json else found:
        now = ", ".join(f"{number} {status}" for status, number in sorted(each.now.items()))
        click.echo(f"{each.id[:8]}  {each.begun[:10]}  {each.author:12}  {each.profile:24}  {each.name}  {now}")


@batch.command()
@click.argument("name", metavar="BATCH")
@AS
@click.option("--json", "as_json", is_flag=True, help="{id, name, profile, author, begun, whole, counts, now}")
def show(name: str, author: str, as_json: bool) -> None:
    """What came of a BATCH (its id, or the beginning of it): rows read, and what was decided about them."""
    from kambila.intake.authority import known_account
    from kambila.intake.sheets import batches

    found = batches.told(batches.find(name), known_account(author))
    if as_json:
        click.echo(json.dumps(vars(found), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.id}  {found.begun}  {found.author}  {found.profile}  {found.name}")
    if not found.whole:
        click.echo(_("The file is not wholly in: import it again, and it goes on where it stopped."))
    for status, number in sorted({**found.counts, **found.now}.items()):
        click.echo(f"{number:9}  {status}")


def _decide(verb: str, name: str, author: str, reason: str, answer: str = "") -> None:
    from kambila.intake.sheets import batches

    with _progress(False) as heard:
        done = batches.decide(verb, batches.find(name), author, reason, answer, heard)
    sentence = _("%(done)d done, %(waits)d wait for a second person, %(open)d stay open because something is doubtful.")
    click.echo(sentence % {"done": done["done"], "waits": done["waits"], "open": done["open"]})


@batch.command()
@click.argument("name", metavar="BATCH")
@click.option("--answer", default="", help="Why the rows about which something is doubtful are right all the same.")
@AS
@REASON
def accept(name: str, answer: str, author: str, reason: str) -> None:
    """Accept the rows of a BATCH that wait; the doubtful ones only with an --answer."""
    _decide("accept", name, author, reason, answer)


@batch.command("return")
@click.argument("name", metavar="BATCH")
@AS
@REASON
def return_(name: str, author: str, reason: str) -> None:
    """Give the rows of a BATCH that wait back to who sent them; the reason says what must be mended."""
    _decide("return", name, author, reason)


@batch.command()
@click.argument("name", metavar="BATCH")
@AS
@REASON
def withdraw(name: str, author: str, reason: str) -> None:
    """Take the whole BATCH back: the registry is then as if it had never come."""
    _decide("withdraw", name, author, reason)


@click.group()
def profiles() -> None:
    """Profiles, which say how a file is read: list, show, save."""


@profiles.command("list")
@click.option("--json", "as_json", is_flag=True, help="[{name, title, version, kinds, origin, author}]")
def list_profiles(as_json: bool) -> None:
    """Every profile: saved by the programme, in the box, and those of Kambila's own exports."""
    from kambila.intake.sheets import profiles as known

    rows = [
        {
            "name": each.profile.name,
            "title": each.profile.title,
            "version": each.profile.version,
            "kinds": sorted({plan.kind for plan in each.profile.records}),
            "origin": each.origin,
            "author": each.author,
        }
        for each in known.listed()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    for row in () if as_json else rows:
        click.echo(f"{row['name']:32}  {row['origin']:8}  {row['title']}")


@profiles.command("show")
@click.argument("name")
def show_profile(name: str) -> None:
    """The profile NAME as text, to be read or to begin another with."""
    from kambila.intake.sheets import profiles as known

    click.echo(known.find(name).text, nl=False)


@profiles.command()
@click.argument("file", type=FILE)
@AS
def save(file: Path, author: str) -> None:
    """Keep the profile in FILE in the journal, so that every office has it; the latest of a name is the one in use."""
    from kambila.intake.sheets import profile
    from kambila.intake.sheets import profiles as known

    text = file.read_text(encoding="utf-8-sig")
    entry = known.save(text, author)
    read = profile.read(text)
    said = (
        _("Saved: %(name)s, version %(version)s.")
        if entry
        else _("It is there already: %(name)s, version %(version)s.")
    )
    click.echo(said % {"name": read.name, "version": read.version})


COMMANDS: list[click.Command] = [import_, export, batch, profiles]
