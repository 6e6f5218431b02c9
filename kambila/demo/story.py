"""The whole plan of the example, put together from the areas of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kambila.demo import (
    assistance,
    cast,
    education,
    incidents,
    land,
    life,
    operations,
    partners,
    places,
    programme,
    quality,
    readiness,
    release,
    stockpiles,
    training,
    year,
)
from kambila.demo.places import Village
from kambila.demo.plan import LAST_DAY, Branch, Day, Plan, after, decided

if TYPE_CHECKING:
    from kambila.demo.build import Builder

FIRST_RELEASE, SECOND_RELEASE = date(2014, 6, 30), date(2014, 7, 31)
GAO_BEGINS, GAO_ENDS = date(2014, 5, 12), date(2014, 7, 8)


@dataclass
class Story:
    """The plan, what Gao does on its own, and what both need to know before they begin."""

    plan: Plan
    gao: Plan
    villages: list[Village]
    organisations: dict[str, str]

    @property
    def steps(self) -> int:
        return len(self.plan.steps) + len(self.gao.steps)


def tell() -> Story:
    """Plan everything. The same every time."""
    plan = Plan()
    gao = Plan(plan.dice)
    plan.branch = Branch(cast.GAO, date(2014, 5, 14), date(2014, 7, 2), gao)
    plan.at(partners.OPENING, 6, lambda builder: builder.found())
    organisations = partners.organisations(plan)
    partners.offices(plan)
    partners.accreditations(plan)
    partners.later_accreditations(plan)
    partners.contributions(plan)
    programme.texts(plan)
    villages = places.villages(plan)
    _work(plan, villages)
    _decisions(plan, gao)
    _offices_and_releases(plan)
    return Story(plan, gao, villages, organisations)


def _work(plan: Plan, villages: list[Village]) -> None:
    places.passability(plan, villages)
    surveys = land.surveys(plan, villages)
    areas = land.areas(plan, villages, surveys)
    release.release(plan, areas)
    injured = incidents.accidents(plan, villages)
    incidents.attacks(plan, villages)
    operations.spot_tasks(plan, villages)
    quality.quality_visits(plan, areas)
    education.sessions(plan, villages)
    training.courses(plan)
    training.support(plan)
    assistance.services(plan, villages, injured)
    assistance.referrals(plan, injured)
    sites = stockpiles.sites(plan, villages)
    stockpiles.disposals(plan, sites)
    stockpiles.handed_in(plan, sites)
    life.stories(plan, villages, surveys)
    areas += year.operations(plan, villages, surveys, areas)
    land.in_use(plan, areas)
    quality.other_visits(plan)
    quality.visit_plans(plan)
    readiness.ready(plan, operations.teams(plan))


def _decisions(plan: Plan, gao: Plan) -> None:
    """What came in is accepted on the days of the opening, and then twice a month, after the hours of reporting."""
    for day in (*(date(2013, 1, day) for day in (7, 9, 11)), *_fortnights()):
        plan.at(day, 13, lambda builder: builder.accept())
    for day in (date(2014, 5, 31), date(2014, 6, 15), date(2014, 6, 30), date(2014, 7, 3)):
        gao.at(day, 13, lambda builder: builder.accept())


def _fortnights() -> Iterator[Day]:
    day = decided(date(2013, 1, 1))
    while day <= LAST_DAY:
        yield day
        day = decided(after(day, 1, date(2014, 12, 31)))


def _offices_and_releases(plan: Plan) -> None:
    plan.at(GAO_BEGINS, 15, lambda builder: builder.begin_gao())
    plan.at(GAO_ENDS, 12, lambda builder: builder.end_gao())
    for day, title in ((FIRST_RELEASE, "June 2014"), (SECOND_RELEASE, "July 2014")):
        plan.at(day, 16, _releasing(title, day))


def _releasing(title: str, day: Day) -> Callable[[Builder], None]:
    return lambda builder: builder.release(title, day.isoformat())
