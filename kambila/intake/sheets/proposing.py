"""A profile proposed for a file that nobody described: from names of columns, labels, HXL tags and values.

Each guess says how sure it is (0 to 1) and why; a person looks at it, tries it and saves it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import tomli_w
from django.utils import translation
from django.utils.translation import gettext as _

from kambila.intake.sheets import cells as reading
from kambila.intake.sheets import profiles
from kambila.intake.sheets.mapping import missing_columns
from kambila.intake.sheets.prepare import names_in, tag_of
from kambila.intake.sheets.profile import NAME, Profile, read
from kambila.intake.sheets.tables import Row, Table
from kambila.registry.fields import Attachment, Code, Codes, Number, PartialDate, Shape, Stated, Whole
from kambila.registry.kinds import kinds, plan_of

SAMPLE = 200
LEAST = 0.6
LEAST_BY_NAME = 0.75  # where the values say nothing, because any text will do
ANGLES = {
    "latitude": ("latitude", "lat", "y"), "longitude": ("longitude", "lon", "long", "lng", "x"),
    "easting": ("easting", "est", "utm e", "utm x"), "northing": ("northing", "nord", "utm n", "utm y"),
    "zone": ("zone", "utm zone", "fuseau"), "grid": ("mgrs", "grid reference", "grid"),
}  # fmt: skip
IDS = ("id", "code", "guid", "uuid", "identifiant", "reference", "numero", "number", "no", "local id", "localid")


@dataclass(frozen=True)
class Guess:
    """A column and the field that it may be."""

    column: str
    field: str
    sure: float
    why: str


@dataclass
class Proposal:
    """What is proposed: a profile that exists, or a new one, as text that can be saved."""

    kind: str
    sure: float
    text: str
    guesses: list[Guess] = field(default_factory=list)
    existing: str = ""

    @property
    def profile(self) -> Profile:
        return read(self.text)


def propose(table: Table, name: str = "") -> Proposal:
    """The likeliest profile for a table; one that exists if its columns are there."""
    if (known := _existing(table)) is not None:
        return known
    rows = list(itertools.islice(table, SAMPLE))
    candidates = [(kind, _guesses(kind, table, rows)) for kind in sorted(kinds())]
    kind, guesses = max(candidates, key=lambda each: _worth(each[0], each[1]))
    return Proposal(kind, _worth(kind, guesses), _text(kind, guesses, table, rows, name), guesses)


def _existing(table: Table) -> Proposal | None:
    """The profile of the list that reads most of the columns, if it finds all that it needs and half of the others."""
    best: tuple[int, float, Profile] | None = None
    for each in profiles.listed():
        wanted = each.profile.columns
        names = names_in(table, wanted)
        needed, _others = missing_columns(each.profile, names)
        share = len(names) / len(wanted) if wanted else 0
        if not needed and share >= 0.5 and (best is None or (len(names), share) > best[:2]):
            best = (len(names), share, each.profile)
    if best is None:
        return None
    _number, share, profile = best
    why = _("The profile %(name)s reads these columns.") % {"name": profile.name}
    guesses = [
        Guess(column, name, share, why)
        for plan in profile.records
        for name, source in plan.fields.items()
        for column in source.named
    ]
    return Proposal(profile.records[0].kind, round(share, 2), profile.text, guesses, existing=profile.name)


def _worth(kind: str, guesses: Sequence[Guess]) -> float:
    """How well a kind fits: how sure its columns are, and how many of the fields that it requires are among them."""
    required = {name for name, declared in plan_of(kind).stated.items() if declared.required}
    found = {each.field for each in guesses}
    share = len(required & found) / len(required) if required else 0
    fit = sum(each.sure for each in guesses) / (len(guesses) + 2)
    return round(0.5 * fit + 0.5 * share, 2) if guesses else 0.0


def _guesses(kind: str, table: Table, rows: Sequence[Row]) -> list[Guess]:
    """The best field for each column, each field given once."""
    stated = {name: each for name, each in plan_of(kind).stated.items() if not isinstance(each, Attachment | Shape)}
    found = []
    for column in table.columns:
        values = [text for row in rows if (text := reading.text_of(row.cells.get(column)))]
        tag = tag_of(table.tags.get(column, ""))
        for name, declared in stated.items():
            guess = _guess(column, tag, name, declared, kind, values)
            if guess is not None and guess.sure >= LEAST:
                found.append(guess)
    chosen: dict[str, Guess] = {}
    for guess in sorted(found, key=lambda each: -each.sure):
        if guess.field not in chosen and guess.column not in {each.column for each in chosen.values()}:
            chosen[guess.field] = guess
    return [*chosen.values(), *_positions(kind, table)]


def _guess(column: str, tag: str, name: str, declared: Stated, kind: str, values: Sequence[str]) -> Guess | None:
    from rapidfuzz import fuzz

    if tag and tag in _tags(kind).get(name, ()):
        return Guess(column, name, 1.0, _("The HXL tag says so."))
    words = reading.folded(column)
    alike = max(fuzz.ratio(words, each) for each in _labels(kind)[name]) / 100
    if alike < LEAST:
        return None
    fit, why = _fit(declared, values)
    if fit == 0 or (not why and alike < LEAST_BY_NAME):
        return None
    why = " ".join(filter(None, (_("The name is %(percent)d %% alike.") % {"percent": round(alike * 100)}, why)))
    return Guess(column, name, round(alike * (0.5 + fit / 2), 2), why)


@cache
def _labels(kind: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, declared in plan_of(kind).stated.items():
        found[name] = [reading.folded(name)]
        for language in reading.LANGUAGES:
            with translation.override(language):
                found[name].append(reading.folded(str(declared.verbose_name)))
    return {name: tuple(words) for name, words in found.items()}


@cache
def _tags(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The HXL tags of fields, from the profiles of the box that read tags."""
    found: dict[str, tuple[str, ...]] = {}
    for profile in profiles.box().values():
        for plan in profile.records:
            for name, source in plan.fields.items() if plan.kind == kind else ():
                tags = tuple(tag_of(each) for each in source.columns if each.startswith("#"))
                found[name] = found.get(name, ()) + tags
    return found


