"""What there is to be found: records of every kind with canaries, some of them disclosed. For tests only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kambila.accounts import granting, people
from kambila.accounts.scopes import Scope
from kambila.registry.kinds import kinds
from tests.publish.canaries import DAY, SPOKEN, Planter
from tests.registry.telling import accept, at, change, countersign, report, say

RECORD = "00000000-0000-7000-8000-000000"
OWN = "00000000-0000-7000-8000-0000000000f1"
COMMUNE, CERCLE, REGION = "ML070101", "ML0701", "ML07"
MIDDLE = (0.5, 17.5)  # of the commune
# Where the disclosed accident was: partners are told its exact place, nobody else may find out more than its commune.
TRUE = (0.913377, 17.941155)
SURVEYED = (0.104477, 17.051199)  # where partners' surveys were
CORNERS = [[0.8123, 17.8123], [0.8323, 17.8123], [0.8323, 17.8323], [0.8123, 17.8323], [0.8123, 17.8123]]
LAST_DAY, AFTER = "2099-12-31", "2100-01-01"  # of the exact places
INCIDENT, AREA, SURVEY = (f"00000000-0000-7000-8000-00000000000{each}" for each in "123")
TOWNS = {
    "Gao": (-0.04, 16.27, "town", "2014-06-20"),
    "Kidal": (1.41, 18.44, "town", "2014-06-01"),
    "Tessalit": (1.01, 20.2, "village", "2013"),
    "Ségou": (-6.26, 13.44, "town", "2014-02"),
    "Nowhere": (None, None, None, "2014-06-20"),
}
ROLES: dict[str, tuple[str, Scope] | None] = {
    "stranger": None,
    "reporter": ("reporter", Scope()),
    "administrator": ("administrator", Scope()),
    "donor": ("donor", Scope(organisation=OWN)),
    "operator": ("operator", Scope(organisation=OWN)),
    "officer": ("office-officer", Scope(place=CERCLE)),
    "elsewhere": ("office-officer", Scope(place="ML08")),
    "assistance": ("assistance-officer", Scope(kind="assistance")),
    "auditor": ("auditor", Scope()),
}
TELLING = {*SPOKEN, DAY} - {"2.918", "16.364"}  # days are those of the reports; the rest are too short to mean anything
SPOT = {"0.913377", "17.941155", "0.104477", "17.051199", "0.8123", "17.8323"}


@dataclass(frozen=True)
class Planted:
    """`secrets`: texts that no reader may meet who sees only what is public."""

    secrets: frozenset[str]


def build() -> Planted:
    """Tell all of it."""
    at("2014-07-01")
    _people()
    planter = Planter()
    for kind in kinds():
        planter.plant(kind, {})
    _told(*_places(), *_towns())
    _told(_change(INCIDENT, "incident", location=_point(*TRUE), category="mine_erw", device="uxo"))
    _told(
        _change(AREA, "hazardous_area", polygon={"type": "Polygon", "coordinates": [CORNERS]}, devices=["uxo", "ied"])
    )
    _told(_change(SURVEY, "village_survey", location=_point(*SURVEYED), contaminated="yes", operator=OWN))
    for kind, id in (("incident", INCIDENT), ("hazardous_area", AREA)):
        for audience, precision, until in (("public", "", ""), ("partner", "exact", LAST_DAY)):
            disclosed = {"kind": kind, "record": id, "audience": audience, "precision": precision, "until": until}
            countersign(say("disclose", "manager", **disclosed), "officer")
    return Planted(frozenset((planter.secrets - TELLING) | SPOT))


def _people() -> None:
    people.add("manager")
    granting.grant("manager", "programme-manager", Scope(), "the programme begins", "manager")
    for name, held in ROLES.items():
        people.add(name)
        if held:
            granting.grant(name, held[0], held[1], "their work", "manager")


def _places() -> list[dict[str, Any]]:
    square = [[[0, 17], [1, 17], [1, 18], [0, 18], [0, 17]]]
    commune = {"outline": {"type": "Polygon", "coordinates": square}, "adm2": CERCLE, "adm1": REGION}
    said = [
        (COMMUNE, "adm3", commune),
        (CERCLE, "adm2", {"seat": _point(0.25, 17.25), "adm1": REGION}),
        (REGION, "adm1", {"seat": _point(-0.5, 16.5)}),
    ]
    return [
        change(
            f"{RECORD}0001{n:02}", {"pcode": code, "code": code, "title": code, "level": level, **more}, "admin_area"
        )
        for n, (code, level, more) in enumerate(said)
    ]


def _towns() -> list[dict[str, Any]]:
    found = []
    for number, (title, (x, y, cls, since)) in enumerate(TOWNS.items()):
        values = {"title": title, "code": f"V-{number}", "valid_from": since, "place_class": cls, "adm1": REGION}
        values |= {"location": _point(x, y)} if x is not None else {}
        found.append(change(f"{RECORD}0002{number:02}", values, "village"))
    return found


def _change(id: str, kind: str, **values: Any) -> dict[str, Any]:
    place = {"adm1": REGION, "adm2": CERCLE, "adm3": COMMUNE, "code": f"{kind}-1", "date": "2014-06-18"}
    return change(id, {**place, **values}, kind)


def _point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def _told(*changes: dict[str, Any]) -> None:
    countersign(accept(report(*changes, date="2014-06-20")))
