"""A real server over HTTP on this machine, on the programme that a test made, and a client as plain as the line itself."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from kambila.journal import directory

RUN = "from kambila.cli import main; main()"
OPENROSA = {"X-OpenRosa-Version": "1.0", "Date": "Thu, 26 Nov 2026 09:00:00 GMT", "Accept-Language": "en"}


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A server process; `environment` is added to that of the tests."""

    programme: directory.Directory
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        connection.close()
        said = {"KAMBILA_DATA": str(self.programme.path), "KAMBILA_DATABASE": self.programme.database}
        log = (self.programme.path / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, "serve", "--port", str(self.port)],
            env={**os.environ, **said, **self.environment}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        for _attempt in range(300):
            try:
                if self.ask("HEAD", "/openrosa/formList").status:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError((self.programme.path / "server.log").read_text())

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it with all its processes, gently or not."""
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)

    def log(self) -> str:
        return (self.programme.path / "server.log").read_text()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request on a connection of its own; an iterator is sent in chunks. An early answer is read too."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            try:
                line.request(
                    method, path, body, {**OPENROSA, **(headers or {})}, encode_chunked=hasattr(body, "__next__")
                )
            except (BrokenPipeError, ConnectionResetError):
                line._HTTPConnection__state = "Request-sent"  # type: ignore[attr-defined]  it answered meanwhile
            answer = line.getresponse()
            cookies = answer.headers.get_all("Set-Cookie") or []
            return Answer(answer.status, dict(answer.getheaders()), answer.read(), cookies)
        finally:
            line.close()

    def post(self, path: str, parts: Mapping[str, bytes], headers: Mapping[str, str] | None = None) -> Answer:
        """A submission, as Collect builds it."""
        kind, body = multipart(parts)
        return self.ask("POST", path, body, {"Content-Type": kind, **(headers or {})})


def multipart(parts: Mapping[str, bytes]) -> tuple[str, bytes]:
    """(content type, body) of parts by name; the XML's is called xml_submission_file."""
    boundary = uuid.uuid4().hex
    out = []
    for name, content in parts.items():
        file = "submission.xml" if name == "xml_submission_file" else name
        kind = "text/xml" if name == "xml_submission_file" else "application/octet-stream"
        said = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        out += [f"{said}Content-Type: {kind}\r\n\r\n".encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={boundary}", b"".join([*out, f"--{boundary}--\r\n".encode()])


@contextmanager
def serving(programme: directory.Directory, **environment: str) -> Iterator[Server]:
    """A server on a programme, for the length of a block."""
    server = Server(programme, environment)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.stop(signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def resident(server: Server) -> int:
    """The memory of a server and its workers, in kB."""
    assert server.process is not None
    group = [each for each in Path("/proc").glob("[0-9]*/stat") if _group(each) == server.process.pid]
    said = "".join((each.parent / "status").read_text() for each in group)
    return sum(int(line.split()[1]) for line in said.splitlines() if line.startswith("VmRSS"))


def _group(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[2])
    except (OSError, IndexError, ValueError):
        return 0
