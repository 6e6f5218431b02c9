"""A small programme, told through the journal: enough for every part of the pages. All of it is invented."""

from __future__ import annotations

from typing import Any

from kambila.figures.models import Release
from kambila.figures.releases import create_release, release_of
from kambila.journal import nodes
from tests.registry.telling import accept, at, change, report

Change = dict[str, Any]
BOTH = ("en", "fr")
TOWNS = {
    "Bamako": ("ML09", -7.99, 12.64),
    "Sévaré": ("ML05", -4.1, 14.53),
    "Tombouctou": ("ML06", -3.0, 16.77),
    "Gao": ("ML07", -0.05, 16.27),
    "Kidal": ("ML08", 1.41, 18.44),
}
REGIONS = {"ML05": "Mopti", "ML06": "Tombouctou", "ML07": "Gao", "ML08": "Kidal", "ML09": "Bamako"}
SURVEYED = {"ML05": 8, "ML06": 5, "ML07": 9, "ML08": 2}


def uuid(kind: str, number: int) -> str:
    """The id of the n-th record of a kind."""
    return f"{sum(ord(letter) * 7**place for place, letter in enumerate(kind)) % 10**8:08}-0000-4000-8000-{number:012}"


def told(kind: str, number: int, **values: Any) -> Change:
    return change(uuid(kind, number), values, kind)


def tell(*changes: Change, day: str = "2014-06-20") -> Any:
    entry = report(*changes, date=day)
    accept(entry)
    return entry


def build() -> Release:
    """Two releases, and a casualty between them; the later release."""
    at("2014-06-30")
    nodes.introduce()
    tell(*_places(), *_partners(), *_texts())
    tell(*_work(), *_casualties())
    create_release("June 2014", "manager", "the end of the half-year", "2014-06-30")
    at("2014-07-20")
    tell(*[_casualty(number, 1, "child") for number in range(30, 36)], day="2014-05-03")
    at("2014-07-31")
    create_release("July 2014", "manager", "the month", "2014-07-31")
    return release_of("last")


def _places() -> list[Change]:
    areas = [
        told("admin_area", number, pcode=code, code=code, title=title, level="adm1")
        for number, (code, title) in enumerate(REGIONS.items())
    ]
    towns = [
        told("village", number, title=town, adm1=code, location={"type": "Point", "coordinates": [x, y]})
        for number, (town, (code, x, y)) in enumerate(TOWNS.items())
    ]
    return [*areas, *towns]


def _partners() -> list[Change]:
    donors = {"Japan": "cash", "Estonia": "cash", "Benin": "in_kind"}
    given = [
        told("contribution", number, donor=uuid("organisation", number), form_of_aid=form, channel="bilateral", **more)
        for number, (form, more) in enumerate(
            [("cash", _money("yes")), ("cash", _money("no")), ("in_kind", {"in_kind": "EOD instructors"})]
        )
    ]
    return [
        *(
            told("organisation", n, title=title, organisation_type="10", roles=["donor"])
            for n, title in enumerate(donors)
        ),
        told("organisation", 10, title="Atelier Sahel", acronym="AS", organisation_type="22", roles=["operator"]),
        *given,
        *(
            told(
                "office", n, title=town, office_type="field_office" if n else "headquarters", village=uuid("village", n)
            )
            for n, town in enumerate(TOWNS)
        ),
    ]


def _money(agrees: str) -> dict[str, str]:
    return {"currency": "USD", "amount": "250000.00", "amount_public": agrees}


def _texts() -> list[Change]:
    objectives = ["mdsf-eod villages-surveyed no-such-figure", "erw-civilian-casualties"]
    return [
        told("mandate", 1, symbol="S/RES/2164", year=2014, link="https://example.org/2164", **_said("role")),
        told("mandate", 2, symbol="S/RES/2085", year=2012, link="javascript:alert(1)", **_said("role")),
        *(
            told("objective", n, position=n + 1, figures=ids, **_said("title", n), **_said("text", n))
            for n, ids in enumerate(objectives)
        ),
        told("news_item", 1, news_kind="press_release", date="2014-06-06", **_said("title"), **_said("text")),
        told("news_item", 2, news_kind="news", date="2014-04", **_said("title", 2), **_said("text", 2)),
        *(
            told("programme_text", n, key=place, text_place=place, position=1, **_said("text", place))
            for n, place in enumerate(["context", "about", "method", "contact", "title"])
        ),
    ]


def _said(field: str, of: Any = 1) -> dict[str, str]:
    words = {"en": f"English {field} {of} & more", "fr": f"Le {field} {of}, en français"}
    return {f"{field}_{language}": words[language] for language in BOTH}


def _work() -> list[Change]:
    surveyed = [code for code, count in SURVEYED.items() for _ in range(count)]
    return [
        *(told("village", 100 + n, title=f"EX-{n}", adm1=code) for n, code in enumerate(surveyed)),
        *(
            told(
                "village_survey", n, village=uuid("village", 100 + n), adm1=code, date=f"{2013 + n % 2}-0{1 + n % 6}-15"
            )
            for n, code in enumerate(surveyed)
        ),
        told("course", 1, subject="eod1", audience="mdsf", end="2013-11-20", male_trained=22, male_passed=20),
        told(
            "course", 2, subject="ehat", audience="un_uniformed", end="2014-02-20", male_trained=1012, female_trained=88
        ),
    ]


def _casualties() -> list[Change]:
    years = [2012, 2013, 2014]
    return [
        *(told("incident", n, category="mine_erw", device="uxo", date=f"{year}-05-02") for n, year in enumerate(years)),
        told("incident", 9, category="ied", device="ied", date="2013-11-10", adm1="ML08"),
        *(_casualty(n, n % 3, "child" if n % 2 else "adult") for n in range(24)),
        *(_casualty(50 + n, 9, "adult", "mdsf") for n in range(7)),
    ]


def _casualty(number: int, incident: int, age: str, status: str = "civilian") -> Change:
    outcome = "killed" if number % 4 == 0 else "injured"
    sex = "female" if number % 3 == 0 else "male"
    known = {"sex": sex, "outcome": outcome, "status": status, "age_group_stated": age}
    return told("casualty", number, incident=uuid("incident", incident), **known)
