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
PATH = "/map/?kind={}#9/15.05/-4.7"
AREA, NOTHING = (
    "hazardous_area",
    "spot_task",
)  # of the second there is none: what the machine takes to draw a map at all
IDLE = "[data-map][data-idle]"
MOVES = (  # what the map does; of every frame meanwhile its milliseconds, and those of the script in it
    "map => map.panBy([900, 300], {duration: 1500})",
    "map => map.easeTo({zoom: 12, duration: 1500})",
    "map => map.panBy([-700, 500], {duration: 1500})",
    "map => map.easeTo({zoom: 7, duration: 1500})",
)
FRAMES = """move => new Promise(done => {
  const map = document.querySelector('[data-map]').view.map, spent = [], script = [];
  const draw = map._render;
  map._render = function (...said) {
    const began = performance.now();
    try { return draw.apply(this, said); } finally { script.push(performance.now() - began); }
  };
  let last = performance.now(), goes = true;
  const step = now => {
    spent.push(now - last); last = now;
    if (goes) return requestAnimationFrame(step);
    map._render = draw;
    done([spent.slice(1), script]);
  };
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
        session.send("Network.clearBrowserCache")  # the first page has a map too
        first = _visit(page, address, received)
        again = _visit(page, address, received)
        full = _moved(page)
        _visit(page, address, received, NOTHING)
        empty = _moved(page)
        started.close()
    results.add(f"map of {AREAS:,} areas, first view", f"{first:.0f} kB", f"< {FIRST} kB", first < FIRST)
    results.add("the same, second visit", f"{again:.0f} kB", f"< {AGAIN} kB", again < AGAIN)
    works = (f"a frame while it moves, processor {browser.SLOWER} × slower", "the script's part of it, without drawing")
    for work, some, none in zip(works, full, empty, strict=True):
        late = quantiles(some, n=20)[-1]
        floor = f"a map with nothing on it {median(none):.0f}, {quantiles(none, n=20)[-1]:.0f} ms"
        seen = f"median {median(some):.0f} ms, p95 {late:.0f} ms; {floor}"
        results.add(work, seen, f"p95 ≤ {SMOOTH:.0f} ms", late <= SMOOTH)


def _visit(page: Any, address: str, received: list[int], kind: str = AREA) -> float:
    """Kilobytes over the line until the map stands still."""
    page.goto("about:blank")
    received.clear()
    page.goto(f"{address}{PATH.format(kind)}", wait_until="commit")
    page.wait_for_selector(IDLE, timeout=120_000)
    return sum(received) / 1000


def _moved(page: Any) -> tuple[list[float], list[float]]:
    """The milliseconds of all frames of all moves, twice, and those of their script."""
    found = [page.evaluate(FRAMES, move) for _round in range(2) for move in MOVES]
    return [each for spent, _script in found for each in spent], [each for _spent, script in found for each in script]
