"""A file comes in: each row a report, in pieces of a thousand, each piece whole or not at all.

A row that came in before is passed over by what it says; one that says something else restates its report, or (where
its date of information is another) follows it. What cannot be taken in is handed back with the reasons.
"""

from __future__ import annotations

import hashlib
import itertools
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kambila.accounts.roles import may
from kambila.intake.authority import known_account
from kambila.intake.models import Batch
from kambila.intake.rules import two_step_forms
from kambila.intake.sheets import mapping
from kambila.intake.sheets.kept import BATCH, COUNTS
from kambila.intake.sheets.mapping import Mapped
from kambila.intake.sheets.prepare import Prepared, prepare
from kambila.intake.sheets.previewing import Preview, preview
from kambila.intake.sheets.profile import Profile
from kambila.intake.sheets.refused import Refused
from kambila.intake.sheets.rows import Acceptance, Taker, known_instances
from kambila.intake.sheets.tables import Row, Table
from kambila.journal import Draft, Part, append
from kambila.journal.errors import Problem
from kambila.journal.uncollected import uncollected

CHUNK = 1_000
OnDoubt = Callable[[int, str], None]
SHOWN = 20  # rows that a trial shows


@dataclass
class Outcome:
    """What an import did, or would do."""

    batch: str
    counts: Counter[str] = field(default_factory=Counter)
    bad: Refused = field(default_factory=Refused)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (column, sentence)
    left_out: Counter[str] = field(default_factory=Counter)  # reason
    shown: list[Preview] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def told(self) -> dict[str, int]:
        return {name: self.counts[name] for name in COUNTS}


def import_file(
    path: Path,
    profile: Profile,
    author: str,
    acceptance: Acceptance | None = None,
    save: bool = True,
    heard: Callable[[Outcome], None] = lambda outcome: None,
    on_doubt: OnDoubt = lambda row, doubts: None,
    table: Table | None = None,
    name: str = "",
) -> Outcome:
    """Take a file in, or (without `save`) say what would come of it. `heard` is told after each piece what came of
    all so far, `on_doubt` the number of each row that goes in though something is doubtful, and what.

    Raises Problem for a file that cannot be read by the profile, and for an author who may not report its kinds.
    """
    must_be_allowed(profile, author, acceptance)
    prepared = prepare(path, profile, table)
    outcome = Outcome(batch_of(path, profile), absent=prepared.absent)
    taker = Taker(profile, author, outcome.batch, acceptance)
    for chunk in _chunks(_ours(prepared, outcome), taker):
        _take(chunk, taker, outcome, save, on_doubt)
        heard(outcome)
    if save:
        _close(outcome, profile, author, name or path.name)
    return outcome


def batch_of(path: Path, profile: Profile) -> str:
    """The id of the batch that a file is under a profile: the same file continues its own batch."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return str(uuid.uuid5(mapping.OWN_IDS, f"batch\n{digest}\n{profile.name}\n{profile.version}"))


def must_be_allowed(profile: Profile, author: str, acceptance: Acceptance | None = None) -> None:
    """Raises Problem unless an account may report every kind of a profile (and decide, where rows are accepted)."""
    account = known_account(author)
    for action in ("report", *(("decide",) if acceptance else ())):
        if not all(may(account, action, plan.kind) for plan in profile.records):
            raise Problem("may-not", account=author, action=action)
    if acceptance and not acceptance.reason.strip():
        raise Problem("no-reason")
    if acceptance and profile.form in two_step_forms():
        raise Problem("not-verified", report=profile.name)


def _ours(prepared: Prepared, outcome: Outcome) -> Iterator[Row]:
    for row in prepared:
        outcome.counts["rows"] += 1
        reason = mapping.left_out(prepared.profile, row.cells)
        if reason is None:
            yield row
        else:
            outcome.counts["left_out"] += 1
            outcome.left_out[reason] += 1


def _chunks(rows: Iterator[Row], taker: Taker) -> Iterator[list[tuple[Row, str]]]:
    """Rows with their instances, a thousand at a time."""
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield [(row, mapping.instance_of(taker.profile, row)) for row in chunk]


@uncollected()
def _take(chunk: list[tuple[Row, str]], taker: Taker, outcome: Outcome, save: bool, on_doubt: OnDoubt) -> None:
    here = known_instances([instance for _row, instance in chunk])
    fresh: dict[str, Row] = {}
    for row, instance in chunk:
        if instance in here or instance in fresh:
            outcome.counts["known"] += 1
            taker.met.first(instance, row.number)
        else:
            fresh[instance] = row
    taker.codes.learn(taker.profile, list(fresh.values()))
    waiting = [mapping.map_row(taker.profile, row, instance, taker.codes) for instance, row in fresh.items()]
    while waiting:
        # A record that two rows speak of comes in by one after the other, so that the later sees the earlier.
        now, waiting = _apart(waiting)
        for mapped in taker.judge(now):
            _count(mapped, outcome, on_doubt)
        if save:
            taker.write([each for each in now if each.counts])
        elif len(outcome.shown) < SHOWN:
            outcome.shown += [preview(each, taker.account) for each in now if each.counts][: SHOWN - len(outcome.shown)]


def _apart(waiting: list[Mapped]) -> tuple[list[Mapped], list[Mapped]]:
    """(rows of which no two speak of one record, the rest)."""
    now: list[Mapped] = []
    later: list[Mapped] = []
    spoken: set[tuple[str, str]] = set()
    for mapped in waiting:
        keys = {(each.kind, each.id) for each in mapped.said}
        (later if keys & spoken else now).append(mapped)
        spoken |= keys
    return now, later


def _count(mapped: Mapped, outcome: Outcome, on_doubt: OnDoubt) -> None:
    if mapped.faults:
        outcome.counts["bad"] += 1
        outcome.bad.append((mapped.row, mapped.faults))
        return
    outcome.counts[mapped.becomes] += 1
    if mapped.becomes != "known" and mapped.doubts:
        outcome.counts["doubtful"] += 1
        outcome.doubts.update((each.column, each.sentence) for each in mapped.doubts)
        on_doubt(mapped.row.number, " ".join(map(str, mapped.doubts)))


def _close(outcome: Outcome, profile: Profile, author: str, name: str) -> None:
    """The entry that says that the file is wholly in; none where nothing was new and it said so before."""
    came = outcome.counts["new"] + outcome.counts["changed"]
    if not came and not Batch.objects.filter(pk=outcome.batch, closing="").exists():
        return
    value: dict[str, Any] = {"batch": outcome.batch, "profile": profile.name, "version": profile.version}
    value["counts"] = outcome.told()
    part = Part("text/plain", name.encode())
    append([Draft("setting", author, {"name": BATCH, "value": value}, {"file-name": part})])
