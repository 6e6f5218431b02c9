"""The OpenAPI 3.0 document: paths and parameters, in English, for programs."""

from __future__ import annotations

from typing import Any

from kambila import __version__
from kambila.journal import directory
from kambila.publish.features import crs
from kambila.publish.features.answers import CSV, GEOJSON, HTML, JSON, OPENAPI, SCHEMA
from kambila.publish.features.asking import MOST, USUAL
from kambila.publish.features.collections import INFORMATION_DATE, of
from kambila.registry.fields import Number, Whole
from kambila.registry.kinds import kinds

NUMBERS = {"type": "array", "items": {"type": "number"}, "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)]}


def document(account: Any, server: str) -> dict[str, Any]:
    """For one reader: each collection has the parameters of the fields by which he may ask."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": directory.current().node.name,
            "version": __version__,
            "description": "Records of a mine action programme, as far as they are open to whoever asks.",
            "license": {"name": "as the programme decides"},
        },
        "servers": [{"url": server}],
        "security": [{}, {"token": []}, {"device": []}],
        "tags": [{"name": each} for each in ("server", "data")],
        "paths": {
            **_fixed(),
            **{path: told for kind in sorted(kinds()) for path, told in _paths(account, kind).items()},
        },
        "components": _components(),
    }


def _fixed() -> dict[str, Any]:
    return {
        "/": _get("landing", "Landing page", "server", (JSON, HTML)),
        "/conformance": _get("conformance", "Conformance classes", "server", (JSON, HTML)),
        "/api": _get("api", "This document", "server", (OPENAPI, HTML)),
        "/collections": _get("collections", "Kinds of record", "data", (JSON, HTML)),
    }


def _paths(account: Any, kind: str) -> dict[str, Any]:
    collection = of(account, kind)
    title = str(collection.model._meta.verbose_name_plural)
    shared = [_ref(name) for name in ("limit", "datetime", "filter", "filter-lang", "sortby", "properties", "after")]
    placed = [_ref(name) for name in ("bbox", "bbox-crs", "crs", "filter-crs")]
    fields = [_field(name, collection.field(name)) for name in collection.asked]
    fields += [_query(name, f"only this {name}", {"type": "string"}) for name in (INFORMATION_DATE, "id")]
    base, items = f"/collections/{kind}", f"/collections/{kind}/items"
    one = _get(f"{kind}.item", f"One of: {title}", "data", (GEOJSON, HTML), [_ref("crs")])
    one["get"]["parameters"].insert(0, _ref("featureId"))
    one["get"]["responses"]["404"] = {"$ref": "#/components/responses/Trouble"}
    return {
        base: _get(f"{kind}.collection", f"About: {title}", "data", (JSON, HTML)),
        f"{base}/queryables": _get(f"{kind}.queryables", f"Fields to filter by: {title}", "data", (SCHEMA,)),
        f"{base}/schema": _get(f"{kind}.schema", f"Fields: {title}", "data", (SCHEMA,)),
        items: _get(f"{kind}.items", title, "data", (GEOJSON, HTML, CSV), shared + placed + fields),
        f"{items}/{{featureId}}": one,
    }


def _get(name: str, summary: str, tag: str, types: tuple[str, ...], parameters: Any = ()) -> dict[str, Any]:
    content = {
        each.partition("; ")[0]: {"schema": {"type": "string" if "text" in each else "object"}} for each in types
    }
    trouble = {"$ref": "#/components/responses/Trouble"}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "tags": [tag],
            "parameters": [*parameters, _ref("f")],
            "responses": {
                "200": {"description": "what was asked for", "content": content},
                **dict.fromkeys(("400", "401", "403", "500"), trouble),
            },
        }
    }


def _field(name: str, field: Any) -> dict[str, Any]:
    kind = "integer" if isinstance(field, Whole) else "number" if isinstance(field, Number) else "string"
    return _query(name, f"only with this {name}", {"type": kind})


def _query(name: str, said: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": said, "schema": schema, **more}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _components() -> dict[str, Any]:
    text, flat = {"type": "string"}, {"style": "form", "explode": False}
    uri = {"type": "string", "format": "uri", "default": crs.CRS84}
    names = {"type": "array", "items": {"type": "string"}}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    parameters = {
        "limit": _query("limit", "items of a page", limit, **flat),
        "bbox": _query("bbox", "what touches this box: west,south,east,north", NUMBERS, **flat),
        "bbox-crs": _query("bbox-crs", "the reference system of bbox", uri, **flat),
        "crs": _query("crs", "the reference system of the answer", uri, **flat),
        "datetime": _query(
            "datetime", "a day, a moment, a partial date, or first/last with .. for no end", text, **flat
        ),
        "filter": _query("filter", "a condition in CQL2 text", text),
        "filter-lang": _query("filter-lang", "", {"type": "string", "enum": ["cql2-text"], "default": "cql2-text"}),
        "filter-crs": _query("filter-crs", "the reference system of geometries in filter", uri),
        "sortby": _query("sortby", "fields with + or - before each", names, **flat),
        "properties": _query("properties", "only these fields", names, **flat),
        "after": _query("after", "where a page begins, as the link next of the one before says it", text),
        "f": _query(
            "f", "the form of the answer, instead of Accept", {"type": "string", "enum": ["json", "html", "csv"]}
        ),
        "featureId": {"name": "featureId", "in": "path", "required": True, "schema": text},
    }
    said = {"type": "object", "properties": dict.fromkeys(("code", "sentence", "remedy"), text)}
    trouble = {"description": "what is wrong, and what to do", "content": {JSON: {"schema": said}}}
    schemes = {"token": {"type": "http", "scheme": "bearer"}, "device": {"type": "http", "scheme": "basic"}}
    return {"parameters": parameters, "responses": {"Trouble": trouble}, "securitySchemes": schemes}
