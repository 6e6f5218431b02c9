"""Tiles: a record has one mark at each zoom, for those who may see it, where they may know it; and nothing else leaves."""

from __future__ import annotations

import json
from types import SimpleNamespace

import mapbox_vector_tile
import numpy
import pytest
import shapely
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kambila.publish.features import documents, finding
from kambila.publish.features.collections import of
from kambila.publish.tiles import building, cutting, layers, marks, matrix, symbols
from kambila.publish.tiles.layers import ALONE, _drawn
from kambila.publish.tiles.marks import Marks
from kambila.publish.tiles.matrix import Tile, project, tile_at
from kambila.registry import access, precision, whereabouts
from kambila.registry.keeping import Kept
from kambila.registry.kinds import kinds
from tests.publish.features.test_access import SQLITE, account, may_be_seen
from tests.publish.features.world import INCIDENT, MIDDLE, TRUE

ZOOMS = (0, 6, 12)
PLACED = [kind for kind, model in sorted(kinds().items()) if precision.shapes(model)]


def tile(ask, at, who, kinds_="", query=""):
    path = f"{kinds_}/tiles" if kinds_ else "/ogc/tiles"
    answer = ask(f"{path}/WebMercatorQuad/{at.z}/{at.y}/{at.x}{query}", who)
    assert answer.status_code in (200, 204), answer.content
    return mapbox_vector_tile.decode(answer.content) if answer.content else {}


def marked(ask, who, deepest):
    """{(zoom, kind): [properties of each mark]} of all tiles that hold something, down to a zoom."""
    found: dict[tuple[int, str], list] = {}
    wanted = [Tile(0, 0, 0)]
    while wanted:
        at = wanted.pop()
        told = tile(ask, at, who)
        if at.z < deepest and told:
            wanted += [Tile(at.z + 1, 2 * at.x + dx, 2 * at.y + dy) for dx in (0, 1) for dy in (0, 1)]
        for kind, layer in told.items():
            marks = [each["properties"] for each in layer["features"] if each["geometry"]["type"] == "Point"]
            found.setdefault((at.z, kind), []).extend(marks)
    return found


def look_through(ask, who, deepest):
    found = marked(ask, who, deepest)
    for kind in PLACED:
        seen = may_be_seen(who, kind)
        placed = access.visible(account(who), kinds()[kind]).filter(whereabouts.is_told(account(who), kinds()[kind]))
        number = placed.count()
        for z in range(deepest + 1):
            marks = found.get((z, kind), [])
            assert sum(each["count"] for each in marks) == number, (kind, z)
            for each in marks:
                assert each["id"] in seen, kind
                open_fields = set(access.fields(account(who), kinds()[kind], seen[each["id"]]))
                assert set(each) - {"id", "count"} <= open_fields, kind


@pytest.mark.parametrize("who", [None, "operator", "auditor"])
def test_a_reader_gets_one_mark_at_each_zoom_for_each_record_that_he_is_told_a_place_of(ask, who):
    look_through(ask, who, 9)


@pytest.fixture
def forgotten(monkeypatch):
    monkeypatch.setattr(marks, "_kept", Kept(48))
    monkeypatch.setattr(cutting, "_kept", Kept(4_000))


@SQLITE
def test_without_the_rule_in_the_query_of_the_marks_this_would_be_noticed(ask, monkeypatch, forgotten):
    open_door = SimpleNamespace(**vars(access))
    open_door.visible = lambda account, model, queryset=None: access.visible("auditor", model, queryset)
    monkeypatch.setattr(finding, "access", open_door)
    with pytest.raises(AssertionError):
        look_through(ask, "operator", 2)


@SQLITE
def test_values_are_asked_for_with_the_rule_again_even_if_the_marks_were_those_of_another_reader(told):
    whole, own = of(account("auditor"), "incident"), of(None, "incident")
    found = marks.marks_of(account("auditor"), whole, building.EVERYTHING, finding.head(whole))
    layer = mapbox_vector_tile.decode(layers.layer(None, own, found, Tile(0, 0, 0)))["incident"]
    assert len(found) > len(layer["features"]) == 1
    assert {each["properties"]["id"] for each in layer["features"]} <= set(may_be_seen(None, "incident"))


