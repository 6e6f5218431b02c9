"""Whether an author may do something to a report or to a record: asked at the door, of the grants as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kambila.accounts.models import Account
from kambila.accounts.roles import may, remember
from kambila.journal.entry import Entry
from kambila.journal.errors import Problem
from kambila.registry import access, history, same
from kambila.registry.kinds import kinds, model_of

LEVELS = ("adm1", "adm2", "adm3")
Chain = tuple[str, ...]
RowOf = Callable[[str, str], Mapping[str, Any]]


def known_account(username: str) -> Account:
    """The account of an author, with what it may do kept for the length of one decision. Raises Problem for nobody."""
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise Problem("no-account", account=username)
    remember(account)
    return account


def may_with_report(account: Account, action: str, entry: Entry, row_of: RowOf | None = None) -> bool:
    """Whether an account may do something to a report: to every kind and every place that it speaks of.

    `row_of` gives the row of a record (empty: none) where rows were looked up for many reports at once.
    """
    body = entry.body
    header = {"office": body.get("office", ""), "organisation": body.get("organisation", "")}
    return all(
        may(account, action, kind=kind, place=place, **header) for kind, place in _matters(body, row_of or _row_of)
    )


def must_with_report(account: Account, action: str, entry: Entry, row_of: RowOf | None = None) -> None:
    """As `may_with_report`. Raises Problem when it may not."""
    if not may_with_report(account, action, entry, row_of):
        raise Problem("may-not", account=account.username, action=action)


def must_with_record(account: Account, action: str, kind: str, record: str) -> None:
    """Whether an account may do something to a record, also to one that is not shown now. Raises Problem when not."""
    model = model_of(kind)
    allowed = access.acting_scope(account, model, action)
    root = same.roots_of(kind, [record]).get(record, record)
    if model._default_manager.filter(pk=root).exists():
        granted = model._default_manager.filter(allowed, pk=root).exists()
    else:
        granted = _may_with_hidden(account, action, kind, record)
    if not granted:
        raise Problem("may-not", account=account.username, action=action)


def _may_with_hidden(account: Account, action: str, kind: str, record: str) -> bool:
    """A record that is not in the registry lies where the changes say that spoke of it."""
    everything = history.component(kind, record)
    return bool(everything.statements) and all(
        may(account, action, kind, *each.sender, place=_chain(each.values) or ()) for each in everything.statements
    )


def _matters(body: Mapping[str, Any], row_of: RowOf) -> Iterator[tuple[str, Sequence[str]]]:
    """(kind, chain of P-codes) of each change; one that names no place lies where its record lies, else where the
    others of the report lie together."""
    changes = body.get("changes", [])
    chains = [_chain(change.get("values", {})) for change in changes]
    elsewhere = tuple(dict.fromkeys(code for chain in chains for code in chain))
    for change, chain in zip(changes, chains, strict=True):
        yield change["kind"], chain or _chain_known(change, row_of) or elsewhere


def _chain(values: Mapping[str, Any]) -> Chain:
    return tuple(str(values[level]) for level in LEVELS if values.get(level))


def _chain_known(change: Mapping[str, Any], row_of: RowOf) -> Chain:
    if change["kind"] not in kinds():
        return ()
    row = row_of(change["kind"], change["id"])
    return _chain(row) if row.get("id") == change["id"] else ()  # another's row: it was merged into that


def _row_of(kind: str, id: str) -> Mapping[str, Any]:
    return kinds()[kind]._default_manager.filter(pk=id).values("id", *LEVELS).first() or {}
