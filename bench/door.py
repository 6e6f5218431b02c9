"""The door for phones: submissions in a closed loop, lists of forms and of records, beside a bare view."""

from __future__ import annotations

import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.postgresql import postgresql
from bench.results import Results
from kambila.accounts import granting, keys, people
from kambila.accounts.scopes import Scope
from kambila.intake import definition, forms
from kambila.intake.fill import fill
from kambila.journal import Draft, append, directory, nodes

SECONDS = 10
PHOTO = os.urandom(200_000)
ANSWERS = {
    "date": "2014-06-18",
    "category": "mine_erw",
    "adm1": "ML07",
    "adm2": "ML0701",
    "adm3": "ML070101",
    "locality": "Tabango",
}
COUNTED = [f"count_{number}" for number in range(10)]
FORM = """
| survey | | | | |
| | type | name | label | save_to |
| | start | start | | |
| | end | end | | |
| | date | date | Day | date |
| | text | category | What | category |
| | text | adm1 | R | adm1 |
| | text | adm2 | C | adm2 |
| | text | adm3 | C | adm3 |
| | text | locality | Where | locality |
{more}
| | image | photo | P | |
| entities | | |
| | list_name | label |
| | incident | ${{category}} |
| settings | | |
| | form_id | version |
| | {form} | 1 |
"""
VILLAGES = """
| survey | | | |
| | type | name | label |
| | select_one_from_file village.csv | village | Village |
| settings | | |
| | form_id | version |
| | villages | 1 |
"""
Make = Callable[[str], tuple[bytes, bytes]]  # (XML, photograph or nothing) for an instance


def sending(folder: Path, results: Results, seconds: float = SECONDS) -> None:
    """Submissions per second for 1, 4 and 16 phones, and with photographs: on both databases, by one process and by two."""
    form = definition.read(forms.compile_form(_form("bench")))

    def plain(instance: str) -> tuple[bytes, bytes]:
        return fill(form, ANSWERS | dict.fromkeys(COUNTED, 3), instance=instance), b""

    def with_photo(instance: str) -> tuple[bytes, bytes]:
        return fill(form, ANSWERS | {"photo": "a.jpg"}, instance=instance), PHOTO

    with _bare(folder) as port:
        floors = {clients: _loop(port, "/submission", plain, clients, seconds)[0] for clients in (1, 4, 16)}
        floors[0] = _loop(port, "/submission", with_photo, 4, seconds)[0]
    with postgresql() as new_database:
        for address_of, processes in ((str, 1), (str, 2), (new_database, 1), (new_database, 2)):
            database = address_of()
            where = f"{'PostgreSQL' if database else 'SQLite'}, processes: {processes}"
            path = folder / where
            address = _prepare(path, database)
            with _served(path, database, processes) as (port, pid):
                _loop(port, f"{address}/submission", plain, 4, 2)  # what is read once is read
                for clients, aim in ((1, 300), (4, 600), (16, 600)):
                    rate, p95 = _loop(port, f"{address}/submission", plain, clients, seconds)
                    seen = _told(rate, floors[clients], p95)
                    aimed = f"≥ {aim}/s" + (", p95 < 60 ms" if clients == 16 else "")
                    is_reached = rate >= aim and (clients < 16 or p95 < 60)
                    results.add(f"{where}; submissions, {clients} phones", seen, aimed, is_reached)
                before = _memory(pid)
                rate, p95 = _loop(port, f"{address}/submission", with_photo, 4, seconds)
                seen = _told(rate, floors[0], p95)
                results.add(f"{where}; with a photograph of 200 kB, 4 phones", seen, "≥ 120/s", rate >= 120)
                grown = (_memory(pid) - before) / 1024
                seen = f"{grown:,.0f} MB of {before / 1024:,.0f} MB"
                results.add(f"{where}; memory that grew meanwhile", seen, "flat", grown < 20)


def _told(rate: float, floor: float, p95: float) -> str:
    return f"{rate:,.0f}/s = {rate / floor:.2f} of {floor:,.0f}/s bare, p95 {p95:.0f} ms"


def fetching(folder: Path, results: Results) -> None:
    """The list of 200 forms, and a list of 20,000 villages."""
    address = _prepare(folder / "lists")
    forms.publish({forms.compile_form(_form(f"form_{number}")): b"" for number in range(200)}, "bench")
    forms.publish({forms.compile_form(VILLAGES): b""}, "bench")
    for start in range(0, 20_000, 2_000):
        _villages(start, 2_000)
    with _served(folder / "lists") as (port, _pid):
        _get(port, f"{address}/formList")
        spent = statistics.median(_timed(port, f"{address}/formList") for _turn in range(10))
        results.add("list of 201 forms", f"{spent:.0f} ms", "< 50 ms", spent < 50)
        listed = _get(port, f"{address}/formList?formID=villages").decode()
        path = listed.partition("<manifestUrl>")[2].partition("</manifestUrl>")[0].partition(str(port))[2]
        spent = _timed(port, path)
        results.add("manifest with a list of 20,000 records, made", f"{spent:.0f} ms", "< 500 ms", spent < 500)
        spent = _timed(port, path.replace("manifest", "lists/village.csv"))
        results.add("the same list, fetched", f"{spent:.0f} ms", "< 500 ms", spent < 500)
        spent = _timed(port, path)
        results.add("its manifest again, nothing changed", f"{spent:.0f} ms", "unchanged hash", spent < 50)


