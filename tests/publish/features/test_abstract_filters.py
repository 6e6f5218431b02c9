"""The abstract tests of Part 3 (OGC 19-079r2) and of CQL2 (OGC 21-065r2), each by its identifier, on every collection.

Those with the natural-earth test data are not run: collections are kinds of record. What filters find is in `test_filters`.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from urllib.parse import quote

import pytest

from kambila.publish.features import documents
from kambila.registry.kinds import kinds

pytestmark = pytest.mark.parametrize("_told", ["sqlite"], indirect=True)
VALUES = {
    "string": ("'foo'", "'bar'"),
    "number": ("3.14", "2"),
    "integer": ("1", "2"),
    "date": ("DATE('2014-06-20')", "DATE('2022-04-15')"),
    "date-time": ("TIMESTAMP('2022-04-14T14:48:46Z')", "TIMESTAMP('2022-04-14T15:52:56Z')"),
}
PLACED = ("village", "incident", "hazardous_area")
WORLD = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))"
LINE, POINT, FAR, BOX = "LINESTRING(7 50,10 51)", "POINT(7.02 49.92)", "POINT(90 180)", "BBOX(-180,-90,180,90)"


@pytest.fixture
def queryables(ask):
    """{kind: {queryable: type}}: of each type one of up to six kinds, for those of a type are compared by the same code."""
    found, seen = {}, Counter()
    for kind in (*PLACED, *(each for each in kinds() if each not in PLACED)):
        said = json.loads(ask(f"{kind}/queryables", "auditor").content)["properties"]
        types = {_type(each): name for name, each in said.items() if _type(each) in VALUES}
        found[kind] = {name: type for type, name in types.items() if seen[type] < 6}
        seen.update(found[kind].values())
    assert set(seen) == set(VALUES)
    return {kind: names for kind, names in found.items() if names}


def _type(said):
    form = said.get("format", "")
    return form if form in VALUES else said.get("type", form)


@pytest.fixture
def finds(ask):
    """``finds("village", "title = 'Gao'")``: the ids of what an auditor finds; None for a filter that is refused."""

    def find(kind, filter, **more):
        extra = "".join(f"&{name}={quote(value)}" for name, value in more.items())
        answer = ask(f"{kind}/items?limit=1000&f=json&filter={quote(filter)}{extra}", "auditor")
        assert answer.status_code in (200, 400), (filter, answer.content)
        return {each["id"] for each in json.loads(answer.content)["features"]} if answer.status_code == 200 else None

    return find


def test_basic_cql2_basic_test_every_queryable_has_a_type(ask):
    for kind in kinds():
        said = json.loads(ask(f"{kind}/queryables", "auditor").content)["properties"]
        assert all("type" in each or each["format"].startswith("geometry-") for each in said.values()), kind
        assert any(_type(each) in VALUES for each in said.values()), kind


def test_basic_cql2_comparison(queryables, finds):
    for kind, names in queryables.items():
        for name, type in names.items():
            found = {
                sign: finds(kind, f'"{name}" {sign} {VALUES[type][0]}') for sign in ("=", "<>", ">", "<=", "<", ">=")
            }
            assert None not in found.values(), (kind, name, type)
            for one, other in (("=", "<>"), (">", "<="), ("<", ">=")):
                assert not found[one] & found[other], (kind, name, one)


def test_basic_cql2_is_null(queryables, finds):
    for kind, names in queryables.items():
        for name in names:
            missing, there = finds(kind, f'"{name}" IS NULL'), finds(kind, f'"{name}" is not null')
            assert not missing & there and missing | there == finds(kind, "true"), (kind, name)


def test_basic_cql2_boolean(finds):
    for kind in kinds():
        assert finds(kind, "false") == set() and len(finds(kind, "true")) > 0, kind


def test_advanced_comparison_like(queryables, finds):
    for kind in PLACED:
        name = next(name for name, type in queryables[kind].items() if type == "string")
        found = {each: finds(kind, f"\"{name}\" LIKE '{each}'") for each in ("%", "_%", "", "%%", "\\%\\_")}
        assert None not in found.values(), (kind, name)
        assert not found["_%"] & found[""] and found["%"] == found["%%"]
        assert finds(kind, f"\"{name}\" NOT LIKE '%'") == set()


def test_advanced_comparison_between(queryables, finds):
    numbers = [
        (kind, name)
        for kind, names in queryables.items()
        for name, type in names.items()
        if type in ("number", "integer")
    ]
    assert len(numbers) == 12
    for kind, name in numbers:
        assert finds(kind, f'"{name}" BETWEEN 0 AND 100') is not None, (kind, name)
        assert finds(kind, f'"{name}" between 100.0 and 1.0') == set(), (kind, name)


def test_advanced_comparison_in(queryables, finds):
    for kind, names in queryables.items():
        for name, type in names.items():
            one, two = VALUES[type]
            assert finds(kind, f'"{name}" IN ({one}, {two})') is not None, (kind, name)
            assert finds(kind, f'"{name}" NOT IN ({one}, {two})') is not None, (kind, name)


@pytest.mark.parametrize("kind", PLACED)
def test_basic_spatial_functions_s_intersects(finds, kind):
    assert finds(kind, f"S_INTERSECTS(geometry,{BOX})") == finds(kind, "geometry IS NOT NULL")
    assert finds(kind, f"S_INTERSECTS(geometry,{POINT})") == set()
    assert finds(kind, f"S_INTERSECTS(geometry,{FAR})") is None  # there is no latitude of 180°
    both = "S_INTERSECTS(geometry,BBOX(-180,-90,-90,90)) AND S_INTERSECTS(geometry,BBOX(90,-90,180,90))"
    assert finds(kind, both) == set()


@pytest.mark.parametrize("kind", PLACED)
def test_basic_spatial_functions_plus_s_intersects(finds, kind):
    hole = "(-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, -120 -40, -120 -50)"
    square = "(0 0, 10 0, 10 10, 0 10, 0 0)"
    assert finds(kind, "S_INTERSECTS(geometry,MULTIPOINT(7.02 49.92, 90 180))") is None
    for each in (
        "LINESTRING(-180 -45, 0 -45)",
        "MULTILINESTRING((-180 -45, 0 -45), (0 45, 180 45))",
        f"POLYGON({hole})",
        f"MULTIPOLYGON(({hole}),({square}))",
        f"GEOMETRYCOLLECTION({POINT}, POLYGON({square}))",
    ):
        assert finds(kind, f"S_INTERSECTS(geometry,{each})") is not None, each


@pytest.mark.parametrize("kind", PLACED)
def test_spatial_functions(finds, kind):
    """s_intersects, s_disjoint, s_equals, s_touches, s_crosses, s_within, s_contains, s_overlaps."""

    def said(function, geometry):
        return finds(kind, f"{function}(geometry,{geometry})")

    for function in ("S_INTERSECTS", "S_WITHIN", "S_CONTAINS", "S_DISJOINT"):
        assert said(function, BOX) == said(function, WORLD) is not None
    assert said("S_DISJOINT", WORLD) == set() and said("S_DISJOINT", FAR) is None
    for each in (LINE, POINT):
        assert not said("S_DISJOINT", each) & said("S_INTERSECTS", each)
    for each in (WORLD, LINE, POINT):
        assert said("S_EQUALS", each) == set()
    for function, each in itertools.product(("S_TOUCHES", "S_CROSSES"), (BOX, WORLD, LINE)):
        assert said(function, each) is not None
    for each in (LINE, "MULTIPOINT(7 50,10 51)"):
        assert not said("S_WITHIN", each) & said("S_CONTAINS", each)
    for each in ("MULTIPOINT(7 50,10 51)", LINE, WORLD):
        assert said("S_OVERLAPS", each) is not None


def test_every_class_logical_combinations(queryables, finds):
    dice = random.Random(3)
    for kind in PLACED:
        stored = [f'"{name}" = {VALUES[type][0]}' for name, type in queryables[kind].items()]
        stored += [f'"{name}" IS NULL' for name in queryables[kind]] + [f"S_INTERSECTS(geometry,{BOX})", "true"]
        for _each in range(10):
            a, b, c, d = (dice.choice(stored) for _predicate in range(4))
            assert finds(kind, f"((NOT {a} AND {b}) OR ({c} and NOT {d}) or not ({a} AND {d}))") is not None, (
                a,
                b,
                c,
                d,
            )


def test_cql2_text_escaping(finds):
    assert finds("village", "title = 'it''s'") == set()
    assert finds("village", "title = 'a\tb\nc'") == set()


def test_filter_get_conformance_collections_queryables_and_collection(ask):
    declared = json.loads(ask("/ogc/conformance").content)["conformsTo"]
    assert {f"{documents.FEATURES3}{each}" for each in ("filter", "features-filter", "queryables")} <= set(declared)
    for each in json.loads(ask("/ogc/collections").content)["collections"]:
        href = next(link["href"] for link in each["links"] if link["rel"] == f"{documents.REL}queryables")
        answer = ask(href.replace("http://testserver", ""), accept="application/schema+json")
        said = json.loads(answer.content)
        assert answer.headers["Content-Type"] == "application/schema+json"
        assert said["$schema"] == documents.DRAFT and said["$id"] == href
        assert said["type"] == "object" and said["properties"]


def test_filter_param_lang_default_and_expression_construction(queryables, finds):
    for kind, names in queryables.items():
        name = next(iter(names))
        for more in ({}, {"filter-lang": "cql2-text"}):
            assert finds(kind, f'"{name}" IS NULL', **more) is not None
            assert finds(kind, "THIS IS NOT A FILTER", **more) is None
            assert finds(kind, "this_is_not_a_queryable IS NULL", **more) is None


def test_filter_crs_wgs84_param_and_mixing_expression(finds):
    box = "S_INTERSECTS(geometry,BBOX({},{},{},{}))"
    whole = finds("village", "geometry IS NOT NULL")
    assert finds("village", box.format(-20, 5, 20, 30)) == whole
    assert finds("village", box.format(1e6, 1e6, 2e6, 2e6)) is None
    turned = {"filter-crs": "http://www.opengis.net/def/crs/EPSG/0/4326"}
    assert finds("village", box.format(5, -20, 30, 20), **turned) == whole
    nowhere = {"filter-crs": "http://www.opengis.net/def/crs/OGC/0/does_not_exist"}
    assert finds("village", box.format(-20, 5, 20, 30), **nowhere) is None
    assert finds("village", box.format(-20, 5, 20, 30), bbox="-20,5,20,30") == whole
    assert finds("village", box.format(-20, 5, 20, 30), bbox="100,5,110,30") == set()


def test_queryables_query_parameters(ask, queryables):
    samples = {
        "string": "foo",
        "number": "3.14",
        "integer": "1",
        "date": "2014-06-20",
        "date-time": "2022-04-14T14:48:46Z",
    }
    for kind, names in queryables.items():
        for name, type in names.items():
            assert ask(f"{kind}/items?{name}={samples[type]}", "auditor").status_code == 200, (kind, name)
