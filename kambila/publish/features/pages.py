"""Collections and items for people: the words of fields and codes in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from kambila.publish.features import answers
from kambila.publish.features.asking import Asked
from kambila.publish.features.collections import INFORMATION_DATE, PRECISION, Collection
from kambila.publish.features.finding import Page
from kambila.publish.features.rows import features
from kambila.registry.fields import Code, Codes

MOST = 6
LEFT_OUT = ("search_key",)  # for machines
LONG = ("adm1", "adm2", "adm3", "code", *LEFT_OUT)
TYPES = {answers.GEOJSON: "GeoJSON", "text/csv": "CSV", "text/html": "HTML"}


def items(collection: Collection, page: Page, asked: Asked, links: list[dict[str, str]]) -> dict[str, Any]:
    """What the page of items shows: a few columns that say something, the rest stands on the page of each."""
    found = list(features(page.layout, page.rows, asked.crs, asked.properties))
    names = [name for name in page.layout.names if name not in LONG]
    used = [name for name in names if any(each["properties"].get(name) not in (None, []) for each in found)][:MOST]
    return {
        "title": capfirst(str(collection.model._meta.verbose_name_plural)),
        "kind": collection.kind,
        "is_danger": collection.model.is_danger,
        "heads": [_title(collection, name) for name in used],
        "rows": [
            {
                "id": each["id"],
                "code": each["properties"].get("code") or each["id"][:8],
                "cells": [(_title(collection, n), _told(collection, n, each["properties"].get(n))) for n in used],
            }
            for each in found
        ],
        "matched": page.matched,
        "links": {each["rel"]: each["href"] for each in links},
        "forms": [(each["href"], TYPES[each["type"]]) for each in links if each["rel"] == "alternate"],
    }


def item(collection: Collection, feature: dict[str, Any]) -> dict[str, Any]:
    said = feature["properties"]
    return {
        "title": said.get("code") or feature["id"],
        "kind": collection.kind,
        "kind_title": capfirst(str(collection.model._meta.verbose_name_plural)),
        "id": feature["id"],
        "place": _degrees(feature["geometry"]),
        "precision": said.get(PRECISION),
        "values": [
            (_title(collection, name), _told(collection, name, value))
            for name, value in said.items()
            if value not in (None, []) and name in collection.given and name not in LEFT_OUT
        ],
        "day": said.get(INFORMATION_DATE),
    }


def fields(collection: Collection) -> list[dict[str, Any]]:
    """The fields of a collection, and whether one may filter by each."""
    return [
        {"name": name, "title": _title(collection, name), "is_asked": name in collection.asked}
        for name in collection.given
    ]


def _title(collection: Collection, name: str) -> str:
    return capfirst(str(collection.field(name).verbose_name))


def _told(collection: Collection, name: str, value: Any) -> str:
    if value is None:
        return ""
    field = collection.field(name)
    codes = (
        {str(code): str(words) for code, words in field.codes.choices}
        if isinstance(field, Code | Codes) and field.codes
        else {}
    )
    values = value if isinstance(value, list) else [value]
    return ", ".join(codes.get(str(each), str(each)) for each in values)


def _degrees(geometry: Any) -> str:
    return "{1:.5f}, {0:.5f}".format(*geometry["coordinates"]) if isinstance(geometry, dict) else ""
