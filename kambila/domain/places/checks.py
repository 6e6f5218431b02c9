"""What a good report of a place or a road satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.places.codes import Access, AdminLevel, SectorResult
from kambila.domain.places.sectors import sector_result
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order

CODE_LENGTH = {AdminLevel.ADM0: 2, AdminLevel.ADM1: 4, AdminLevel.ADM2: 6, AdminLevel.ADM3: 8}


@check(
    "admin_area",
    "pcode-of-another-level",
    WARNING,
    _("The P-code %(pcode)s does not have the length of its level."),
    _("Compare P-code and level with the common operational dataset."),
)
def pcode_of_another_level(draft: Draft) -> Found:
    pcode, level = draft.values.get("pcode"), draft.values.get("level")
    wrong = pcode and level in CODE_LENGTH and len(pcode) != CODE_LENGTH[level]
    return {"pcode": pcode} if wrong else None


@check(
    "village",
    "village-known-already",
    WARNING,
    _("A village called %(title)s is known already in this commune (%(code)s)."),
    _("Use the code of the village that is known, or say in what they differ."),
)
def village_known_already(draft: Draft) -> Found:
    title, commune = draft.values.get("title"), draft.values.get("adm3")
    if not draft.is_new or not title or not commune:
        return None
    known = next(iter(draft.rows("village", adm3=commune, title__iexact=title)), None)
    return {"title": title, "code": known.get("code") or known.get("id")} if known else None


@check(
    "village",
    "village-without-place",
    WARNING,
    _("Neither the position nor the commune of this village is stated."),
    _("State one of them, or nobody will find it."),
)
def village_without_place(draft: Draft) -> Found:
    return draft.values.get("location") is None and not draft.values.get("adm3")


@check(
    "accessibility",
    "accessibility-of-no-place",
    ERROR,
    _("The report does not say which place it is about."),
    _("State the village, the administrative area, or the place as people call it."),
)
def accessibility_of_no_place(draft: Draft) -> Found:
    return not any(draft.values.get(each) for each in ("village", "area", "locality", "adm1", "adm2", "adm3"))


@check(
    "route_status",
    "route-open-though-positive",
    WARNING,
    _("The road is said to be open, and a side of it is said to be positive."),
    _("Correct the one or the other; a road with a positive side is open only where the danger was cleared."),
)
def route_open_though_positive(draft: Draft) -> Found:
    return draft.values.get("status") == Access.OPEN and sector_result(draft.values) == SectorResult.POSITIVE


@check(
    "route_status",
    "route-open-though-untested",
    WARNING,
    _("The road is said to be open, and not both of its sides were tested."),
    _("Say what shows that the road can be used; a side that was not tested is unknown, never safe."),
)
def route_open_though_untested(draft: Draft) -> Found:
    return draft.values.get("status") == Access.OPEN and sector_result(draft.values) == SectorResult.UNKNOWN


def open_without_end(draft: Draft) -> Found:
    """Open holds until a day; without it the answer would have to be believed for ever."""
    return draft.values.get("status") == Access.OPEN and draft.values.get("valid_until") is None


def verified_in_the_future(draft: Draft) -> Found:
    """Nobody has seen what will be seen tomorrow."""
    verified = draft.values.get("last_verified")
    return {"date": verified[0]} if verified and verified[1] > draft.received else None


def opened_over_a_closure(draft: Draft) -> Found:
    """A place or a road that is known as closed or restricted is said to be open."""
    worse = draft.known.get("status") in (Access.CLOSED, Access.RESTRICTED)
    return worse and draft.stated.get("status") == Access.OPEN


for kind in ("accessibility", "route_status"):
    check(
        kind,
        f"{kind.replace('_', '-')}-open-without-end",
        WARNING,
        _("It is said to be open, but not until when; it will be shown as unknown."),
        _("State until which day the answer can be relied on."),
    )(open_without_end)
    check_order(
        kind,
        f"{kind.replace('_', '-')}-expired-before-verified",
        ERROR,
        _("It ends before the day on which it was seen."),
        _("Correct one of the two days."),
        start="last_verified",
        end="valid_until",
    )
    check(
        kind,
        f"{kind.replace('_', '-')}-verified-in-future",
        ERROR,
        _("It is said to have been seen on %(date)s, which lies in the future."),
        _("State the day of the visit."),
    )(verified_in_the_future)
    check(
        kind,
        f"{kind.replace('_', '-')}-opened-over-closure",
        WARNING,
        _("It is known as closed or restricted, and would become open."),
        _("Say who has seen that it is open, and when."),
    )(opened_over_a_closure)
