"""A file as one thing: what became of its rows, and accepting, returning or withdrawing them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Count, QuerySet

from kambila.intake import decisions
from kambila.intake.authority import known_account, must_with_report
from kambila.intake.lookup import entries_of
from kambila.intake.models import Batch, BatchRow
from kambila.intake.writing import draft
from kambila.journal import append, read_part
from kambila.journal.errors import Problem
from kambila.registry import openness
from kambila.registry.matters import BECOMES
from kambila.registry.models import Report

CHUNK = 500
Status = Report.Status
OPEN_TO = {
    "accept": (Status.WAITING, Status.RETURNED),
    "return": (Status.WAITING,),
    "withdraw": (Status.WAITING, Status.RETURNED, Status.ACCEPTED),
}


@dataclass(frozen=True)
class Told:
    """A batch as people see it; `now` counts its reports by what was decided, of those that the account may see."""

    id: str
    name: str
    profile: str
    author: str
    begun: str
    whole: bool
    counts: dict[str, int]
    now: dict[str, int]


def find(name: str) -> Batch:
    """A batch by its id or the beginning of it. Raises Problem when there is none, or more than one."""
    found = list(Batch.objects.filter(id__startswith=name)[:2]) if len(name) >= 4 else []
    if len(found) != 1:
        raise Problem("no-such-batch", name=name)
    return found[0]


def listed(account: Any) -> list[Told]:
    """The batches of which an account may see a report, the newest first."""
    seen = reports(account).values("id")
    ids = BatchRow.objects.filter(report__in=seen).values("batch").distinct()
    return [told(each, account) for each in Batch.objects.filter(id__in=ids).order_by("-begun", "id")[:200]]


def told(batch: Batch, account: Any) -> Told:
    """A batch with what became of it."""
    now = dict(reports(account, batch).order_by().values_list("status").annotate(Count("id")))
    name = read_part(batch.name) if batch.name else None
    return Told(
        batch.id, name.decode() if name else "", batch.profile, batch.author, batch.begun, bool(batch.closing),
        orjson.loads(batch.counts), now,
    )  # fmt: skip


def reports(account: Any, batch: Batch | None = None) -> QuerySet[Report]:
    """The reports of a batch (or of all) that an account may see, in the order of their rows."""
    rows = BatchRow.objects.filter(batch=batch.id) if batch is not None else BatchRow.objects.all()
    return openness.reports(account).filter(id__in=rows.values("report")).order_by("id")


def decide(
    verb: str, batch: Batch, author: str, reason: str, answer: str = "", heard: Callable[[int], None] = lambda n: None
) -> Counter[str]:
    """Accept, return or withdraw the rows of a batch that stand open to it: {done, waits, open}.

    In pieces of 500, each whole or not at all. Rows about which something is doubtful are accepted only with an answer:
    without one they stay `open`. `waits` are those that take effect when a second person countersigns. `heard` is told
    how many were looked at so far.
    """
    account = known_account(author)
    if not reason.strip():
        raise Problem("no-reason")
    done, seen = Counter[str](), 0
    for chunk in _chunks(reports(account, batch).filter(status__in=OPEN_TO[verb])):
        done += _accept(chunk, author, reason, answer) if verb == "accept" else _against(verb, chunk, author, reason)
        seen += len(chunk)
        heard(seen)
    return done


def _chunks(found: QuerySet[Report]) -> Iterator[list[str]]:
    ids = list(found.values_list("id", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _accept(chunk: list[str], author: str, reason: str, answer: str) -> Counter[str]:
    from kambila.intake.drafts import Known
    from kambila.intake.review import errors, review_entries, warnings

    entries, known = entries_of(chunk), Known()
    known.learn((change["kind"], change["id"]) for each in entries.values() for change in each.body.get("changes", []))
    findings = dict(zip(chunk, review_entries([entries[each] for each in chunk], known), strict=True))
    good = [e for e in chunk if not errors(findings[e]) and (answer.strip() or not warnings(findings[e]))]
    count = Counter({"open": len(chunk) - len(good)})
    while good:
        # Reports about one record are accepted one after the other, so that the later is shown the earlier.
        now: list[str] = []
        spoken: set[tuple[str, str]] = set()
        for each in good:
            keys = {(change["kind"], change["id"]) for change in entries[each].body.get("changes", [])}
            if not keys & spoken:
                now.append(each)
            spoken |= keys
        results = decisions.accept_many(now, author, reason, answer)
        count.update("waits" if each.waits else "done" for each in results)
        good = [each for each in good if each not in set(now)]
    return count


def _against(verb: str, chunk: list[str], author: str, reason: str) -> Counter[str]:
    account, entries = known_account(author), entries_of(chunk)
    own = set(
        Report.objects.filter(id__in=chunk, author=author).exclude(status=Status.ACCEPTED).values_list("id", flat=True)
    )
    for each in chunk:
        if verb != "withdraw" or each not in own:
            must_with_report(account, "decide", entries[each])
    append([draft(author, {"verb": verb, "report": each}, reason) for each in chunk])
    there = Counter(Report.objects.filter(id__in=chunk).values_list("status", flat=True))
    done = there[BECOMES[verb]]
    return Counter({"done": done, "waits": len(chunk) - done})
