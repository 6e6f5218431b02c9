"""What must reach the people on duty at once: a road that can no longer be used."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.places.codes import Access
from kambila.registry.alerts import Values, alert


@alert("route_status", "closed-route", _("Route closed"), _("A route was reported as closed."))
def closed_route(values: Values) -> bool:
    return values.get("status") == Access.CLOSED
