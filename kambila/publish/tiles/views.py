"""The addresses of tiles under `/ogc`."""

from __future__ import annotations

import gzip
from typing import Any

from django.http import HttpRequest, HttpResponse

from kambila.journal.errors import Problem
from kambila.publish.features import answers, asking, crs, finding
from kambila.publish.features.answers import JSON, door
from kambila.publish.features.asking import Asked
from kambila.publish.features.collections import INFORMATION_DATE, Collection
from kambila.publish.features.reader import reader_of
from kambila.publish.tiles import cutting, documents, matrix
from kambila.publish.tiles.matrix import Tile

MVT = "application/vnd.mapbox-vector-tile"
FILTERING = ("datetime", "filter", "filter-lang", "filter-crs")


@door
def tile(request: HttpRequest, kind: str, matrix_set: str, z: int, row: int, column: int) -> HttpResponse:
    """The records of one collection in a tile, those that `filter`, `datetime` and the fields choose."""
    account = reader_of(request)
    found = documents.collection_of(account, kind)
    said = asking.plain(request, *FILTERING, *found.asked, INFORMATION_DATE, "id", "f")
    if said.get("filter-lang", "cql2-text") != "cql2-text":
        raise Problem("bad-parameter", name="filter-lang", why=said["filter-lang"])
    return _tile(request, account, [found], _asked(said), _place(matrix_set, z, row, column))


@door
def tile_of_all(request: HttpRequest, matrix_set: str, z: int, row: int, column: int) -> HttpResponse:
    """The records of all collections, or of those that `collections` names, each in a layer of its own."""
    account = reader_of(request)
    said = asking.plain(request, "collections", "datetime", "f")
    chosen = documents.chosen(account, said.get("collections", ""))
    asked = {name: value for name, value in said.items() if name == "datetime"}
    return _tile(request, account, chosen, _asked(asked), _place(matrix_set, z, row, column))


@door
def tilesets(request: HttpRequest, kind: str) -> HttpResponse:
    found = documents.collection_of(reader_of(request), kind)
    asking.plain(request, "f")
    return answers.json(documents.tilesets(request, found), JSON)


@door
def tilesets_of_all(request: HttpRequest) -> HttpResponse:
    reader_of(request)
    asking.plain(request, "f")
    return answers.json(documents.tilesets(request, None), JSON)


@door
def tileset(request: HttpRequest, kind: str, matrix_set: str) -> HttpResponse:
    """What the tiles of a collection hold and where they are; as TileJSON with `f=tilejson`."""
    found = documents.collection_of(reader_of(request), kind)
    return _tileset(request, matrix_set, [found], kind)


@door
def tileset_of_all(request: HttpRequest, matrix_set: str) -> HttpResponse:
    account = reader_of(request)
    return _tileset(request, matrix_set, documents.chosen(account, request.GET.get("collections", "")), "")


@door
def matrix_sets(request: HttpRequest) -> HttpResponse:
    reader_of(request)
    return answers.json(documents.matrix_sets(request), JSON)


@door
def matrix_set(request: HttpRequest, matrix_set: str) -> HttpResponse:
    reader_of(request)
    _named(matrix_set)
    return answers.json(matrix.definition(), JSON)


@door
def style(request: HttpRequest) -> HttpResponse:
    """How a map library draws all tiles that the reader may have."""
    account = reader_of(request)
    asking.plain(request, "f")
    return answers.json(documents.style(request, documents.chosen(account, "")), "application/vnd.mapbox.style+json")


def _tile(request: HttpRequest, account: Any, chosen: list[Collection], asked: Asked, at: Tile) -> HttpResponse:
    heads = finding.heads_of(chosen)
    by_head = all(finding.may_know_head(account, each) for each in chosen)
    mark = answers.mark(request, account, heads) if by_head else ""
    if mark and answers.is_known(request, mark):
        return answers.unchanged(mark)
    told = cutting.tile(account, chosen, asked, heads, at)
    response = _answer(request, told)
    return answers.marked(response, mark) if mark else answers.marked_by_content(request, response)


def _answer(request: HttpRequest, told: bytes) -> HttpResponse:
    if not told:
        return HttpResponse(status=204, content_type=MVT)
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(told), content_type=MVT)
    response = HttpResponse(told, content_type=MVT)
    response["Content-Encoding"] = "gzip"
    return response


def _tileset(request: HttpRequest, matrix_set: str, chosen: list[Collection], kind: str) -> HttpResponse:
    _named(matrix_set)
    said = asking.plain(request, "f", "collections")
    if said.get("f", "json") not in ("json", "tilejson"):
        raise Problem("bad-parameter", name="f", why=said["f"])
    make = documents.tilejson if said.get("f") == "tilejson" else documents.tileset
    return answers.json(make(request, chosen, kind), JSON)


def _asked(said: Any) -> Asked:
    chosen = {name: said[name] for name in sorted(said) if name != "f"}
    filter_crs = crs.named(said.get("filter-crs", ""), "filter-crs")
    return Asked(chosen, 0, (), None, crs.CRS84, (), filter_crs, "")


def _place(matrix_set: str, z: int, row: int, column: int) -> Tile:
    """Raises Problem for a tile that there is not."""
    _named(matrix_set)
    at = Tile(z, column, row)
    if not at.is_there:
        raise Problem("no-such-tile", place=f"{z}/{row}/{column}")
    return at


def _named(matrix_set: str) -> None:
    if matrix_set != matrix.NAME:
        raise Problem("no-such-tile", place=matrix_set.replace("\x00", "")[:60])
