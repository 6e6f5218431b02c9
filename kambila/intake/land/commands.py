"""Commands that draw areas anew: `area split`, `join`, `extend`; and the `criteria` of land release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.utils.translation import gettext as _

from kambila.intake.record_commands import deciding
from kambila.intake.settling_commands import settled

if TYPE_CHECKING:
    from kambila.journal.entry import Entry

POLYGON = click.option(
    "--polygon",
    required=True,
    metavar="FILE|TEXT",
    help="GeoJSON, or a line “latitude longitude” for each turning point.",
)
DATE = click.option("--date", default="", help="From when this is true: 2014-06-20; today by default.")


def reporting(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every report made here has: when, who, why."""
    return DATE(deciding(command))


@click.group()
def area() -> None:
    """Draw hazardous areas anew: split one, join several, extend one. Each is a report that waits for acceptance."""


@area.command("split")
@click.argument("name", metavar="AREA")
@POLYGON
@reporting
def split(name: str, polygon: str, date: str, author: str, reason: str) -> None:
    """Make a part of an AREA an area of its own: what of the polygon is still dangerous ground of it.

    Nothing is released: the new area takes the ground over, when two people have accepted the report.
    """
    from kambila.intake.land import redraw

    _tell(redraw.split(name, redraw.shape_of(_text(polygon)), author, reason, date))


@area.command("join")
@click.argument("names", nargs=-1, required=True, metavar="AREA AREA…")
@reporting
def join(names: tuple[str, ...], date: str, author: str, reason: str) -> None:
    """Make one area of several that lie together: a new one takes over what is left of each.

    For two records of one and the same area use `same-as` instead.
    """
    from kambila.intake.land import redraw

    _tell(redraw.join(names, author, reason, date))


@area.command("extend")
@click.argument("name", metavar="AREA")
@POLYGON
@reporting
def extend(name: str, polygon: str, date: str, author: str, reason: str) -> None:
    """Add ground to an AREA that was found to be larger."""
    from kambila.intake.land import redraw

    _tell(redraw.extend(name, redraw.shape_of(_text(polygon)), author, reason, date))


def _text(said: str) -> str:
    """What a file says whose name was given; else what was given."""
    named = Path(said) if len(said) < 250 and "\n" not in said else None
    return named.read_text() if named is not None and named.is_file() else said


def _tell(entry: Entry) -> None:
    code = entry.body["code"]
    click.echo(f"{code}  {entry.id}")
    click.echo(_("It waits for a decision: kambila accept %(code)s") % {"code": code})


@click.group()
def criteria() -> None:
    """The national criteria of land release: what evidence weighs, tolerance, residual limit. Two people settle them."""


settled(criteria)
COMMANDS: list[click.Command] = [area, criteria]
