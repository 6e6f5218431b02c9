"""The pages in a real browser, from the disk: with a narrow screen, without script, and heard by a screen reader."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
PAGES = ["index", "figures", "news", "data", "figures/erw-civilian-casualties", "figures/ied-casualties"]

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield opened
        opened.close()


def addresses(published):
    yield (published.folder / "index.html").as_uri()
    for language in ("en", "fr"):
        yield from ((published.folder / language / f"{page}.html").as_uri() for page in PAGES)


def test_a_screen_reader_stumbles_over_nothing(published, browser):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    for address in addresses(published):
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    page.close()


def test_nothing_is_cut_off_on_a_narrow_screen(published, browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    for address in addresses(published):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.close()


def test_everything_is_there_without_script(published, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((published.folder / "index.html").as_uri())
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name="Civils tués ou blessés par des restes explosifs de guerre").first.click()
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Civilian casualties of explosive remnants of war"
    assert page.get_by_role("img", name="2013: 14").is_visible()
    page.get_by_role("link", name="The programme").click()
    assert page.get_by_role("img", name="Offices, and by région").is_visible()
    page.get_by_text("The same as a table").click()
    assert page.get_by_role("row", name="Gao 9").is_visible()
    assert asked and all(address.startswith("file:") for address in asked)
    context.close()
