"""What the build makes for the browser."""

import json
from pathlib import Path

import pytest

BUNDLE = Path(__file__).resolve().parents[2] / "kambila/desk/static/bundle"


@pytest.fixture(scope="module")
def basemap():
    return json.loads((BUNDLE / "basemap.json").read_text())


def test_the_basemap_has_mali_where_it_is(basemap):
    (mali,) = [country for country in basemap["features"] if country["id"] == "466"]
    points = [point for polygon in mali["geometry"]["coordinates"] for point in polygon[0]]
    assert min(x for x, y in points) == pytest.approx(-12.26, abs=0.05)
    assert max(y for x, y in points) == pytest.approx(25.0, abs=0.05)
    assert mali["properties"] == {"title": "Mali", "detailed": True}


def test_the_basemap_has_every_country_of_africa_in_detail(basemap):
    assert sum(country["properties"]["detailed"] for country in basemap["features"]) == 56


def test_the_bundle_is_light_enough_for_a_slow_link():
    assert (BUNDLE / "basemap.json").stat().st_size < 300_000
    assert (BUNDLE / "htmx.js").stat().st_size < 80_000


def test_the_bundle_carries_the_licences_of_what_is_in_it():
    text = (BUNDLE / "LICENSES.txt").read_text()
    assert "htmx.org" in text and "world-atlas" in text


def test_what_is_for_forms_only_is_light_where_every_page_loads_it():
    assert (BUNDLE / "forms" / "session.js").stat().st_size < 5_000
    engine = ("fill.js.br", "tree-sitter.wasm.br", "xpath.wasm.br")
    assert sum((BUNDLE / "forms" / name).stat().st_size for name in engine) < 172_000


def test_the_map_is_apart_from_the_form():
    assert len(list((BUNDLE / "forms").glob("map-*.js"))) == 1
    assert "maplibre" not in (BUNDLE / "forms" / "fill.js").read_text().lower()


def test_one_file_alone_carries_the_map():
    carrying = [each.name for each in (BUNDLE / "forms").glob("*.js") if "webgl2" in each.read_text().lower()]
    assert len(carrying) == 1 and carrying[0].startswith("view-")


def test_the_lock_file_names_no_registry():
    lock = (BUNDLE.parents[3] / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
