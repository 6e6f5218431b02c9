"""The alert that is about a phone, not about a record."""

from django.utils.translation import gettext_lazy as _

from kambila.accounts.models import Key
from kambila.accounts.roles import held
from kambila.intake.alerts.raising import raise_alert
from kambila.intake.sender import said_of
from kambila.registry.alerts import declare_alert

STOLEN_PHONE = "stolen-phone"

declare_alert(
    STOLEN_PHONE,
    _("Phone stolen"),
    _("A phone was reported as stolen, and its key was ended. What it holds cannot be wiped from here."),
)


def stolen(key: Key) -> None:
    """Raise it for the office of the phone, and for its place where it has exactly one."""
    office, organisation = said_of(key.account)
    places = set(key.places) or {each.scope.place for each in held(key.account)} - {""}
    place = places.pop() if len(places) == 1 else ""
    link, source = f"/phones/{key.pk}/", f"key-{key.pk}"
    raise_alert(STOLEN_PHONE, place, link=link, office=office, organisation=organisation, source=source)
