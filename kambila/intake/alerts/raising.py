"""Alerts are raised: by what arrives in the journal, and by whoever knows of something that is no report.

The reader goes through the journal in the order of arrival, and writes down its place together with the alerts: whatever
stops the process, each change is looked at, and raises its alert once. A report never waits for it. Rebuilding the
registry moves nothing here. A file is one event, however many rows it has: what it brings in one day of one sort in one
place is one alert, with its reports as occurrences.
"""

from __future__ import annotations

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from kambila.intake.alerts.models import Alert, Occurrence, Turn
from kambila.intake.models import BatchRow
from kambila.journal import clock, projections
from kambila.journal.errors import Problem
from kambila.registry import gazetteer, sql
from kambila.registry.alerts import Sort, Values, alerts_of, all_alerts
from kambila.registry.kinds import kinds, plan_of
from kambila.registry.models import Report

BATCH = 500  # reports that are looked at in one transaction
NO_NEWS = (Report.Status.REJECTED, Report.Status.WITHDRAWN)  # what they said does not keep another from being news


@dataclass(frozen=True)
class Said:
    """A change that arrived, with the values that it states."""

    entry: str
    index: int
    kind: str
    record: str
    arrival: int
    status: str
    values: Values


def raise_alert(
    sort: str,
    place: str,
    sentence: Any = "",
    link: str = "/alerts/",
    *,
    office: str = "",
    organisation: str = "",
    source: str = "",
) -> Alert:
    """Raise an alert that is about no record, such as a stolen phone; within the caller's transaction if there is one.

    `place` is a P-code or empty; `sentence` is words marked for translation, without anything personal, by default that of
    the sort; `link` a path of this installation; `office` and `organisation` whose it is, which says who may know. The same
    `source` again raises nothing. Raises Problem for a sort that nobody declared.
    """
    sorts = all_alerts()
    if sort not in sorts:
        raise Problem("no-such-alert", sort=sort, sorts=", ".join(sorts))
    with translation.override("en"):
        said = str(sentence or sorts[sort].sentence)
    chain = gazetteer.chain_of(place) if place else ()
    more: dict[str, Any] = {"kind": "", "report": "", "code": "", "office": office, "organisation": organisation}
    more |= {"place": _spaced(chain), "sentence": said, "link": link, "urgent": sorts[sort].urgent}
    more |= {"raised": clock.now()}
    return Alert.objects.get_or_create(sort=sort, source=source or str(uuid.uuid4()), defaults=more)[0]


def read_journal() -> int:
    """Raise the alerts of what arrived since the last time; gives how many reports were looked at.

    What comes meanwhile is left to the next time: to run after it one by one would take the time of those who send.
    """
    looked = more = _read_batch()
    while more == BATCH:
        more = _read_batch()
        looked += more
    return looked


def turn() -> Turn:
    """The one row that says how far the journal was read, and whose turn it is."""
    return Turn.objects.get_or_create(pk=1)[0]


def _read_batch() -> int:
    """Look at some reports. Nothing is locked while there is nothing to write."""
    place, until = turn().arrival, projections.position()
    if place >= until:
        return 0
    oldest = clock.text(clock.now() - datetime.timedelta(hours=settings.ALERT_HOURS))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, arrival FROM journal_entry WHERE kind = 'report' AND arrival > %s AND arrival <= %s "
            "AND recorded >= %s ORDER BY arrival LIMIT %s",
            [place, until, oldest, BATCH],
        )
        rows = cursor.fetchall()
    reached = rows[-1][1] if len(rows) == BATCH else until
    raised = list(_news({id for id, _ in rows})) if rows else []
    with transaction.atomic():
        _write(raised)
        Turn.objects.filter(pk=1, arrival__lt=reached).update(arrival=reached)
    return len(rows)


