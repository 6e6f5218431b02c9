"""The documents that say which tiles there are: lists of tile sets, their descriptions, TileJSON, and the style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.text import capfirst

from kambila.journal import directory
from kambila.journal.errors import Problem
from kambila.publish.features.answers import JSON, address, link
from kambila.publish.features.collections import Collection, of
from kambila.publish.features.documents import REL, extent
from kambila.publish.tiles import errors, matrix, styling, symbols  # noqa: F401  the catalogue
from kambila.publish.tiles.layers import shown_fields
from kambila.registry import precision
from kambila.registry.kinds import kinds

MVT = "application/vnd.mapbox-vector-tile"
FINEST = 14  # zoom beyond which a map enlarges what it has
TILEJSON = "3.0.0"


def collection_of(account: Any, kind: str) -> Collection:
    """The collection of a kind that has a place. Raises Problem for another."""
    found = of(account, kind) if kind in kinds() else None
    if found is None or not found.has_place:
        raise Problem("no-such-kind", kind=kind.replace("\x00", "")[:60])
    return found


def chosen(account: Any, names: str) -> list[Collection]:
    """The collections with a place: those that are named (with commas between), else all. Raises Problem for another."""
    asked = [each.strip() for each in names.split(",") if each.strip()]
    if asked:
        return [collection_of(account, each) for each in dict.fromkeys(asked)]
    return [of(account, kind) for kind in sorted(kinds(), key=symbols.order) if precision.shapes(kinds()[kind])]


def tilesets(request: HttpRequest, collection: Collection | None) -> dict[str, Any]:
    """The list of tile sets: of one collection, or of all together."""
    kind = collection.kind if collection else ""
    return {
        "links": [link(_list(request, kind), "self", JSON)],
        "tilesets": [
            {
                "title": _title(collection),
                "dataType": "vector",
                "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
                "tileMatrixSetURI": matrix.URI,
                "links": [link(_set(request, kind), "self", JSON), _scheme(request)],
            }
        ],
    }


def tileset(request: HttpRequest, collections: Sequence[Collection], kind: str) -> dict[str, Any]:
    """A tile set as the standard describes it (OGC Two Dimensional Tile Matrix Set, annex C)."""
    west, south, east, north = extent()
    return {
        "title": _title(collections[0] if kind else None),
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": matrix.URI,
        "boundingBox": {
            "lowerLeft": [west, south],
            "upperRight": [east, north],
            "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        },
        "layers": [
            {
                "id": each.kind,
                "title": _title(each),
                "dataType": "vector",
                "propertiesSchema": {
                    "type": "object",
                    "properties": {name: {"title": title, "type": "string"} for name, title in _fields(each).items()},
                },
            }
            for each in collections
        ],
        "links": [
            link(_set(request, kind), "self", JSON),
            link(_set(request, kind, f="tilejson"), "alternate", JSON, "TileJSON"),
            _scheme(request),
            {**link(_template(request, kind, "{tileMatrix}/{tileRow}/{tileCol}"), "item", MVT), "templated": True},
        ],
    }


def tilejson(request: HttpRequest, collections: Sequence[Collection], kind: str) -> dict[str, Any]:
    """The same as map libraries read it (TileJSON 3.0.0)."""
    named = "" if kind or len(collections) == len(chosen(None, "")) else ",".join(each.kind for each in collections)
    return {
        "tilejson": TILEJSON,
        "name": _title(collections[0] if kind else None),
        "scheme": "xyz",
        "tiles": [_template(request, kind, "{z}/{y}/{x}") + (f"?collections={named}" if named else "")],
        "bounds": list(extent()),
        "minzoom": 0,
        "maxzoom": FINEST,
        "vector_layers": [vector_layer(each, FINEST) for each in collections],
    }


def vector_layer(collection: Collection, deepest: int) -> dict[str, Any]:
    """What the layer of a kind holds, as map libraries read it."""
    told = {"id": collection.kind, "description": _title(collection), "minzoom": 0, "maxzoom": deepest}
    return told | {"fields": _fields(collection)}


def matrix_sets(request: HttpRequest) -> dict[str, Any]:
    one = {
        "id": matrix.NAME,
        "uri": matrix.URI,
        "links": [link(address(request, "matrix-set", matrix.NAME), "self", JSON)],
    }
    return {"tileMatrixSets": [one]}


def style(request: HttpRequest, collections: Sequence[Collection]) -> dict[str, Any]:
    """All collections as a map library draws them (MapLibre Style Specification 8), over the outlines of countries."""
    basemap = static("bundle/basemap.json")
    ground = f"{settings.ADDRESS}{basemap}" if settings.ADDRESS else request.build_absolute_uri(basemap)
    return {
        "version": 8,
        "name": directory.current().node.name,
        "sources": {
            "countries": {"type": "geojson", "data": ground},
            "records": {"type": "vector", "url": _set(request, "", f="tilejson")},
        },
        "layers": [*styling.ground(), *(each for one in collections for each in styling.layers(one.kind, "records"))],
    }


def _fields(collection: Collection) -> dict[str, str]:
    model = collection.model
    known = {name: str(model._meta.get_field(name).verbose_name) for name in shown_fields(collection)}  # type: ignore[union-attr]
    return {"id": "id", **known, "count": "count"}


def _title(collection: Collection | None) -> str:
    return capfirst(str(collection.model._meta.verbose_name_plural)) if collection else directory.current().node.name


def _list(request: HttpRequest, kind: str) -> str:
    return address(request, "collection-tilesets", kind) if kind else address(request, "tilesets")


def _set(request: HttpRequest, kind: str, **said: str) -> str:
    if kind:
        return address(request, "collection-tileset", kind, matrix.NAME, **said)
    return address(request, "tileset", matrix.NAME, **said)


def _template(request: HttpRequest, kind: str, place: str) -> str:
    return f"{_set(request, kind)}/{place}"


def _scheme(request: HttpRequest) -> dict[str, str]:
    return link(address(request, "matrix-set", matrix.NAME), f"{REL}tiling-scheme", JSON)
