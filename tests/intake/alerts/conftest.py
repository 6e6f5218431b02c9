"""A programme in which people can be alerted, and what lies outside of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings

from kambila.accounts import people
from kambila.accounts.models import Account
from kambila.intake.alerts.sending import Sender
from kambila.intake.alerts.turns import Holder
from kambila.intake.alerts.upkeep import cycle
from kambila.journal import Draft, append, clock, nodes
from tests.intake.alerts.outside import Hook, Mailbox, mail_server, webhook_server
from tests.intake.people import programme_people

NOW = datetime.datetime(2014, 6, 20, 14, 5, tzinfo=datetime.UTC)


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.url)
        yield server


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    monkeypatch.setattr(settings, "WEBHOOK_NETWORKS", "127.0.0.0/8")
    with webhook_server() as server:
        yield server


@pytest.fixture
def house(programme, monkeypatch):
    """A programme in Bamako's time, at five past two in the afternoon; everybody has an e-mail address."""
    clock.set_clock(lambda: NOW)
    monkeypatch.setattr(settings, "ADDRESS", "https://kambila.example")
    nodes.introduce()
    append([Draft("setting", "", {"name": "programme", "value": {"zone": "Africa/Bamako", "languages": ["en"]}})])
    programme_people()
    for account in Account.objects.all():
        people.change_email(account.username, f"{account.username}@example.org")
    return programme


@pytest.fixture
def look(house) -> Callable[[], None]:
    """One cycle of this process, until everything that went out has been answered."""
    holder, sender = Holder(), Sender()

    def once() -> None:
        assert cycle(holder, sender, wait=20)

    return once


def at(*moment: int) -> None:
    """From now on it is that moment, in UTC (which is the time of Bamako)."""
    clock.set_clock(lambda: datetime.datetime(*moment, tzinfo=datetime.UTC))


def later(**time: float) -> None:
    """Let time pass."""
    moment = clock.now() + datetime.timedelta(**time)
    clock.set_clock(lambda: moment)
