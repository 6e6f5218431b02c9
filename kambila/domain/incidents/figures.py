"""The figures that incidents feed."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Ratio

FIGURES = [
    Figure(
        id="erw-civilian-casualties",
        title=_("Civilian casualties of explosive remnants of war"),
        unit=_("persons"),
        kind="casualty",
        measure=Count(),
        where={"incident__category": "mine_erw"},
        since="2012-01-01",
        by={"age": "age_group", "sex": "sex", "outcome": "outcome", "region": "incident__adm1"},
        public_by=("age", "sex", "outcome", "year"),
        persons=True,
        headline=1,
        meaning=_(
            "Civilians killed or injured by mines or explosive remnants of war, in accidents that the programme has confirmed."
        ),
        source=_("Programme page, July 2014; casualty as in the Landmine Monitor: killed and injured."),
    ),
    Figure(
        id="erw-civilian-casualties-children-share",
        title=_("Share of children among them"),
        unit="%",
        measure=Ratio(of="erw-civilian-casualties-children", to="erw-civilian-casualties"),
        meaning=_("Children under 18 among these casualties."),
        source=_("Derived from the two figures."),
    ),
]
