"""What must reach the people on duty at once: a road or a place that can no longer be reached."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.places.codes import Access
from kambila.registry.alerts import Values, alert


@alert("route_status", "closed-route", _("Route closed"), _("A route was reported as closed."))
def closed_route(values: Values) -> bool:
    return values.get("status") == Access.CLOSED


@alert("accessibility", "closed-place", _("Place closed"), _("A village or an area was reported as closed."))
def closed_place(values: Values) -> bool:
    return values.get("status") == Access.CLOSED
