"""The database is away: every door says 503 and keeps nothing half, and all recover by themselves when it is back."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from kambila.accounts import keys
from kambila.journal import heads, upkeep, verify
from kambila.registry.models import Report
from tests.faults.browsing import Visitor, may_sign_in
from tests.faults.phone import phone_of, sent, told
from tests.faults.postgres import Postgres
from tests.intake.door import filled, open_door, send
from tests.serving import Answer, Server, serving

DAY = {"form": "accident", "answers": {"category": "mine_erw", "date": "2014-06-18", "adm1": "ML07", "adm2": "ML0701"}}


class Doors:
    """Each door of a server, opened before anything went wrong."""

    def __init__(self, server: Server) -> None:
        self.server, self.base = server, phone_of("team")
        self.token = keys.issue("team", keys.Use.API, "a test", "team", actions=("read", "report"))[1]
        may_sign_in("team")
        self.visitor = Visitor(server, "team")

    def phone(self) -> Answer:
        return sent(self.server, self.base, filled())

    def api(self) -> Answer:
        said = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self.server.ask("POST", "/api/v1/reports", json.dumps(DAY).encode(), said)

    def browser(self) -> Answer:
        return self.visitor.post("/forms/accident/send", {}, {"xml_submission_file": filled()})

    def page(self) -> Answer:
        return self.visitor.get("/review/mine/")

    def lists(self) -> Answer:
        return self.server.ask("GET", f"{self.base}/formList")

    def all(self) -> list[Callable[[], Answer]]:
        return [self.phone, self.api, self.browser, self.page, self.lists]


def test_postgresql_is_away_and_comes_back(postgres: Postgres, on_postgres: Any):
    with serving(on_postgres) as server:
        doors = Doors(server)
        assert [each().status for each in doors.all()] == [201, 201, 200, 200, 200]
        before = Report.objects.count()
        postgres.kill()
        answers = [each() for each in doors.all() * 2]
        assert [each.status for each in answers] == [503] * 10
        assert all("Traceback" not in each.text for each in answers)
        assert "Keep it" in told(answers[0]) and "Try again" in answers[3].text
        postgres.start()
        connection.close()
        assert Report.objects.count() == before
        assert [each().status for each in doors.all()] == [201, 201, 200, 200, 200]
    connection.close()
    assert Report.objects.count() == before + 3 and verify.verify_all().findings == []


def test_what_looks_after_the_journal_goes_on_when_postgresql_is_back(
    postgres: Postgres, on_postgres: Any, monkeypatch
):
    """In four rounds: all is well, the database is away, it is back and something new was said, enough."""
    node, written = on_postgres.node.id, threading.Event()

    def come_back() -> None:
        postgres.start()
        thread = threading.Thread(target=lambda: (send(), connection.close(), written.set()))
        thread.start()
        thread.join()

    rounds = iter([lambda: None, postgres.kill, come_back])

    def pause(_seconds: float) -> None:
        step = next(rounds, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(upkeep, "time", SimpleNamespace(sleep=pause))
    with pytest.raises(KeyboardInterrupt):
        upkeep.keep()
    assert written.is_set() and heads.newest_signed()[node].seq == heads.head()[node][0]


@pytest.mark.campaign
@pytest.mark.parametrize("new_programme", ["sqlite"], indirect=True)
def test_sqlite_is_held_by_another_program_and_comes_free(programme: Any):
    open_door()
    with serving(programme) as server:
        doors = Doors(server)
        assert [each().status for each in doors.all()] == [201, 201, 200, 200, 200]
        before = Report.objects.count()
        holder = sqlite3.connect(programme.path / "kambila.sqlite3", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert [each().status for each in (doors.phone, doors.api)] == [503, 503]
        assert time.monotonic() - began < 150 and doors.lists().status == 200  # what only reads goes on
        holder.rollback()
        assert doors.phone().status == doors.api().status == 201
    assert Report.objects.count() == before + 2 and verify.verify_all().findings == []
