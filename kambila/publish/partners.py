"""Offices, donors and partners of a publication, and where its map puts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import shapely

from kambila.domain.partners.codes import ContributionKind, OfficeType, Role
from kambila.domain.partners.models import Contribution, Office, Organisation
from kambila.domain.places.codes import AdminLevel
from kambila.domain.places.models import AdminArea, Village
from kambila.publish.countries import name_of
from kambila.publish.languages import Words, in_all
from kambila.publish.map import Place
from kambila.publish.records import Row, public

Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Bureau:
    """An office, and where its town lies if that is known. An office's own coordinates are not public."""

    title: str
    kind: Words
    is_headquarters: bool
    town: str
    point: Point | None


@dataclass(frozen=True)
class Gift:
    """A donor of one form of aid: what it gives in kind, and the sum of what may be told of its money, in US dollars."""

    donor: Words
    what: tuple[str, ...]
    usd: Decimal | None


@dataclass(frozen=True)
class Partners:
    """What is public of those who take part."""

    offices: Sequence[Bureau]
    in_money: Sequence[Gift]
    in_kind: Sequence[Gift]
    roles: Sequence[tuple[Words, Sequence[Words]]]
    areas: Mapping[str, str]  # names of régions, cercles and communes by P-code
    regions: Mapping[str, Point]  # the middle of each région by P-code


def read_partners() -> Partners:
    """Partners and places of the open registry."""
    organisations = {row["id"]: row for row in public(Organisation)}
    villages = public(Village)
    areas = public(AdminArea)
    gifts = {form: _gifts(organisations, form) for form in ContributionKind.values}
    return Partners(
        _offices({row["id"]: row for row in villages}),
        gifts[ContributionKind.CASH.value],
        gifts[ContributionKind.IN_KIND.value],
        _roles(list(organisations.values())),
        {row["pcode"]: row["title"] or row["pcode"] for row in areas if row["pcode"]},
        _middles(areas, villages),
    )


def _offices(villages: Mapping[str, Row]) -> list[Bureau]:
    labels = dict(OfficeType.choices)
    found = []
    for row in public(Office, closed_on=None):
        village = villages.get(row["village"] or "", {})
        kind = row["office_type"] if row["office_type"] in labels else OfficeType.FIELD_OFFICE.value
        town = village.get("title") or row["locality"] or ""
        found.append(
            Bureau(
                row["title"] or town,
                in_all(str, labels[kind]),
                kind == OfficeType.HEADQUARTERS,
                town,
                _point(village.get("location")),
            )
        )
    return sorted(found, key=lambda office: (not office.is_headquarters, office.title))


def _gifts(organisations: Mapping[str, Row], form: str) -> list[Gift]:
    by_donor: dict[str, list[Row]] = {}
    for row in public(Contribution, form_of_aid=form):
        if row["donor"] in organisations:
            by_donor.setdefault(row["donor"], []).append(row)
    found = []
    for donor, rows in by_donor.items():
        told = [row["published_usd"] for row in rows if row["published_usd"] is not None]
        what = tuple(sorted({row["in_kind"] for row in rows if row["in_kind"]}))
        found.append(Gift(_name(organisations[donor]), what, sum(told, Decimal(0)) if told else None))
    return sorted(found, key=lambda gift: tuple(gift.donor.values()))


def _roles(organisations: Sequence[Row]) -> list[tuple[Words, Sequence[Words]]]:
    """Who does what, in the order of the code list; donors have a place of their own."""
    found: list[tuple[Words, Sequence[Words]]] = []
    for code, label in Role.choices:
        members = [row for row in organisations if code in (row["roles"] or ())]
        if members and code != Role.DONOR:
            names = sorted((_name(row) for row in members), key=lambda words: tuple(words.values()))
            found.append((in_all(str, label), names))
    return found


def _name(row: Row) -> Words:
    title, acronym = row["title"] or row["acronym"] or "", row["acronym"] or ""
    more = f" ({acronym})" if acronym and acronym != title else ""
    return in_all(lambda: name_of(title) + more)


def _middles(areas: Sequence[Row], villages: Sequence[Row]) -> dict[str, Point]:
    """A point inside each région: of its outline, or where its villages are on average if it has none."""
    found = {}
    for row in areas:
        if row["level"] == AdminLevel.ADM1 and row["pcode"]:
            point = _middle(row, villages)
            if point:
                found[row["pcode"]] = point
    return found


def _middle(area: Row, villages: Sequence[Row]) -> Point | None:
    if area["outline"]:
        inside = shapely.from_wkb(bytes(area["outline"])).representative_point()
        return inside.x, inside.y
    points = [_point(row["location"]) for row in villages if row["adm1"] == area["pcode"]]
    known = [point for point in points if point]
    if not known:
        return None
    return sum(x for x, _y in known) / len(known), sum(y for _x, y in known) / len(known)


def _point(wkb: bytes | memoryview | None) -> Point | None:
    if not wkb:
        return None
    point = shapely.from_wkb(bytes(wkb))
    return point.x, point.y


def offices_on_map(offices: Sequence[Bureau]) -> list[Place]:
    return [Place(*office.point, office.town or office.title) for office in offices if office.point]
