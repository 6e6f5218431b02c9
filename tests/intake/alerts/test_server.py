"""Running servers: within a minute, whatever is killed, and once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from kambila.intake.alerts import wishes
from kambila.intake.alerts.models import Delivery
from kambila.journal import clock
from tests.intake import people
from tests.registry.telling import change, report

RUN = "from kambila.cli import main; main()"


@pytest.fixture
def serve(house, mailbox):
    """Starts servers on the programme; all are stopped in the end."""
    clock.set_clock(None)
    running = []

    def start() -> subprocess.Popen:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        environment = {**os.environ, "KAMBILA_DATA": str(house.path), "KAMBILA_DATABASE": house.database}
        environment["KAMBILA_SMTP_URL"] = mailbox.url
        server = subprocess.Popen(
            [sys.executable, "-c", RUN, "serve", "--port", port], env=environment, process_group=0
        )
        running.append(server)
        return server

    yield start
    for server in running:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def until(true, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.2)


def accident(number: int) -> None:
    report(change(f"00000000-0000-7000-8000-{number:012}", people.INCIDENT, "incident"), date="2014-06-20")


def test_what_a_killed_server_left_is_sent_after_the_restart_and_once_by_two(serve, mailbox):
    wishes.subscribe("omar")
    mailbox.gate = threading.Event()
    first = serve()
    accident(1)
    until(lambda: mailbox.waiting and Delivery.objects.filter(channel="email", state="waiting").exists())
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    mailbox.refuses = True  # what the dead one was sending is lost
    mailbox.gate.set()
    until(lambda: not mailbox.waiting)
    mailbox.gate, mailbox.refuses = None, False
    serve()
    serve()
    until(lambda: len(mailbox.mails) == 1)
    for number in range(2, 6):
        accident(number)
        time.sleep(0.5)
    until(lambda: Delivery.objects.filter(channel="email", state="sent").count() == 5)
    told = [text.count("An accident or an attack") for text in mailbox.texts()]
    assert sum(told) == 5
