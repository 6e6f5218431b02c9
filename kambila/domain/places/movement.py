"""Freedom of movement: what holds of each road and place on a day. It expires: what nobody has renewed is unknown."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kambila.domain.places.codes import Access
from kambila.domain.places.models import ACCESS_DANGER, Accessibility, AdminArea, Passable, RouteStatus, Village, as_day
from kambila.registry import access
from kambila.registry.fields import RESTRICTED
from kambila.registry.models import kind_of


@dataclass(frozen=True)
class Passage:
    """A stretch of road, or a place: its status on the day (None: unknown) and the assessments that it rests on, the
    latest first; `until` is the last day on which that holds, None where nothing says so."""

    kind: str
    title: str
    status: str | None
    until: datetime.date | None
    records: tuple[Passable, ...]

    @property
    def label(self) -> str:
        """The status in words; empty when unknown."""
        return str(Access(self.status).label) if self.status in Access.values else self.status or ""


def movement(account: Any, day: datetime.date) -> list[Passage]:
    """Roads and places of which the account sees every field, those that are closed first, then those of which nothing
    is known."""
    ways: dict[Any, list[Passable]] = defaultdict(list)
    for model in (RouteStatus, Accessibility):
        for each in _seen(account, model):
            ways[kind_of(model), each.of_what].append(each)
    titles = _titles(account, [record for records in ways.values() for record in records])
    found = [_passage(kind, records, day, titles) for (kind, _what), records in ways.items()]
    return sorted(found, key=lambda each: (-ACCESS_DANGER.index(each.status), each.kind, each.title))


def _seen(account: Any, model: Any) -> Iterable[Any]:
    rows = access.visible(account, model).filter(shown_tier=RESTRICTED)
    return rows.order_by("-last_verified_last", "id")


def _passage(kind: str, records: list[Passable], day: datetime.date, titles: Mapping[str, str]) -> Passage:
    status = Passable.status_of(records, day)
    holding = [each for each in records if status is not None and each.status_on(day) == status]
    until = as_day(vars(holding[0])["valid_until_last"]) if holding else None
    return Passage(kind, _title(records[0], titles), status, until, tuple(records))


def _titles(account: Any, records: Iterable[Any]) -> dict[str, str]:
    """The names of the villages and areas that assessments speak of, by UUID and by P-code, as far as these are known."""
    of_places = [each for each in records if isinstance(each, Accessibility)]
    found: dict[str, str] = {}
    for model, link in ((Village, "village_id"), (AdminArea, "area_id")):
        ids = {vars(each)[link] for each in of_places} - {None}
        found |= dict(access.visible(account, model).filter(pk__in=ids).values_list("id", "title"))
    codes = {code for each in of_places for code in (each.adm3, each.adm2, each.adm1) if code}
    return found | dict(access.visible(account, AdminArea).filter(pcode__in=codes).values_list("pcode", "title"))


def _title(record: Any, titles: Mapping[str, str]) -> str:
    if isinstance(record, RouteStatus):
        return " ".join(filter(None, (record.route, record.title)))
    named = titles.get(record.village_id or record.area_id or "") or record.locality
    return named or titles.get(record.adm3 or record.adm2 or record.adm1 or "") or str(record)
