"""Maps of one thing and what lies around it: a record, a task, a report, villages, roads, what is stated or drawn.

Each is told to the browser, with a drawing for those whose browser draws no map. What lies around comes as tiles, which
obey access by themselves; the thing itself is what its page may show of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import orjson
import shapely
from django.urls import reverse
from shapely.geometry.base import BaseGeometry

from kambila.accounts.roles import may
from kambila.desk import drawing, mapping, undecided
from kambila.domain.operations.models import Task
from kambila.domain.places.movement import Passage
from kambila.figures.models import Release
from kambila.publish.features.collections import of
from kambila.publish.front import where
from kambila.publish.partners import read_partners
from kambila.publish.released import public_figures
from kambila.publish.tiles import styling, symbols
from kambila.registry import access, neighbours
from kambila.registry.fields import Shape
from kambila.registry.kinds import kinds, model_of, plan_of
from kambila.registry.models import Record

RELEASED = ("land_release_product", "clearance")
AROUND = ("hazardous_area", "incident", "ordnance_item", "spot_task", "route_status")
OBJECTIVES = {"objectives": "hazardous_area", "villages": "village"}  # of a task: field and kind
MARGIN, NEAREST = 0.001, 16  # degrees around what a page is about, about 100 m; zoom beyond which it comes no nearer
COLOUR = "#9c3d10"
NOTHING = {"unconfirmed": {"type": "FeatureCollection", "features": []}}
RADIUS = 30  # pixels of the largest amount of a région
Told = dict[str, Any]
OWN_LAYERS: list[Told] = [  # what a page is about
    {"id": "own-fill", "type": "fill", "source": "own", "filter": styling.IS_AREA,
     "paint": {"fill-color": COLOUR, "fill-opacity": 0.12}},
    {"id": "own-line", "type": "line", "source": "own", "filter": styling.IS_OUTLINE,
     "paint": {"line-color": COLOUR, "line-width": 3}},
    {"id": "own-mark", "type": "circle", "source": "own", "filter": styling.IS_MARK,
     "paint": {"circle-color": COLOUR, "circle-radius": 7, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2}},
]  # fmt: skip
EVERYONE: list[Told] = [
    {"id": "own-region", "type": "circle", "source": "own", "filter": ["==", ["get", "sort"], "region"],
     "paint": {"circle-color": COLOUR, "circle-opacity": 0.28, "circle-radius": ["*", RADIUS, ["get", "share"]],
               "circle-stroke-color": COLOUR, "circle-stroke-width": 1}},
    {"id": "own-office", "type": "circle", "source": "own", "filter": ["==", ["get", "sort"], "office"],
     "paint": {"circle-color": "#1d2126", "circle-radius": 5, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2}},
]  # fmt: skip
Placed = tuple[BaseGeometry, Mapping[str, Any]]  # a geometry and what is said of it


def programme(account: Any) -> Told:
    """The whole programme, as the map shows it when nobody has chosen."""
    return {"map": mapping.told(account, _collections(account, mapping.FIRST), {}, _undecided(account, mapping.FIRST))}


def everyone(release: Release | None) -> Told:
    """What everyone may see: offices, released land, and a released figure by région. Nothing before the first release."""
    if release is None:
        return {}
    partners = read_partners()
    headlines = [each for each in public_figures(release, partners.areas) if each.headline]
    found = where(headlines, partners)
    chosen = _collections(None, ["land_release_product"])
    most = max((each.amount for each in found["regions"]), default=1.0) if found else 1.0
    placed: list[Placed] = []
    for sort, places in (("region", found["regions"]), ("office", found["offices"])) if found else ():
        for each in places:
            said = {"sort": sort, "code": each.title, "about": each.said, "share": math.sqrt(each.amount / most)}
            placed.append((shapely.Point(each.longitude, each.latitude), said))
    own = {"data": _collection(placed), "layers": EVERYONE}
    shown = {"drawing": found["svg"], "caption": found["caption"], "rows": found.get("rows", ())} if found else {}
    told = mapping.told(None, chosen, {}, {"own": own, **NOTHING})
    return shown | {"map": told, "legend": mapping.legend(chosen), "is_public": True}


def record(account: Any, found: Record) -> Told:
    """A record, as far as the account may see where it is, a task with what it is about; nothing where nothing is known."""
    shapes = [*neighbours.places_of(account, found), *_objectives(account, found)]
    return _around(account, shapes)


def report(account: Any, changes: Iterable[Mapping[str, Any]]) -> Told:
    """What changes state. The caller leaves out those that are not open to the account."""
    return _around(account, [shape for change in changes for shape in _stated(change)])


def villages(account: Any, place: str) -> Told:
    """The villages of a place (a P-code; everywhere if empty) under what their surveys found."""
    chosen = _collections(account, ("village", "village_survey"))
    asked = {{4: "adm1", 6: "adm2"}.get(len(place), "adm3"): place} if place else {}
    view = {**NOTHING, **mapping.whole(account, chosen, asked)}
    return {"map": mapping.told(account, chosen, asked, view), "legend": mapping.legend(chosen)}


def roads(account: Any, passages: Sequence[Passage]) -> Told:
    """The courses of roads by what holds of them today: an answer that expired is drawn as unknown."""
    placed: list[Placed] = []
    for each in passages:
        wkb = next((found for one in each.records if (found := getattr(one, "geometry", None))), None)
        if wkb:
            url = reverse("record", args=[each.kind, each.records[0].pk])
            said = {"status": each.status or "", "code": each.title, "about": each.label, "url": url}
            placed.append((shapely.from_wkb(bytes(wkb)), said))
    if not placed:
        return {}
    own = {"data": _collection(placed), "layers": _road_layers()}
    told = mapping.told(account, [], {}, {"own": own, "view": _box([line for line, _said in placed]), **NOTHING})
    legend = mapping.legend(_collections(account, ["route_status"]))
    return {"map": told, "legend": legend, "drawing": drawing.roads([(said["status"], line) for line, said in placed])}


def form(account: Any) -> Told:
    """Beside the place that a form asks for: what is known nearby."""
    return mapping.told(account, _collections(account, AROUND), {}, _undecided(account, AROUND) | {"readout": True})


def drawn(account: Any, box: Sequence[float]) -> Told:
    """Under what somebody draws: what is known, and released, nearby. The map opens at a box, if there is one."""
    view = {"readout": True, "nearest": NEAREST, **({"view": list(box)} if box else {})}
    chosen = _collections(account, (*AROUND, *RELEASED))
    return mapping.told(account, chosen, {}, _undecided(account, AROUND) | view)


def _around(account: Any, shapes: Sequence[BaseGeometry]) -> Told:
    shapes = [each for each in shapes if not each.is_empty]
    if not shapes:
        return {}
    own = {"data": _collection([(each, {}) for each in shapes]), "layers": OWN_LAYERS}
    chosen = _collections(account, AROUND)
    view = {"own": own, "view": _box(shapes), "nearest": NEAREST, **_undecided(account, AROUND)}
    told = mapping.told(account, chosen, {}, view)
    west, south, east, north = view["view"]
    place = f"#{NEAREST - 1}/{(south + north) / 2:.4f}/{(west + east) / 2:.4f}"
    return {"map": told, "hash": place, "drawing": drawing.with_points(shapes, [])}


def _undecided(account: Any, names: Sequence[str]) -> Told:
    """Where the map asks for danger that nobody has decided about, for those who are told of it."""
    if not may(account, "read"):
        return NOTHING
    return {"unconfirmed": undecided.address(names)}


def _collections(account: Any, names: Sequence[str]) -> list[Any]:
    return [of(account, kind) for kind in sorted(names, key=symbols.order)]


def _objectives(account: Any, found: Record) -> Iterator[BaseGeometry]:
    """Where the areas and villages are that a task is about."""
    shown = access.fields(account, Task, found) if isinstance(found, Task) else ()
    for name in OBJECTIVES.keys() & set(shown):
        rows = access.visible(account, model_of(OBJECTIVES[name])).filter(pk__in=list(getattr(found, name) or ()))
        yield from (shape for each in rows for shape in neighbours.places_of(account, each))


def _stated(change: Mapping[str, Any]) -> Iterator[BaseGeometry]:
    """The geometries that a change states, without those that cannot be read."""
    fields = plan_of(change["kind"]).stated if change["kind"] in kinds() else {}
    for name, value in change.get("values", {}).items():
        field = fields.get(name)
        if isinstance(field, Shape) and value is not None:
            with suppress(ValueError):
                yield shapely.from_wkb(field.read(value).wkb)


def _road_layers() -> list[Told]:
    """Roads as the tiles of routes draw them."""
    found = [each for each in styling.layers("route_status", "own") if each["type"] == "line"]
    return [{name: value for name, value in each.items() if name != "source-layer"} for each in found]


def _collection(placed: Sequence[Placed]) -> Told:
    features = [
        {
            "type": "Feature",
            "geometry": orjson.loads(shapely.to_geojson(shapely.force_2d(shape))),
            "properties": dict(said),
        }
        for shape, said in placed
    ]
    return {"type": "FeatureCollection", "features": features}


def _box(shapes: Sequence[BaseGeometry]) -> list[float]:
    """West, south, east, north, with some ground around."""
    west, south, east, north = shapely.total_bounds(shapely.geometrycollections(list(shapes)))
    return [float(west) - MARGIN, float(south) - MARGIN, float(east) + MARGIN, float(north) + MARGIN]
