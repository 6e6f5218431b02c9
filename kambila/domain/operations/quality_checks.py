"""What a good report of a non-conformity satisfies."""

from django.utils.translation import gettext_lazy as _

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
