"""The figures that places feed."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Figure
from kambila.registry.fields import PARTNER, RESTRICTED

FIGURES = [
    Figure(
        id="places-known",
        title=_("Villages and towns that are known"),
        unit=_("places"),
        kind="village",
        by={"region": "adm1", "class": "place_class"},
        public_by=("region", "class"),
        meaning=_("Populated places in the register, imported or reported by teams."),
        source=_("Common operational dataset, and reports of missing villages."),
    ),
    Figure(
        id="places-closed",
        title=_("Assessments that found a place closed"),
        unit=_("assessments"),
        kind="accessibility",
        where={"status": "closed"},
        by={"region": "adm1", "reason": "reason"},
        tier=PARTNER,
        meaning=_("Accepted assessments of accessibility whose latest answer is closed, expired ones included."),
        source=_("Reports of accessibility."),
        note=_("No assessment does not mean open."),
    ),
    Figure(
        id="routes-closed",
        title=_("Roads reported closed"),
        unit=_("roads"),
        kind="route_status",
        where={"status": "closed"},
        by={"region": "adm1", "reason": "reason"},
        tier=RESTRICTED,
        meaning=_("Stretches of road whose latest accepted status is closed, expired ones included."),
        source=_("Reports of routes."),
        note=_("No report does not mean open."),
    ),
]
