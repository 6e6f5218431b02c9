"""Which EOD level a team holds on a day: by the certificates of its people, else by what is stated of the team; and
which of its equipment is not tested.

A competence is valid on the day or does not count (IMAS 09.30; unverified). Where no certificate of a team is known, its
own level stands, with a warning: nobody can say until when it is good.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kambila.domain.operations.codes import Level

LEVEL_OF = {
    "eod1": Level.ONE,
    "eod2": Level.TWO,
    "eod3": Level.THREE,
    "eod3plus": Level.THREE_PLUS,
    "iedd": Level.IEDD,
}
LADDER = (Level.ONE, Level.TWO, Level.THREE, Level.THREE_PLUS)


@dataclass(frozen=True)
class Held:
    """EOD levels of a team on a day: the certificates that are valid, and those that are not (any more)."""

    levels: tuple[str, ...]
    valid: tuple[Any, ...] = ()
    ended: tuple[Any, ...] = ()

    @property
    def is_certified(self) -> bool:
        """Whether it rests on certificates, be they valid or not."""
        return bool(self.valid or self.ended)

    def covers(self, needed: str | None) -> bool:
        """Whether one of the levels is enough for a call."""
        return any(is_enough(each, needed) for each in self.levels)


def held(team: Any, competences: Iterable[Any], day: datetime.date) -> Held:
    """What a team holds on a day; `competences` are those of its people, of any skill."""
    certificates = [each for each in competences if each.skill in LEVEL_OF]
    valid = tuple(each for each in certificates if each.holds_on(day))
    if not certificates:
        return Held((team.eod_level,) if team.eod_level else ())
    levels = tuple(LEVEL_OF[each.skill] for each in valid)
    return Held(levels, valid, tuple(each for each in certificates if each not in valid))


def is_enough(held: str | None, needed: str | None) -> bool:
    """Whether a level of EOD is enough (IMAS 09.30; unverified). IED disposal is a line of its own."""
    if needed in (None, Level.UNKNOWN):
        return held not in (None, Level.UNKNOWN)
    if Level.IEDD in (held, needed):
        return held == needed
    return held in LADDER and needed in LADDER and LADDER.index(Level(held)) >= LADDER.index(Level(needed))


def untested(equipment: Iterable[Any], team: str | None, day: datetime.date) -> list[Any]:
    """The equipment of a team of which no test is valid on a day."""
    return [
        each for each in equipment if team and each.team_id == team and str(each.tested_until_first or "") < str(day)
    ]
