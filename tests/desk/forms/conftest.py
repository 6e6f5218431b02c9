"""A served programme with every form of the box, and a real browser: both once for each module."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from kambila.accounts import granting, people
from kambila.accounts.models import Account
from kambila.accounts.scopes import Scope
from kambila.intake import forms
from kambila.journal import Draft, append, directory

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SERVE = "from kambila.cli import main; main()"
EVERY_CONTROL = Path(__file__).parent / "every_control.md"
PASSWORD = "river-camel-lantern"  # noqa: S105  of accounts that live as long as the test
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 20_000  # milliseconds, on a machine that does other things too
PEOPLE = {"fatou": "programme-manager", "omar": "information-officer", "team": "reporter", "gao": "office-officer"}
SCOPES = {"gao": Scope(office="GAO")}  # of all others: everything


@dataclass
class Served:
    """A programme that is served at an address; `open` opens its database in this process."""

    address: str
    path: Path

    def open(self) -> None:
        directory.open_directory(self.path, "")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The programme, its people and its forms, and a server."""
    path = tmp_path_factory.mktemp("served") / "p"
    directory.create_directory(path, "Served", "SRV", example=True, database="")
    for name in PEOPLE:
        people.add(name)
    # The tests' own quick hash is not one that a served programme knows.
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-tests", iterations=1_000)
    Account.objects.update(password=hashed)
    append([Draft("grant", "setup", {"verb": "grant", "account": "fatou", "role": PEOPLE["fatou"], "scope": {}})])
    for name, role in list(PEOPLE.items())[1:]:
        granting.grant(name, role, SCOPES.get(name, Scope()), "their work", "fatou")
    forms.publish_forms("fatou")
    forms.publish({forms.compile_form(EVERY_CONTROL.read_text()): b""}, "fatou")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "KAMBILA_DATA": str(path), "KAMBILA_DATABASE": ""}
    server = subprocess.Popen([sys.executable, "-c", SERVE, "serve", "--port", str(port)], env=environment)
    _wait(f"http://127.0.0.1:{port}/login/")
    yield Served(f"http://127.0.0.1:{port}", path)
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)
    connection.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


class Person:
    """Somebody at a browser of their own; `said` is what its console complained of."""

    def __init__(self, browser: Any, served: Served, name: str, language: str = "en", **options: Any) -> None:
        self.served, self.said = served, []
        options = {"viewport": {"width": 1280, "height": 900}} | options
        self.context = browser.new_context(**options)
        cookie = {"name": "django_language", "value": language, "url": served.address}
        self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        # What a graphics card that is only imitated says of its own speed is no complaint of the page.
        self.page.on(
            "console",
            lambda line: (
                line.type in ("error", "warning") and "GL Driver" not in line.text and self.said.append(line.text)
            ),
        )
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.sign_in(name)

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.served.address}/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(f"{self.served.address}/")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.served.address}{path}")

    def open(self, form: str, query: str = "") -> None:
        """The page of a form, ready to be answered."""
        self.go(f"/forms/{form}/{query}")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready]")

    def send(self) -> str:
        """Send, and what the page says then."""
        self.page.click("#send")
        return str(self.page.locator("#done h2").inner_text())


@pytest.fixture
def person(browser: Any, served: Served) -> Iterator[Any]:
    """Makes people at browsers of their own, and sends them away again."""
    made: list[Person] = []

    def make(name: str = "fatou", language: str = "en", **options: Any) -> Person:
        made.append(Person(browser, served, name, language, **options))
        return made[-1]

    yield make
    for each in made:
        each.context.close()


def _wait(address: str) -> None:
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")
