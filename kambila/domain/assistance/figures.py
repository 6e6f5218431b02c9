"""The figures that assistance feeds."""

from django.utils.translation import gettext_lazy as _

from kambila.figures.definitions import Count, Figure, Ratio, Sum
from kambila.registry.fields import SEX_AND_AGE

PROPOSED = _("Proposed by this software; not on the programme page of July 2014.")
GIVEN = {"status__in": ("ongoing", "completed", "interrupted")}
BY = {"service": "service", "sex": "sex", "age": "age_group", "region": "adm1", "provider": "provider"}

FIGURES = [
    Figure(
        id="assistance-given",
        title=_("Services given to survivors, families and communities"),
        unit=_("services"),
        kind="assistance",
        measure=Count(),
        where=GIVEN,
        since="2013-01-01",
        by=BY,
        public_by=("service", "year"),
        persons=True,
        meaning=_("Services that began; planned and cancelled ones are not counted."),
        source=PROPOSED,
    ),
    Figure(
        id="survivors-assisted",
        title=_("Survivors who received assistance"),
        unit=_("persons"),
        kind="assistance",
        measure=Count(distinct="casualty"),
        where={**GIVEN, "beneficiary": "survivor", "casualty__known": True},
        since="2013-01-01",
        by=BY,
        public_by=("year",),
        persons=True,
        meaning=_("Different survivors, each counted once in the period of the first service."),
        source=PROPOSED,
        note=_("Only survivors who are known as casualties can be told apart; others are not counted here."),
    ),
    Figure(
        id="assistance-persons",
        title=_("People served directly"),
        unit=_("persons"),
        kind="assistance",
        measure=Sum(tuple(f"direct_{group}" for group, _words in SEX_AND_AGE)),
        where=GIVEN,
        since="2013-01-01",
        by={"service": "service", "region": "adm1"},
        public_by=("year",),
        persons=True,
        meaning=_("The people whom the services were for; who received two services is counted twice."),
        source=PROPOSED,
    ),
    Figure(
        id="referrals",
        title=_("Referrals"),
        unit=_("referrals"),
        kind="referral",
        measure=Count(),
        since="2013-01-01",
        by={"service": "service", "status": "status"},
        public_by=("year",),
        persons=True,
        meaning=_("One organisation asked another to serve a person."),
        source=PROPOSED,
    ),
    Figure(
        id="referrals-done",
        title=_("Referrals after which the service was received"),
        unit=_("referrals"),
        kind="referral",
        measure=Count(),
        where={"status": "done"},
        since="2013-01-01",
        by={"service": "service"},
        public_by=("year",),
        persons=True,
        meaning=_("Referrals whose last known status is that the service was received."),
        source=PROPOSED,
    ),
    Figure(
        id="referrals-done-share",
        title=_("Share of referrals that were served"),
        unit="%",
        measure=Ratio(of="referrals-done", to="referrals"),
        persons=True,
        meaning=_("Of all referrals, those after which the service was received."),
        source=_("Derived from the two figures."),
    ),
]
