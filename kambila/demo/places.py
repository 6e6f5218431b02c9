"""Villages with invented names around the chief towns of the short table, and which places and roads can be used."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kambila.demo import cast
from kambila.demo.plan import Plan, after, text
from kambila.domain.places import short_table
from kambila.domain.places.gazetteer import Found
from kambila.domain.places.importing import place_id

IMPORTED, MISSING = 1_060, 12
Names = Callable[[str], str]
# How many of the villages lie in each cercle, in parts.
CERCLES = {
    "ML0405": 4, "ML0407": 2, "ML0501": 10, "ML0502": 6, "ML0504": 7, "ML0506": 12, "ML0507": 6, "ML0508": 6,
    "ML0601": 10, "ML0602": 8, "ML0603": 9, "ML0604": 9, "ML0605": 8, "ML0701": 14, "ML0702": 10, "ML0703": 10,
    "ML0704": 6, "ML0801": 8, "ML0802": 3, "ML0803": 3, "ML0804": 5,
}  # fmt: skip
NORTH = ("ML06", "ML07", "ML08")
BEGINNINGS = {
    True: "Tin Tassa Ina In-Teha Ker Egaz Amask Anef Tabar Ouza Isker Azou Tedjer Immi Aghel Tamar Idou Oussa".split(),
    False: "Soro Doun Gando Bara Kolo Sama Niana Werè Ténin Dalla Bougo Kara Mando Fala Sékou Tibi Guéni Wassa".split(),
}
ENDINGS = {
    True: "wene kaïn malak dassen gharen mellen toumast ziza lemek rass halen bakar taghat zouna koubar".split(),
    False: "kandé bala dougouni torola kènè beliga warou sinta maoudé lamé goïra finé toumé saré nadi".split(),
}
# from where to where, route, status, reason, verified, valid until, points (latitude, longitude)
ROUTES = (
    ("Sévaré – Douentza", "EX-RN16-1", "open", "", date(2014, 7, 10), date(2014, 8, 31), [(14.52, -4.09), (14.99, -2.95)]),
    ("Douentza – Gao", "EX-RN16-2", "restricted", "explosive_threat", date(2014, 6, 20), date(2014, 8, 15),
     [(14.99, -2.95), (15.6, -1.6), (16.27, -0.05)]),
    ("Gao – Ansongo", "EX-RN17-1", "open", "", date(2014, 5, 2), date(2014, 6, 15), [(16.27, -0.05), (15.66, 0.5)]),
    ("Gao – Bourem", "EX-RN18-1", "open", "", date(2014, 7, 1), date(2014, 7, 31), [(16.27, -0.05), (16.95, -0.35)]),
    ("Bourem – Kidal", "EX-RN18-2", "closed", "explosive_threat", date(2014, 7, 5), None,
     [(16.95, -0.35), (17.8, 0.6), (18.44, 1.4)]),
    ("Tombouctou – Goundam", "EX-RN33-1", "restricted", "security", date(2014, 6, 3), date(2014, 9, 1),
     [(16.77, -3.01), (16.41, -3.66)]),
    ("Kidal – Tessalit", "EX-RN19-1", "closed", "security", date(2014, 5, 20), None,
     [(18.44, 1.4), (19.3, 1.2), (20.2, 1.02)]),
)  # fmt: skip


@dataclass(frozen=True)
class Village:
    """A village of the example; `id` is that of its record."""

    id: str
    code: str
    title: str
    adm1: str
    adm2: str
    latitude: float
    longitude: float

    @property
    def where(self) -> dict[str, str]:
        return {"adm1": self.adm1, "adm2": self.adm2}

    @property
    def place(self) -> tuple[float, float]:
        return self.latitude, self.longitude

    @property
    def office(self) -> str:
        return cast.OFFICE_OF[self.adm1]


def villages(plan: Plan) -> list[Village]:
    """The villages that the programme starts with, and a few that teams report as missing."""
    seats, names = _seats(), _names(plan)
    found = []
    for number in range(1, IMPORTED + 1):
        adm2 = plan.one_of(CERCLES)
        code = f"EX-VIL-{number:04}"
        found.append(Village(place_id(code), code, names(adm2[:4]), adm2[:4], adm2, *_near(plan, seats[adm2])))
    return found + [_missing(plan, names, seats) for _ in range(MISSING)]


def rows(villages: list[Village]) -> Iterator[Found]:
    """Villages as a file of places has them."""
    for each in villages:
        if each.code:
            point = {"type": "Point", "coordinates": [each.longitude, each.latitude]}
            values = {"code": each.code, "title": each.title, "place_class": "village", "location": point, **each.where}
            yield Found(each.code, "village", each.code, "", "2013-01-01", values)


def passability(plan: Plan, villages: list[Village]) -> None:
    """Roads, one of whose answers has expired, and places that can or cannot be reached."""
    for title, route, status, reason, verified, until, course in ROUTES:
        answers = {
            "route": route, "title": title, "safe_to_record": "yes", "geometry": course, "status": status,
            "reason": reason, "last_verified": text(verified), "valid_until": text(until) if until else "",
            "assessed_by": cast.PROGRAMME,
        }  # fmt: skip
        plan.send("route_status", answers, verified, cast.HQ, sent=after(verified, 2))
    for village in plan.dice.sample(villages, 36):
        status = plan.one_of({"open": 5, "restricted": 3, "closed": 2})
        day = plan.day(date(2014, 3, 1), date(2014, 7, 20))
        team = plan.dice.choice(cast.teams_in(village.adm1))
        reason = "" if status == "open" else plan.one_of({"explosive_threat": 3, "security": 4, "season": 2})
        answers = {
            "village": village.id, **village.where, "status": status, "reason": reason, "last_verified": text(day),
            "valid_until": text(after(day, 90, date(2014, 12, 31))), "assessed_by": team.organisation,
        }  # fmt: skip
        plan.send("accessibility", answers, day, team)


def _missing(plan: Plan, names: Names, seats: Mapping[str, tuple[float, float]]) -> Village:
    """A village that no list had, reported by a team before it is surveyed."""
    adm2 = plan.one_of(CERCLES)
    place, title = _near(plan, seats[adm2]), names(adm2[:4])
    team = plan.dice.choice(cast.teams_in(adm2[:4]))
    day = plan.day(date(2013, 1, 20), date(2013, 2, 10))
    answers = {
        "title": title, "place_class": "village", "adm1": adm2[:4], "adm2": adm2, "safe_to_record": "yes",
        "location": place, "valid_from": text(day),
    }  # fmt: skip
    id = plan.send("village", answers, day, team, sent=after(day, 1))
    return Village(id, "", title, adm2[:4], adm2, *place)


def _seats() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the chief towns, by P-code."""
    with short_table.TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["pcode"]: (float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
            if row["longitude"]
        }


def _near(plan: Plan, seat: tuple[float, float]) -> tuple[float, float]:
    return tuple(round(each + plan.dice.triangular(-0.3, 0.3, 0), 5) for each in seat)  # type: ignore[return-value]


def _names(plan: Plan) -> Names:
    """Gives a new invented name for a région at each call."""
    pools = {}
    for north in (True, False):
        pool = [f"{first}{'-' if north else ''}{last}" for first in BEGINNINGS[north] for last in ENDINGS[north]]
        pools[north] = [*pool, *(f"{name} {which}" for name in pool for which in ("Haut", "Bas"))]
        plan.dice.shuffle(pools[north])
    return lambda adm1: pools[adm1 in NORTH].pop()