def _write(raised: Sequence[tuple[Alert, Occurrence]]) -> None:
    """Write alerts down, each once; those of files with what occurred."""
    Alert.objects.bulk_create({(each.sort, each.source): each for each, _ in raised}.values(), ignore_conflicts=True)
    sources = {alert.source for alert, _ in raised if alert.batch}
    known = {(each.sort, each.source): each for each in Alert.objects.filter(source__in=sources)}
    occurred = []
    for alert, occurrence in raised:
        if alert.batch:
            occurrence.alert = known[alert.sort, alert.source]
            occurred.append(occurrence)
    Occurrence.objects.bulk_create(occurred, ignore_conflicts=True)


def _news(reports: set[str]) -> Iterator[tuple[Alert, Occurrence]]:
    """The alerts that these reports raise, each with what occurred."""
    alarming = {each.kind for each in all_alerts().values() if each.kind}
    changes = [each for each in _said("c.entry IN ({keys})", reports) if each.kind in alarming]
    by_record: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in _said("c.record IN ({keys})", {each.record for each in changes}):
        by_record[each.kind, each.record].append(each)
    headers = Report.objects.in_bulk({each.entry for each in changes})
    batches = dict(BatchRow.objects.filter(report__in=headers).values_list("report", "batch"))
    for change in changes:
        before, after = _state(by_record[change.kind, change.record], change)
        for sort in alerts_of(change.kind):
            assert sort.test
            if sort.test(after) and not (before is not None and sort.test(before)):
                yield _alert(sort, headers[change.entry], change, after, batches.get(change.entry, ""))


def _state(said: Sequence[Said], change: Said) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What had been stated of a record before a change arrived (None: nothing), and what is stated with it."""
    here = (change.arrival, change.index)
    earlier = [each for each in said if (each.arrival, each.index) < here and each.status not in NO_NEWS]
    before: dict[str, Any] = {}
    for each in sorted(earlier, key=lambda each: (each.arrival, each.index)):
        before |= each.values
    return (before if earlier else None), before | dict(change.values)


def _said(condition: str, keys: set[str]) -> list[Said]:
    rows = sql.select(
        "SELECT c.entry, c.number, c.kind, c.record, e.arrival, r.status, c.stated FROM registry_change c "
        "JOIN journal_entry e ON e.id = c.entry JOIN registry_report r ON r.id = c.entry "
        f"WHERE {condition} ORDER BY e.arrival, c.number",
        keys,
    )
    return [
        Said(entry, index, kind, record, arrival, status, orjson.loads(stated).get("values") or {})
        for entry, index, kind, record, arrival, status, stated in rows
    ]


def _alert(sort: Sort, report: Report, change: Said, values: Values, batch: str) -> tuple[Alert, Occurrence]:
    with translation.override("en"):
        sentence = str(sort.sentence)
    own, place = f"{change.entry}/{change.index}", _spaced(_place(change.kind, values))
    alert = Alert(
        sort=sort.code,
        source=f"{batch}/{report.recorded[:10]}/{place.strip()}" if batch else own,
        batch=batch,
        kind=change.kind,
        report=report.id,
        code=report.code,
        office=report.office,
        organisation=report.organisation,
        place=place,
        sentence=sentence,
        link="",
        urgent=sort.urgent,
        raised=clock.now(),
    )
    return alert, Occurrence(source=own, report=report.id, code=report.code)


def _place(kind: str, values: Values) -> tuple[str, ...]:
    """Région, cercle and commune: as stated, else of a public record that it links to, such as its village."""
    stated = [str(values[level])[:20] for level in gazetteer.LEVELS if isinstance(values.get(level), str)]
    if len(stated) == 1:
        return gazetteer.chain_of(stated[0])
    if stated:
        return tuple(stated)
    for name, target in plan_of(kind).links.items():
        model = kinds()[target]
        if model in gazetteer.gazetteers() and isinstance(values.get(name), str):
            row = model._default_manager.filter(pk=values[name]).values_list(*gazetteer.LEVELS).first()
            if row and any(row):
                return tuple(each for each in row if each)
    return ()


def _spaced(chain: Sequence[str]) -> str:
    codes = [each for each in chain if each and " " not in each]
    return f" {' '.join(codes)} " if codes else ""
