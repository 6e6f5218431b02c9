"""The public figures of a release: frozen definitions, values and breakdowns, and what they were in earlier releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kambila.figures.diff import CLASSES, diff
from kambila.figures.expressions import CALENDAR, UNKNOWN
from kambila.figures.models import Release
from kambila.figures.releases import content_of
from kambila.publish import labels
from kambila.publish.languages import Words, in_all
from kambila.registry.fields import PUBLIC

Amount = int | str | None  # decimals as text, as the release froze them
Frozen = Mapping[str, Any]  # a figure as a release froze it
Said = tuple[Release, Mapping[str, Frozen]]  # a release and its figures by id


@dataclass(frozen=True)
class Cell:
    """One cell of a breakdown."""

    code: str
    label: Words
    value: Amount


@dataclass(frozen=True)
class Breakdown:
    """A public breakdown. `merged` names small cells whose values are told only together; `stands` is the release whose
    numbers it shows: an earlier one, and then it is not `whole`, when too few people came or went since."""

    by: str
    title: Words
    is_place: bool
    cells: tuple[Cell, ...]
    merged: tuple[Words, ...]
    merged_value: int
    whole: bool
    stands: Release

    @property
    def is_years(self) -> bool:
        return self.by == "year"


@dataclass(frozen=True)
class Past:
    """What a figure was in one release; `classes` tell why it is not what it was in the release before."""

    release: Release
    value: Amount
    classes: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class PublicFigure:
    """A figure that anybody may read."""

    id: str
    definition: Mapping[str, Any]
    definition_hash: str
    value: Amount
    breakdowns: tuple[Breakdown, ...]
    withheld: tuple[Words, ...]  # dimensions of which nothing can be told without telling of single persons
    history: tuple[Past, ...]

    @property
    def headline(self) -> int:
        return int(self.definition["headline"])

    def by(self, dimension: str) -> Breakdown | None:
        return next((each for each in self.breakdowns if each.by == dimension), None)


def public_figures(release: Release, places: Mapping[str, str]) -> list[PublicFigure]:
    """The public figures of a release, headlines first. `places` are names of administrative areas by P-code."""
    said = _said(release)
    past = _history(said)
    found = [_figure(each, past[each["id"]], said, places) for each in said[-1][1].values() if _is_public(each)]
    return sorted(found, key=lambda figure: (figure.headline == 0, figure.headline))


def _is_public(frozen: Frozen) -> bool:
    return frozen["definition"]["tier"] == PUBLIC


def _figure(frozen: Frozen, history: Sequence[Past], said: Sequence[Said], places: Mapping[str, str]) -> PublicFigure:
    definition = frozen["definition"]
    shown = [by for by, cells in frozen["breakdowns"].items() if cells is not None]
    withheld = [by for by, cells in frozen["breakdowns"].items() if cells is None]
    return PublicFigure(
        frozen["id"],
        definition,
        frozen["definition_hash"],
        frozen["value"],
        tuple(_breakdown(frozen, by, said, places) for by in shown),
        tuple(in_all(labels.dimension, definition, by) for by in withheld),
        tuple(history),
    )


def _breakdown(frozen: Frozen, by: str, said: Sequence[Said], places: Mapping[str, str]) -> Breakdown:
    definition, cells = frozen["definition"], frozen["breakdowns"][by]
    field = labels.field_of(definition, by)
    told = {cell: value for cell, value in cells["cells"].items() if labels.may_leave(field, by, cell)}
    if rest := [value for cell, value in cells["cells"].items() if cell not in told]:
        told[labels.OTHER] = _sum(rest)
    named = {cell: in_all(labels.label, field, cell, places) for cell in told}
    whole = not definition["persons"] or _adds_up(frozen, cells)
    hidden = sorted({cell if labels.may_leave(field, by, cell) else labels.OTHER for cell in cells["merged"]})
    return Breakdown(
        by,
        in_all(labels.dimension, definition, by),
        labels.is_place(definition, by),
        tuple(
            Cell(cell, named[cell], told[cell]) for cell in sorted(told, key=lambda each: _rank(by, each, told[each]))
        ),
        tuple(in_all(labels.label, field, cell, places) for cell in hidden),
        cells["merged_value"],
        whole,
        said[-1][0] if whole else _first_with(said, frozen["id"], by),
    )


def _rank(by: str, cell: str, value: Amount) -> tuple[bool, Decimal, str]:
    """Years in their order, everything else from the greatest to the smallest; unknown and other at the end."""
    return (cell in (UNKNOWN, labels.OTHER), Decimal(0) if by in CALENDAR else -Decimal(value or 0), cell)


def _adds_up(frozen: Frozen, cells: Mapping[str, Any]) -> bool:
    return Decimal(_sum(cells["cells"].values())) + cells["merged_value"] == Decimal(frozen["value"] or 0)


def _sum(values: Any) -> int | str:
    total = sum((Decimal(value or 0) for value in values), Decimal(0))
    return int(total) if total == total.to_integral_value() else format(total.normalize(), "f")


def _first_with(said: Sequence[Said], id: str, by: str) -> Release:
    """The release since which a breakdown has stood unchanged."""
    found, shown = said[-1][0], said[-1][1][id]["breakdowns"][by]
    for release, figures in reversed(said):
        if id not in figures or figures[id]["breakdowns"].get(by) != shown:
            break
        found = release
    return found


def _history(said: Sequence[Said]) -> dict[str, list[Past]]:
    """{figure: what it was in every release, the oldest first}; only where it was public."""
    found: dict[str, list[Past]] = {}
    for (before, _), (each, figures) in zip([(None, {}), *said], said, strict=False):
        classes = {one.id: tuple(one.revisions) for one in diff(before, each)} if before else {}
        for id, frozen in figures.items():
            if _is_public(frozen):
                past = found.setdefault(id, [])
                why = classes.get(id, ()) if past else ()
                past.append(Past(each, frozen["value"], tuple((name, in_all(str, CLASSES[name])) for name in why)))
    return found


def _said(release: Release) -> list[Said]:
    """Every release up to this one, the oldest first, with what it froze."""
    found: list[Said] = []
    for each in Release.objects.all():
        found.append((each, {frozen["id"]: frozen for frozen in content_of(each)["figures"]}))
        if each.id == release.id:
            break
    return found
