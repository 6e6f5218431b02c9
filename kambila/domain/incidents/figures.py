"""The figures that incidents feed. Mine and ERW accidents and IED attacks are two series and are never added."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Ratio

ERW: Mapping[str, Any] = {"incident__category": "mine_erw", "status": "civilian"}
IED: Mapping[str, Any] = {"incident__category": "ied"}
PAGE = _("Programme page, July 2014; casualty as in the Landmine Monitor: killed and injured.")
DERIVED = _("Derived from the same records as the published total.")
BY_PERSON = {"age": "age_group", "sex": "sex", "outcome": "outcome", "region": "incident__adm1"}
ERW_BY = {**BY_PERSON, "activity": "activity", "device": "incident__device"}
# Public figures of IED attacks are national only: the région is for those who may see the records.
IED_BY = {"category": "person_category", **BY_PERSON, "target": "incident__target"}


def erw(id: str, title: Any, meaning: Any, narrower: Mapping[str, Any] = {}, headline: int = 0) -> Figure:
    """A figure of the civilian casualties of mines and ERW since January 2012."""
    return Figure(
        id=id,
        title=title,
        unit=_("persons"),
        kind="casualty",
        measure=Count(),
        where={**ERW, **narrower},
        since="2012-01-01",
        by=ERW_BY,
        public_by=("age", "sex", "outcome", "year"),
        persons=True,
        headline=headline,
        meaning=meaning,
        source=PAGE if headline else DERIVED,
    )


def ied(id: str, title: Any, meaning: Any, narrower: Mapping[str, Any] = {}, headline: int = 0) -> Figure:
    """A figure of the people killed or injured by IEDs since 2013."""
    return Figure(
        id=id,
        title=title,
        unit=_("persons"),
        kind="casualty",
        measure=Count(),
        where={**IED, **narrower},
        since="2013-01-01",
        by=IED_BY,
        public_by=("category", "outcome", "year"),
        persons=True,
        headline=headline,
        meaning=meaning,
        source=PAGE if headline else DERIVED,
        note=_("The page names Malian forces, peacekeepers, French forces, civilians and others; all are counted."),
    )


def events(id: str, title: Any, category: str, since: str, meaning: Any, by: Mapping[str, str]) -> Figure:
    """A figure that counts incidents, not persons."""
    return Figure(
        id=id,
        title=title,
        unit=_("incidents"),
        kind="incident",
        measure=Count(),
        where={"category": category},
        since=since,
        by=by,
        public_by=("year",),
        meaning=meaning,
        source=_("Proposed by this software; not on the programme page of July 2014."),
    )


FIGURES = [
    erw(
        "erw-civilian-casualties",
        _("Civilian casualties of explosive remnants of war"),
        _("Civilians killed or injured by mines or explosive remnants of war, in accidents that were confirmed."),
        headline=1,
    ),
    erw(
        "erw-civilian-casualties-children",
        _("Children among the civilian casualties of explosive remnants of war"),
        _("Those under 18 at the time; persons of unknown age are not counted as children."),
        {"age_group": "child"},
    ),
    Figure(
        id="erw-civilian-casualties-children-share",
        title=_("Share of children among them"),
        unit="%",
        measure=Ratio(of="erw-civilian-casualties-children", to="erw-civilian-casualties"),
        meaning=_("Children under 18 among these casualties; persons of unknown age stay in the whole."),
        source=_("Derived from the two figures; the page of July 2014 says: more than half."),
        persons=True,
    ),
    erw(
        "erw-civilian-casualties-killed",
        _("Civilians killed by explosive remnants of war"),
        _("Those among the civilian casualties who died."),
        {"outcome": "killed"},
    ),
    erw(
        "erw-civilian-casualties-injured",
        _("Civilians injured by explosive remnants of war"),
        _("Those among the civilian casualties who were injured and did not die."),
        {"outcome": "injured"},
    ),
    ied(
        "ied-casualties",
        _("People killed or injured by improvised explosive devices"),
        _("Everyone killed or injured in attacks with improvised explosive devices, whoever they were."),
        headline=2,
    ),
    ied(
        "ied-casualties-killed",
        _("People killed by improvised explosive devices"),
        _("Those among the casualties of attacks who died."),
        {"outcome": "killed"},
    ),
    ied(
        "ied-casualties-injured",
        _("People injured by improvised explosive devices"),
        _("Those among the casualties of attacks who were injured and did not die."),
        {"outcome": "injured"},
    ),
    events(
        "erw-accidents",
        _("Accidents with mines or explosive remnants of war"),
        "mine_erw",
        "2012-01-01",
        _("Accidents in which somebody was or could have been hurt."),
        {"region": "adm1", "type": "accident_type", "area": "area_type"},
    ),
    events(
        "ied-attacks",
        _("Attacks and finds of improvised explosive devices"),
        "ied",
        "2013-01-01",
        _("Explosions, devices found or turned in, and false alarms; see the class of event."),
        {"region": "adm1", "event": "event_class", "target": "target"},
    ),
]
