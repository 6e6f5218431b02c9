"""What a good report of an incident satisfies."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.checks import ERROR, WARNING, Draft, Found, check


@check(
    "casualty",
    "casualty-without-incident",
    WARNING,
    _("This casualty belongs to no incident that is known."),
    _("Name the incident, or send the report of the incident."),
)
def casualty_without_incident(draft: Draft) -> Found:
    return draft.record("incident", draft.values.get("incident")) is None


@check(
    "casualty",
    "age-out-of-range",
    ERROR,
    _("An age of %(age)s years cannot be right."),
    _("State the age in years, or leave it unknown."),
)
def age_out_of_range(draft: Draft) -> Found:
    age = draft.stated.get("age")
    return {"age": age} if age is not None and not 0 <= age <= 115 else None
