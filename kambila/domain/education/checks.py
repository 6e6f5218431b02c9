"""What a good report of risk education satisfies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.education.codes import BY_CATEGORY, Category
from kambila.domain.education.models import total_of
from kambila.registry import partial_dates
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order
from kambila.registry.fields import SEX_AND_AGE

KIND = "education_session"
LARGEST_GROUP = 300  # persons in one session; above it somebody should look again (assumed)
COUNTS = [f"{side}_{group}" for side in ("direct", "indirect") for group, _words in SEX_AND_AGE]


def direct(draft: Draft) -> int | None:
    """How many took part, by sex and age; None when no count is known."""
    return total_of("direct")(draft.values)


def larger(draft: Draft, part: str) -> dict[str, Any] | None:
    """A part that is larger than all who took part."""
    value, total = draft.values.get(part), direct(draft)
    return {"part": value, "total": total} if value is not None and total is not None and value > total else None


@check(
    KIND,
    "participants-do-not-add-up",
    ERROR,
    _("Boys, girls, men, women and unknown make %(sum)s, but %(total)s participants are stated."),
    _("Count again, and correct the part or the total that is wrong."),
)
def participants_do_not_add_up(draft: Draft) -> Found:
    stated, total = draft.values.get("total_stated"), direct(draft)
    return {"sum": total or 0, "total": stated} if stated is not None and stated != (total or 0) else None


@check(
    KIND,
    "first-time-more-than-total",
    ERROR,
    _("%(part)s people are there for the first time, but only %(total)s took part."),
    _("Those who come for the first time are a part of all. Correct one of the two numbers."),
)
def first_time_more_than_total(draft: Draft) -> Found:
    return larger(draft, "first_time")


@check(
    KIND,
    "disability-more-than-total",
    ERROR,
    _("%(part)s people with a disability are stated, but only %(total)s took part."),
    _("They are a part of all. Correct one of the two numbers."),
)
def disability_more_than_total(draft: Draft) -> Found:
    return larger(draft, "with_disability")


@check(
    KIND,
    "session-without-people",
    ERROR,
    _("People take part in this activity, but none is counted."),
    _("Count boys, girls, men and women; use the last field for those whose sex or age is unknown."),
)
def session_without_people(draft: Draft) -> Found:
    return draft.values.get("category") in (Category.DIRECT, Category.TRAINING) and not direct(draft)


@check(
    KIND,
    "negative-participants",
    ERROR,
    _("A number of people is below zero."),
    _("State 0 when there are none; leave it empty when the number is unknown."),
)
def negative_participants(draft: Draft) -> Found:
    return any((draft.stated.get(name) or 0) < 0 for name in (*COUNTS, "first_time", "with_disability"))


@check(
    KIND,
    "activity-of-another-category",
    ERROR,
    _("The activity does not belong to the category."),
    _("Choose the category first, then one of its activities."),
)
def activity_of_another_category(draft: Draft) -> Found:
    category, activity = draft.values.get("category"), draft.values.get("activity")
    return category in BY_CATEGORY and activity is not None and activity not in BY_CATEGORY[Category(category)]


@check(
    KIND,
    "media-counted-as-direct",
    WARNING,
    _("Material or media reach people indirectly, but %(total)s are counted as taking part."),
    _("Move the numbers to those reached indirectly, unless people were taught face to face."),
)
def media_counted_as_direct(draft: Draft) -> Found:
    total = direct(draft)
    return {"total": total} if draft.values.get("category") == Category.INDIRECT and total else None


@check(
    KIND,
    "group-very-large",
    WARNING,
    _("%(total)s people in %(sessions)s sessions is a very large group."),
    _("Correct the number of sessions or of people, or say why."),
)
def group_very_large(draft: Draft) -> Found:
    total, sessions = direct(draft) or 0, draft.values.get("sessions") or 1
    return {"total": total, "sessions": sessions} if total > LARGEST_GROUP * sessions else None


check_order(
    KIND,
    "broadcast-ends-before-start",
    ERROR,
    _("The broadcast ends (%(end)s) before it starts (%(start)s)."),
    _("Correct one of the two dates."),
    start="broadcast_from",
    end="broadcast_until",
)


@check(
    KIND,
    "session-perhaps-known",
    WARNING,
    _("The same organisation already reported such a session on that day, in that place, with as many people."),
    _("Compare the two. If it is the same session, correct the first report instead of sending another."),
)
def session_perhaps_known(draft: Draft) -> Found:
    values, date = draft.values, draft.values.get("date")
    if not draft.is_new or not date or not (values.get("village") or values.get("locality")):
        return None
    same = {name: values.get(name) for name in ("provider", "activity", "village", "locality")}
    same |= {f"direct_{group}": values.get(f"direct_{group}") for group, _words in SEX_AND_AGE}
    return bool(draft.rows(KIND, date=date[0], **{name: value for name, value in same.items() if value is not None}))


@check(
    KIND,
    "teacher-not-accredited",
    WARNING,
    _("No accreditation of this organisation for risk education is known that was valid on %(date)s."),
    _("Record the accreditation, or say who authorised the work without it."),
)
def teacher_not_accredited(draft: Draft) -> Found:
    date, provider = draft.values.get("date"), draft.values.get("provider")
    if not date or not provider:
        return None
    rows = draft.rows("accreditation", holder=provider)
    return None if any(holds(row, date[1], date[2]) for row in rows) else {"date": date[0]}


def holds(row: Mapping[str, Any], first: str, last: str) -> bool:
    """Whether an accreditation covers risk education between two days; without a date of issue it covers nothing."""
    issued, ends = day(row, "issued_on", 1), (day(row, "expires_on", 2), day(row, "ended_on", 2))
    granted = row.get("decision") in ("granted", "provisional") or bool(ends[1])
    covered = granted and "risk_education" in (row.get("scopes") or ())
    return bool(covered and issued and issued <= last and all(end is None or first <= end for end in ends))


def day(row: Mapping[str, Any], field: str, end: int) -> str | None:
    """The first (1) or the last (2) day of a partial date of a known record, as text or as it was read."""
    value = row.get(field)
    value = partial_dates.read(value) if isinstance(value, str) else value
    return str(value[end]) if value else None
