"""Organisations, offices, accreditations and contributions of the example."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kambila.demo import cast, words
from kambila.demo.plan import Plan, after, text
from kambila.domain.places.importing import place_id

if TYPE_CHECKING:
    from kambila.demo.build import Builder

# code, name, acronym, IATI type, roles, country
ORGANISATIONS = (
    (cast.PROGRAMME, "Mine action programme in Mali", "", "40", "coordination quality", ""),
    (cast.MISSION, "MINUSMA", "MINUSMA", "40", "peacekeeping", ""),
    (cast.FORCES, "Malian defence and security forces", "MDSF", "10", "national_force", "ML"),
    (cast.COMMISSION, "National commission against small arms proliferation", "", "10", "national_authority", "ML"),
    (cast.SCHOOL, "CPADD, Benin", "CPADD", "80", "other", "BJ"),
    (cast.SECURITY, "UNDSS", "UNDSS", "40", "other", ""),
    (cast.COMPANY, "EOD company of the mission (example)", "", "40", "peacekeeping", ""),
    (cast.CLEAR, "Sahel Terre Sûre (example)", "STS", "21", "operator", ""),
    (cast.GROUND, "Aide Sans Danger (example)", "ASD", "21", "operator", ""),
    (cast.RIVER, "Djoliba Mine Action (example)", "DMA", "22", "operator", "ML"),
    (cast.CARE, "Réadaptation Sahel (example)", "RSA", "22", "operator", "ML"),
    (cast.STOPPED, "Savane Déminage (example)", "SVD", "22", "operator", "ML"),
    (cast.EXPIRED, "Pistes Sûres (example)", "PTS", "22", "operator", "ML"),
    ("EX-ORG-EE", "Estonia", "", "10", "donor", "EE"),
    ("EX-ORG-FR", "France", "", "10", "donor", "FR"),
    ("EX-ORG-JP", "Japan", "", "10", "donor", "JP"),
    ("EX-ORG-GB", "United Kingdom", "", "10", "donor", "GB"),
    ("EX-ORG-US", "United States", "", "10", "donor", "US"),
    ("EX-ORG-BJ", "Benin", "", "10", "donor", "BJ"),
    ("EX-ORG-CH", "Switzerland", "", "10", "donor", "CH"),
    ("EX-ORG-NL", "Netherlands", "", "10", "donor", "NL"),
)
ALL_SCOPES = "nts ts manual_clearance bac eod risk_education ammunition training"
SCOPES = {
    cast.PROGRAMME: "eod risk_education ammunition training",
    cast.CLEAR: ALL_SCOPES,
    cast.GROUND: "nts ts manual_clearance bac eod risk_education",
    cast.RIVER: "nts bac eod risk_education",
    cast.CARE: "risk_education victim_assistance",
    cast.COMPANY: "eod iedd",
}
# holder, scopes, certificate, expires
LATER = (
    (cast.STOPPED, "manual_clearance bac", "EX-2013/07", date(2014, 12, 31)),
    (cast.EXPIRED, "nts risk_education", "EX-2013/08", date(2014, 3, 31)),
)
# The amounts are invented. donor, currency, amount, dollars for one unit, day, channel, published
CASH = (
    ("EX-ORG-JP", "USD", "3000000", "", date(2013, 5, 22), "voluntary_trust_fund", "yes"),
    ("EX-ORG-GB", "GBP", "900000", "1.56", date(2013, 9, 10), "voluntary_trust_fund", "yes"),
    ("EX-ORG-FR", "EUR", "250000", "1.33", date(2013, 10, 3), "voluntary_trust_fund", "no"),
    ("EX-ORG-EE", "EUR", "50000", "1.36", date(2013, 11, 20), "voluntary_trust_fund", "yes"),
    ("EX-ORG-US", "USD", "1200000", "", date(2014, 1, 15), "bilateral", "no"),
)
IN_KIND = (
    ("EX-ORG-BJ", "Places at the training centre CPADD and instructors for EOD level 1", date(2013, 8, 12)),
    ("EX-ORG-CH", "An expert in the management of weapons and ammunition", date(2013, 7, 1)),
    ("EX-ORG-NL", "Instructors and equipment for EOD companies", date(2014, 5, 6)),
)
OPENING = date(2013, 1, 7)


def organisations(plan: Plan) -> dict[str, str]:
    """Plan the organisations; gives their ids by code."""
    ids = {}
    for code, title, acronym, type, roles, country in ORGANISATIONS:
        answers = {"title": title, "acronym": acronym, "code": code, "organisation_type": type, "roles": roles}
        ids[code] = plan.send("organisation", {**answers, "country": country}, OPENING, cast.HQ, sent=OPENING)
    return ids


def offices(plan: Plan) -> None:
    for code, title, kind, town, adm1, adm2 in cast.OFFICES:
        answers = {
            "title": title, "code": code, "owner": cast.PROGRAMME, "office_type": kind, "village": place_id(town),
            "adm1": adm1, "adm2": adm2, "safe_to_record": "no",
        }  # fmt: skip
        plan.send("office", answers, OPENING, cast.HQ, sent=date(2013, 1, 9))


def accreditations(plan: Plan) -> None:
    """Two phases for each: the organisation first, then what it may do."""
    for number, (holder, scopes) in enumerate(SCOPES.items(), 1):
        for phase, sent in (("organisational", date(2013, 1, 9)), ("operational", date(2013, 1, 11))):
            answers = {
                "code": f"EX-ACR-{number:02}{phase[:2].upper()}", "holder": holder, "phase": phase, "scopes": scopes,
                "decision": "granted", "certificate": f"EX-2013/{number:02}/{phase[:3]}",
                "issued_on": text(date(2013, 1, 8)), "expires_on": text(date(2014, 12, 31)),
                "insured_until": text(date(2014, 12, 31)), "procedures_version": "1.0",
            }  # fmt: skip
            if phase == "operational":
                answers["conditions"] = words.CONDITIONS
            plan.send("accreditation", answers, OPENING, cast.HQ, sent=sent)


def later_accreditations(plan: Plan) -> None:
    """Two operators that ask for accreditation in spring 2013; one request is returned before it is granted."""
    for holder, scopes, certificate, expires in LATER:
        for phase in ("organisational", "operational"):
            code, day = f"EX-ACR-{holder[-3:]}{phase[:2].upper()}", date(2013, 4, 8)
            answers = {
                "code": code, "holder": holder, "phase": phase, "scopes": scopes, "decision": "submitted",
                "certificate": f"{certificate}/{phase[:3]}", "insured_until": text(date(2014, 12, 31)),
                "procedures_version": "1.0",
            }  # fmt: skip
            plan.send("accreditation", answers, day, cast.HQ, sent=day)
            if holder == cast.EXPIRED and phase == "organisational":
                plan.at(date(2013, 4, 16), 14, _stepping(code, "returned", "L’assurance manque au dossier."))
                plan.at(date(2013, 4, 24), 14, _stepping(code, "submitted", "L’assurance est jointe."))
            dates = {"issued_on": "2013-05-02", "expires_on": text(expires)}
            plan.at(
                date(2013, 5, 2), 14, _stepping(code, "granted", "Dossier et essai sur le terrain réussis.", **dates)
            )


def _stepping(code: str, step: str, reason: str, **also: str) -> Callable[[Builder], None]:
    return lambda builder: builder.step(
        "accreditation", code, step, reason, author=cast.MANAGER, despite=words.SEEN, **also
    )


def contributions(plan: Plan) -> None:
    for number, (donor, currency, amount, rate, day, channel, public) in enumerate(CASH, 1):
        answers = {
            "code": f"EX-CON-{number:02}", "donor": donor, "reference": f"EX-{donor[-2:]}-{day.year}", "currency": currency,
            "form_of_aid": "cash", "channel": channel, "amount": amount, "usd_rate": rate,
            "usd_rate_date": text(day) if rate else "", "amount_public": public, "earmark": "soft",
            "committed_on": text(day), "starts_on": text(day), "ends_on": text(date(2014, 12, 31)),
        }  # fmt: skip
        plan.send("contribution", answers, day, cast.HQ, sent=after(day, 4))
    for number, (donor, gift, day) in enumerate(IN_KIND, 1 + len(CASH)):
        answers = {
            "code": f"EX-CON-{number:02}", "donor": donor, "reference": f"EX-{donor[-2:]}-{day.year}",
            "form_of_aid": "in_kind", "channel": "expertise", "in_kind": gift, "earmark": "in_kind",
            "committed_on": text(day), "starts_on": text(day),
        }  # fmt: skip
        plan.send("contribution", answers, day, cast.HQ, sent=after(day, 4))
