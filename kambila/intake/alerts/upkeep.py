"""What a server does for alerts while it runs: reads what arrived, finds out whom it concerns, and sends."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections

from kambila.intake.alerts.addressing import address
from kambila.intake.alerts.expiring import remind
from kambila.intake.alerts.raising import read_journal
from kambila.intake.alerts.sending import Sender
from kambila.intake.alerts.turns import Holder
from kambila.journal import directory

log = logging.getLogger(__name__)
PAUSE = 3.0  # seconds between two looks; a minute is promised
LANDING = 2.0  # seconds to wait for what was sent to be answered


def cycle(holder: Holder, sender: Sender, wait: float = LANDING) -> bool:
    """One look: what is new or due is raised, addressed and sent. Gives False when another process has the turn."""
    if not holder.has_turn():
        return False
    read_journal()
    remind()
    address()
    sender.send_due(wait)
    return True


def keep() -> None:
    """Look after the alerts of the open directory for ever, in a thread of its own."""
    if directory.current().node.view is not None:
        return  # a replay tells nobody of what is long past
    holder, sender = Holder(), Sender()
    while True:
        try:
            cycle(holder, sender)
        except Exception:
            log.exception("Alerts could not be looked after; it will be tried again in a moment.")
            close_old_connections()
        time.sleep(PAUSE)
