"""Risk education sessions."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.education import codes
from kambila.registry.fields import (
    PARTNER,
    RESTRICTED,
    SEX_AND_AGE,
    Code,
    Codes,
    Link,
    Narrative,
    PartialDate,
    Personal,
    Shape,
    Text,
    Whole,
    YesNo,
    derived,
    sex_and_age,
)
from kambila.registry.models import Record


def total_of(prefix: str) -> Callable[[Mapping[str, Any]], int | None]:
    """A rule that adds the five counts of a sex-and-age table; unknown when none of them is known."""

    def add(values: Mapping[str, Any]) -> int | None:
        known = [count for group, _ in SEX_AND_AGE if (count := values.get(f"{prefix}_{group}")) is not None]
        return sum(known) if known else None

    return add


Direct: Any = sex_and_age("direct", _("reached directly"))
Indirect: Any = sex_and_age("indirect", _("reached indirectly"))


class EducationSession(Direct, Indirect, Record):
    """One risk education activity on one day in one place. Direct: who took part. Indirect: reached through them."""

    default_tier = PARTNER
    event_date = "date"
    code_prefix = "EDU"
    seen_by = ("provider",)

    date = PartialDate(_("date of the session"), required=True)
    provider = Link("partners.Organisation", verbose_name=_("organisation that taught"), required=True)
    team = Text(_("team"))
    location = Shape("Point", verbose_name=_("place"))
    village = Link("places.Village", verbose_name=_("village"))
    locality = Text(_("place by its name"))
    in_camp = YesNo(_("in a camp of displaced people"))

    category = Code(codes.Category, _("category"), required=True)
    activity = Code(codes.Activity, _("activity"), required=True)
    method = Code(codes.Method, _("method"), required=True)
    audience = Codes(codes.Audience, _("audience"), required=True)
    venue = Code(codes.Venue, _("venue"))
    sessions = Whole(_("number of sessions"))
    minutes = Whole(_("length, in minutes"))
    broadcast_from = PartialDate(_("broadcast from"))
    broadcast_until = PartialDate(_("broadcast until"))
    languages = Text(_("languages"))
    after_incident = YesNo(_("held because of an accident"))
    combined = YesNo(_("together with another activity"))

    direct_total = derived(Whole(_("reached directly, total")), total_of("direct"))
    indirect_total = derived(Whole(_("reached indirectly, total")), total_of("indirect"))
    total_stated = Whole(_("reached directly, total as written in the report"))
    first_time = Whole(_("of them for the first time"))
    with_disability = Whole(_("of them with a disability"))
    counting_rule = Text(_("definition by which people were counted"))

    posters = Whole(_("posters given"))
    brochures = Whole(_("brochures given"))
    other_material = Whole(_("other material given"))
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    focal_point = Personal(_("name of the focal point"), tier=RESTRICTED)
    focal_contact = Personal(_("contact of the focal point"), tier=RESTRICTED)
    remarks = Narrative(_("remarks"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("risk education session")
        verbose_name_plural = _("risk education sessions")
