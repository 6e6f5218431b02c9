"""Drawing in a real browser: clicks on the map and rows of the table are one and the same thing."""

from __future__ import annotations

import os

import pytest

from kambila.registry.models import Report
from tests.desk.conftest import accepted, said
from tests.desk.forms.conftest import BROWSER, Person, browser, served  # noqa: F401  fixtures
from tests.domain.land.saying import area

SQUARE = (0, 0, 10, 10)
SEEN = os.environ.get("KAMBILA_SCREENSHOTS", "")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


METRES_PER_PIXEL = 78_271.517 / 2**16  # of Mercator, at the nearest zoom to which the map comes by itself
BOX = (-0.05, 16.27, -0.049, 16.271)  # of the area that is known


def opened(browser, served, language="en", width=1440, name="fatou"):  # noqa: F811
    person = Person(browser, served, name, language, viewport={"width": width, "height": 900}, bypass_csp=True)
    person.go("/map/draw/?bbox=" + ",".join(map(str, BOX)))
    person.page.wait_for_selector("#map [data-ready]")
    person.page.wait_for_selector("#map [data-near='1']")
    return person


def at(page, longitude, latitude):
    """Pixels within the map of a place: its middle is that of the area, north is up."""
    import math

    def mercator(x, y):
        return math.radians(x) * 6_378_137, 6_378_137 * math.log(math.tan(math.pi / 4 + math.radians(y) / 2))

    frame = page.locator("#map .map canvas").bounding_box()
    (x, y), (x0, y0) = mercator(longitude, latitude), mercator((BOX[0] + BOX[2]) / 2, (BOX[1] + BOX[3]) / 2)
    return {
        "x": frame["width"] / 2 + (x - x0) / METRES_PER_PIXEL,
        "y": frame["height"] / 2 - (y - y0) / METRES_PER_PIXEL,
    }


def click(page, longitude, latitude):
    """Click on the map, and wait until the server has read the table."""
    checked = page.get_attribute("#drawing", "data-checked") or ""
    page.locator("#map .map canvas").click(position=at(page, longitude, latitude))
    page.wait_for_selector(f"#drawing[data-checked]:not([data-checked='{checked}'])")


def drag(page, start, end):
    """Drag a point of the map to another place."""
    checked = page.get_attribute("#drawing", "data-checked")
    box = page.locator("#map .map canvas").bounding_box()
    (from_, to) = (at(page, *start), at(page, *end))
    page.mouse.move(box["x"] + from_["x"], box["y"] + from_["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + to["x"], box["y"] + to["y"], steps=4)
    page.mouse.up()
    page.wait_for_selector(f"#drawing[data-checked]:not([data-checked='{checked}'])")


def looked_at(page, name):
    """Keep a picture of the page where somebody asked for them."""
    if SEEN:
        clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": 1500}
        page.screenshot(path=f"{SEEN}/{name}.png", full_page=True, clip=clip)


def rows(page):
    return [
        each
        for each in page.locator("#rows input[name=position]").evaluate_all("all => all.map((f) => f.value)")
        if each
    ]


def test_an_area_that_is_clicked_beside_another_shares_its_edge_and_waits_for_review(browser, served):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    accepted(said([area(1, SQUARE, adm1="ML07")]))
    page = opened(browser, served).page
    click(page, -0.04902, 16.27003)  # near two corners of the known area
    click(page, -0.04898, 16.27098)
    click(page, -0.0484, 16.2708)
    click(page, -0.0484, 16.2702)
    assert rows(page)[:2] == ["16.27, -0.049", "16.271, -0.049"]
    assert "touches it" in page.inner_text("#said")
    drag(page, (-0.0484, 16.2702), (-0.0484, 16.2700))
    assert rows(page)[3].startswith("16.2700") or rows(page)[3].startswith("16.2699"), rows(page)
    click(page, -0.0484, 16.2704)  # on a leg: a point in between
    assert len(rows(page)) == 5 and rows(page)[3].startswith("16.270")
    looked_at(page, "drawing-1440-en")
    assert not [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
    page.select_option("#answer-classification", "sha")
    page.check("input[name=answer-devices][value=uxo]")
    page.fill("#reason", "walked along the wall")
    page.click("button[name=save]")
    page.wait_for_url("**/review/*/")
    served.open()
    [report] = Report.objects.filter(status="waiting")
    page.goto(f"{served.address}/review/")
    assert report.code in page.inner_text("main")
    page.goto(f"{served.address}/map/#14/16.27/-0.05")
    page.wait_for_selector("[data-map][data-ready]")
    with page.expect_request("**/map/print.pdf*") as asked:
        page.click("a[data-leads][href*='print.pdf']")
    assert "bbox=-0.0" in asked.value.url
    assert page.request.get(asked.value.url).body().startswith(b"%PDF")


def test_wrong_points_are_marked_and_the_proposal_is_taken_on_a_telephone_in_french(browser, served):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, served, "fr", 360).page
    crossing = ["16.2715, -0.0495", "16.2716, -0.0492", "16.2715, -0.0492", "16.2716, -0.0495"]
    for number, position in enumerate(crossing):
        checked = page.get_attribute("#drawing", "data-checked") or ""
        page.locator("#rows input[name=position]").nth(number).fill(position)
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#drawing[data-checked]:not([data-checked='{checked}'])")
    assert "se croise" in page.inner_text("#said")
    looked_at(page, "drawing-360-fr")
    assert not [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.click("button[name=repair]")
    page.wait_for_function("!document.querySelector('#said .error')")
    assert sorted(rows(page)) == sorted(crossing) and rows(page) != crossing
