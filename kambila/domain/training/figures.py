"""The figures that training feeds. A course counts on the day on which it ended."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.training.codes import AMMUNITION, AWARENESS
from kambila.figures.definitions import Count, Figure, Sum

TRAINED = ("male_trained", "female_trained", "unknown_trained")
PASSED = ("male_passed", "female_passed", "unknown_passed")
AWARE: Mapping[str, Any] = {"subject__in": AWARENESS}
PAGE = _("Programme page, July 2014.")
PROPOSED = _("Proposed by this software; not on the programme page of July 2014.")


def people(
    id: str,
    title: Any,
    headline: int,
    where: Mapping[str, Any],
    meaning: Any,
    counts: tuple[str, ...] = TRAINED,
    note: Any = "",
) -> Figure:
    """A figure of people in courses that ended since 2013."""
    return Figure(
        id=id,
        title=title,
        unit=_("persons"),
        kind="course",
        measure=Sum(counts),
        where=where,
        date="end",
        since="2013-01-01",
        by={"subject": "subject", "audience": "audience", "level": "level", "provider": "provider", "region": "adm1"},
        public_by=("subject", "audience", "year"),
        persons=True,
        headline=headline,
        meaning=meaning,
        source=PAGE,
        note=note,
    )


FIGURES = [
    people(
        "mdsf-awareness",
        _("Malian forces given explosive awareness training"),
        3,
        {**AWARE, "audience": "mdsf"},
        _("Members of the Malian defence and security forces who took part in an awareness course."),
    ),
    people(
        "mdsf-eod",
        _("Malian forces who completed basic EOD qualification"),
        4,
        {"subject": "eod1", "audience": "mdsf"},
        _("Members of the Malian defence and security forces who passed EOD level 1."),
        counts=PASSED,
        note=_("Assumed: basic qualification is EOD level 1, and completed means passed."),
    ),
    people(
        "mdsf-ammunition",
        _("Malian forces trained in ammunition safety and stockpile management"),
        5,
        {"subject__in": AMMUNITION, "audience": "mdsf"},
        _("Members of the Malian defence and security forces in courses on ammunition safety, stores or management."),
    ),
    people(
        "un-uniformed-awareness",
        _("Uniformed UN personnel given awareness training"),
        6,
        {**AWARE, "audience": "un_uniformed"},
        _("Military and police personnel of the mission who took part in an awareness course."),
    ),
    people(
        "un-staff-awareness",
        _("UN staff given awareness training"),
        7,
        {**AWARE, "audience": "un_staff"},
        _("UN staff who took part in an awareness course, most of them in SSAFE."),
    ),
    people(
        "awareness-total",
        _("Awareness training, everyone"),
        8,
        AWARE,
        _("All who took part in an awareness course: mission, Malian forces, UN staff, NGO staff and others."),
    ),
    people(
        "ngo-awareness",
        _("NGO staff given awareness training"),
        9,
        {**AWARE, "audience": "ngo"},
        _("Staff of non-governmental organisations who took part in an awareness course."),
        note=_(
            "Derived: the page publishes only the total of July 2014. "
            "348 = 9,082 less Malian forces, uniformed UN personnel and UN staff."
        ),
    ),
    Figure(
        id="courses-held",
        title=_("Courses held"),
        unit=_("courses"),
        kind="course",
        measure=Count(),
        date="end",
        since="2013-01-01",
        by={"subject": "subject", "audience": "audience", "region": "adm1"},
        public_by=("subject", "audience", "year"),
        meaning=_("Courses that ended in the period."),
        source=PROPOSED,
    ),
    Figure(
        id="certificates-issued",
        title=_("Certificates issued"),
        unit=_("certificates"),
        kind="certificate",
        measure=Count(),
        where={"result": "passed"},
        since="2013-01-01",
        by={"subject": "subject", "sex": "sex"},
        public_by=("subject", "year"),
        persons=True,
        meaning=_("Certificates to persons who passed."),
        source=PROPOSED,
    ),
    Figure(
        id="capacity-support",
        title=_("Support to national capacity"),
        unit=_("activities"),
        kind="capacity_support",
        measure=Count(),
        since="2013-01-01",
        by={"support": "support", "recipient": "recipient"},
        public_by=("support", "year"),
        meaning=_("Advice, mentoring, equipment and other support to authorities, forces and companies."),
        source=PROPOSED,
    ),
    Figure(
        id="equipment-handed-over",
        title=_("Pieces of equipment handed over"),
        unit=_("items"),
        kind="capacity_support",
        measure=Sum(("quantity",)),
        where={"support": "equipment"},
        since="2013-01-01",
        by={"class": "equipment", "recipient": "recipient"},
        public_by=("class", "year"),
        meaning=_("Equipment given to national forces, authorities and EOD companies."),
        source=PROPOSED,
    ),
]
