"""What it costs other phones when somebody sends rubbish, and how soon rubbish is answered."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.door import ANSWERS, COUNTED, _loop, _memory, _post, _prepare, _served
from bench.results import Results
from kambila.intake.fill import fill

SENDERS = 2
ROUNDS = 5
PAUSE = 0.05  # seconds between two tries: rubbish is a phone or a program that goes on trying, not a flood
MB = 1024 * 1024


def beside(folder: Path, results: Results, seconds: float) -> None:
    """The 95th percentile of four phones alone, and while two others send each kind of rubbish."""
    definition, address = _prepare(folder / "neighbours")
    path = f"{address}/submission"

    def plain(instance: str) -> tuple[bytes, bytes]:
        return fill(definition, ANSWERS | dict.fromkeys(COUNTED, 3), instance=instance), b""

    good = plain("uuid:good")[0]
    with _served(folder / "neighbours") as (port, pid):
        _loop(port, path, plain, 4, 2)  # what is read once is read
        for name, make in _kinds(good).items():
            memory, alone, beside, spent = _memory(pid), list[float](), list[float](), list[float]()
            for _round in range(ROUNDS):  # by turns, so that what else the machine does hits both alike
                alone.append(_loop(port, path, plain, 4, seconds / ROUNDS)[1])
                with _sent(port, path, make, spent):
                    beside.append(_loop(port, path, plain, 4, seconds / ROUNDS)[1])
            times = statistics.median(beside) / statistics.median(alone)
            grown, usual = (_memory(pid) - memory) / 1024, statistics.median(spent)
            seen = f"p95 {statistics.median(beside):.0f} ms = {times:.1f} × {statistics.median(alone):.0f} ms; "
            seen += f"answered in {usual:.2f} s, at most {max(spent):.2f} s; {grown:.0f} MB"
            reached = times < 2 and usual < 1 and grown < 50
            results.add(f"4 phones while {SENDERS} send {name}", seen, "< 2 ×, < 1 s, < 50 MB", reached)


def _kinds(good: bytes) -> dict[str, Callable[[], tuple[bytes, bytes]]]:
    """(XML, file) of each kind of rubbish, each time another."""
    deep, many = b"<a>" * 19_900, b"<data>" + b"<a>1</a>" * 19_900 + b"</data>"
    attributes = b"<data " + b" ".join(b'a%d="1"' % number for number in range(100_000)) + b"/>"
    return {
        "the same again": lambda: (good, b""),
        "XML that was cut off": lambda: (_new(good)[: len(good) // 2], b""),
        "entities": lambda: (b'<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>' + _mark(), b""),
        "elements 19,900 deep": lambda: (deep + _mark(), b""),
        "19,900 elements, as many as are read": lambda: (many + _mark(), b""),
        "99,000 elements": lambda: (b"<data>" + b"<a>1</a>" * 99_000 + _mark(), b""),
        "100,000 attributes": lambda: (attributes + _mark(), b""),
        "2 MB of text": lambda: (b"<data>" + b"x" * (2 * MB - 100) + _mark(), b""),
        "an XML of 3 MB": lambda: (b"x" * 3 * MB, b""),
        "no XML with a file of 5 MB": lambda: (b"<a", b"x" * 5 * MB),
    }


def _mark() -> bytes:
    return b"<!-- %b" % uuid.uuid4().hex.encode()


def _new(xml: bytes) -> bytes:
    return xml.replace(b"uuid:good", f"uuid:{uuid.uuid4()}".encode())


@contextmanager
def _sent(port: int, path: str, make: Callable[[], tuple[bytes, bytes]], spent: list[float]) -> Iterator[None]:
    """Rubbish from a few senders for the length of a block; notes the seconds until each answer."""
    stop = threading.Event()

    def sender() -> None:
        while not stop.is_set():
            head, _blank, body = _post(path, *make()).partition(b"\r\n\r\n")
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            said = dict(each.split(b": ", 1) for each in head.split(b"\r\n")[1:])
            began = time.perf_counter()
            line.request("POST", path, body, {name.decode(): value.decode() for name, value in said.items()})
            line.getresponse().read()
            spent.append(time.perf_counter() - began)
            line.close()
            stop.wait(PAUSE)

    threads = [threading.Thread(target=sender) for _each in range(SENDERS)]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in threads:
            each.join()
