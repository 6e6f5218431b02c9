"""A file comes in through a real browser, and its page tells by itself how far it is."""

import pytest

from kambila.journal import Draft, append, directory
from tests.desk.test_imports import BAD
from tests.desk.test_in_browser import BROWSER, FLAGS, PASSWORD, add_person
from tests.intake.sheets.files import HEADER, PROFILE
from tests.serving import serving

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")
ROWS = 3_000
GOING = {
    "en": ("The file waits for its turn", "The file is coming in"),
    "fr": ("Le fichier attend son tour", "Le fichier est en cours d'importation"),
}
OVER = {"en": "What came in", "fr": "Ce qui est entré"}


@pytest.mark.parametrize(("script", "language", "width"), [(True, "en", 360), (False, "fr", 1440)])
def test_the_page_of_an_import_follows_it_to_its_end(tmp_path, script, language, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    opened = directory.create_directory(tmp_path / "p", "Served", "SRV", database="")
    add_person("fatou")
    append([Draft("grant", "setup", {"verb": "grant", "account": "fatou", "role": "programme-manager", "scope": {}})])
    lines = [HEADER, BAD, *(f"N-{n},2014-06-18,mine_erw,uxo,Place {n},1" for n in range(10, 10 + ROWS))]
    (tmp_path / "list.csv").write_text("\n".join(lines))
    with serving(opened) as server, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        context = browser.new_context(
            viewport={"width": width, "height": 800}, bypass_csp=script, java_script_enabled=script
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/login/")
        page.fill("#id_username", "fatou")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/import/")
        page.set_input_files("#file", tmp_path / "list.csv")
        page.click("main form button")
        page.fill("#text", PROFILE)
        page.click("button[value=save]")
        page.click("button[value=try]")
        page.click("button[value=import]")
        assert page.inner_text("main h2") in GOING[language]
        assert not script or not Axe().run(page).response["violations"]
        page.screenshot(path=tmp_path / "going.png", full_page=True)
        page.wait_for_selector("main a[href$='/rejects/']", timeout=60_000)
        page.screenshot(path=tmp_path / "over.png", full_page=True)
        assert not script or not Axe().run(page).response["violations"]
        assert page.inner_text("main h2") == OVER[language] and page.query_selector("main a[href*='/import/batch/']")
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        browser.close()
