"""What must reach the people on duty at once: every accident, and every attack."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.alerts import Values, alert


@alert(
    "incident",
    "accident",
    _("Accident or attack"),
    _("An accident or an attack with an explosive device was reported."),
    urgent=True,
)
def accident(values: Values) -> bool:
    return True
