"""What a good report of storehouses, lots, movements and counts satisfies."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles.conditions import serviceable
from kambila.domain.stockpiles.stock import SIGNS, variance
from kambila.domain.stockpiles.stock_codes import MovementKind, Restriction, Variance
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check
from kambila.registry.fields import YesNoUnknown

NEEDS_FROM = (MovementKind.ISSUE, MovementKind.TRANSFER, MovementKind.DISPOSAL, MovementKind.LOSS)
NEEDS_TO = (MovementKind.OPENING, MovementKind.RECEIPT, MovementKind.RETURN, MovementKind.TRANSFER, MovementKind.GAIN)
TO_USE = (MovementKind.ISSUE, MovementKind.TRANSFER)


def lot_of(draft: Draft) -> Mapping[str, Any]:
    """The lot of a movement or a count; empty when it is not known."""
    return draft.record("lot", draft.values.get("lot")) or {}


def goes_out(draft: Draft) -> bool:
    """Whether a movement takes items out of the stock."""
    return SIGNS.get(draft.values.get("movement") or "", 0) < 0


@check(
    "movement",
    "issue-more-than-on-hand",
    ERROR,
    _("%(quantity)s are to go out, but only %(on_hand)s are on hand."),
    _("Count the stock. If there are more than the books say, report the count and an adjustment first."),
)
def issue_more_than_on_hand(draft: Draft) -> Found:
    on_hand, quantity = lot_of(draft).get("on_hand"), draft.values.get("quantity")
    if not draft.is_new or on_hand is None or quantity is None:
        return None
    moves = goes_out(draft) or draft.values.get("movement") == MovementKind.TRANSFER
    return {"quantity": quantity, "on_hand": on_hand} if moves and quantity > on_hand else None


@check(
    "movement",
    "issue-from-unknown-stock",
    WARNING,
    _("Items go out of a lot whose stock is not known."),
    _("Report the first inventory of the lot."),
)
def issue_from_unknown_stock(draft: Draft) -> Found:
    return goes_out(draft) and lot_of(draft).get("on_hand") is None


@check(
    "movement",
    "transfer-to-the-same-store",
    ERROR,
    _("The movement goes from a storehouse to the same storehouse."),
    _("Name the storehouse to which the items went."),
)
def transfer_to_the_same_store(draft: Draft) -> Found:
    source = draft.values.get("from_storehouse")
    return source is not None and source == draft.values.get("to_storehouse")


@check(
    "movement",
    "movement-without-store",
    ERROR,
    _("It is not said from which storehouse, or to which, the items went."),
    _("What goes out needs the storehouse it left; what comes in, the one it came to; a transfer needs both."),
)
def movement_without_store(draft: Draft) -> Found:
    values, movement = draft.values, draft.values.get("movement")
    no_source = movement in NEEDS_FROM and not values.get("from_storehouse")
    return no_source or (movement in NEEDS_TO and not values.get("to_storehouse"))


@check(
    "movement",
    "quantity-not-positive",
    ERROR,
    _("A quantity of %(quantity)s cannot be moved."),
    _("State how many items moved; for items that are missing, report an adjustment: less found."),
)
def quantity_not_positive(draft: Draft) -> Found:
    quantity = draft.values.get("quantity")
    return {"quantity": quantity} if quantity is not None and quantity <= 0 else None


@check(
    "movement",
    "banned-lot-moved",
    ERROR,
    _("The lot is banned (%(reference)s) and may be neither issued nor transferred."),
    _("Leave it where it is and ask the authority that banned it."),
)
def banned_lot_moved(draft: Draft) -> Found:
    lot = lot_of(draft)
    banned = lot.get("restriction") == Restriction.BAN and draft.values.get("movement") in TO_USE
    return {"reference": lot.get("restriction_reference") or "?"} if banned else None


@check(
    "movement",
    "unserviceable-issued",
    ERROR,
    _("The lot is not serviceable and may not be issued."),
    _("Have it inspected, or report its disposal."),
)
def unserviceable_issued(draft: Draft) -> Found:
    lot = lot_of(draft)
    refused = serviceable(lot) == YesNoUnknown.NO and lot.get("restriction") != Restriction.BAN
    return draft.values.get("movement") == MovementKind.ISSUE and refused


@check(
    "movement",
    "serviceable-unknown",
    WARNING,
    _("Nothing verified says that the lot is serviceable."),
    _("Have it inspected before it is used. That the condition table is unverified does not make it safe."),
)
def serviceable_unknown(draft: Draft) -> Found:
    issued = draft.values.get("movement") == MovementKind.ISSUE
    return issued and serviceable(lot_of(draft)) == YesNoUnknown.UNKNOWN


@check(
    "movement",
    "disposal-movement-without-order",
    ERROR,
    _("Items were taken out for disposal without an order."),
    _("Name the disposal order."),
)
def disposal_movement_without_order(draft: Draft) -> Found:
    return draft.values.get("movement") == MovementKind.DISPOSAL and not draft.values.get("disposal_order")


@check(
    "stocktake",
    "difference-unexplained",
    WARNING,
    _("The count differs from the books by %(difference)s, and nothing says why."),
    _("State what became of the difference; have it investigated if it cannot be explained."),
)
def difference_unexplained(draft: Draft) -> Found:
    difference = variance(draft.values)
    silent = draft.values.get("outcome") in (None, Variance.NONE)
    return {"difference": difference} if difference and silent else None


@check(
    "stocktake",
    "count-not-signed-twice",
    WARNING,
    _("A count needs two signatures."),
    _("Name the person who counted and the person who checked."),
)
def count_not_signed_twice(draft: Draft) -> Found:
    return not (draft.values.get("first_signature") and draft.values.get("second_signature"))


@check(
    "storehouse",
    "more-than-licensed",
    WARNING,
    _("%(held)s kg net explosive quantity are held, but only %(limit)s kg are licensed."),
    _("Move the excess. Until then keep people away as the larger quantity demands."),
)
def more_than_licensed(draft: Draft) -> Found:
    held, limit = draft.values.get("held_kg"), draft.values.get("limit_kg")
    return {"held": held, "limit": limit} if held is not None and limit is not None and held > limit else None
