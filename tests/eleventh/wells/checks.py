"""What a good report of a well satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.checks import ERROR, WARNING, Draft, Found, check

DEEPEST = 120  # metres; above it somebody should look again (assumed)


@check(
    "well",
    "well-very-deep",
    WARNING,
    _("A well of %(depth)s metres is very deep."),
    _("Measure again, or say how it was measured."),
)
def well_very_deep(draft: Draft) -> Found:
    depth = draft.values.get("depth")
    return {"depth": depth} if depth is not None and depth > DEEPEST else None


@check(
    "well",
    "well-with-negative-depth",
    ERROR,
    _("The depth is below zero."),
    _("State how many metres lie between the rim and the water."),
)
def well_with_negative_depth(draft: Draft) -> Found:
    return (draft.stated.get("depth") or 0) < 0
