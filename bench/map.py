"""The map in a browser with twenty thousand hazardous areas, at a quarter of the speed of this machine's processor."""

from __future__ import annotations

import random
import signal
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import browser
from bench.areas import A_REPORT, _area, _report
from bench.results import Results
from kambila.journal import Draft, append, directory

AREAS = 20_000
FIRST, AGAIN = 600, 100  # kilobytes
SMOOTH = 50.0  # milliseconds in which nineteen of twenty frames come
PATH = "/map/?kind=hazardous_area#9/15.05/-4.7"
IDLE = "[data-map][data-idle]"
MOVES = (  # what the map does, then the milliseconds of every frame meanwhile
    "map => map.panBy([900, 300], {duration: 1500})",
    "map => map.easeTo({zoom: 12, duration: 1500})",
    "map => map.panBy([-700, 500], {duration: 1500})",
    "map => map.easeTo({zoom: 7, duration: 1500})",
)
FRAMES = """move => new Promise(done => {
  const map = document.querySelector('[data-map]').view.map, spent = [];
  let last = performance.now(), goes = true;
  const step = now => { spent.push(now - last); last = now; goes ? requestAnimationFrame(step) : done(spent.slice(1)); };
  map.once('moveend', () => { goes = false; });
  requestAnimationFrame(step);
  eval(move)(map);
})"""


def looking(folder: Path, results: Results) -> None:
    """Fill a programme with areas, and look at them."""
    path = browser.BROWSER
    if path is None:
        print("No Chromium on this machine: the map is not measured.")
        return
    _fill(folder / "map")
    address, server = browser._serve(folder / "map")
    try:
        _measure(path, address, results)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _fill(path: Path) -> None:
    from kambila.accounts import people

    directory.create_directory(path, "Measured", "MSR", example=True, database="")
    people.add("fatou", browser.PASSWORD)
    append([Draft("grant", "setup", {"verb": "grant", "account": "fatou", "role": "programme-manager", "scope": {}})])
    dice = random.Random(7)  # noqa: S311  a fixed seed is the point
    for first in range(0, AREAS, A_REPORT):
        entry = append([_report([_area(n, dice) for n in range(first, first + A_REPORT)])])[0]
        append([Draft("decision", "bench", {"verb": "accept", "report": entry.id})])


def _measure(path: str, address: str, results: Results) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        context = started.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
        page = context.new_page()
        browser._sign_in(page, address)
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[int] = []
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        session.send("Emulation.setCPUThrottlingRate", {"rate": browser.SLOWER})
        first = _visit(page, address, received)
        again = _visit(page, address, received)
        frames = [_frames(page, move) for _round in range(2) for move in MOVES]
        started.close()
    results.add(f"map of {AREAS:,} areas, first view", f"{first:.0f} kB", f"< {FIRST} kB", first < FIRST)
    results.add("the same, second visit", f"{again:.0f} kB", f"< {AGAIN} kB", again < AGAIN)
    spent = [each for found in frames for each in found]
    late = quantiles(spent, n=20)[-1]
    seen = f"median {median(spent):.0f} ms, p95 {late:.0f} ms, slowest {max(spent):.0f} ms"
    work = f"a frame while it moves, processor {browser.SLOWER} × slower"
    results.add(work, seen, f"p95 ≤ {SMOOTH:.0f} ms", late <= SMOOTH)


def _visit(page: Any, address: str, received: list[int]) -> float:
    """Kilobytes over the line until the map stands still."""
    page.goto("about:blank")
    received.clear()
    page.goto(f"{address}{PATH}", wait_until="commit")
    page.wait_for_selector(IDLE, timeout=120_000)
    return sum(received) / 1000


def _frames(page: Any, move: str) -> list[float]:
    return list(page.evaluate(FRAMES, move))
