"""Maps in a real browser: what is drawn, what a click tells, the slider, and what is there without script."""

from __future__ import annotations

import os

import pytest

from tests.desk.conftest import accepted, said
from tests.desk.forms.conftest import BROWSER, Person, browser, served  # noqa: F401  fixtures
from tests.domain.land.saying import area, countersign, product, uuid

SQUARE = (0, 0, 10, 10)
SEEN = os.environ.get("KAMBILA_SCREENSHOTS", "")
RECORD = f"/record/hazardous_area/{uuid(1)}/"
DRAWN = """kind => [...new Set(document.querySelector("[data-map], .map-place").view.map.queryRenderedFeatures()
  .filter(each => each.source.startsWith(kind)).map(each => each.properties.code))]"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def known(served):  # noqa: F811
    """An area that was reported in March 2014 and released in May, another of April, and one that nobody confirmed."""
    served.open()
    accepted(said([area(1, SQUARE, adm1="ML07")], date="2014-03-01", code="EX-R-1"))
    countersign(accepted(said([product(2, 1, SQUARE, "2014-05-01")], date="2014-05-01", code="EX-R-2")).id)
    accepted(said([area(3, (20, 0, 30, 10), adm1="ML07")], date="2014-04-01", code="EX-R-3"))
    said([area(4, (0, 20, 10, 30), adm1="ML07")], code="EX-R-4")
    return served


@pytest.fixture
def person(browser, known):  # noqa: F811
    made = []

    def make(language="en", width=1440, **options):
        viewport = {"width": width, "height": 900}
        made.append(Person(browser, known, "fatou", language, viewport=viewport, **options))
        return made[-1]

    yield make
    for each in made:
        each.context.close()


def look(person, path):
    """Open a page and wait until its map is drawn."""
    person.go(path)
    person.page.locator("[data-map]").scroll_into_view_if_needed()
    person.page.wait_for_selector("[data-idle]")


def drawn(page, kind="hazardous_area"):
    return sorted(page.evaluate(DRAWN, kind))


def until(page, expected, kind="hazardous_area"):
    """Wait until the map draws these; the page's policy lets no test put its own functions into it."""
    for _attempt in range(100):
        if drawn(page, kind) == expected:
            return
        page.wait_for_timeout(100)
    assert drawn(page, kind) == expected


def test_the_map_draws_what_the_list_has_and_goes_back_in_time(person):
    fatou = person()
    page = fatou.page
    look(fatou, "/map/?kind=hazardous_area#16/16.2714/-0.0485")
    until(page, ["HA-1", "HA-3"])
    until(page, ["EX-R-4"], "unconfirmed")
    listed = page.locator("main details li a").all_inner_texts()
    assert sorted(each for each in listed if each.startswith("HA-")) == ["HA-1", "HA-3"]
    page.fill("#day-date", "2014-03-15")
    page.dispatch_event("#day-date", "change")
    until(page, ["HA-1"])
    until(page, [], "unconfirmed")
    look(fatou, "/map/?kind=hazardous_area&status=closed#16/16.2714/-0.0485")
    until(page, ["HA-1"])
    assert [each for each in fatou.said if "GL Driver" not in each] == []


def test_a_click_opens_the_record_and_the_address_restores_the_view(person):
    fatou = person()
    page = fatou.page
    look(fatou, "/map/?kind=hazardous_area#15/16.27/-0.05")
    page.evaluate("document.querySelector('[data-map]').view.map.jumpTo({center: [-0.0495, 16.2705], zoom: 17})")
    until(page, ["HA-1", "HA-3"])
    frame = page.locator(".map canvas").bounding_box()
    page.locator(".map canvas").click(position={"x": frame["width"] / 2, "y": frame["height"] / 2})
    assert page.locator(".maplibregl-popup a").first.get_attribute("href") == RECORD
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert page.evaluate("document.querySelector('[data-map]').view.map.getZoom()") == 17


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("fr", 360)])
def test_maps_are_accessible_and_fit(person, language, width):
    from axe_playwright_python.sync_playwright import Axe

    fatou = person(language, width, bypass_csp=True)
    for name, path in (("map", "/map/"), ("record", RECORD), ("review", "/review/EX-R-4/"), ("home", "/")):
        look(fatou, path)
        found = Axe().run(fatou.page).response["violations"]
        assert not found, (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
        page = "document.documentElement"
        assert not fatou.page.evaluate(f"{page}.scrollWidth > {page}.clientWidth"), path
        if SEEN:
            fatou.page.screenshot(path=f"{SEEN}/{name}-{language}-{width}.png", full_page=True)


def test_without_script_a_drawing_of_the_server_stands_in_its_place(person):
    fatou = person(java_script_enabled=False)
    for path in ("/map/?kind=hazardous_area", RECORD):
        fatou.go(path)
        assert fatou.page.locator("svg.drawing").first.is_visible(), path