def _prepare(folder: Path, database: str = "") -> str:
    """Make a programme with the form; gives the address of an app user."""
    directory.create_directory(folder, "Bench", "B", database=database)
    nodes.introduce()
    people.add("bench")
    granting.grant("bench", "programme-manager", Scope(), "measures", "bench")
    forms.publish({forms.compile_form(_form("bench")): b""}, "bench")
    _key, secret = keys.issue("bench", "app", "bench", "bench")
    return f"/key/{secret}"


def _form(name: str) -> str:
    return FORM.format(more="\n".join(f"| | integer | {each} | N | |" for each in COUNTED), form=name)


def _villages(start: int, many: int) -> None:
    changes = [
        {
            "kind": "village",
            "id": str(uuid.uuid4()),
            "values": {"title": f"Village {number}", "code": f"B-VIL-{number:05}", "adm1": "ML07", "adm2": "ML0701"},
        }
        for number in range(start, start + many)
    ]
    body = {"form": "village", "version": "1", "reporter": "bench", "date": "2014-06-18", "changes": changes}
    report = append([Draft("report", "bench", body)])[0]
    append([Draft("decision", "bench", {"verb": "accept", "report": report.id})])


@contextmanager
def _served(folder: Path, database: str = "", processes: int = 1) -> Iterator[tuple[int, int]]:
    run = "from kambila.cli import main; main()"
    port = _free()
    command = [sys.executable, "-c", run, "serve", "--port", str(port), "--processes", str(processes)]
    with _running(command, port, KAMBILA_DATA=str(folder), KAMBILA_DATABASE=database) as pid:
        yield port, pid


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    port = _free()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "4", "bench.bare:application"]
    with _running(command, port, BENCH_BARE=str(folder / "bare.sqlite3"), DJANGO_SETTINGS_MODULE=""):
        yield port


@contextmanager
def _running(command: list[str], port: int, **environment: str) -> Iterator[int]:
    process = subprocess.Popen(  # noqa: S603  our own command
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _attempt in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _loop(port: int, path: str, make: Make, clients: int, seconds: float) -> tuple[float, float]:
    """(acknowledged per second, 95th percentile in ms) of clients that each send the next when one is acknowledged."""
    spent: list[float] = []
    until = time.perf_counter() + seconds

    def client() -> None:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < until:
                request = _post(path, *make(f"uuid:{uuid.uuid4()}"))
                began = time.perf_counter()
                line.sendall(request)
                head = _answer(line)[0]
                if b" 201 " not in head:
                    raise RuntimeError(head.decode())
                spent.append(time.perf_counter() - began)

    threads = [threading.Thread(target=client) for _each in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(spent) / seconds, statistics.quantiles(spent, n=20)[-1] * 1000


def _post(path: str, xml: bytes, photo: bytes) -> bytes:
    parts = [("xml_submission_file", "x.xml", xml)] + ([("a.jpg", "a.jpg", photo)] if photo else [])
    body = b"".join(
        b'--B\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: text/xml\r\n\r\n%s\r\n'
        % (name.encode(), file.encode(), content)
        for name, file, content in parts
    )
    body += b"--B--\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Content-Type: multipart/form-data; boundary=B\r\n\r\n" + body


def _get(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-OpenRosa-Version: 1.0\r\n\r\n"
        line.sendall(head.encode())
        return _answer(line)[1]


def _timed(port: int, path: str) -> float:
    began = time.perf_counter()
    _get(port, path)
    return (time.perf_counter() - began) * 1000


def _answer(line: socket.socket) -> tuple[bytes, bytes]:
    held = b""
    while b"\r\n\r\n" not in held:
        held += line.recv(65536)
    head, _blank, body = held.partition(b"\r\n\r\n")
    said = [each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:")]
    while len(body) < (int(said[0].partition(b":")[2]) if said else 0):
        body += line.recv(65536)
    return head, body


def _memory(pid: int) -> int:
    """kB of a server and its workers."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[2]) == pid:
                total += int((stat.parent / "statm").read_text().split()[1]) * resource.getpagesize() // 1024
        except (OSError, ValueError):
            continue
    return total


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
