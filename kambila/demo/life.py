"""Real life: what does not go smoothly in any programme, and is in the example for people to look at.

Each function plans one story. `people.INFORMATION` decides, and the manager is the second person where two are needed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from kambila.demo import cast, education, incidents, land, operations
from kambila.demo.places import Village
from kambila.demo.plan import WAIT, Plan, after, text

if TYPE_CHECKING:
    from kambila.demo.build import Builder

MERGED = "Deux organisations ont rapporté le même accident ; la famille le confirme."
SAME_AREA = "Les deux équipes ont décrit le même terrain ; elles y sont allées ensemble."


def stories(plan: Plan, villages: list[Village], surveys: dict[str, str]) -> None:
    """Everything of it."""
    surveyed = [village for village in villages if village.id in surveys]
    reported_twice(plan, surveyed)
    returned_and_mended(plan, surveyed)
    rejected(plan, surveyed)
    withdrawn(plan, surveyed)
    corrected(plan)
    sizes_differ(plan, surveyed, surveys)
    area_known_twice(plan, surveyed, surveys)
    waiting(plan, surveyed)


def reported_twice(plan: Plan, villages: list[Village]) -> None:
    """Two accidents, each with one child, come from two organisations and are merged; in one the ages differ."""
    for name, day, differing in (("twice", date(2013, 10, 9), {}), ("ages", date(2014, 5, 6), {"age": 14})):
        village = next(each for each in villages if each.adm1 == "ML06")
        first, second = cast.teams_in(village.adm1)[:2]
        child = {**incidents.person(plan, "child", "civilian"), "age": 11, "age_group_stated": "", "full_name": ""}
        said = {**incidents.accident(plan, village, day, [child]), "date": text(day), "__id": plan.new_id()}
        again = {
            **said,
            "__id": plan.new_id(),
            "circumstances": "",
            "casualties": [{**child, "__id": plan.new_id(), **differing}],
        }
        plan.send("accident", said, day, first, sent=after(day, 3), name=f"{name}-first")
        plan.send("accident", again, day, second, sent=after(day, 6), name=f"{name}-second")
        pairs = [("incident", said["__id"], again["__id"])]
        pairs.append(("casualty", child["__id"], again["casualties"][0]["__id"]))
        plan.at(after(day, 40), 15, _merging(pairs, MERGED))


def _merging(pairs: list[tuple[str, str, str]], reason: str) -> Callable[[Builder], None]:
    """A step that says of pairs (kind, record, record) that they are the same."""

    def merge(builder: Builder) -> None:
        for kind, one, other in pairs:
            builder.same(kind, one, other, reason)

    return merge


def returned_and_mended(plan: Plan, villages: list[Village]) -> None:
    """A second survey of a village whose numbers do not add up goes back to the team, which mends and sends it again."""
    village, day = villages[7], date(2014, 4, 8)
    team = cast.teams_in(village.adm1)[0]
    wrong = {
        **land.survey_answers(plan, village, day, team), "__id": plan.new_id(), "casualties_reported": "yes",
        "casualties_total": 3, "casualties_men": 1, "casualties_boys": 1,
    }  # fmt: skip
    first, second = f"uuid:{plan.new_id()}", f"uuid:{plan.new_id()}"
    plan.send("village_survey", wrong, day, team, sent=after(day, 2), instance=first, fate=WAIT, name="returned")
    plan.at(
        after(day, 4),
        15,
        lambda b: b.return_("returned", "Un homme et un garçon font deux, pas trois. Merci de vérifier."),
    )
    mended = {**wrong, "casualties_total": 2}
    plan.send("village_survey", mended, day, team, sent=after(day, 8), instance=second, deprecated=first, name="mended")


def rejected(plan: Plan, villages: list[Village]) -> None:
    """A session that was never held."""
    day = date(2014, 3, 18)
    education.session(plan, villages[11], day, 96, sent=after(day, 2), fate=WAIT, name="rejected")
    plan.at(
        after(day, 9),
        15,
        lambda b: b.reject("rejected", "La séance n’a pas eu lieu : la route était fermée ce jour-là."),
    )


def withdrawn(plan: Plan, villages: list[Village]) -> None:
    """A session that was accepted in May is taken back in July, when it turns out to have been counted before."""
    day = date(2014, 5, 13)
    education.session(plan, villages[19], day, 118, sent=after(day, 2), name="withdrawn")
    plan.at(
        date(2014, 7, 9),
        15,
        lambda b: b.withdraw("withdrawn", "La même séance avait été comptée dans un autre rapport."),
    )


def corrected(plan: Plan) -> None:
    """A course of early June is corrected after the release of 30 June: nine people had been counted twice."""
    plan.at(
        date(2014, 7, 10), 15, lambda b: b.correct_course("corrected", 9, "Neuf personnes étaient sur deux listes.")
    )


def sizes_differ(plan: Plan, villages: list[Village], surveys: dict[str, str]) -> None:
    """An area whose stated size is far from the measured one."""
    village = next(each for each in villages if each.adm1 == "ML07")
    land.area(plan, village, date(2014, 4, 22), surveys[village.id], factor=1.7, name="sizes")


def area_known_twice(plan: Plan, villages: list[Village], surveys: dict[str, str]) -> None:
    """Two teams report one area with different sizes: it is one, and the two sizes are an open conflict."""
    village = next(each for each in villages if each.adm1 == "ML06")
    known = land.area(plan, village, date(2014, 2, 11), surveys[village.id], name="area-first", sent=date(2014, 2, 18))
    first = plan.steps[-1].act
    said: Any = {name: value for name, value in first.answers.items() if name not in ("polygon", "reference_point")}  # type: ignore[union-attr]
    said |= {"__id": plan.new_id(), "area_m2": 10 * round(known.stated_m2 * 0.125)}
    team = cast.teams_in(village.adm1)[1]
    plan.send("hazardous_area", said, date(2014, 2, 11), team, sent=date(2014, 2, 18), name="area-second")
    plan.at(date(2014, 3, 20), 15, _merging([("hazardous_area", known.id, said["__id"])], SAME_AREA))


def waiting(plan: Plan, villages: list[Village]) -> None:
    """What came in the last days and nobody has looked at yet."""
    day = date(2014, 7, 28)
    operations.spot_task(plan, villages[23], day, [], sent=date(2014, 7, 30), fate=WAIT)
    education.session(plan, villages[29], day, 64, sent=date(2014, 7, 30), fate=WAIT)