@SQLITE
@pytest.mark.parametrize("who", [None, "reporter"])
def test_nothing_restricted_is_in_any_tile_list_or_style(ask, told, who):
    said = [ask(f"/ogc{path}", who).content for path in ("/tiles", "/tiles/WebMercatorQuad", "/styles/programme")]
    said += [ask(f"/ogc/tiles/WebMercatorQuad?f=tilejson&collections={kind}", who).content for kind in PLACED]
    for z in ZOOMS:
        for place in (TRUE, MIDDLE):
            at = tile_at(*place, z)
            said.append(ask(f"/ogc/tiles/WebMercatorQuad/{z}/{at.y}/{at.x}", who).content)
    for secret in told.secrets:
        assert not [each for each in said if secret.encode() in each], secret


@pytest.mark.parametrize("z", [0, 6, 12, 18])
def test_who_is_told_the_commune_finds_the_mark_there_at_every_zoom(ask, z):
    for who, place in ((None, MIDDLE), ("operator", TRUE), ("auditor", TRUE)):
        layer = tile(ask, tile_at(*place, z), who, "incident")["incident"]
        spot = next(e["geometry"]["coordinates"] for e in layer["features"] if e["properties"]["id"] == INCIDENT)
        west, north, _east, _south = tile_at(*place, z).box()
        exact = (project(numpy.array([place]))[0] - (west, north)) * 2**z * 4096
        assert spot == pytest.approx([exact[0], 4096 - exact[1]], abs=1.5)  # the decoder turns it upside down
    if z > 10:
        assert "incident" not in tile(ask, tile_at(*TRUE, z), None, "incident")


@SQLITE
def test_without_the_rule_of_precision_the_mark_would_be_at_the_true_place(ask, monkeypatch, forgotten):
    monkeypatch.setattr(precision, "open_shapes", lambda model, shown: precision.shapes(model))
    assert "incident" in tile(ask, tile_at(*TRUE, 12), None, "incident")


@SQLITE
def test_a_filter_chooses_the_records_of_a_tile(ask):
    whole = tile(ask, Tile(0, 0, 0), "auditor", "village_survey")["village_survey"]["features"]
    some = tile(ask, Tile(0, 0, 0), "auditor", "village_survey", "?filter=contaminated='yes'")
    assert 0 < len(some["village_survey"]["features"]) < len(whole)
    assert ask("village_survey/tiles/WebMercatorQuad/0/0/0?filter=last_entry>3", "auditor").status_code == 400


@SQLITE
def test_an_unchanged_tile_is_not_sent_again_and_not_taken_for_that_of_another_reader(ask):
    path = "/ogc/collections/incident/tiles/WebMercatorQuad/0/0/0"
    first = ask(path, "auditor")
    assert ask(path, "auditor", **{"if-none-match": first["ETag"]}).status_code == 304
    assert ask(path, None, **{"if-none-match": first["ETag"]}).status_code == 200


