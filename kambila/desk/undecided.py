"""Danger that was reported and nobody has decided about, as a map draws it: where the reports say that it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kambila.intake.lookup import entries_of
from kambila.registry import openness, partial_dates
from kambila.registry.dangers import unconfirmed
from kambila.registry.fields import Shape
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Report

MOST = 5_000  # reports that a map draws; whoever has more is told so
AT_ONCE = 300  # up to which they come with the page; more are fetched
Feature = dict[str, Any]


def of(account: Any, chosen: Sequence[str]) -> tuple[list[Feature], int]:
    """(the danger of some kinds as GeoJSON features, the latest report first; how many reports are not among them).

    Each tells the first day of its report, `from`, as a date.
    """
    open_kinds: dict[str, set[str]] = {}
    reports: dict[str, Report] = {}
    for kind in chosen:
        for report in openness.reports(account, unconfirmed(kind), kind):
            open_kinds.setdefault(report.pk, set()).add(kind)
            reports[report.pk] = report
    latest = sorted(reports.values(), key=lambda each: (each.recorded, each.pk), reverse=True)
    entries = entries_of([each.pk for each in latest[:MOST]])
    features = [one for each in latest[:MOST] for one in _features(each, entries[each.pk].body, open_kinds[each.pk])]
    return features, len(latest[MOST:])


def told(features: Sequence[Feature], chosen: Sequence[str]) -> Any:
    """What a map is given of them: the features, or where it fetches them."""
    if len(features) <= AT_ONCE:
        return collection(features)
    return address(chosen)


def collection(features: Sequence[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def address(chosen: Sequence[str]) -> str:
    """Where a map asks for the danger of some kinds."""
    return f"{reverse('map-unconfirmed')}?{urlencode({'kind': list(chosen)}, doseq=True)}"


def _features(report: Report, body: Mapping[str, Any], open_kinds: set[str]) -> Iterator[Feature]:
    for change in body["changes"]:
        if change["kind"] in open_kinds and (where := _stated(change)):
            about = str(kinds()[change["kind"]]._meta.verbose_name)
            url = reverse("review", args=[report.id])
            said = {"code": str(report), "about": about, "date": report.date, "url": url, "from": _first_day(report)}
            yield {"type": "Feature", "geometry": where, "properties": said}


def _stated(change: Mapping[str, Any]) -> Any:
    """The first geometry that a change states."""
    names = [name for name, field in plan_of(change["kind"]).stated.items() if isinstance(field, Shape)]
    values = change.get("values", {})
    return next((values[name] for name in names if isinstance(values.get(name), dict)), None)


def _first_day(report: Report) -> str:
    """The first day of information; without one that can be read the day on which the report came."""
    try:
        return partial_dates.read(report.date)[1]
    except ValueError:
        return str(report.recorded)[:10]
