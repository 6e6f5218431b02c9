"""What a good report of a course, a certificate or capacity support satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.training.codes import Level, Result, Subject, SupportKind
from kambila.domain.training.models import total_of
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order

EXAMINED = (Subject.EOD1, Subject.EOD2, Subject.EOD3, Subject.EOD3_PLUS, Subject.IEDD)
SEXES = ("male", "female", "unknown")
COUNTS = tuple(f"{sex}_{what}" for sex in SEXES for what in ("trained", "passed"))
LARGEST_CLASS = 500  # persons in one course; above it somebody should look again (assumed)


check_order(
    "course",
    "course-ends-before-start",
    ERROR,
    _("The last day (%(end)s) lies before the first day (%(start)s)."),
    _("Correct one of the two dates."),
    start="start",
    end="end",
)


@check(
    "course",
    "more-passed-than-trained",
    ERROR,
    _("%(passed)s passed, but only %(trained)s were trained."),
    _("Those who passed are a part of those who were trained, for men and for women. Correct the numbers."),
)
def more_passed_than_trained(draft: Draft) -> Found:
    for sex in SEXES:
        passed, trained = draft.values.get(f"{sex}_passed") or 0, draft.values.get(f"{sex}_trained") or 0
        if passed > trained:
            return {"passed": passed, "trained": trained}
    return None


@check(
    "course",
    "course-without-people",
    ERROR,
    _("Nobody was trained in this course."),
    _("State how many men and women were trained."),
)
def course_without_people(draft: Draft) -> Found:
    return not total_of("trained")(draft.values)


@check(
    "course",
    "negative-trainees",
    ERROR,
    _("A number of people is below zero."),
    _("State 0 when there are none; leave it empty when the number is unknown."),
)
def negative_trainees(draft: Draft) -> Found:
    return any((draft.stated.get(name) or 0) < 0 for name in COUNTS)


@check(
    "course",
    "class-very-large",
    WARNING,
    _("%(total)s people in one course is very many."),
    _("Report each course by itself, or say why."),
)
def class_very_large(draft: Draft) -> Found:
    total = total_of("trained")(draft.values) or 0
    return {"total": total} if total > LARGEST_CLASS else None


@check(
    "course",
    "examined-without-result",
    WARNING,
    _("This qualification ends with an examination, but not how many passed."),
    _("State how many men and women passed; only they count as qualified."),
)
def examined_without_result(draft: Draft) -> Found:
    return draft.values.get("subject") in EXAMINED and total_of("passed")(draft.values) is None


@check(
    "course",
    "level-and-subject-differ",
    WARNING,
    _("A qualification is reported at the level of awareness."),
    _("Correct the subject or the level; awareness courses are counted apart."),
)
def level_and_subject_differ(draft: Draft) -> Found:
    return draft.values.get("level") == Level.AWARENESS and draft.values.get("subject") in EXAMINED


@check(
    "course",
    "course-perhaps-known",
    WARNING,
    _("The same provider already reported such a course for the same people, ending on the same day."),
    _("Compare the two. If it is the same course, correct the first report instead of sending another."),
)
def course_perhaps_known(draft: Draft) -> Found:
    values, end = draft.values, draft.values.get("end")
    if not draft.is_new or not end:
        return None
    same = ("provider", "subject", "audience", "male_trained", "female_trained")
    return bool(draft.rows("course", end=end[0], **{name: values.get(name) for name in same}))


@check(
    "certificate",
    "certificate-without-course",
    WARNING,
    _("The certificate belongs to no course that is known."),
    _("Name the course, or send the report of the course."),
)
def certificate_without_course(draft: Draft) -> Found:
    return draft.record("course", draft.values.get("course")) is None


check_order(
    "certificate",
    "certificate-expires-before-issue",
    ERROR,
    _("The certificate expires (%(end)s) before it is issued (%(start)s)."),
    _("Correct one of the two dates."),
    start="issued",
    end="valid_until",
)


@check(
    "certificate",
    "certificate-after-failure",
    ERROR,
    _("A certificate that is valid is issued to a person who failed."),
    _("Correct the result, or remove the validity."),
)
def certificate_after_failure(draft: Draft) -> Found:
    return draft.values.get("result") == Result.FAILED and bool(draft.values.get("valid_until"))


@check(
    "capacity_support",
    "equipment-without-quantity",
    ERROR,
    _("Equipment was handed over, but not what or how many pieces."),
    _("State the class of equipment and the number of pieces."),
)
def equipment_without_quantity(draft: Draft) -> Found:
    values = draft.values
    equipment = values.get("support") == SupportKind.EQUIPMENT
    return equipment and not (values.get("equipment") and values.get("quantity"))


@check(
    "capacity_support",
    "equipment-without-document",
    WARNING,
    _("Equipment was handed over without a signed document."),
    _("Attach the handover document."),
)
def equipment_without_document(draft: Draft) -> Found:
    return draft.values.get("support") == SupportKind.EQUIPMENT and not draft.values.get("handover_document")


@check(
    "capacity_support",
    "support-to-itself",
    ERROR,
    _("Provider and recipient are the same organisation."),
    _("Correct one of the two."),
)
def support_to_itself(draft: Draft) -> Found:
    provider = draft.values.get("provider")
    return provider is not None and provider == draft.values.get("recipient")


@check(
    "capacity_support",
    "value-without-currency",
    ERROR,
    _("A value of %(value)s is stated without its currency."),
    _("State the currency by its three letters, such as XOF."),
)
def value_without_currency(draft: Draft) -> Found:
    value = draft.values.get("value")
    return {"value": value} if value is not None and not draft.values.get("currency") else None
