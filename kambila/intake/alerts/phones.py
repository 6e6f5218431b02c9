"""The alert that is about a phone, not about a record."""

from django.utils.translation import gettext_lazy as _

from kambila.registry.alerts import declare_alert

STOLEN_PHONE = "stolen-phone"

declare_alert(
    STOLEN_PHONE,
    _("Phone stolen"),
    _("A phone was reported as stolen, and its key was ended. What it holds cannot be wiped from here."),
)
