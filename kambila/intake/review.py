"""The review of a report: what keeps it from being accepted, and what must be answered with a reason."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as declared_field
from functools import cache
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from kambila.intake.asking import Asking
from kambila.intake.drafts import UNDATED, Known, Reviewed, drafts_of, read_date
from kambila.intake.lookup import entry_of
from kambila.journal import clock
from kambila.journal.entry import Entry
from kambila.registry.checks import AT, ERROR, POINTS, WARNING, Check, Draft, checks_of
from kambila.registry.fields import Code, Codes, Stated
from kambila.registry.kinds import kinds, plan_of

log = logging.getLogger(__name__)
A_DAY, A_YEAR = datetime.timedelta(days=1), datetime.timedelta(days=366)
WHOLE = -1  # the index of a finding about the report as a whole


@dataclass(frozen=True)
class Finding:
    """Something wrong with a report. `index` is the change, -1 for the whole; sentences are translated when read."""

    code: str
    level: str
    index: int
    field: str
    template: Any
    hint: Any
    values: Mapping[str, Any] = declared_field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(self.template) % self.values if self.values else str(self.template)

    @property
    def remedy(self) -> str:
        return str(self.hint) % self.values if self.values else str(self.hint)

    @property
    def blocks(self) -> bool:
        return self.level == ERROR

    @property
    def at(self) -> Mapping[str, Any] | None:
        """The parts of a geometry that are wrong, as GeoJSON; None where the finding is about no geometry."""
        return self.values.get(AT)

    @property
    def points(self) -> Sequence[tuple[int, float, float]]:
        """The turning points that are concerned: (number, longitude, latitude)."""
        return self.values.get(POINTS, ())


def review(report_id: str, registry: Known | None = None) -> list[Finding]:
    """What is wrong with a report, errors first. Raises Problem when there is no such report."""
    return review_entry(entry_of(report_id), registry)


def review_entry(entry: Entry, registry: Known | None = None) -> list[Finding]:
    """What is wrong with the report of an entry; `registry` may be shared by reviews between which nothing changes."""
    return _findings(entry, drafts_of(entry, registry))


def review_entries(entries: Sequence[Entry], registry: Known) -> list[list[Finding]]:
    """The same of many reports, with few questions to the registry; none of them sees another of them."""
    asking = Asking(registry)
    drafts = [drafts_of(entry, asking) for entry in entries]
    for together in drafts:
        for draft in (each for each in together if each.kind in kinds()):
            _ask(draft, asking)
        if not all(registry.has(each.kind, each.id) for each in together):
            _forget(together)
    asking.answer()
    for draft in (each for together in drafts for each in together):
        draft.registry = registry
    return [_findings(entry, together) for entry, together in zip(entries, drafts, strict=True)]


def _ask(draft: Reviewed, asking: Asking) -> None:
    """Let the checks ask what they want to know. What one finds without asking, it need not look for again."""
    for check in _checks(draft.kind):
        before = asking.asked
        try:
            found = check.test(cast(Draft, draft))
        except Exception:
            log.debug("The check %s failed; it is told of when it runs in earnest", check.code)
        else:
            if asking.asked == before:
                draft.answered[check.code] = found


def _forget(together: Sequence[Reviewed]) -> None:
    """Changes of records that were not known yet found nothing: what one asked for, another saw as absent."""
    for draft in together:
        draft.answered.clear()
        for name in ("known", "is_new", "values"):
            vars(draft).pop(name, None)


def _findings(entry: Entry, drafts: Sequence[Reviewed]) -> list[Finding]:
    found = list(_of_the_whole(entry))
    for draft in drafts:
        if draft.kind not in kinds():
            found.append(Finding("unknown-kind-reported", ERROR, draft.index, "", *UNKNOWN_KIND, {"kind": draft.kind}))
            continue
        found += [*_of_fields(draft), *_of_checks(draft)]
    return sorted(found, key=lambda each: not each.blocks)


def errors(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.blocks]


def warnings(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if not each.blocks]


def _of_the_whole(entry: Entry) -> Iterator[Finding]:
    """The dates of information: what lies in the future would be without effect (rule 1 of the fold)."""
    body = entry.body
    tomorrow = (clock.now().date() + datetime.timedelta(days=1)).isoformat()
    dated = [(WHOLE, body.get("date", ""))]
    dated += [(index, change["date"]) for index, change in enumerate(body.get("changes", [])) if change.get("date")]
    for index, text in dated:
        date = read_date(text)
        if date == UNDATED:
            yield Finding("information-date-unreadable", ERROR, index, "date", *UNREADABLE_DATE, {"date": text})
        elif date[1] > tomorrow:
            yield Finding("information-date-in-the-future", ERROR, index, "date", *FUTURE_DATE, {"date": text})
    yield from _of_the_phone(entry)
    if not body.get("changes"):
        yield Finding("nothing-reported", ERROR, WHOLE, "", *NOTHING)


def _of_the_phone(entry: Entry) -> Iterator[Finding]:
    """Its clock beside ours: what it says of when is shown, and not believed where it is far off."""
    said = entry.body.get("phone")
    said = said if isinstance(said, Mapping) else {}
    off = clock_off(said, entry.recorded) if said else ""
    if off:
        yield Finding("phone-clock", WARNING, WHOLE, "", *CLOCK, {"phone": off, "here": entry.recorded[:16]})


def clock_off(said: Mapping[str, Any], recorded: str) -> str:
    """The moment that a phone gives and that cannot be: it sent at another time than it came, by more than a day; or it
    finished after it came, or more than a year before. Empty where its clock is right."""
    sent, end, here = (_moment(each) for each in (said.get("sent"), said.get("end"), recorded))
    if sent and here and abs(here - sent) > A_DAY:
        return str(said["sent"])[:16]
    if end and here and not -A_DAY <= here - end <= A_YEAR:
        return str(said["end"])[:16]
    return ""


def _moment(text: Any) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None


def _of_fields(draft: Reviewed) -> Iterator[Finding]:
    """What the declarations of the fields say by themselves."""
    plan, derived = plan_of(draft.kind), _derived(draft.kind)
    if draft.is_new:
        for name in sorted(_required(draft.kind) - draft.names):
            yield _finding("required-missing", ERROR, draft, name, REQUIRED)
    for name in sorted(draft.names):
        if name in derived:
            yield _finding("derived-stated", ERROR, draft, name, DERIVED)
        elif name not in plan.stated:
            yield _finding("unknown-field", WARNING, draft, name, UNKNOWN_FIELD)
        elif name in draft.unreadable:
            yield _finding("unreadable", ERROR, draft, name, UNREADABLE, why=draft.unreadable[name])
        elif unlisted := _unlisted(plan.stated[name], draft.stated[name]):
            yield _finding("not-in-the-list", WARNING, draft, name, UNLISTED, value=unlisted)


def _finding(code: str, level: str, draft: Reviewed, name: str, words: tuple[Any, Any], **values: Any) -> Finding:
    declared = plan_of(draft.kind).stated.get(name) or _derived(draft.kind).get(name)
    title = name if declared is None else declared.verbose_name
    return Finding(code, level, draft.index, name, *words, {"field": title, **values})


def _unlisted(declared: Stated, value: Any) -> str:
    """The stated codes that the list of the field does not know."""
    if value is None or not isinstance(declared, Code | Codes) or declared.codes is None:
        return ""
    stated = value if isinstance(declared, Codes) else (value,)
    listed = _listed(declared.codes)
    return ", ".join(each for each in stated if each not in listed)


@cache
def _listed(codes: Any) -> frozenset[str]:
    return frozenset(map(str, codes.values))


def _of_checks(draft: Reviewed) -> Iterator[Finding]:
    for check in _checks(draft.kind):
        try:
            known = check.code in draft.answered
            answer = draft.answered[check.code] if known else check.test(cast(Draft, draft))
        except Exception:
            # A fault in one check must not keep a report of danger from being decided; a person looks instead.
            log.exception("The check %s failed", check.code)
            yield Finding("check-failed", WARNING, draft.index, "", *FAILED, {"check": check.code})
            continue
        if answer:
            values = answer if isinstance(answer, Mapping) else {}
            yield Finding(check.code, check.level, draft.index, "", check.sentence, check.remedy, values)


@cache
def _checks(kind: str) -> tuple[Check, ...]:
    return tuple(checks_of(kind))


@cache
def _required(kind: str) -> frozenset[str]:
    return frozenset(name for name, declared in plan_of(kind).stated.items() if declared.required)


@cache
def _derived(kind: str) -> Mapping[str, Stated]:
    plan = plan_of(kind)
    return {**plan.own_rules, **plan.rollups}


NOTHING = (_("The report says nothing about any record."), _("Send it again from the form, filled in."))
UNKNOWN_KIND = (
    _("The report speaks of “%(kind)s”, a kind of record that is not known here."),
    _("Install the area of work that declares it, or the newer version of Kambila, and look again."),
)
UNREADABLE_DATE = (
    _("The date of information “%(date)s” cannot be read."),
    _("State it as 2014, 2014-06 or 2014-06-20."),
)
FUTURE_DATE = (
    _("The date of information %(date)s lies in the future."),
    _("State the day on which it was true; check the clock of the phone."),
)
CLOCK = (
    _("The clock of the phone is far off: it says %(phone)s, and here it was %(here)s (UTC)."),
    _("Ask the reporter when this was, check the dates, and have the clock of the phone set."),
)
REQUIRED = (_("“%(field)s” is not answered."), _("Answer it; “unknown” is an answer where the list has it."))
DERIVED = (_("“%(field)s” is computed and cannot be stated."), _("Correct the values that it is computed from."))
UNKNOWN_FIELD = (
    _("There is no field “%(field)s”; what was stated stays in the journal only."),
    _("Check that the form is the current version, or answer why this does not matter."),
)
UNREADABLE = (_("“%(field)s” cannot be read: %(why)s"), _("State it anew."))
UNLISTED = (
    _("“%(value)s” is not in the list of “%(field)s”."),
    _("Choose a value of the list, or answer what it means."),
)
FAILED = (
    _("The check “%(check)s” could not be carried out."),
    _("Look at the change yourself, and report the fault with the log."),
)
