"""Courses for Malian forces, the mission, UN staff and NGOs; certificates; support to national capacity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kambila.demo import cast, words
from kambila.demo.plan import Day, Plan, after, before, text


@dataclass(frozen=True)
class Series:
    """Courses of one audience that together trained so many people."""

    audience: str
    subjects: dict[str, int]
    total: int
    courses: int
    most: int  # in one course: at most 2 % of the total, where that is above 1,000
    women: float
    recipient: str
    first: Day = date(2013, 2, 1)
    last: Day = date(2014, 7, 22)
    level: str = "awareness"


AWARENESS = (
    Series("mdsf", {"ehat": 7, "ied_aw": 3}, 1_894, 68, 37, 0.06, cast.FORCES),
    Series("un_uniformed", {"ehat": 6, "ied_aw": 3, "drv": 1}, 5_064, 121, 90, 0.05, cast.MISSION, date(2013, 5, 6)),
    Series("un_staff", {"ssafe": 9, "drv": 1}, 1_776, 86, 35, 0.35, cast.SECURITY),
    Series("ngo", {"ehat": 5, "ssafe": 1}, 348, 22, 28, 0.4, ""),
)
AMMUNITION = Series(
    "mdsf", {"asm": 2, "asm_store": 2, "wam": 1}, 60, 5, 14, 0.05, cast.FORCES, date(2013, 6, 1), level="basic"
)
SPECIAL = Series(
    "un_uniformed",
    {"iedd": 2, "search": 2, "ifak": 3},
    140,
    12,
    16,
    0.04,
    cast.COMPANY,
    date(2014, 5, 5),
    level="specialist",
)
# How many were trained and how many passed in each course of EOD level 1; 83 passed in all.
EOD1 = ((17, 14), (16, 14), (18, 15), (16, 13), (15, 13), (17, 14))
EOD1_DAYS = tuple(date(2013, month, 20) for month in (4, 6, 8, 10, 11)) + (date(2014, 3, 21),)
SUPPORT = (
    ("Advice to the national commission on coordinating mine action", "advice", cast.COMMISSION, date(2013, 10, 15)),
    ("Advice to the national commission on reports under treaties", "treaty", cast.COMMISSION, date(2014, 2, 27)),
    ("Help with national standards", "standards", cast.COMMISSION, date(2014, 5, 30)),
    ("Mentoring of store keepers", "mentoring", cast.FORCES, date(2013, 12, 12)),
    ("Mentoring of EOD instructors", "mentoring", cast.FORCES, date(2014, 4, 18)),
    ("Coordination meeting of all partners", "coordination", cast.COMMISSION, date(2014, 6, 25)),
)
EQUIPMENT = (
    ("Detectors for an EOD company", "detectors", 24, cast.COMPANY, date(2014, 5, 14)),
    ("Protective equipment for an EOD company", "protection", 40, cast.COMPANY, date(2014, 5, 28)),
    ("Disposal tools for an EOD company", "disposal_tools", 12, cast.COMPANY, date(2014, 6, 19)),
    ("Training aids for Malian forces", "training_aids", 60, cast.FORCES, date(2014, 1, 23)),
)
DURATION = {
    "ehat": 0,
    "ied_aw": 0,
    "ssafe": 2,
    "drv": 0,
    "ifak": 1,
    "iedd": 18,
    "search": 9,
    "asm": 4,
    "asm_store": 4,
    "wam": 8,
}


def courses(plan: Plan) -> None:
    """All courses; `corrected` is reported with too many people, which is noticed after the release of 30 June."""
    for series in (*AWARENESS, AMMUNITION, SPECIAL):
        sizes = plan.split(series.total, series.courses, 4, series.most)
        days = plan.days(series.first, series.last, series.courses)
        wrong = _to_be_corrected(series, days)
        for number, (day, size) in enumerate(zip(days, sizes, strict=True)):
            if number == wrong:
                course(plan, series, day, size, said=size + 9, sent=after(day, 2), name="corrected")
            else:
                course(plan, series, day, size)
    for number, ((trained, passed), day) in enumerate(zip(EOD1, EOD1_DAYS, strict=True), 1):
        _eod1(plan, number, trained, passed, day)


def _to_be_corrected(series: Series, days: list[Day]) -> int:
    """Which course of the series is reported with a mistake; -1 for none."""
    if series.audience != "un_uniformed" or series is SPECIAL:
        return -1
    return max(number for number, day in enumerate(days) if day < date(2014, 6, 10))


def course(plan: Plan, series: Series, day: Day, size: int, said: int | None = None, **more: Any) -> str:
    """Plan one course that ended on a day; `said` people are reported first, where that was a mistake."""
    subject = plan.one_of(series.subjects)
    women = round(size * series.women * plan.dice.uniform(0.3, 1.7))
    adm1 = plan.one_of({"ML09": 5, "ML05": 3, "ML07": 3, "ML06": 2, "ML08": 1})
    answers = {
        "subject": subject, "level": series.level, "audience": series.audience, "recipient": series.recipient,
        "provider": cast.PROGRAMME, "start": text(before(day, DURATION[subject])), "end": text(day),
        "contact_hours": 4 + 6 * DURATION[subject], "language": plan.one_of({"fr": 7, "en": 3}), "refresher": "no",
        "adm1": adm1, "male_trained": (said or size) - women, "female_trained": women, "certificates_given": "no",
    }  # fmt: skip
    if subject == "iedd":
        answers |= {"male_passed": size - women, "female_passed": women}
    return plan.send("course", answers, day, cast.TEACHERS, **more)


def _eod1(plan: Plan, number: int, trained: int, passed: int, day: Day) -> None:
    """A course of EOD level 1, with a certificate for each who passed; the last was given by CPADD in Benin."""
    last = number == len(EOD1)
    provider = cast.SCHOOL if last else cast.PROGRAMME
    answers = {
        "title": f"NEDEX niveau 1, cours {number}", "subject": "eod1", "level": "basic", "audience": "mdsf",
        "recipient": cast.FORCES, "provider": provider, "start": text(before(day, 32)), "end": text(day),
        "contact_hours": 180, "language": "fr", "refresher": "no", "male_trained": trained - 1, "female_trained": 1,
        "male_passed": passed - 1, "female_passed": 1, "certificates_given": "yes",
        "contribution": "EX-CON-06" if last else "",
        "certificates": [_certificate(plan, provider, number, each, day) for each in range(1, passed + 1)],
    }  # fmt: skip
    answers |= {"country": "BEN"} if last else {"adm1": "ML09"}
    plan.send("course", answers, day, cast.TEACHERS, sent=after(day, 5))


def _certificate(plan: Plan, issuer: str, course: int, number: int, day: Day) -> dict[str, Any]:
    female = number == 1
    name = plan.dice.choice(words.WOMEN if female else words.MEN)
    return {
        "__id": plan.new_id(), "certificate_number": f"EX-EOD1-{course}-{number:02}", "certified_subject": "eod1",
        "result": "passed", "sex": "female" if female else "male", "issuer": issuer, "issued": text(day),
        "valid_until": text(day.replace(year=day.year + 2)), "eod_log_kept": "yes",
        "holder": f"{name} {plan.dice.choice(words.FAMILIES)} (EX)",
    }  # fmt: skip


def support(plan: Plan) -> None:
    """Advice, mentoring and equipment, each handed over with a document."""
    for title, kind, recipient, day in SUPPORT:
        people = {"male_mentored": plan.dice.randint(3, 12), "female_mentored": plan.dice.randint(0, 4)}
        answers = {
            "title": title, "support": kind, "recipient": recipient, "provider": cast.PROGRAMME, "date": text(day),
            "days": plan.dice.randint(1, 10), "adm1": "ML09", **(people if kind in ("advice", "mentoring") else {}),
        }  # fmt: skip
        plan.send("capacity_support", answers, day, cast.TEACHERS)
    for title, equipment, quantity, recipient, day in EQUIPMENT:
        file = f"handover-{equipment}.txt"
        answers = {
            "title": title, "support": "equipment", "recipient": recipient, "provider": cast.PROGRAMME, "date": text(day),
            "equipment": equipment, "quantity": quantity, "contribution": "EX-CON-08" if day > date(2014, 5, 1) else "",
            "handover_document": file,
        }  # fmt: skip
        content = f"EXAMPLE\nHanded over on {day}: {title}, {quantity} pieces.\n".encode()
        plan.send("capacity_support", answers, day, cast.TEACHERS, attachments={file: content})
