"""The pages in a real browser, without script, at the width of a telephone and of a desk."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password

from kambila.accounts import keys, people
from kambila.accounts.models import Key
from kambila.intake import decisions
from kambila.intake.openrosa.held import note
from kambila.journal import Draft, append, directory
from tests.desk.conftest import accepted, casualty, incident, said

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SERVE = "from kambila.cli import main; main()"
PASSWORD = "river-camel-lantern"  # noqa: S105  of an account that lives as long as the test
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


def a_phone() -> Key:
    """A phone that has fetched a form and a list."""
    key, _secret = keys.issue("fatou", "app", "Phone 3 of the Gao team", "fatou")
    note(keys.opened(key), "form", "accident", "2014010102")
    note(keys.opened(key), "list", "village.csv", "md5:", 812)
    return key


@pytest.fixture
def pages(tmp_path):
    """(address of a served programme, the paths that are looked at)."""
    directory.create_directory(tmp_path / "p", "Served", "SRV", example=True, database="")
    add_person("fatou")
    body = {"verb": "grant", "account": "fatou", "role": "programme-manager", "scope": {}}
    append([Draft("grant", "setup", body)])
    people.add("second")
    append([Draft("grant", "setup", {**body, "account": "second"})])
    accident = incident(location={"type": "Point", "coordinates": [-0.04, 16.27]})
    person = casualty(accident)
    report = said([accident, person], {1: {"full_name": "Aminata Invented"}})
    accepted(report)
    waiting = said([incident("EX-INC-2")], code="EX-R-2")
    update = {
        "kind": "incident",
        "id": accident["id"],
        "values": {"location": {"type": "Point", "coordinates": [0, 16]}},
    }
    said([update], code="EX-R-3", reporter="fatou")
    decisions.return_(said([incident("EX-INC-4")], code="EX-R-4", reporter="fatou").id, "fatou", "Which well?")
    decisions.reject(said([incident("EX-INC-5")], code="EX-R-5").id, "second", "Nobody heard of it")
    paths = ["/programme/", "/", "/journal/", f"/journal/{report.id}/", f"/journal/{report.id}/part/submission"]
    paths += ["/area/incidents/incident/", f"/record/incident/{accident['id']}/", "/figures/", "/nowhere/"]
    paths += ["/figures/erw-civilian-casualties/?by=age", "/needs/dangers/"]
    paths += [
        "/review/",
        f"/review/{waiting.id}/",
        "/review/EX-R-3/",
        "/review/mine/",
        "/review/second/",
        "/review/rules/",
    ]
    paths += ["/review/many/?all=1", "/review/?office=GAO", "/reconcile/"]
    paths += ["/phones/", "/phones/new/", f"/phones/{a_phone().pk}/"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "KAMBILA_DATA": str(tmp_path / "p"), "KAMBILA_DATABASE": ""}
    server = subprocess.Popen([sys.executable, "-c", SERVE, "serve", "--port", str(port)], env=environment)
    _wait(f"http://127.0.0.1:{port}/login/")
    yield f"http://127.0.0.1:{port}", paths
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("fr", 1440)])
def test_pages_fit_are_accessible_and_light(pages, language, width):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    address, paths = pages
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        page.goto(f"{address}/login/")
        assert not Axe().run(page).response["violations"]
        page.fill("#id_username", "fatou")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector("nav")  # signed in
        for path in paths:
            answer = page.goto(f"{address}{path}")
            assert page.url == f"{address}{path}"
            found = Axe().run(page).response["violations"]
            assert not found, (path, [(each["id"], each["nodes"][0]["html"]) for each in found])
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, path
            assert len(answer.body()) < 150_000
        browser.close()


def add_person(username):
    """Somebody who can sign in to a server, which knows nothing of the quick hashes of the tests."""
    account = people.add(username)
    account.password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    account.save()


def test_a_report_is_reviewed_with_the_keyboard_alone_and_without_script(pages):
    from playwright.sync_api import sync_playwright

    address, _paths = pages
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        page = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False).new_page()
        page.goto(f"{address}/login/")
        page.fill("#id_username", "fatou")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{address}/")
        page.goto(f"{address}/review/EX-R-2/")
        page.focus("input[value=return]")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.type("Which well was it?")
        for _field in range(2):  # past the report that stands, to the button
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Which well was it?")
        assert "Returned" in page.inner_text("main .lead")
        browser.close()


def _wait(address):
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")
