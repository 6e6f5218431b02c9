"""The alert that is about a phone, not about a record."""

from django.utils.translation import gettext_lazy as _

from kambila.accounts.models import Key
from kambila.accounts.roles import held
from kambila.intake.alerts.models import Alert
from kambila.intake.alerts.raising import raise_alert
from kambila.intake.sender import said_of
from kambila.registry.alerts import declare_alert

STOLEN_PHONE = "stolen-phone"
SOURCE = "key-"

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
    link, source = f"/phones/{key.pk}/", f"{SOURCE}{key.pk}"
    raise_alert(STOLEN_PHONE, place, link=link, office=office, organisation=organisation, source=source)


def phone_of(alert: Alert) -> Key | None:
    """The key that an alert is about, as it is now."""
    number = alert.source.removeprefix(SOURCE)
    return Key.objects.filter(pk=int(number)).first() if alert.sort == STOLEN_PHONE and number.isdigit() else None
