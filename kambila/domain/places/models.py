"""Administrative areas, villages, and which places and roads can be used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from kambila.domain.places.codes import Access, AccessReason, AdminLevel, PlaceClass, SectorResult, SideResult
from kambila.domain.places.names import search_key
from kambila.domain.places.sectors import sector_result
from kambila.registry.fields import PUBLIC, Code, Link, Narrative, PartialDate, Shape, Text, derived
from kambila.registry.models import Record

# Unknown lies above open, because nothing that is merely missing may read as open, and below restricted, because a
# known restriction tells people what to do and must not be wiped out by somebody who did not know.
ACCESS_DANGER = (Access.OPEN.value, None, Access.RESTRICTED.value, Access.CLOSED.value)
SIDE_DANGER = (SideResult.NEGATIVE.value, None, SideResult.UNTESTED.value, SideResult.POSITIVE.value)


class AdminArea(Record):
    """An administrative area of the common operational dataset; its P-code is also its human code."""

    default_tier = PUBLIC
    code_prefix = "ADM"
    title_field = "title"

    pcode = Text(_("P-code"), max_length=20, required=True, db_index=True)
    title = Text(_("name"), required=True)
    level = Code(AdminLevel, _("level"), required=True, db_index=True)
    parent = Link("places.AdminArea", verbose_name=_("lies in"))
    reference_title = Text(_("reference name"))
    alternative_names = Text(_("other names, separated by semicolons"), max_length=500)
    valid_from = PartialDate(_("valid from"))
    valid_to = PartialDate(_("valid to"))
    seat = Shape("Point", verbose_name=_("place of the chief town"))
    outline = Shape("Polygon", "MultiPolygon", verbose_name=_("outline"))
    search_key = derived(Text(_("names for searching"), max_length=1000), search_key)

    class Meta:
        verbose_name = _("administrative area")
        verbose_name_plural = _("administrative areas")


class Village(Record):
    """A populated place: village, town or camp."""

    default_tier = PUBLIC
    code_prefix = "VIL"
    title_field = "title"

    pcode = Text(_("P-code"), max_length=20, db_index=True)
    title = Text(_("name"), required=True)
    reference_title = Text(_("reference name"))
    alternative_names = Text(_("other names, separated by semicolons"), max_length=500)
    place_class = Code(PlaceClass, _("class of place"))
    location = Shape("Point", verbose_name=_("place"))
    valid_from = PartialDate(_("valid from"))
    valid_to = PartialDate(_("valid to"))
    search_key = derived(Text(_("names for searching"), max_length=1000), search_key)

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")


class Passable(Record):
    """What accessibility of places and status of routes share: an answer that holds until a day."""

    is_danger = True
    danger_field = "status"
    lasting = ("last_verified_first", "valid_until_last")

    status = Code(Access, _("status"), danger=ACCESS_DANGER, db_index=True)
    reason = Code(AccessReason, _("reason"))
    last_verified = PartialDate(_("last verified"), required=True)
    valid_until = PartialDate(_("valid until"))
    assessed_by = Link("partners.Organisation", verbose_name=_("assessed by"))

    class Meta:
        abstract = True

    @property
    def seen_since(self) -> datetime.date | None:
        """The first day of the date on which it was last verified."""
        return as_day(vars(self)["last_verified_first"])

    def status_on(self, day: datetime.date) -> str | None:
        """The status on a day; None, unknown, before it was verified and after it expired.

        What has no end never reads as open: only a restriction or a closure stands until it is lifted.
        """
        return self.status if self._holds(day, self.status == Access.OPEN) else None

    @staticmethod
    def status_of(assessments: Iterable[Passable], day: datetime.date) -> str | None:
        """The status of one place or road (`of_what`) on a day by the latest assessment made until then; None when unknown.

        Two that were made on one day count as the more dangerous of them. An expired one tells nothing, and so never
        uncovers an older one that said open.
        """
        seen = [(each, since) for each in assessments if (since := each.seen_since) and since <= day]
        latest = max((since for _, since in seen), default=None)
        answers = [each.status_on(day) for each, since in seen if since == latest]
        return max(answers, key=ACCESS_DANGER.index, default=None)

    def _holds(self, day: datetime.date, is_safe: bool) -> bool:
        """Whether an answer holds on a day; a safe one only where it has an end."""
        since, until = (as_day(vars(self)[name]) for name in self.lasting)
        return holds(day, since, until, is_safe)

    @classmethod
    def lasts(cls, status: str, days: Sequence[datetime.date | str | None], day: datetime.date) -> bool:
        """Whether a status holds on a day, by the columns `lasting`."""
        since, until = map(as_day, days)
        return holds(day, since, until, status == Access.OPEN)


def holds(day: datetime.date, since: datetime.date | None, until: datetime.date | None, is_safe: bool) -> bool:
    """Whether an answer that was given on one day and has an end, or none, holds on another."""
    if since is None or day < since:
        return False
    return not is_safe if until is None else day <= until


def as_day(value: datetime.date | str | None) -> datetime.date | None:
    """A day from a column, which is text as long as the row has not been read back from the database."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


class Accessibility(Passable):
    """Whether a village, or an administrative area as a whole, can be reached and worked in."""

    code_prefix = "ACC"
    title_field = "locality"

    village = Link("places.Village", verbose_name=_("village"))
    area = Link("places.AdminArea", verbose_name=_("administrative area"))
    locality = Text(_("place, as people call it"))
    remarks = Narrative(_("what to know before going"))

    class Meta:
        verbose_name = _("accessibility of a place")
        verbose_name_plural = _("accessibility of places")

    @property
    def of_what(self) -> tuple[str, ...]:
        """The village, else the area, else the smallest place that it lies in; with the name that people gave."""
        said = vars(self)
        place = said["village_id"] or said["area_id"] or self.adm3 or self.adm2 or self.adm1
        return (place or "", self.locality or "") if place or self.locality else (self.pk,)


class RouteStatus(Passable):
    """Whether a stretch of road can be used. Never public: it tells where convoys go."""

    code_prefix = "RTE"
    title_field = "title"

    route = Text(_("route number"), max_length=40, db_index=True)
    title = Text(_("from where to where"), required=True)
    geometry = Shape("LineString", verbose_name=_("course of the road"))
    left_side = Code(SideResult, _("result on the left side"), danger=SIDE_DANGER)
    right_side = Code(SideResult, _("result on the right side"), danger=SIDE_DANGER)
    remarks = Narrative(_("what to know before going"))
    sector_result = derived(Code(SectorResult, _("result of the sector")), sector_result)

    class Meta:
        verbose_name = _("status of a route")
        verbose_name_plural = _("status of routes")

    @property
    def of_what(self) -> tuple[str, ...]:
        """The stretch by number and name; without a number those of one région and name are one."""
        return (self.route or self.adm1 or "", self.title or self.pk)

    def sector_on(self, day: datetime.date) -> str | None:
        """The result of both sides on a day; unknown before they were seen and after the answer expired.

        None where no side was ever spoken of. What has no end never reads as negative.
        """
        result = sector_result(vars(self))
        if result is None or self._holds(day, result == SectorResult.NEGATIVE):
            return result
        return SectorResult.UNKNOWN
