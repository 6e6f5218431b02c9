"""What a report satisfies by which an area takes over the ground of another: no ground becomes less dangerous by it."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.land.codes import Classification
from kambila.registry.checks import ERROR, Draft, Found, check
from kambila.registry.kinds import model_of
from kambila.registry.models import stated_fields


@check(
    "hazardous_area",
    "takes-over-from-nobody",
    ERROR,
    _("The area would take over ground from itself, or from one that takes over from it."),
    _("Name the areas whose ground it takes over, and no other."),
)
def takes_over_from_nobody(draft: Draft) -> Found:
    named, seen = list(draft.values.get("taken_from") or ()), set[str]()
    while named:
        id = named.pop()
        if id == draft.id:
            return True
        if id not in seen:
            seen.add(id)
            named += (draft.record("hazardous_area", id) or {}).get("taken_from") or ()
    return False


@check(
    "hazardous_area",
    "taken-over-as-less-dangerous",
    ERROR,
    _("Ground of %(code)s is %(before)s and would become %(after)s by passing to this area."),
    _("Classify the area as dangerous as the most dangerous one that it takes over from."),
)
def taken_over_as_less_dangerous(draft: Draft) -> Found:
    rank = stated_fields(model_of("hazardous_area"))["classification"].rank
    own = draft.values.get("classification")
    labels: dict[object, object] = dict(Classification.choices)
    for id in draft.values.get("taken_from") or ():
        other = draft.record("hazardous_area", id) or {}
        before = other.get("classification")
        if before is not None and rank(own) < rank(before):
            words = {"before": labels.get(before, before), "after": labels.get(own, _("unknown"))}
            return {"code": other.get("code") or id, **words}
    return None
