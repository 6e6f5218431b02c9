"""What a good report of a partner, an accreditation or a contribution satisfies."""

import re

from django.utils.translation import gettext_lazy as _

from kambila.domain.partners.codes import AccreditationDecision, ContributionKind, ProcedureStatus
from kambila.registry.checks import ERROR, WARNING, Draft, Found, check, check_order

GRANTED = (AccreditationDecision.GRANTED, AccreditationDecision.PROVISIONAL)
ENDED = (AccreditationDecision.SUSPENDED, AccreditationDecision.WITHDRAWN)


@check(
    "organisation",
    "organisation-known-already",
    WARNING,
    _("An organisation called %(title)s is known already (%(code)s)."),
    _("Use the organisation that is known, or say in what they differ."),
)
def organisation_known_already(draft: Draft) -> Found:
    title = draft.values.get("title")
    known = next(iter(draft.rows("organisation", title__iexact=title)), None) if draft.is_new and title else None
    return {"title": title, "code": known.get("code") or known.get("id")} if known else None


check_order(
    "office",
    "office-closed-before-opened",
    ERROR,
    _("The office was closed before it was opened."),
    _("Correct one of the two days."),
    start="opened_on",
    end="closed_on",
)


check_order(
    "accreditation",
    "accreditation-expired-before-issued",
    ERROR,
    _("The accreditation expires before it was issued."),
    _("Correct one of the two days."),
    start="issued_on",
    end="expires_on",
)


@check(
    "accreditation",
    "accreditation-without-dates",
    ERROR,
    _("An accreditation was granted, but not from when until when."),
    _("State the day of issue and the day on which it expires."),
)
def accreditation_without_dates(draft: Draft) -> Found:
    missing = draft.values.get("issued_on") is None or draft.values.get("expires_on") is None
    return draft.values.get("decision") in GRANTED and missing


@check(
    "accreditation",
    "accreditation-ended-without-reason",
    ERROR,
    _("An accreditation was suspended or withdrawn without a reason."),
    _("State the reason: it must be open to the organisation."),
)
def accreditation_ended_without_reason(draft: Draft) -> Found:
    return draft.values.get("decision") in ENDED and not draft.values.get("ended_because")


@check(
    "accreditation",
    "operational-before-organisational",
    WARNING,
    _("The operational phase was granted, but no organisational accreditation of this organisation is known."),
    _("Report the organisational accreditation, which comes first."),
)
def operational_before_organisational(draft: Draft) -> Found:
    values = draft.values
    if values.get("phase") != "operational" or values.get("decision") not in GRANTED:
        return None
    beside = [each.values for each in draft.siblings("accreditation")]
    first = [each for each in beside if each.get("holder") == values.get("holder")]
    first += draft.rows("accreditation", holder=values.get("holder"), phase="organisational", decision__in=GRANTED)
    return not any(each.get("phase") == "organisational" for each in first)


check_order(
    "competence",
    "competence-ended-before-issued",
    ERROR,
    _("The certificate ends before it was issued."),
    _("Correct one of the two days."),
    start="issued_on",
    end="valid_until",
)


check_order(
    "equipment",
    "test-ended-before-made",
    ERROR,
    _("The test ends before it was made."),
    _("Correct one of the two days."),
    start="tested_on",
    end="tested_until",
)


check_order(
    "insurance",
    "insurance-ends-before-start",
    ERROR,
    _("The insurance ends before it starts."),
    _("Correct one of the two days."),
    start="starts_on",
    end="valid_until",
)


@check(
    "procedure",
    "approved-without-date",
    ERROR,
    _("The procedures are approved, but not since when or until when."),
    _("State the day of approval and the day by which they are to be reviewed."),
)
def approved_without_date(draft: Draft) -> Found:
    values = draft.values
    missing = values.get("approved_on") is None or values.get("review_by") is None
    return values.get("status") == ProcedureStatus.APPROVED and missing


@check(
    "contribution",
    "amount-not-positive",
    ERROR,
    _("An amount of %(amount)s cannot be right."),
    _("State an amount above zero, or leave it unknown."),
)
def amount_not_positive(draft: Draft) -> Found:
    amount = draft.stated.get("amount")
    return {"amount": amount} if amount is not None and amount <= 0 else None


@check(
    "contribution",
    "amount-without-currency",
    ERROR,
    _("An amount is stated without its currency."),
    _("State the three letters of the currency, such as EUR."),
)
def amount_without_currency(draft: Draft) -> Found:
    return draft.values.get("amount") is not None and not draft.values.get("currency")


@check(
    "contribution",
    "not-a-currency",
    ERROR,
    _("%(currency)s is not the code of a currency."),
    _("State three capital letters, such as EUR or XOF (ISO 4217)."),
)
def not_a_currency(draft: Draft) -> Found:
    currency = draft.stated.get("currency")
    return {"currency": currency} if currency and not re.fullmatch("[A-Z]{3}", currency) else None


@check(
    "contribution",
    "rate-not-positive",
    ERROR,
    _("A rate of exchange of %(rate)s cannot be right."),
    _("State how many US dollars one unit of the currency is worth."),
)
def rate_not_positive(draft: Draft) -> Found:
    rate = draft.stated.get("usd_rate")
    return {"rate": rate} if rate is not None and rate <= 0 else None


@check(
    "contribution",
    "cash-without-amount",
    WARNING,
    _("Money is given, but no amount is stated."),
    _("State the amount, or say that it is not known yet."),
)
def cash_without_amount(draft: Draft) -> Found:
    return draft.values.get("form_of_aid") == ContributionKind.CASH and draft.values.get("amount") is None


@check(
    "contribution",
    "in-kind-without-description",
    ERROR,
    _("Something is given in kind, but not what."),
    _("Say what is given: people, training, equipment."),
)
def in_kind_without_description(draft: Draft) -> Found:
    return draft.values.get("form_of_aid") == ContributionKind.IN_KIND and not draft.values.get("in_kind")


check_order(
    "contribution",
    "contribution-ends-before-start",
    ERROR,
    _("The contribution ends before it starts."),
    _("Correct one of the two days."),
    start="starts_on",
    end="ends_on",
)


check_order(
    "contribution",
    "received-before-committed",
    WARNING,
    _("The contribution was received before it was committed."),
    _("Correct one of the two days, or say how that came about."),
    start="committed_on",
    end="received_on",
)


@check(
    "contribution",
    "donor-not-known",
    WARNING,
    _("The donor of this contribution is not known as an organisation."),
    _("Report the organisation, or correct its code."),
)
def donor_not_known(draft: Draft) -> Found:
    return draft.record("organisation", draft.values.get("donor")) is None
