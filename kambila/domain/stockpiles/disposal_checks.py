"""What a good report of a disposal, or of weapons handed in, satisfies."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles.codes import Progress
from kambila.domain.stockpiles.stock_codes import Disposition, WeaponState
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.fields import YesNoUnknown

BEGUN = (Progress.ONGOING, Progress.DONE)
MOVED = (Disposition.STORED, Disposition.HANDED_OVER, Disposition.RETURNED)


def items_of(draft: Draft) -> list[Any]:
    """The items of a disposal order: those in the same report, and those known that it does not restate."""
    here = {
        each.id: each.values
        for each in draft.siblings("disposal_item")
        if each.values.get("disposal_order") == draft.id
    }
    known = [row for row in draft.rows("disposal_item", disposal_order=draft.id) if row.get("id") not in here]
    return [*here.values(), *known]


@check(
    "disposal_order",
    "disposal-without-authority",
    ERROR,
    _("Stock is destroyed without the decision of an authority."),
    _("State the authority and the reference of its decision."),
)
def disposal_without_authority(draft: Draft) -> Found:
    values = draft.values
    return values.get("status") in BEGUN and not (values.get("authority") and values.get("authority_reference"))


@check(
    "disposal_order",
    "disposal-without-witness",
    ERROR,
    _("The disposal is finished, but nobody witnessed it."),
    _("Name the organisations that were there to witness it."),
)
def disposal_without_witness(draft: Draft) -> Found:
    return draft.values.get("status") == Progress.DONE and not draft.values.get("witnesses")


@check(
    "disposal_order",
    "disposal-without-date",
    ERROR,
    _("The disposal is finished, but not since when."),
    _("State the last day; the month is enough."),
)
def disposal_without_date(draft: Draft) -> Found:
    return draft.values.get("status") == Progress.DONE and not draft.values.get("destroyed_on")


@check(
    "disposal_order",
    "disposal-without-certificate",
    WARNING,
    _("The disposal is finished, but there is no certificate."),
    _("Attach the certificate, or state its number."),
)
def disposal_without_certificate(draft: Draft) -> Found:
    values = draft.values
    return values.get("status") == Progress.DONE and not (
        values.get("certificate") or values.get("certificate_reference")
    )


@check(
    "disposal_order",
    "disposal-without-items",
    WARNING,
    _("The disposal is finished, but nothing says what was destroyed."),
    _("Add the items: family, designation, quantity."),
)
def disposal_without_items(draft: Draft) -> Found:
    return draft.values.get("status") == Progress.DONE and not items_of(draft)


@check(
    "disposal_order",
    "items-heavier-than-order",
    WARNING,
    _("The items weigh %(items)s t together, but %(order)s t are stated for the whole."),
    _("Correct the weight of the order or of its items."),
)
def items_heavier_than_order(draft: Draft) -> Found:
    order = draft.values.get("gross_tonnes")
    items = sum((Decimal(str(item.get("gross_kg") or 0)) for item in items_of(draft)), Decimal(0)) / 1000
    return {"items": items, "order": order} if order is not None and items > Decimal(str(order)) else None


@check(
    "disposal_item",
    "net-heavier-than-gross",
    ERROR,
    _("The net explosive quantity (%(net)s kg) is more than the gross weight (%(gross)s kg)."),
    _("Correct one of the two."),
)
def net_heavier_than_gross(draft: Draft) -> Found:
    net, gross = draft.values.get("neq_kg"), draft.values.get("gross_kg")
    return {"net": net, "gross": gross} if net is not None and gross is not None and net > gross else None


@check(
    "*",
    "no-quantity",
    ERROR,
    _("A quantity of %(quantity)s cannot be right."),
    _("State how many there are."),
)
def no_quantity(draft: Draft) -> Found:
    quantity = draft.values.get("quantity")
    asked = draft.kind in ("disposal_item", "handed_in_weapon")
    return {"quantity": quantity} if asked and quantity is not None and quantity <= 0 else None


@check(
    "handed_in_weapon",
    "unsafe-and-moved",
    WARNING,
    _("It is not safe to move, but it was stored or handed over."),
    _("Keep people away and call an EOD team; correct the report if a specialist has made it safe."),
)
def unsafe_and_moved(draft: Draft) -> Found:
    values = draft.values
    unsafe = values.get("safe_to_move") == YesNoUnknown.NO or values.get("state") == WeaponState.UNSAFE
    return unsafe and values.get("disposition") in MOVED


@check(
    "handed_in_weapon",
    "serial-number-of-several",
    WARNING,
    _("One serial number is stated for %(quantity)s weapons."),
    _("Report each weapon that has a serial number by itself."),
)
def serial_number_of_several(draft: Draft) -> Found:
    quantity = draft.values.get("quantity") or 0
    return {"quantity": quantity} if draft.values.get("serial_number") and quantity > 1 else None
