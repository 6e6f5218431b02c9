"""The figures that weapons and ammunition work feeds. Nothing here says where, or what a site holds."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Measure, Sum

PROPOSED = _("Proposed by this software; not on the programme page of July 2014.")


def figure(
    id: str, title: Any, unit: Any, kind: str, measure: Measure, meaning: Any, by: Mapping[str, str], **more: Any
) -> Figure:
    """A figure since 2013 with its first breakdown public; `more` goes to the definition."""
    options: dict[str, Any] = {"since": "2013-01-01", "public_by": (next(iter(by)), "year"), "source": PROPOSED, **more}
    return Figure(id=id, title=title, unit=unit, kind=kind, measure=measure, meaning=meaning, by=by, **options)


FIGURES = [
    figure(
        "missiles-destroyed",
        _("Obsolete missiles destroyed"),
        _("items"),
        "disposal_item",
        Sum(("quantity",)),
        _("Missiles of obsolete stocks in disposals that are finished."),
        {"source": "disposal_order__source_of_stock"},
        where={"family": "missile", "disposal_order__status": "done"},
        headline=14,
        source=_("Programme page, July 2014: 85 missiles, finished in June 2014."),
    ),
    figure(
        "sites-assessed",
        _("Storage sites assessed"),
        _("sites"),
        "site_assessment",
        Count(distinct="site"),
        _("Different sites; a site that was assessed twice counts once."),
        {"risk": "risk", "region": "site__adm1"},
        public_by=("year",),
    ),
    figure(
        "threat-reduction-measures",
        _("Threat-reduction measures taken"),
        _("measures"),
        "threat_reduction_measure",
        Count(),
        _("Measures at storage sites that are done."),
        {"measure": "measure"},
        where={"status": "done"},
        public_by=("year",),
    ),
    figure(
        "refurbishment-done",
        _("Refurbishments finished"),
        _("works"),
        "refurbishment_work",
        Count(),
        _("Repairs and buildings at storage sites that are finished."),
        {"work": "work_type"},
        where={"status": "done"},
    ),
    figure(
        "tonnes-destroyed",
        _("Ammunition destroyed by order of the authority"),
        _("tonnes"),
        "disposal_order",
        Sum(("gross_tonnes",)),
        _("Gross weight of what disposals destroyed that are finished; ordnance found in the field is not in it."),
        {"source": "source_of_stock", "method": "method"},
        where={"status": "done"},
    ),
    figure(
        "stock-items-destroyed",
        _("Items of stock destroyed"),
        _("items"),
        "disposal_item",
        Sum(("quantity",)),
        _("Items in disposals that are finished, without small-arms ammunition."),
        {"family": "family", "source": "disposal_order__source_of_stock"},
        where={"disposal_order__status": "done", "family__not": "saa"},
    ),
    figure(
        "stock-saa-destroyed",
        _("Small-arms ammunition of stocks destroyed"),
        _("rounds"),
        "disposal_item",
        Sum(("quantity",)),
        _("Rounds in disposals that are finished; never added to items."),
        {"source": "disposal_order__source_of_stock"},
        where={"disposal_order__status": "done", "family": "saa"},
    ),
    figure(
        "weapons-handed-in",
        _("Weapons handed in"),
        _("items"),
        "handed_in_weapon",
        Sum(("quantity",)),
        _("Weapons handed in during disarmament or by people, without ammunition."),
        {"kind": "weapon", "by": "handed_by"},
        where={
            "weapon__in": (
                "pistol",
                "rifle",
                "assault_rifle",
                "machine_gun",
                "hunting",
                "launcher",
                "mortar_tube",
                "missile_launcher",
                "heavy",
            )
        },
    ),
]
