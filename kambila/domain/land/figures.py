"""The figures that land feeds."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Sum
from kambila.registry.fields import PARTNER, RESTRICTED

IMAS = _("Land release terms of IMAS 07.11 (unverified).")


def released(id: str, method: str, title: object, meaning: object) -> Figure:
    """Land released in one of the three ways, in m²."""
    return Figure(
        id=id,
        title=title,
        unit="m²",
        kind="land_release_product",
        measure=Sum(("area_m2",)),
        where={"method": method},
        by={"region": "adm1"},
        public_by=("region", "year"),
        meaning=meaning,
        source=IMAS,
    )


def gaining(id: str, prefix: str, title: object, meaning: object) -> Figure:
    """People who gain from land that was handed over, once for each handover: at the visit after six months."""
    return Figure(
        id=id,
        title=title,
        unit=_("persons"),
        kind="land_use_visit",
        measure=Sum(tuple(f"{prefix}_{group}" for group in ("boys", "girls", "men", "women", "unknown"))),
        where={"round": "six_months"},
        by={"definition": "definition", "use": "use", "region": "adm1"},
        tier=PARTNER,
        persons=True,
        meaning=meaning,
        source=_("Visits to land in use; the definition by its version (unverified)."),
        note=_("Who uses two pieces of land counts twice; land that was not visited adds nothing."),
    )


FIGURES = [
    Figure(
        id="villages-surveyed",
        title=_("Villages surveyed for explosive remnants of war"),
        unit=_("villages"),
        kind="village_survey",
        measure=Count(distinct="village"),
        since="2013-01-01",
        by={"region": "adm1", "contaminated": "contaminated"},
        public_by=("region", "year"),
        headline=10,
        meaning=_(
            "Villages that a team visited and asked about explosive danger; a village surveyed twice counts once."
        ),
        source=_("Programme page, July 2014."),
        note=_(
            "Derived: the page does not say how a second visit counts; here the village counts, at its first visit."
        ),
    ),
    Figure(
        id="hazardous-areas",
        title=_("Hazardous areas"),
        unit=_("areas"),
        kind="hazardous_area",
        measure=Count(),
        by={"classification": "classification", "status": "status", "priority": "priority", "region": "adm1"},
        tier=PARTNER,
        meaning=_("Areas where explosive ordnance is indicated, suspected or confirmed, whatever their status."),
        source=IMAS,
    ),
    Figure(
        id="hazardous-areas-open",
        title=_("Hazardous areas that are not closed"),
        unit=_("areas"),
        kind="hazardous_area",
        measure=Count(),
        where={"status__not": "closed"},
        by={"classification": "classification", "priority": "priority", "region": "adm1"},
        tier=PARTNER,
        meaning=_(
            "Areas of which something is left to be released. Where none is recorded, nothing is known to be safe."
        ),
        source=IMAS,
    ),
    Figure(
        id="hazardous-m2-remaining",
        title=_("Hazardous land that remains"),
        unit="m²",
        kind="hazardous_area",
        measure=Sum(("remaining_m2",)),
        where={"status__not": "closed"},
        by={"classification": "classification", "region": "adm1"},
        tier=PARTNER,
        meaning=_(
            "The greater of the stated and the drawn size of each area, less its accepted land-release products."
        ),
        source=IMAS,
        note=_("Areas of unknown size add nothing: the land that remains is at least this."),
    ),
    Figure(
        id="hazardous-areas-without-size",
        title=_("Hazardous areas of unknown size"),
        unit=_("areas"),
        kind="hazardous_area",
        measure=Count(),
        where={"remaining_m2__known": False},
        by={"classification": "classification", "region": "adm1"},
        tier=RESTRICTED,
        meaning=_("Areas that are not part of the sum of land that remains, because their size is not known."),
        source=_("Derived."),
    ),
    Figure(
        id="m2-released",
        title=_("Land released"),
        unit="m²",
        kind="land_release_product",
        measure=Sum(("area_m2",)),
        by={"method": "method", "region": "adm1"},
        public_by=("method", "region", "year"),
        meaning=_("Land cancelled, reduced and cleared, by accepted land-release products."),
        source=IMAS,
    ),
    released("m2-cancelled", "cancelled", _("Land cancelled"), _("Released by non-technical survey.")),
    released("m2-reduced", "reduced", _("Land reduced"), _("Released by technical survey.")),
    released("m2-cleared", "cleared", _("Land cleared"), _("Released by clearance to a stated depth.")),
    Figure(
        id="areas-handed-over",
        title=_("Areas handed over"),
        unit=_("areas"),
        kind="handover",
        measure=Count(distinct="area"),
        by={"region": "adm1", "use": "intended_use"},
        public_by=("year",),
        meaning=_("Hazardous areas of which land was given back with a certificate."),
        source=_("Handover as in IMAS 08.30 (unverified)."),
    ),
    gaining(
        "land-users-direct",
        "direct",
        _("Direct beneficiaries of released land"),
        _("People who use land that was handed over."),
    ),
    gaining(
        "land-users-indirect",
        "indirect",
        _("Indirect beneficiaries of released land"),
        _("People who gain from the use of land that was handed over, without using it themselves."),
    ),
    Figure(
        id="land-in-use",
        title=_("Pieces of handed-over land found in use"),
        unit=_("handovers"),
        kind="land_use_visit",
        measure=Count(distinct="handover"),
        where={"used": "yes"},
        by={"use": "use", "round": "round", "region": "adm1"},
        tier=PARTNER,
        meaning=_("Handovers of which a visit found the land in use."),
        source=_("Visits to land in use; the definition by its version (unverified)."),
    ),
]