def _fit(declared: Stated, values: Sequence[str]) -> tuple[float, str]:
    """(share of the values that the field understands, why)."""
    if not values:
        return 0.5, _("The column is empty.")
    if isinstance(declared, Code | Codes) and declared.codes is not None:
        known = [str(reading.code(declared, text)) in declared.codes.values for text in values]
        share = sum(known) / len(known)
        return max(share, 0.1), _("%(percent)d %% of its values are in the list.") % {"percent": round(share * 100)}
    if isinstance(declared, PartialDate | Whole | Number):
        good = sum(_reads(declared, text) for text in values) / len(values)
        return good, _("%(percent)d %% of its values can be read.") % {"percent": round(good * 100)}
    return 1.0, ""


def _reads(declared: Stated, text: str) -> bool:
    try:
        declared.read(reading.dated(text, "dmy") if isinstance(declared, PartialDate) else text.replace(",", "."))
    except ValueError:
        return False
    return True


def _positions(kind: str, table: Table) -> list[Guess]:
    """Columns of coordinates, for the first point of the kind; the geometry of a map file for its area."""
    if table.is_map:
        from kambila.intake.sheets.own import map_field

        shape = map_field(kind)
        return [Guess("", shape, 0.9, _("The geometry of the map file."))] if shape else []
    point = next((n for n in plan_of(kind).shapes if "Point" in getattr(plan_of(kind).stated[n], "types", ())), None)
    if point is None:
        return []
    found = {
        part: column
        for part, words in ANGLES.items()
        for column in reversed(table.columns)
        if reading.folded(column) in words
    }
    for parts in (("latitude", "longitude"), ("easting", "northing"), ("grid",)):
        if all(each in found for each in parts):
            parts = (*parts, "zone") if parts[0] == "easting" and "zone" in found else parts
            return [Guess(found[each], f"{point}.{each}", 0.9, _("The name of a coordinate.")) for each in parts]
    return []


def _text(kind: str, guesses: Sequence[Guess], table: Table, rows: Sequence[Row], name: str) -> str:
    fields: dict[str, Any] = {}
    for each in guesses:
        shape, _dot, part = each.field.partition(".")
        if part:
            fields.setdefault(shape, {})[part] = each.column
        elif not each.column:
            fields[shape] = {"geometry": True}
        else:
            fields[each.field] = each.column
    identity = _identity(table, rows)
    dated = next((fields[name] for name in _dates(kind) if name in fields), None)
    title = name or reading.folded(table.name.rpartition(".")[0]).replace(" ", "-")[:60] or "new"
    said: dict[str, Any] = {
        "name": title if NAME.fullmatch(title) else "new",
        "title": table.name,
        "file": {"dates": "dmy", "decimal": "," if table.details.get("delimiter") == ";" else "."},
        "report": {"date": dated or {"value": ""}},
        "records": [{"kind": kind, **({"id": identity} if identity else {}), "fields": fields}],
    }
    return tomli_w.dumps(said)


def _identity(table: Table, rows: Sequence[Row]) -> str:
    """A column that is called like an id and holds another value in each row."""
    for column in table.columns:
        words = reading.folded(column)
        if words in IDS or any(words.endswith(f" {each}") for each in IDS):
            values = [reading.text_of(row.cells.get(column)) for row in rows]
            if values and all(values) and len(set(values)) == len(values):
                return column
    return ""


def _dates(kind: str) -> list[str]:
    event = kinds()[kind].event_date
    dates = [name for name, declared in plan_of(kind).stated.items() if isinstance(declared, PartialDate)]
    return sorted(dates, key=lambda name: name != event)
