"""The server starts, answers, and stops when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from kambila.desk.commands import serve_forever
from kambila.intake import accepting, rules
from kambila.journal.directory import create_directory
from kambila.journal.errors import Problem
from kambila.registry.models import Report
from tests.intake import door

RUN = "from kambila.cli import main; main()"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_serves_and_stops_cleanly(tmp_path):
    create_directory(tmp_path / "p", "Served", "SRV", database="")
    port = free_port()
    environment = {**os.environ, "KAMBILA_DATA": str(tmp_path / "p"), "KAMBILA_DATABASE": ""}
    server = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "--port", str(port)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        page = _page(f"http://127.0.0.1:{port}/programme/")
        style = _page(f"http://127.0.0.1:{port}/static/desk.css")
    finally:
        server.send_signal(signal.SIGINT)
        out, errors = server.communicate(timeout=30)
    assert "Served" in page and "--accent" in style
    assert server.returncode == 0, errors
    assert f"http://127.0.0.1:{port}" in out and "Traceback" not in errors


def test_what_a_rule_lets_pass_does_not_wait_for_another_report_after_a_restart(tmp_path, monkeypatch):
    create_directory(tmp_path / "p", "Served", "SRV", database="")
    door.open_door()
    rules.set_rule("village", "omar", "their lists are kept by the ministry")
    monkeypatch.setattr(accepting, "soon", lambda: None)  # the process ends before it could
    report = door.send(door.filled("village", door.VILLAGE)).report_id
    port = free_port()
    environment = {**os.environ, "KAMBILA_DATA": str(tmp_path / "p"), "KAMBILA_DATABASE": ""}
    server = subprocess.Popen([sys.executable, "-c", RUN, "serve", "--port", str(port)], env=environment)
    try:
        _page(f"http://127.0.0.1:{port}/programme/")
        for _attempt in range(100):
            if Report.objects.get(pk=report).status == "accepted":
                break
            time.sleep(0.1)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    assert Report.objects.get(pk=report).status == "accepted"


def test_a_taken_port_is_said(programme):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem, match="already listening"):
            serve_forever(port=taken.getsockname()[1])


def _page(address: str) -> str:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")
