"""Taking turns: of several server processes on one database, one reads the journal and sends."""

from __future__ import annotations

import datetime
import uuid

from django.db.models import Q

from kambila.intake.alerts.models import Turn
from kambila.intake.alerts.raising import turn
from kambila.journal import clock

LASTS = datetime.timedelta(seconds=30)
RENEWED = datetime.timedelta(seconds=15)  # before its end, so that it is written four times a minute and no oftener


class Holder:
    """One process that would like to send."""

    def __init__(self) -> None:
        self.id = str(uuid.uuid4())
        self._until: datetime.datetime | None = None

    def has_turn(self) -> bool:
        """Whether it is this process's turn; takes it when nobody has it, and keeps it while it is asked for."""
        now = clock.now()
        if self._until is not None and now < self._until - RENEWED:
            return True
        turn()
        free = Q(holder=self.id) | Q(until=None) | Q(until__lt=now)
        taken = Turn.objects.filter(free, pk=1).update(holder=self.id, until=now + LASTS)
        self._until = now + LASTS if taken else None
        return bool(taken)

    def give_up(self) -> None:
        """Let another process have the turn at once."""
        Turn.objects.filter(pk=1, holder=self.id).update(until=None)
        self._until = None
