"""What a good report of a non-conformity, of a complaint or of what a checklist found satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations.codes import CorrectionStatus, Severity, VisitType
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check


@check(
    "non_conformity",
    "non-conformity-from-nowhere",
    ERROR,
    _("The non-conformity was found by no quality visit and learned from no accident."),
    _("Name the visit or the accident that it comes from."),
)
def non_conformity_from_nowhere(draft: Draft) -> Found:
    return not (draft.values.get("visit") or draft.values.get("incident"))


DONE = (CorrectionStatus.CORRECTED, CorrectionStatus.VERIFIED)
GRAVE = (Severity.CRITICAL, Severity.MAJOR)


@check(
    "non_conformity",
    "corrected-without-cause",
    WARNING,
    _("A grave non-conformity is said to be put right, but its cause is not stated."),
    _("State the cause, so that it does not come back; or say why it is not known."),
)
def corrected_without_cause(draft: Draft) -> Found:
    values = draft.values
    moved = draft.is_new or "status" in draft.stated
    return moved and values.get("status") in DONE and values.get("severity") in GRAVE and not values.get("root_cause")


@check(
    "quality_visit",
    "complaint-without-object",
    WARNING,
    _("The visit follows a complaint or an accident, but not which."),
    _("Say what was complained of, or name the accident."),
)
def complaint_without_object(draft: Draft) -> Found:
    values = draft.values
    return values.get("visit_type") == VisitType.COMPLAINT and not (values.get("complaint") or values.get("incident"))


@check(
    "quality_visit",
    "visit-to-another-team",
    ERROR,
    _("The team that was visited belongs to another organisation than the one inspected."),
    _("Correct the team or the organisation."),
)
def visit_to_another_team(draft: Draft) -> Found:
    operator = (draft.record("team", draft.values.get("team")) or {}).get("operator")
    return operator is not None and operator != draft.values.get("operator")
