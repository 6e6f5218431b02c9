"""The plan of the example: who sends which form when, and what happens besides, in the order of time.

The areas of work only plan. `build` then carries the plan out with the clock set to each step, through the same door as
any report.
"""

from __future__ import annotations

import calendar
import datetime
import random
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kambila.demo.cast import Team

ACCEPT, WAIT = "accept", "wait"
SEED = 2014
FIRST_DAY = datetime.date(2013, 1, 14)  # the day after which reports could be sent: there was no programme before
LAST_DAY = datetime.date(2014, 7, 30)
Day = datetime.date
Moment = datetime.datetime


@dataclass
class Submission:
    """One form that somebody fills in and sends; `name` is how a later step finds the report that it became."""

    form: str
    answers: Mapping[str, Any]
    sent: Moment
    team: Team
    instance: str
    fate: str = ACCEPT
    name: str = ""
    deprecated: str = ""
    attachments: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment; steps of one moment happen in the order in which they were planned."""

    moment: Moment
    number: int
    act: Callable[[Any], None] | Submission


@dataclass
class Branch:
    """An office that works on its own from one day to another: what it sends then is planned there."""

    office: str
    first: Day
    last: Day
    plan: Plan

    def takes(self, submission: Submission) -> bool:
        return submission.team.office == self.office and self.first <= submission.sent.date() <= self.last


class Plan:
    """Everything that is going to happen, and the dice that all areas of work share."""

    def __init__(self, dice: random.Random | None = None, branch: Branch | None = None) -> None:
        self.dice = dice or random.Random(SEED)  # noqa: S311  the same story every time, no secret
        self.steps: list[Step] = []
        self.branch = branch

    def send(
        self,
        form: str,
        answers: Mapping[str, Any],
        day: Day,
        team: Team,
        *,
        sent: Day | None = None,
        **more: Any,
    ) -> str:
        """Plan a submission about a day; gives the id of the record that it creates.

        It is sent one to eight days later, unless `sent` says when; one in twenty comes weeks late.
        """
        answers = {"__id": self.new_id(), **answers}
        moment = self._moment(sent or self._sending_day(day))
        instance = more.pop("instance", "") or f"uuid:{self.new_id()}"
        submission = Submission(form, answers, moment, team, instance, **more)
        branch = self.branch
        if branch and not submission.name and branch.takes(submission):
            branch.plan._add(moment, submission)
        else:
            self._add(moment, submission)
        return str(answers["__id"])

    def at(self, day: Day, hour: int, act: Callable[[Any], None]) -> None:
        """Plan something else than a submission."""
        self._add(datetime.datetime(day.year, day.month, day.day, hour, tzinfo=datetime.UTC), act)

    def in_order(self) -> list[Step]:
        return sorted(self.steps, key=lambda step: (step.moment, step.number))

    def _add(self, moment: Moment, act: Callable[[Any], None] | Submission) -> None:
        self.steps.append(Step(moment, len(self.steps), act))

    def _sending_day(self, day: Day) -> Day:
        wait = self.dice.randint(25, 110) if self.dice.random() < 0.05 else self.dice.randint(1, 8)
        wanted = max(day + datetime.timedelta(days=wait), FIRST_DAY + datetime.timedelta(days=self.dice.randint(0, 60)))
        return max(day, min(wanted, LAST_DAY))

    def _moment(self, day: Day) -> Moment:
        seconds = self.dice.randint(7 * 3600, 11 * 3600)
        return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC) + datetime.timedelta(
            seconds=seconds
        )

    # What the areas of work throw dice for

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    def day(self, first: Day, last: Day) -> Day:
        """A day between two, both included."""
        return first + datetime.timedelta(days=self.dice.randint(0, (last - first).days))

    def days(self, first: Day, last: Day, number: int) -> list[Day]:
        """So many days between two, in order."""
        return sorted(self.day(first, last) for _ in range(number))

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def one_of(self, weighted: Mapping[str, int]) -> str:
        return self.dice.choices(list(weighted), list(weighted.values()))[0]

    def several(self, choices: Iterable[str], least: int, most: int) -> list[str]:
        known = list(choices)
        return self.dice.sample(known, min(len(known), self.dice.randint(least, most)))

    def split(self, total: int, parts: int, least: int, most: int) -> list[int]:
        """`total` in so many parts, none below `least` or above `most`. Raises ValueError when that cannot be."""
        if not parts * least <= total <= parts * most:
            raise ValueError(f"{total} cannot be split in {parts} parts of {least} to {most}")
        found = [total // parts + (number < total % parts) for number in range(parts)]
        for _ in range(parts * 6):
            giver, taker = self.dice.randrange(parts), self.dice.randrange(parts)
            amount = min(found[giver] - least, most - found[taker])
            if giver != taker and amount > 0:
                amount = self.dice.randint(0, amount)
                found[giver] -= amount
                found[taker] += amount
        return found


def text(day: Day) -> str:
    """A day as forms write it."""
    return day.isoformat()


def decided(day: Day) -> Day:
    """The day on which the programme next meets: the 15th and the last of a month, the 30th where there is a 31st."""
    while day.day not in (15, min(30, calendar.monthrange(day.year, day.month)[1])):
        day += datetime.timedelta(days=1)
    return day


def before(day: Day, days: int) -> Day:
    return day - datetime.timedelta(days=days)


def after(day: Day, days: int, latest: Day = LAST_DAY) -> Day:
    """Some days later, but not after the end of the story."""
    return max(day, min(day + datetime.timedelta(days=days), latest))
