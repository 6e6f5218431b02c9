"""How long it takes in a browser until a form can be answered, at a quarter of the speed of this machine's processor."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

from bench.results import Results

SLOWER = 4
AIM = 4.0  # seconds
RUNS = 3
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FORMS = ("accident", "hazardous_area")
PASSWORD = "river-camel-lantern"  # noqa: S105  of an account that lives as long as the measurement
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
READY = "html[data-ready]"


def filling(folder: Path, results: Results) -> None:
    """The accident form, and the form with the largest definition."""
    if BROWSER is None:
        print("No Chromium on this machine: forms in the browser are not measured.")
        return
    largest = _prepare(folder / "browser")
    address, server = _serve(folder / "browser")
    try:
        _measure(BROWSER, address, dict.fromkeys([*FORMS, largest]), results)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _prepare(path: Path) -> str:
    """A programme with the forms of the box and somebody who may fill them in; gives the largest form."""
    from kambila.accounts import people
    from kambila.intake import forms
    from kambila.journal import Draft, append, directory

    directory.create_directory(path, "Measured", "MSR", example=True, database="")
    people.add("fatou", PASSWORD)
    append([Draft("grant", "setup", {"verb": "grant", "account": "fatou", "role": "programme-manager", "scope": {}})])
    forms.publish_forms("fatou")
    return max(forms.box(), key=lambda name: len(forms.in_box(name).xform))


def _serve(path: Path) -> tuple[str, subprocess.Popen[bytes]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "KAMBILA_DATA": str(path), "KAMBILA_DATABASE": ""}
    command = [sys.executable, "-c", "from kambila.cli import main; main()", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    address = f"http://127.0.0.1:{port}"
    for _attempt in range(150):
        try:
            urllib.request.urlopen(f"{address}/login/", timeout=10).close()  # noqa: S310  our own server
            break
        except OSError:
            time.sleep(0.2)
    return address, server


def _measure(browser: str, address: str, forms: dict[str, None], results: Results) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        for form in forms:
            first, again, weight = zip(*(_opened(started, address, form) for _run in range(RUNS)), strict=True)
            seen = f"{median(first):.1f} s, again {median(again):.1f} s; {median(weight):.0f} kB"
            work = f"form {form}: first question, processor {SLOWER} × slower"
            results.add(work, seen, f"< {AIM:.0f} s", median(first) < AIM)
        started.close()


def _opened(browser: Any, address: str, form: str) -> tuple[float, float, float]:
    """Seconds until the first question, with nothing in the cache and then again; kilobytes over the line at first."""
    context = browser.new_context()
    page = context.new_page()
    _sign_in(page, address)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    seconds = []
    for _visit in range(2):
        page.goto(f"{address}/forms/{form}/", wait_until="commit")
        page.wait_for_selector(READY, timeout=60_000)
        # From the beginning of the navigation, by the clock of the page.
        seconds.append(page.evaluate("performance.getEntriesByName('first-question')[0].startTime") / 1000)
        if len(seconds) == 1:
            weight = sum(received) / 1000
    context.close()
    return seconds[0], seconds[1], weight


def _sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/login/")
    page.fill("#id_username", "fatou")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(f"{address}/")
