"""Organisations, offices, what partners are accredited and equipped with, and contributions."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kambila.domain.partners.codes import (
    AccreditationDecision,
    AccreditationReason,
    Channel,
    ContributionKind,
    Cover,
    Earmark,
    EquipmentSort,
    EquipmentStatus,
    OfficeType,
    OrganisationType,
    Phase,
    ProcedureStatus,
    Role,
    Scope,
    Skill,
)
from kambila.registry.fields import (
    PARTNER,
    PUBLIC,
    RESTRICTED,
    Attachment,
    Code,
    Codes,
    Link,
    Narrative,
    Number,
    PartialDate,
    Personal,
    Shape,
    Text,
    YesNo,
    YesNoUnknown,
    derived,
)
from kambila.registry.models import Record

CENT = Decimal("0.01")


class Organisation(Record):
    """An authority, an operator, a donor, a force or a unit that takes part in the programme."""

    default_tier = PUBLIC
    code_prefix = "ORG"
    title_field = "title"

    title = Text(_("name"), required=True)
    acronym = Text(_("acronym"), max_length=30, db_index=True)
    organisation_type = Code(OrganisationType, _("type"), required=True)
    roles = Codes(Role, _("roles"), required=True)
    country = Text(_("country (two letters, ISO 3166)"), max_length=2)
    iati_ref = Text(_("IATI identifier"), max_length=100)
    contact_person = Personal(_("contact: name"), tier=RESTRICTED)
    contact_details = Personal(_("contact: telephone or e-mail"), tier=RESTRICTED)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class Office(Record):
    """A headquarters or a field office of the programme or of a partner."""

    default_tier = PUBLIC
    code_prefix = "OFF"
    title_field = "title"

    title = Text(_("name"), required=True)
    owner = Link(Organisation, verbose_name=_("organisation"))
    office_type = Code(OfficeType, _("kind of office"), required=True)
    village = Link("places.Village", verbose_name=_("town"))
    locality = Text(_("town, as people call it"))
    location = Shape("Point", verbose_name=_("place"), tier=PARTNER)
    opened_on = PartialDate(_("opened on"))
    closed_on = PartialDate(_("closed on"))

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")


class Accreditation(Record):
    """What an organisation may do, since when and until when. It comes before work, in two phases."""

    default_tier = PARTNER
    code_prefix = "ACR"
    title_field = "certificate"
    seen_by = ("holder",)

    holder = Link(Organisation, verbose_name=_("organisation"), required=True)
    phase = Code(Phase, _("phase"), required=True)
    scopes = Codes(Scope, _("scopes"), required=True)
    decision = Code(AccreditationDecision, _("decision"), required=True)
    certificate = Text(_("certificate number"), max_length=60)
    issued_on = PartialDate(_("issued on"))
    expires_on = PartialDate(_("expires on"))
    conditions = Narrative(_("conditions"), tier=RESTRICTED)
    ended_because = Code(AccreditationReason, _("reason for suspension or withdrawal"))
    ended_on = PartialDate(_("suspended or withdrawn on"))
    insured_until = PartialDate(_("insured until"))
    procedures_version = Text(_("version of the procedures"), max_length=60)

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the organisation may work under it on a day; without a date of issue or of expiry it may not."""
        if self.decision not in (AccreditationDecision.GRANTED, AccreditationDecision.PROVISIONAL):
            return False
        issued, expires = vars(self)["issued_on_last"], vars(self)["expires_on_first"]
        return bool(issued and expires and str(issued) <= day.isoformat() <= str(expires))


