"""Killed while phones send, server or database: what was acknowledged is there, once; what was not is sent again."""

from __future__ import annotations

import http.client
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from kambila.intake.models import Quarantined
from kambila.journal import verify
from kambila.registry.models import Report
from tests.faults.phone import NEWS, XML, phone_of
from tests.faults.postgres import Postgres
from tests.intake.door import filled, open_door
from tests.serving import Server, serving

LOST = (OSError, http.client.HTTPException)
PHOTO = b"p" * 100_000  # large enough to lie in a file
PATIENCE = 60.0  # seconds that a phone goes on repeating at the end


@dataclass
class Bombardment:
    """What phones were told: the instances that were acknowledged, and every other answer (0: none came)."""

    acknowledged: set[str] = field(default_factory=set)
    refused: Counter[int] = field(default_factory=Counter)
    given_up: int = 0


def bombard(server: Server, base: str, clients: int, harms: list[Callable[[], None]], seconds: float) -> Bombardment:
    """Send from several phones, each of which repeats what was not acknowledged, and do harm meanwhile.

    At the end each goes on until its last is acknowledged, so that nothing passes that does not recover by itself.
    """
    seen, stop = Bombardment(), threading.Event()

    def phone(number: int) -> None:
        turn = 0
        while not stop.is_set():
            instance, turn = f"uuid:{number}-{turn}", turn + 1
            parts = {XML: filled(instance=instance)}
            if turn % 4 == 0:
                parts = {XML: filled("news_item", NEWS, instance=instance), "a.jpg": PHOTO}
            if not _repeated(lambda parts=parts: server.post(f"{base}/submission", parts).status, seen, stop):
                seen.given_up += 1
                return
            seen.acknowledged.add(instance)

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(phone, number) for number in range(clients)]
        try:
            for harm in harms:
                time.sleep(seconds * random.uniform(0.5, 1.5))
                harm()
            time.sleep(seconds)
        finally:
            stop.set()
    assert [each.exception() for each in running] == [None] * clients
    return seen


def _repeated(send: Callable[[], int], seen: Bombardment, stop: threading.Event) -> bool:
    """Send until it is acknowledged; False when it still was not long after the end."""
    end = None
    while True:
        try:
            status = send()
        except LOST:
            status = 0
        if status == 201:
            return True
        seen.refused[status] += 1
        end = time.monotonic() + PATIENCE if end is None and stop.is_set() else end
        if end is not None and time.monotonic() > end:
            return False
        time.sleep(0.05)


def must_be_whole(seen: Bombardment) -> None:
    """acknowledged - present = 0, duplicates = 0, no half report, and nothing thrown aside."""
    connection.close()
    present = Counter(Report.objects.values_list("instance", flat=True))
    assert seen.acknowledged and seen.acknowledged - set(present) == set()
    assert [instance for instance, times in present.items() if times > 1] == []
    assert seen.given_up == 0
    assert verify.verify_all().findings == []
    assert not Quarantined.objects.exists()
    print(
        f"acknowledged {len(seen.acknowledged)}, acknowledged - present 0, duplicates 0, present but never acknowledged "
        f"{len(set(present) - seen.acknowledged)}, other answers {dict(seen.refused)}"
    )


def kills_of(server: Server, times: int) -> list[Callable[[], None]]:
    def kill() -> None:
        server.stop(signal.SIGKILL)
        server.start()

    return [kill] * times


def kills_of_the_database(postgres: Postgres, times: int, away: float) -> list[Callable[[], None]]:
    """In turn all of it, which is away for a while, and one of its processes, from which it recovers by itself."""

    def kill() -> None:
        postgres.kill()
        time.sleep(away)
        postgres.start()

    return [kill if number % 2 == 0 else postgres.kill_a_backend for number in range(times)]


def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_there_twice(programme: Any):
    open_door()
    with serving(programme) as server:
        seen = bombard(server, phone_of("team"), 4, kills_of(server, 1), seconds=1)
    assert set(seen.refused) <= {0}
    must_be_whole(seen)


def test_nor_when_postgresql_is_killed_and_the_server_goes_on_by_itself(postgres: Postgres, on_postgres: Any):
    with serving(on_postgres) as server:
        first = server.process
        seen = bombard(server, phone_of("team"), 4, kills_of_the_database(postgres, 2, away=0.5), seconds=1)
        assert server.process is first and first is not None and first.poll() is None
    assert set(seen.refused) == {503}
    must_be_whole(seen)


@pytest.mark.campaign
def test_twenty_kills_of_the_server_under_sixteen_phones(programme: Any):
    open_door()
    with serving(programme) as server:
        seen = bombard(server, phone_of("team"), 16, kills_of(server, 20), seconds=3)
    assert set(seen.refused) <= {0}
    must_be_whole(seen)


@pytest.mark.campaign
def test_twenty_kills_of_postgresql_under_sixteen_phones(postgres: Postgres, on_postgres: Any):
    with serving(on_postgres) as server:
        first = server.process
        seen = bombard(server, phone_of("team"), 16, kills_of_the_database(postgres, 20, away=1), seconds=3)
        assert server.process is first and first is not None and first.poll() is None
    assert set(seen.refused) == {503}
    must_be_whole(seen)


@pytest.mark.campaign
def test_kills_of_both_by_turns(postgres: Postgres, on_postgres: Any):
    with serving(on_postgres) as server:
        both = [*kills_of_the_database(postgres, 5, away=1), *kills_of(server, 5)]
        seen = bombard(server, phone_of("team"), 16, random.sample(both, len(both)), seconds=3)
    assert set(seen.refused) <= {0, 503}
    must_be_whole(seen)
