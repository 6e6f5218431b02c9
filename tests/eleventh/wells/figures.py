"""The figures that wells feed."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure

FIGURES = [
    Figure(
        id="wells-looked-at",
        title=_("Wells looked at"),
        unit=_("wells"),
        kind="well",
        measure=Count(),
        since="2013-01-01",
        by={"region": "adm1", "state": "state"},
        public_by=("region", "year"),
        meaning=_("Wells that somebody has visited, whatever was found in them."),
        source=_("Invented for a test."),
    ),
]