class Competence(Record):
    """What one person is certified for in writing, and until when. Its log is the story of the record.

    The name is sealed; the number of the certificate is what a list shows. A team has what its people have.
    """

    code_prefix = "CMP"
    title_field = "certificate"
    seen_by = ("holder",)

    holder = Link(Organisation, verbose_name=_("organisation"), required=True)
    team = Link("operations.Team", verbose_name=_("team"))
    full_name = Personal(_("name"))
    skill = Code(Skill, _("certified for"), required=True)
    certificate = Text(_("certificate number"), max_length=60, required=True)
    certified_by = Text(_("certified by"))
    issued_on = PartialDate(_("certified on"), required=True)
    valid_until = PartialDate(_("valid until"), required=True)
    practised_on = PartialDate(_("last refreshed or practised on"))
    ended_on = PartialDate(_("ended on"))
    document = Attachment(_("certificate"))

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is valid on a day; without its days it is not, and not from the day on which it ended."""
        known, today = vars(self), day.isoformat()
        issued, last, ended = (known.get(name) for name in ("issued_on_last", "valid_until_first", "ended_on_first"))
        return bool(issued and last and str(issued) <= today <= str(last) and not (ended and str(ended) <= today))


class Equipment(Record):
    """A detector, machine, dog or vehicle, and until when its last test or examination is good."""

    code_prefix = "EQP"
    title_field = "serial"
    seen_by = ("holder",)

    holder = Link(Organisation, verbose_name=_("organisation"), required=True)
    team = Link("operations.Team", verbose_name=_("team"))
    sort = Code(EquipmentSort, _("what it is"), required=True)
    make = Text(_("make and model, or breed"))
    serial = Text(_("serial number, plate, or number of the dog"), max_length=60, required=True)
    status = Code(EquipmentStatus, _("status"), required=True)
    tested_on = PartialDate(_("tested, calibrated or examined on"))
    tested_until = PartialDate(_("test valid until"))

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")


class Procedure(Record):
    """A version of an organisation's standing operating procedures: submitted, approved, superseded."""

    code_prefix = "SOP"
    title_field = "title"
    seen_by = ("holder",)

    holder = Link(Organisation, verbose_name=_("organisation"), required=True)
    title = Text(_("title"), required=True)
    edition = Text(_("version"), max_length=60, required=True)
    scopes = Codes(Scope, _("scopes"), required=True)
    status = Code(ProcedureStatus, _("status"), required=True)
    submitted_on = PartialDate(_("submitted on"))
    approved_on = PartialDate(_("approved on"))
    review_by = PartialDate(_("to be reviewed by"))
    ended_on = PartialDate(_("superseded or withdrawn on"))
    document = Attachment(_("document"))

    class Meta:
        verbose_name = _("standing operating procedures")
        verbose_name_plural = _("standing operating procedures")


class Insurance(Record):
    """An insurance that an organisation must have, and until when it runs."""

    code_prefix = "INS"
    title_field = "policy"
    seen_by = ("holder",)

    holder = Link(Organisation, verbose_name=_("organisation"), required=True)
    covers = Codes(Cover, _("what it covers"), required=True)
    insurer = Text(_("insurer"))
    policy = Text(_("policy number"), max_length=60, required=True)
    starts_on = PartialDate(_("starts on"))
    valid_until = PartialDate(_("valid until"), required=True)
    document = Attachment(_("policy"))

    class Meta:
        verbose_name = _("insurance")
        verbose_name_plural = _("insurances")


def in_usd(values: Mapping[str, Any]) -> Decimal | None:
    """The amount in US dollars at the stated rate; unknown without a rate, unless it is in dollars already."""
    amount, rate = values.get("amount"), values.get("usd_rate")
    if values.get("currency") == "USD":
        return amount
    return None if amount is None or rate is None else (amount * rate).quantize(CENT)


def published_usd(values: Mapping[str, Any]) -> Decimal | None:
    """The amount that the public may see: none unless the donor agreed."""
    return in_usd(values) if values.get("amount_public") == YesNoUnknown.YES else None


class Contribution(Record):
    """What a donor gives: money, or people and equipment. That it gives is public; how much, only if it agrees."""

    default_tier = PUBLIC
    code_prefix = "CON"
    title_field = "reference"
    seen_by = ("donor",)

    donor = Link(Organisation, verbose_name=_("donor"), required=True)
    reference = Text(_("reference of the agreement"), max_length=100, tier=PARTNER)
    form_of_aid = Code(ContributionKind, _("money or in kind"), required=True)
    channel = Code(Channel, _("channel"), required=True)
    currency = Text(_("currency (ISO 4217)"), max_length=3, tier=PARTNER)
    amount = Number(_("amount"), tier=PARTNER)
    usd_rate = Number(_("US dollars for one unit of the currency"), decimal_places=6, tier=PARTNER)
    usd_rate_date = PartialDate(_("date of the rate"), tier=PARTNER)
    amount_usd = derived(Number(_("amount in US dollars"), tier=PARTNER), in_usd)
    amount_public = YesNo(_("the donor agrees that the amount is published"), tier=PARTNER)
    published_usd = derived(Number(_("published amount in US dollars"), tier=PUBLIC), published_usd)
    earmark = Code(Earmark, _("earmarking"), tier=PARTNER)
    committed_on = PartialDate(_("committed on"), tier=PARTNER)
    received_on = PartialDate(_("received on"), tier=PARTNER)
    starts_on = PartialDate(_("starts on"))
    ends_on = PartialDate(_("ends on"))
    in_kind = Text(_("what is given in kind"), max_length=1000)
    agreement = Attachment(_("agreement"), tier=RESTRICTED)
    iati_ref = Text(_("IATI activity"), max_length=100)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
