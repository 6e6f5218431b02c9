"""The documents that say what is here: landing page, conformance, collections, queryables, schemas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kambila.journal import directory
from kambila.publish.features import crs
from kambila.publish.features.answers import CSV, GEOJSON, HTML, JSON, OPENAPI, SCHEMA, address, both, link
from kambila.publish.features.collections import INFORMATION_DATE, PRECISION, Collection, links_to, of
from kambila.registry import precision
from kambila.registry.fields import Code, Codes, Moment, Number, PartialDate, Several, Shape, Whole
from kambila.registry.kinds import kinds

FEATURES, FEATURES2, FEATURES3, CQL2, TILES = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/",
    "http://www.opengis.net/spec/cql2/1.0/conf/",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/",
)
CONFORMS = [
    *(f"{FEATURES}{each}" for each in ("core", "oas30", "html", "geojson")),
    f"{FEATURES2}crs",
    *(f"{FEATURES3}{each}" for each in ("queryables", "queryables-query-parameters", "filter", "features-filter")),
    *(f"{CQL2}{each}" for each in ("cql2-text", "basic-cql2", "advanced-comparison-operators")),
    *(f"{CQL2}{each}" for each in ("basic-spatial-functions", "basic-spatial-functions-plus", "spatial-functions")),
    *(f"{TILES}{each}" for each in ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt")),
]
REL = "http://www.opengis.net/def/rel/ogc/1.0/"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
LEAST_BEYOND = 0.25  # degrees
WORLD = (-180.0, -90.0, 180.0, 90.0)


def landing(request: HttpRequest, form: str) -> dict[str, Any]:
    return {
        "title": directory.current().node.name,
        "description": _("Records of the mine action programme, as far as they are open to you."),
        "links": [
            *both(request, form, JSON, "landing"),
            link(address(request, "api"), "service-desc", OPENAPI, _("The parameters, for programs")),
            link(address(request, "api", f="html"), "service-doc", HTML, _("How to use it")),
            link(address(request, "conformance"), "conformance", JSON, _("What is supported of the standard")),
            link(address(request, "collections"), "data", JSON, _("Kinds of record")),
            link(address(request, "tilesets"), f"{REL}tilesets-vector", JSON, _("Map tiles")),
        ],
    }


def collections(request: HttpRequest, account: Any, form: str) -> dict[str, Any]:
    systems = crs.offered()
    return {
        "links": both(request, form, JSON, "collections"),
        "crs": systems,
        "collections": [collection(request, of(account, kind), systems, "") for kind in sorted(kinds())],
    }


def collection(request: HttpRequest, each: Collection, systems: list[str], form: str) -> dict[str, Any]:
    """One collection; `form` is that of the answer that it is by itself, empty within the list."""
    meta = each.model._meta
    told: dict[str, Any] = {
        "id": each.kind,
        "title": capfirst(str(meta.verbose_name_plural)),
        "description": capfirst(str(meta.verbose_name)),
        "itemType": "feature",
        "links": [
            *(both(request, form, JSON, "collection", each.kind) if form else []),
            *(
                link(address(request, "items", each.kind, f=name), "items", kind)
                for name, kind in (("json", GEOJSON), ("html", HTML), ("csv", CSV))
            ),
            link(address(request, "queryables", each.kind), f"{REL}queryables", SCHEMA, _("Fields to filter by")),
            link(address(request, "schema", each.kind), f"{REL}schema", SCHEMA, _("Fields")),
        ],
    }
    if each.has_place:
        told["extent"] = {"spatial": {"bbox": [extent()], "crs": crs.CRS84}}
        told |= {"crs": systems, "storageCrs": crs.CRS84}
        tiles = address(request, "collection-tilesets", each.kind)
        told["links"].append(link(tiles, f"{REL}tilesets-vector", JSON, _("Map tiles")))
    return told


def extent() -> tuple[float, ...]:
    """Where the programme's administrative areas are: where its records are would tell of those that may not be seen.

    Of areas the middles are known, and they reach beyond them: maps look no farther than this, so it is wider by a tenth.
    """
    places = list(precision.middles().values())
    if not places:
        return WORLD
    xs, ys = zip(*places, strict=True)
    beyond = max(LEAST_BEYOND, (max(xs) - min(xs)) / 10, (max(ys) - min(ys)) / 10)
    west, south = max(min(xs) - beyond, -180.0), max(min(ys) - beyond, -90.0)
    return (west, south, min(max(xs) + beyond, 180.0), min(max(ys) + beyond, 90.0))


def queryables(request: HttpRequest, each: Collection) -> dict[str, Any]:
    """The fields by which a reader may filter and sort (Part 3, 6.2)."""
    said = {name: _asked(each, name) for name in each.asked}
    said[INFORMATION_DATE] = _date_property(_("date of information"))
    said["id"] = {"title": _("key"), "type": "string", "format": "uuid"}
    if each.has_place:
        said["geometry"] = {"title": _("place"), "format": _format(each)}
    said[each.date_of()]["x-ogc-role"] = "primary-instant"
    return _schema(each, address(request, "queryables", each.kind), said)


def schema(request: HttpRequest, each: Collection) -> dict[str, Any]:
    """The fields that a record may be given with."""
    said: dict[str, Any] = {"id": {"title": _("key"), "type": "string", "format": "uuid", "x-ogc-role": "id"}}
    if each.has_place:
        said["geometry"] = {"title": _("place"), "format": _format(each), "x-ogc-role": "primary-geometry"}
        codes = {"exact": _("its own place"), "adm3": _("middle of the commune"), "adm2": _("middle of the cercle")}
        said[PRECISION] = _coded(_("how precisely the place is told"), codes | {"adm1": _("middle of the région")})
    said |= {name: _property(each, name) for name in each.given}
    said[INFORMATION_DATE] = _date_property(_("date of information"))
    for name in precision.open_shapes(each.model, each.places[-1]):
        if each.field(name).has_area:
            said[f"{name}_area_m2"] = {"title": f"{each.field(name).verbose_name}, m²", "type": "number"}
    return _schema(each, address(request, "schema", each.kind), said)


def _schema(each: Collection, id: str, said: dict[str, Any]) -> dict[str, Any]:
    title = capfirst(str(each.model._meta.verbose_name_plural))
    known = {"$schema": DRAFT, "$id": id, "type": "object", "title": title, "properties": said}
    return known | {"additionalProperties": False}


def _property(each: Collection, name: str) -> dict[str, Any]:
    field: Any = each.field(name)
    title = str(field.verbose_name)
    codes = dict(field.codes.choices) if isinstance(field, Code | Codes) and field.codes else None
    leads = links_to(each.kind, name)
    more = {"x-ogc-role": "reference", "x-ogc-collectionId": leads} if leads else {}
    if isinstance(field, Several):
        values = _coded("", codes) if codes else {"type": "string"}
        return {"title": title, "type": "array", "items": {k: v for k, v in values.items() if k != "title"}, **more}
    if codes:
        return _coded(title, codes)
    if isinstance(field, Whole):
        return {"title": title, "type": "integer"}
    if isinstance(field, Number):
        return {"title": title, "type": "number"}
    if isinstance(field, PartialDate):
        said = _("A date, of which the day or the month may be unknown: 2014, 2014-06 or 2014-06-20.")
        return {"title": title, "description": said, "type": "string"}
    if isinstance(field, Moment):
        return {"title": title, "type": "string", "format": "date-time"}
    return {"title": title, "type": "string", **({"format": "uuid"} if leads else {}), **more}


def _asked(each: Collection, name: str) -> dict[str, Any]:
    """A field as one filters by it: a partial date compares as a date does."""
    partial = {"format": "date"} if isinstance(each.field(name), PartialDate) else {}
    return _property(each, name) | partial


def _coded(title: str, codes: Any) -> dict[str, Any]:
    """A code list: the codes that are known, with what each is called. A code that came otherwise is given as it is."""
    said = {str(code): str(words) for code, words in dict(codes).items()}
    return {"title": title, "type": "string", "examples": list(said), "x-codes": said}


def _date_property(title: str) -> dict[str, Any]:
    return {"title": title, "type": "string", "format": "date"}


def _format(each: Collection) -> str:
    """What geometries a reader is given: of a place that is told by its commune, a point."""
    fields: list[Shape] = [each.field(name) for name in precision.open_shapes(each.model, each.places[-1])]
    types = {one for field in fields for one in field.types}
    if any(precision.is_blurred(each.model, shown) for shown in each.places):
        types.add("Point")
    names = {"Point": "point", "LineString": "linestring", "Polygon": "polygon", "MultiPolygon": "multipolygon"}
    return f"geometry-{names[next(iter(types))]}" if len(types) == 1 else "geometry-any"
