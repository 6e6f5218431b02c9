"""The server is killed while phones send: what was acknowledged is there, once; what was not can be sent again."""

from __future__ import annotations

import http.client
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from kambila.accounts import keys
from kambila.journal import verify
from kambila.registry.models import Report
from tests.intake.door import filled, open_door
from tests.serving import Server, serving

FAULTS = (OSError, http.client.HTTPException)


def bombard(server: Server, base: str, clients: int, kills: int, seconds: float) -> tuple[set[str], int]:
    """Send from several phones, each of which repeats what was not acknowledged, and kill the server meanwhile.

    Gives the instances that were acknowledged, and how many answers said that they were not.
    """
    acknowledged: set[str] = set()
    refused: list[int] = []
    stop = threading.Event()

    def phone(number: int) -> None:
        for turn in range(100_000):
            instance = f"uuid:{number}-{turn}"
            xml = filled(instance=instance)
            while True:
                try:
                    status = server.post(f"{base}/submission", {"xml_submission_file": xml}).status
                except FAULTS:
                    status = 0
                    time.sleep(0.05)
                if status == 201:
                    acknowledged.add(instance)
                    break
                refused.append(status)
                if stop.is_set():
                    return
            if stop.is_set():
                return

    with ThreadPoolExecutor(clients) as pool:
        for number in range(clients):
            pool.submit(phone, number)
        try:
            for _kill in range(kills):
                time.sleep(seconds * random.uniform(0.5, 1.5))
                server.stop(signal.SIGKILL)
                server.start()
            time.sleep(seconds)
        finally:
            stop.set()
    return acknowledged, sum(1 for status in refused if status not in (0, 201))


def must_be_whole(acknowledged: set[str]) -> None:
    connection.close()
    present = Counter(Report.objects.values_list("instance", flat=True))
    assert acknowledged and acknowledged - set(present) == set()
    assert [instance for instance, times in present.items() if times > 1] == []
    assert verify.verify_all().findings == []


def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_twice(programme: Any):
    open_door()
    base = f"/key/{keys.issue('team', 'app', 'phone', 'ana')[1]}"
    with serving(programme) as server:
        acknowledged, refused = bombard(server, base, clients=4, kills=1, seconds=1)
    assert refused == 0
    must_be_whole(acknowledged)


@pytest.mark.campaign
def test_twenty_kills_under_sixteen_phones(programme: Any):
    open_door()
    base = f"/key/{keys.issue('team', 'app', 'phone', 'ana')[1]}"
    with serving(programme) as server:
        acknowledged, refused = bombard(server, base, clients=16, kills=20, seconds=3)
    assert refused == 0
    must_be_whole(acknowledged)
