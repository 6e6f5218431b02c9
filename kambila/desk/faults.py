"""What was found in a report, for its page: each sentence once, with what is wrong with a geometry drawn and listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import shapely
from shapely.geometry import shape as from_geojson
from shapely.geometry.base import BaseGeometry

from kambila.desk import drawing
from kambila.desk.beside import stated_polygons
from kambila.desk.values import degrees
from kambila.intake.review import Finding
from kambila.journal.entry import Entry

ANSWER = "answer-"


def findings(found: Iterable[Finding], entry: Entry, open_kinds: Collection[str], given: Any) -> list[dict[str, Any]]:
    """Errors, and for each sort of warning one field for its answer. Kinds that are not open are not drawn."""
    grouped: dict[tuple[str, bool], dict[str, Any]] = {}
    for each in found:
        row = grouped.setdefault((each.code, each.blocks), {"code": each.code, "blocks": each.blocks, "said": {}})
        row["said"].setdefault(each.sentence, {"remedy": each.remedy, **_drawn(each, entry, open_kinds)})
        row["answer"] = given.get(f"{ANSWER}{each.code}", "")
    return [{**row, "said": list(row["said"].items())} for row in grouped.values()]


def _drawn(finding: Finding, entry: Entry, open_kinds: Collection[str]) -> dict[str, Any]:
    if finding.at is None or finding.index < 0:
        return {}
    change = entry.body["changes"][finding.index]
    if change["kind"] not in open_kinds:
        return {}
    wrong = from_geojson(finding.at)
    return {
        "drawing": drawing.with_faults(list(stated_polygons(change)), wrong, finding.points),
        "points": [(number, degrees(latitude, longitude)) for number, longitude, latitude in finding.points],
        "places": [] if finding.points else [degrees(y, x) for x, y in _middles(wrong)],
    }


def _middles(wrong: BaseGeometry) -> Iterator[tuple[float, float]]:
    """A position for each piece that is meant, at most ten."""
    for part in shapely.get_parts(wrong)[:10]:
        middle = part.representative_point()
        yield middle.x, middle.y