@SQLITE
def test_a_tile_is_compressed_for_who_takes_it(ask):
    path = "/ogc/tiles/WebMercatorQuad/0/0/0"
    plain, small = ask(path, "auditor"), ask(path, "auditor", **{"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip" and len(small.content) < len(plain.content)
    assert "Accept-Encoding" in small["Vary"]


@SQLITE
@pytest.mark.parametrize("place", ["23/0/0", "0/1/0", "1/0/2", "999999999999/0/0"])
def test_a_tile_that_there_is_not_is_not_found(ask, place):
    assert ask(f"/ogc/tiles/WebMercatorQuad/{place}").status_code == 404


@SQLITE
def test_the_tiles_are_found_from_the_landing_page_and_from_the_collection(ask):
    """Abstract tests A.3 to A.7 of OGC API – Tiles, Part 1: from link to link as far as a tile."""
    for start in ("/ogc/", "/ogc/collections/incident"):
        lists = followed(ask, start, "tilesets-vector")
        assert [each["tileMatrixSetURI"] for each in lists["tilesets"]] == [matrix.URI]
        assert {each["dataType"] for each in lists["tilesets"]} == {"vector"}
        described = get(ask, linked(lists["tilesets"][0], "self")["href"])
        assert described["crs"] and {each["id"] for each in described["layers"]} >= {"incident"}
        assert get(ask, linked(described, "tiling-scheme")["href"])["id"] == matrix.NAME
        template = linked(described, "item")
        assert template["templated"] and template["type"] == "application/vnd.mapbox-vector-tile"
        place = template["href"].replace("{tileMatrix}", "0").replace("{tileRow}", "0").replace("{tileCol}", "0")
        answer = ask(place.partition("testserver")[2], "auditor")
        assert "incident" in mapbox_vector_tile.decode(answer.content)
        assert answer["Content-Type"] == template["type"]
    declared = get(ask, "testserver/ogc/conformance")["conformsTo"]
    assert f"{documents.TILES}core" in declared and f"{documents.TILES}mvt" in declared


def get(ask, address):
    return json.loads(ask(address.partition("testserver")[2], "auditor").content)


def linked(said, rel):
    return next(each for each in said["links"] if each["rel"].rpartition("/")[2] == rel)


def followed(ask, path, rel):
    return get(ask, linked(get(ask, f"testserver{path}"), rel)["href"])


@SQLITE
def test_tilejson_leads_to_the_tiles_and_names_their_layers(ask):
    told = json.loads(ask("/ogc/tiles/WebMercatorQuad?f=tilejson", "auditor").content)
    assert {each["id"] for each in told["vector_layers"]} == set(PLACED)
    path = told["tiles"][0].partition("testserver")[2].format(z=0, y=0, x=0)
    assert ask(path, "auditor").status_code == 200


@SQLITE
def test_the_style_draws_every_kind_with_a_place(ask):
    told = json.loads(ask("/ogc/styles/programme", "auditor").content)
    assert {each.get("source-layer") for each in told["layers"]} >= set(PLACED)


def scattered(points):
    at = project(numpy.array(points, dtype=float))
    at = at[numpy.argsort(at[:, 0], kind="stable")]
    ids = numpy.array([f"{n:036}" for n in range(len(at))], dtype="S36")
    return Marks(ids, at, numpy.column_stack((at, at)))


DEGREES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
PLACES = st.lists(DEGREES, min_size=1, max_size=60)


@given(PLACES, st.integers(0, 4))
def test_every_mark_lies_in_one_tile_of_each_zoom(points, z):
    found = scattered(points)
    side = range(2**z)
    numbers = [int(each) for x in side for y in side for each in found.within(Tile(z, x, y))]
    assert sorted(numbers) == list(range(len(points)))


@given(st.integers(1, 3 * ALONE), st.randoms(use_true_random=True))
def test_marks_alone_and_put_together_are_all_that_lie_in_a_tile(number, dice):
    drawn = _drawn(
        scattered([(dice.uniform(-180, 180), dice.uniform(-80, 80)) for _ in range(number)]), Tile(0, 0, 0), 9
    )
    assert len(drawn.alone) + sum(map(len, drawn.groups)) == number
    assert len(drawn.groups) + len(drawn.alone) <= max(ALONE, layers.CELLS**2)


def test_a_small_area_is_a_point_before_it_is_an_outline():
    area = shapely.box(-3.001, 16, -3, 16.001)
    at, boxes = marks._placed([shapely.to_wkb(area)])
    found = Marks(numpy.array([b"x"]), at, boxes)
    for z, is_outlined in ((6, False), (16, True)):
        drawn = _drawn(found, tile_at(-3.0005, 16.0005, z), 9)
        assert (len(drawn.alone), len(drawn.outlined)) == (1, int(is_outlined))


def test_every_record_has_a_symbol():
    for kind in PLACED:
        assert symbols.symbol_of(kind, {}) == symbols.rules_of(kind)[-1].symbol


def sorted_marks(ids, at, _boxes):
    return sorted((bytes(id), *map(float, where)) for id, where in zip(ids, at, strict=True))


def test_points_are_told_as_one_value_or_one_by_one_and_are_the_same(told):
    whole, points = account("auditor"), 0
    for kind in PLACED:
        collection = of(whole, kind)
        names = precision.shapes(collection.model)
        if len(names) == 1 and collection.field(names[0]).types == ("Point",):
            found = access.visible(whole, collection.model).filter(whereabouts.is_told(whole, collection.model))
            packed = sorted_marks(*marks._packed(found, names[0]))
            assert packed == sorted_marks(*marks._one_by_one(collection.model, names, found, True))
            points += len(packed)
    assert points


@pytest.mark.parametrize(
    "odd", [shapely.to_wkb(shapely.Point(1, 2), byte_order=0), shapely.to_wkb(shapely.Point(1, 2, 3))]
)
def test_a_point_that_is_written_otherwise_has_its_mark_as_the_others_have(told, odd):
    collection = of(account("auditor"), "incident")
    with transaction.atomic():
        before = marks._read(account("auditor"), collection, building.EVERYTHING)
        collection.model._default_manager.filter(pk=INCIDENT).update(location=odd)
        after = marks._read(account("auditor"), collection, building.EVERYTHING)
        transaction.set_rollback(True)
    (number,) = numpy.flatnonzero(after.ids == INCIDENT.encode())
    assert len(after) == len(before) and after.at[number] == pytest.approx(project(numpy.array([[1.0, 2.0]]))[0])
