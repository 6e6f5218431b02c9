"""Assistance to survivors, families and communities; referrals."""

from __future__ import annotations

from datetime import date

from kambila.demo import cast
from kambila.demo.places import Village
from kambila.demo.plan import Plan, after, text

FOR_SURVIVORS, FOR_OTHERS, REFERRALS = 26, 16, 18
SERVICES = {"medical": 4, "rehabilitation": 5, "psychosocial": 4, "economic": 3, "education": 2}


def services(plan: Plan, villages: list[Village], injured: list[str]) -> None:
    """Services to people who were injured, by the ids of the casualties, and to others."""
    for number in range(FOR_SURVIVORS + FOR_OTHERS):
        survivor = injured[number % len(injured)] if number < FOR_SURVIVORS else ""
        start = plan.day(date(2014, 2, 1), date(2014, 7, 15))
        status = plan.one_of({"completed": 4, "ongoing": 5, "planned": 1})
        consent = plan.chance(0.7)
        village = plan.dice.choice(villages)
        answers = {
            "beneficiary": "survivor" if survivor else plan.one_of({"disability": 3, "community": 2}), "casualty": survivor,
            "consent": "yes" if consent else "no", **village.where, "locality": village.title,
            "service": plan.one_of(SERVICES), "provider": cast.CARE, "start": text(start), "status": status,
            "end": text(after(start, 12)) if status == "completed" else "", "direct_unknown": 1,
            "outcome": plan.one_of({"met": 3, "partly": 4, "not_met": 1}) if status == "completed" else "unknown",
            "priority": plan.one_of({"urgent": 2, "normal": 6}),
            "walking": plan.one_of({"some": 3, "much": 3, "unknown": 2}),
        }  # fmt: skip
        if consent:
            answers["full_name"] = f"Personne {number + 1} (EX)"
        if answers["beneficiary"] == "community":
            answers |= {"direct_unknown": plan.dice.randint(20, 80), "walking": ""}
        plan.send("assistance", answers, start, cast.CARERS, sent=after(start, 14))


def referrals(plan: Plan, injured: list[str]) -> None:
    for number, day in enumerate(plan.days(date(2013, 9, 1), date(2014, 7, 10), REFERRALS)):
        status = plan.one_of({"done": 4, "accepted": 3, "sent": 3, "lost": 1})
        answers = {
            "date": text(day), "casualty": injured[number % len(injured)], "consent": "yes",
            "full_name": f"Personne référée {number + 1} (EX)", "service": plan.one_of(SERVICES),
            "priority": plan.one_of({"urgent": 2, "normal": 6}), "referred_by": cast.PROGRAMME, "referred_to": cast.CARE,
            "status": status, "answered": "" if status == "sent" else text(after(day, 9)),
        }  # fmt: skip
        plan.send("referral", answers, day, cast.CARERS, sent=after(day, 10))
