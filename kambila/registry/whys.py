"""Why a record is what it is, in one sentence that names reports; the areas of work declare one for a kind of theirs.

@why("hazardous_area")
def hazardous_area(row: Any, named: Named) -> str:
    return _("Confirmed: …, by %(reports)s.") % {"reports": named("technical_survey", ids)}
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from kambila.registry import history, settled
from kambila.registry.models import Report

Named = Callable[[str, Collection[str]], str]  # kind and ids of records: their reports, by name
Why = Callable[[Any, Named], str]
MOST = 5  # reports that a sentence names
_whys: dict[str, Why] = {}


def why(kind: str) -> Callable[[Why], Why]:
    """Declare the sentence of a kind."""

    def declare(sentence: Why) -> Why:
        if kind in _whys:
            raise ValueError(f"two sentences say why a {kind} is what it is")
        _whys[kind] = sentence
        return sentence

    return declare


def sentence_of(kind: str, row: Any, shown: QuerySet[Report] | None = None) -> str:
    """Why a record is what it is; empty where its area does not say. Of reports that are not in `shown` (None: all) the
    sentence says only that there are such."""
    autodiscover_modules("why")
    if kind not in _whys or row is None:
        return ""

    def named(of: str, ids: Collection[str]) -> str:
        found = history.reports_of(of, sorted(ids)) if ids else {}
        reports = list(dict.fromkeys(each for entries in found.values() for each in entries))
        return name(reports, shown)

    with settled.in_force():
        return _whys[kind](row, named)


def name(reports: Collection[str], shown: QuerySet[Report] | None) -> str:
    """Reports by their codes and dates, in order; some that are too many or not shown by their number."""
    codes = Report.objects.filter(pk__in=list(reports)).values_list("pk", "code", "date")
    seen = None if shown is None else set(shown.filter(pk__in=list(reports)).values_list("pk", flat=True))
    open_ones = [(date, code or id[:13]) for id, code, date in codes if seen is None or id in seen]
    said = [f"{code} ({date})" for date, code in sorted(open_ones)[:MOST]]
    others = len(codes) - len(said)
    if not said:
        return _("reports that are not open to you") if codes else _("no report")
    return ", ".join(said) + (_(" and %(others)d more") % {"others": others} if others else "")
