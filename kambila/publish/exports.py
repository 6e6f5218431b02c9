"""A release for programs: figures.json, figures.csv with a row of HXL tags, and head.json, the signed head."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from kambila.figures.models import Release
from kambila.journal import directory, heads
from kambila.journal.models import EntryRow
from kambila.journal.nodes import known_nodes
from kambila.publish.languages import LANGUAGES, Words
from kambila.publish.released import Amount, Breakdown, PublicFigure

WORDS = ("title", "unit", "meaning", "source", "note")
COLUMNS = {
    "figure": "#indicator+code",
    "title_en": "#indicator+name+i_en",
    "title_fr": "#indicator+name+i_fr",
    "unit_en": "#indicator+unit+i_en",
    "unit_fr": "#indicator+unit+i_fr",
    "breakdown": "#meta+breakdown",
    "cell": "#meta+cell+code",
    "cell_en": "#meta+cell+name+i_en",
    "cell_fr": "#meta+cell+name+i_fr",
    "adm1_code": "#adm1+code",
    "value": "#indicator+num",
    "since": "#date+start",
    "as_of": "#date+end",
    "known_at": "#date+reported",
    "release": "#meta+release+id",
    "example": "#meta+example",
}
MERGED = "merged"  # the cell that holds several small ones


def as_json(release: Release, programme: Words, figures: Sequence[PublicFigure]) -> bytes:
    """Shape: {example, programme, release, figures: [{id, definition, value, breakdowns, withheld, history}]}."""
    said = {
        "example": directory.current().node.example,
        "programme": dict(programme),
        "release": {"id": release.id, "title": release.title, **_moments(release), "hash": release.hash},
        "figures": [_figure(each, release) for each in figures],
    }
    return _packed(said)


def _figure(figure: PublicFigure, release: Release) -> dict[str, Any]:
    definition = figure.definition
    return {
        "id": figure.id,
        **{word: definition[word] for word in WORDS},
        "since": definition["since"] or None,
        "as_of": release.as_of,
        "counts": {name: definition[name] for name in ("kind", "measure", "where", "date")},
        "definition_hash": figure.definition_hash,
        "value": figure.value,
        "breakdowns": {each.by: _breakdown(each) for each in figure.breakdowns},
        "withheld": [dict(words) for words in figure.withheld],
        "history": [
            {
                "release": past.release.id,
                "title": past.release.title,
                **_moments(past.release),
                "value": past.value,
                "classes": [name for name, _words in past.classes],
            }
            for past in figure.history
        ],
    }


def _breakdown(breakdown: Breakdown) -> dict[str, Any]:
    return {
        "title": dict(breakdown.title),
        "cells": [{"cell": each.code, "label": dict(each.label), "value": each.value} for each in breakdown.cells],
        "merged": [dict(words) for words in breakdown.merged],
        "merged_value": breakdown.merged_value if breakdown.merged else None,
        "as_of": breakdown.stands.as_of,
    }


def as_csv(release: Release, figures: Sequence[PublicFigure]) -> bytes:
    """One row for each figure and one for each cell of its breakdowns; HXL tags under the names of the columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerow(COLUMNS)
    for figure in figures:
        writer.writerows(rows(release, figure))
    return text.getvalue().encode()


def rows(release: Release, figure: PublicFigure) -> Iterator[dict[str, Any]]:
    """A figure's own row, and one for each cell of its breakdowns, by the names of :data:`COLUMNS`."""
    definition = figure.definition
    shared = {
        "figure": figure.id,
        **{f"title_{each}": definition["title"][each] for each in LANGUAGES},
        **{f"unit_{each}": definition["unit"][each] for each in LANGUAGES},
        "since": definition["since"],
        "as_of": release.as_of,
        "known_at": release.known_at[:10],
        "release": release.id,
        "example": str(directory.current().node.example).lower(),
    }
    yield {**shared, "value": _stated(figure.value)}
    for breakdown in figure.breakdowns:
        for code, words, value in _cells(breakdown):
            place = {"adm1_code": code} if breakdown.is_place and code[2:4].isdigit() else {}
            names = {f"cell_{each}": words[each] for each in LANGUAGES}
            yield {**shared, "breakdown": breakdown.by, "cell": code, **names, **place, "value": _stated(value)}


def _cells(breakdown: Breakdown) -> Iterator[tuple[str, dict[str, str], Amount]]:
    for cell in breakdown.cells:
        yield cell.code, dict(cell.label), cell.value
    if breakdown.merged:
        names = {each: " + ".join(words[each] for words in breakdown.merged) for each in LANGUAGES}
        yield MERGED, names, breakdown.merged_value


def as_head(release: Release) -> bytes:
    """What binds the publication to the journal: the head that the release froze, its own entry, and a signed head.

    `signed` is the first signed head of the node at or after the release; None where another node made the release.
    """
    entry = EntryRow.objects.get(id=release.id)
    node = known_nodes().get(entry.node)
    line = next((each for each in heads.signed_heads() if each.node == entry.node and each.seq >= entry.seq), None)
    said = {
        "example": directory.current().node.example,
        "release": release.id,
        "content_hash": release.hash,
        "head": release.head,
        "entry": {"node": entry.node, "seq": entry.seq, "hash": entry.hash},
        "signed": vars(line) if line else None,
        "public_key": node.key if node else None,
    }
    return _packed(said)


def _moments(release: Release) -> dict[str, str]:
    return {"as_of": release.as_of, "known_at": release.known_at}


def _stated(value: Amount) -> Amount:
    return "" if value is None else value


def _packed(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
