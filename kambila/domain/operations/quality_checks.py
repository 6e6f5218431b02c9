"""What a good report of a non-conformity satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.operations.codes import CorrectionStatus
from kambila.domain.operations.paths import NON_CONFORMITY
from kambila.registry.checks import ERROR, Draft, Found, check


@check(
    "non_conformity",
    "non-conformity-from-nowhere",
    ERROR,
    _("The non-conformity was found by no quality visit and learned from no accident."),
    _("Name the visit or the accident that it comes from."),
)
def non_conformity_from_nowhere(draft: Draft) -> Found:
    return not (draft.values.get("visit") or draft.values.get("incident"))


@check(
    "non_conformity",
    "non-conformity-off-its-path",
    ERROR,
    _("The non-conformity is “%(before)s” and cannot become “%(after)s”."),
    _("Take the steps in their order (`kambila quality step`)."),
)
def non_conformity_off_its_path(draft: Draft) -> Found:
    before, after = draft.known.get("status"), draft.values.get("status")
    if NON_CONFORMITY.allows(before, after):
        return None
    labels = dict(CorrectionStatus.choices)
    return {"before": labels.get(str(before), before), "after": labels.get(str(after), after)}
