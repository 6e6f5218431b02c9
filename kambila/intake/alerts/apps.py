"""The alerts of the intake; an app of its own, because it has tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "kambila.intake.alerts"
    label = "alerts"
    verbose_name = _("Alerts")

    def ready(self) -> None:
        from kambila.accounts.keys import tell_of_theft
        from kambila.intake.alerts import errors, phones  # noqa: F401  they declare sentences
        from kambila.journal.backup import keep

        tell_of_theft(phones.stolen)
        # Not the position: in a restored directory entries arrive anew, and what is known already is not raised again.
        for model in ("Alert", "Occurrence", "Subscription", "Duty", "Delivery", "Sighting"):
            keep(f"alerts.{model}")
