"""Storehouses, lots, and what moves in and out of them (accounts after IATG 03.10; unverified)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles import stock_codes as codes
from kambila.domain.stockpiles.conditions import serviceable
from kambila.registry.fields import (
    Attachment,
    Code,
    Codes,
    Link,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Source,
    Text,
    Whole,
    YesNo,
    derived,
    rolled_up,
)
from kambila.registry.models import Record

SIGNS = {"opening": 1, "receipt": 1, "gain": 1, "issue": -1, "return": 1, "disposal": -1, "loss": -1, "transfer": 0}


def on_hand(_own: Mapping[str, Any], rows: list[dict[str, Any]]) -> int | None:
    """What the movements of a lot leave; unknown when there are none or one of them does not say how much or what."""
    if not rows or any(row.get("quantity") is None or row.get("movement") not in SIGNS for row in rows):
        return None
    return sum(SIGNS[row["movement"]] * row["quantity"] for row in rows)


def variance(values: Mapping[str, Any]) -> int | None:
    """Counted less book; negative when something is missing."""
    counted, book = values.get("counted"), values.get("book")
    return None if counted is None or book is None else counted - book


class Storehouse(Record):
    """One building, container or stack of a site: a potential explosion site."""

    code_prefix = "ESH"
    title_field = "title"

    site = Link("stockpiles.StorageSite", verbose_name=_("site"), required=True)
    title = Text(_("name or number"), required=True)
    building = Code(codes.Building, _("kind of building"), required=True)
    traversed = YesNo(_("traversed"))
    divisions = Codes(codes.Division, _("hazard divisions allowed"))
    limit_kg = Number(_("licensed net explosive quantity, in kg"), decimal_places=3)
    held_kg = Number(_("net explosive quantity found, in kg"), decimal_places=3)
    licence_reference = Text(_("licence"))
    licence_until = PartialDate(_("licence valid until"))

    class Meta:
        verbose_name = _("storehouse")
        verbose_name_plural = _("storehouses")


class Lot(Record):
    """Ammunition of one nature, one maker and one lot or batch."""

    code_prefix = "LOT"
    title_field = "lot_number"

    lot_number = Text(_("lot or batch number"), max_length=64, required=True)
    nature = Text(_("designation"), required=True)
    family = Code(codes.Family, _("family"), required=True)
    calibre = Text(_("calibre"), max_length=40)
    maker = Text(_("maker"))
    maker_country = Text(_("country of the maker (ISO 3166 letters)"), max_length=3)
    made = PartialDate(_("made"))
    storehouse = Link(Storehouse, verbose_name=_("storehouse"))
    stack = Text(_("stack or shelf"))
    division = Code(codes.Division, _("hazard division"))
    compatibility = Code(codes.Compatibility, _("compatibility group"))
    neq_each_kg = Number(_("net explosive quantity of one item, in kg"), decimal_places=6)
    condition = Code(codes.Condition, _("condition group"), danger=("a", None, "unknown", "c", "d", "b"))
    restriction = Code(codes.Restriction, _("ban or constraint"), danger=("none", None, "unknown", "constraint", "ban"))
    restriction_reference = Text(_("reference of the ban or constraint"))
    serviceable = derived(YesNo(_("may be issued")), serviceable)
    on_hand = rolled_up(Whole(_("on hand")), on_hand, Source("movement", "lot", ("quantity", "movement")))
    inspected_on = PartialDate(_("last inspected on"))
    next_inspection = PartialDate(_("next inspection due"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")


class Movement(Record):
    """Items of a lot that came, went or changed place."""

    event_date = "date"
    code_prefix = "MOV"

    lot = Link(Lot, verbose_name=_("lot"), required=True)
    movement = Code(codes.MovementKind, _("kind of movement"), required=True)
    quantity = Whole(_("quantity"), required=True)
    date = PartialDate(_("date"), required=True)
    from_storehouse = Link(Storehouse, verbose_name=_("from storehouse"))
    to_storehouse = Link(Storehouse, verbose_name=_("to storehouse"))
    other_party = Link("partners.Organisation", verbose_name=_("received from, or issued to"))
    voucher = Text(_("voucher number"))
    authority_reference = Text(_("authority"))
    disposal_order = Link("stockpiles.DisposalOrder", verbose_name=_("disposal order"))
    spot_task = Link("operations.SpotTask", verbose_name=_("EOD call for which explosives were issued or came back"))
    task = Link("operations.Task", verbose_name=_("task for which explosives were issued or came back"))
    issued_by = Personal(_("name of the storekeeper"))
    witness = Personal(_("name of the witness"))
    document = Attachment(_("voucher"))

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")


class Stocktake(Record):
    """A count of one lot in one storehouse."""

    event_date = "date"
    code_prefix = "CNT"

    storehouse = Link(Storehouse, verbose_name=_("storehouse"), required=True)
    lot = Link(Lot, verbose_name=_("lot"), required=True)
    date = PartialDate(_("date of the count"), required=True)
    counted = Whole(_("counted"), required=True)
    book = Whole(_("in the books"), required=True)
    variance = derived(Whole(_("difference")), variance)
    outcome = Code(codes.Variance, _("outcome"))
    first_signature = Personal(_("counted by"))
    second_signature = Personal(_("checked by"))
    explanation = Narrative(_("explanation"))

    class Meta:
        verbose_name = _("stocktake")
        verbose_name_plural = _("stocktakes")
