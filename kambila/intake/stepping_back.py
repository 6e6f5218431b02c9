"""Taking a step back by withdrawing its report: nothing may slip past a guard that way.

Only the last step of a record can be withdrawn, for the later ones rest on it. If people would be at work again, the
guards are asked as they would be of a step; back from what says that work is finished nothing holds.
"""

from __future__ import annotations

from kambila.accounts.models import Account
from kambila.intake.lookup import current
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import history
from kambila.registry.findings import FORBIDS, SPEAKS_FOR, hidden_from
from kambila.registry.models import Report
from kambila.registry.paths import has_path, path_of

STEPS = (
    "step",
    "task_step",
)  # the forms of steps; the second was that of tasks until they had one path with the others


def must_go_back(entry: Entry, account: Account) -> tuple[str, ...]:
    """What is to be told of the state to which a record returns when a report stops counting; nothing for a report that
    is no step. Raises Problem when later steps rest on it, or a guard forbids going back to work."""
    if entry.body.get("form") not in STEPS:
        return ()
    change = entry.body["changes"][0]
    kind, id = change["kind"], change["id"]
    stated = history.stated(kind, id, path_of(kind).field) if has_path(kind) else []
    own = [each for each in stated if each.order[2] == entry.id]
    if not own:
        return ()
    record, path = current(kind, id), path_of(kind)
    if later := [each for each in stated if each.order > own[-1].order]:
        names = ", ".join(map(str, Report.objects.filter(pk__in=[each.order[2] for each in later]).order_by("tick")))
        raise Problem("step-rests-on-it", record=record, later=names)
    before = [each for each in stated if each.order < own[0].order]
    status = str(before[-1].values[path.field]) if before else ""
    if status not in path.works:
        return ()
    findings = path.ask(record, status, {})
    hidden = hidden_from(account, findings)
    told = tuple(each.told(hidden) for each in findings if each.weight != SPEAKS_FOR)
    if any(each.weight == FORBIDS for each in findings):
        raise Problem("not-back", record=record, status=path.word(status), sentences=" ".join(told))
    return told
