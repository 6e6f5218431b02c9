"""Disposal of stock, and weapons and ammunition handed in."""

from django.utils.translation import gettext_lazy as _

from kambila.domain.stockpiles import codes
from kambila.domain.stockpiles import stock_codes as stock
from kambila.registry.fields import (
    Attachment,
    Code,
    Link,
    Links,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Shape,
    Text,
    Whole,
    YesNo,
)
from kambila.registry.models import Record


class DisposalOrder(Record):
    """An order to destroy stock, and what came of it. It counts on the day on which it was done."""

    event_date = "destroyed_on"
    code_prefix = "DSP"
    title_field = "order_number"
    seen_by = ("operator", "authority")

    order_number = Text(_("number of the order"), required=True)
    authority = Link("partners.Organisation", verbose_name=_("authority that ordered it"), required=True)
    authority_reference = Text(_("reference of the authority's decision"))
    operator = Link("partners.Organisation", verbose_name=_("organisation that destroys"))
    source_of_stock = Code(stock.StockSource, _("where the stock came from"), required=True)
    method = Code(stock.Method, _("class of method"), required=True)
    treaty = Code(stock.Treaty, _("reported under"))
    site = Link("stockpiles.StorageSite", verbose_name=_("site of the stock"))
    location = Shape("Point", verbose_name=_("place of destruction"))
    status = Code(codes.Progress, _("status"), required=True)
    planned_for = PartialDate(_("planned for"))
    started_on = PartialDate(_("first day"))
    destroyed_on = PartialDate(_("finished on"))
    gross_tonnes = Number(_("gross weight, in tonnes"), decimal_places=3)
    witnesses = Links("partners.Organisation", verbose_name=_("organisations that witnessed it"))
    witness_names = Personal(_("names of the witnesses"))
    certificate_reference = Text(_("number of the certificate"))
    certificate = Attachment(_("certificate"))
    contribution = Link("partners.Contribution", verbose_name=_("contribution that paid"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("disposal order")
        verbose_name_plural = _("disposal orders")


class DisposalItem(Record):
    """Items of one nature, or of one lot, in a disposal order."""

    event_date = "disposal_order__destroyed_on"
    code_prefix = "DSI"

    disposal_order = Link(DisposalOrder, verbose_name=_("disposal order"), required=True)
    lot = Link("stockpiles.Lot", verbose_name=_("lot"))
    family = Code(stock.Family, _("family"), required=True)
    nature = Text(_("designation"))
    quantity = Whole(_("quantity"), required=True)
    gross_kg = Number(_("gross weight, in kg"), decimal_places=3)
    neq_kg = Number(_("net explosive quantity, in kg"), decimal_places=3)

    class Meta:
        verbose_name = _("disposal item")
        verbose_name_plural = _("disposal items")


class HandedInWeapon(Record):
    """Weapons or ammunition of one kind handed in, in disarmament or by people."""

    event_date = "date"
    code_prefix = "WPN"

    date = PartialDate(_("date"), required=True)
    weapon = Code(stock.Weapon, _("kind"), required=True)
    quantity = Whole(_("quantity"), required=True)
    model = Text(_("model"))
    calibre = Text(_("calibre"), max_length=40)
    serial_number = Text(_("serial number"))
    marking_country = Text(_("country in the marking (ISO 3166 letters)"), max_length=3)
    marking_year = Text(_("year in the marking"), max_length=4)
    state = Code(stock.WeaponState, _("state"))
    safe_to_move = YesNo(_("safe to move, in the judgement of a specialist"), danger=("yes", None, "unknown", "no"))
    handed_by = Code(stock.HandedBy, _("handed in by"), required=True)
    holder = Personal(_("name of the person who handed it in"))
    received_by = Link("partners.Organisation", verbose_name=_("received by"), required=True)
    receipt_number = Text(_("receipt number"))
    location = Shape("Point", verbose_name=_("place"))
    village = Link("places.Village", verbose_name=_("village"))
    locality = Text(_("place by its name"))
    storehouse = Link("stockpiles.Storehouse", verbose_name=_("stored in"))
    disposition = Code(stock.Disposition, _("what became of it"), required=True)
    disposition_date = PartialDate(_("since"))
    disposal_order = Link(DisposalOrder, verbose_name=_("disposal order"))
    remarks = Narrative(_("remarks"))

    class Meta:
        verbose_name = _("weapons handed in")
        verbose_name_plural = _("weapons handed in")
