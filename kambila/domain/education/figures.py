"""The figures that risk education feeds."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Sum
from kambila.registry.fields import SEX_AND_AGE

DIRECT = tuple(f"direct_{group}" for group, _words in SEX_AND_AGE)
INDIRECT = tuple(f"indirect_{group}" for group, _words in SEX_AND_AGE)
BY = {"region": "adm1", "activity": "activity", "method": "method", "venue": "venue", "provider": "provider"}
PROPOSED = _("Proposed by this software; not on the programme page of July 2014.")

FIGURES = [
    Figure(
        id="education-reached",
        title=_("People reached with risk education"),
        unit=_("persons"),
        kind="education_session",
        measure=Sum(DIRECT),
        since="2013-01-01",
        by=BY,
        public_by=("region", "activity", "year"),
        persons=True,
        headline=13,
        meaning=_("People who took part in risk education. Who came twice is counted twice."),
        source=_("Programme page, July 2014: more than 31,000."),
        note=_(
            "Assumed: the page counts direct participants. Boys, girls, men, women and persons of unknown sex or age "
            "are added; people reached indirectly or by media are a figure of their own."
        ),
    ),
    *(
        Figure(
            id=f"education-reached-{group}",
            title=title,
            unit=_("persons"),
            kind="education_session",
            measure=Sum((f"direct_{group}",)),
            since="2013-01-01",
            by=BY,
            public_by=("year",),
            persons=True,
            meaning=_("Part of the people reached with risk education, by sex and age."),
            source=_("Derived from the same records as the published total."),
        )
        for group, title in (
            ("boys", _("Boys reached with risk education")),
            ("girls", _("Girls reached with risk education")),
            ("men", _("Men reached with risk education")),
            ("women", _("Women reached with risk education")),
        )
    ),
    Figure(
        id="education-first-time",
        title=_("People reached with risk education for the first time"),
        unit=_("persons"),
        kind="education_session",
        measure=Sum(("first_time",)),
        since="2013-01-01",
        by=BY,
        public_by=("region", "year"),
        persons=True,
        meaning=_("Participants who said that they had never had risk education before."),
        source=PROPOSED,
    ),
    Figure(
        id="education-reached-indirectly",
        title=_("People reached indirectly with risk education"),
        unit=_("persons"),
        kind="education_session",
        measure=Sum(INDIRECT),
        since="2013-01-01",
        by=BY,
        public_by=("year",),
        persons=True,
        meaning=_("People reached through participants, material or media, as estimated. Never added to participants."),
        source=PROPOSED,
    ),
    Figure(
        id="education-sessions",
        title=_("Risk education activities"),
        unit=_("activities"),
        kind="education_session",
        measure=Count(),
        since="2013-01-01",
        by=BY,
        public_by=("region", "activity", "year"),
        meaning=_("Reports of one activity on one day in one place."),
        source=PROPOSED,
    ),
]
