"""The register of an operator beside ours: what only one of them has, what differs, and who has to act.

It changes nothing. What is missing comes in by reports, and what is the same is joined by a decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kambila.intake import codes
from kambila.intake.lookup import UUID
from kambila.intake.matching import errors  # noqa: F401  the catalogue
from kambila.intake.matching.acting import Act, about_differing, about_missing_here, about_missing_there
from kambila.intake.matching.fields import Differs, Overlay, differing
from kambila.intake.matching.pairing import Paired, Pairing
from kambila.intake.matching.registers import Here, Line, Register, last_reports, register_of, sees_whole
from kambila.intake.matching.showing import INFORMATION, Names
from kambila.journal.errors import Problem
from kambila.registry import access, partial_dates
from kambila.registry.kinds import model_of

ONLY_THEIRS, ONLY_OURS, DIFFERS = "only-theirs", "only-ours", "differs"
OTHER_ID, TWICE, UNREAD = "other-id", "twice", "unread"
SORTS = (DIFFERS, ONLY_THEIRS, ONLY_OURS, OTHER_ID, TWICE, UNREAD)
ORGANISATION = "organisation"  # the kind


@dataclass(frozen=True)
class Difference:
    """One difference. Values are plain JSON (see `showing`); `row` is 0 for what is not in their file."""

    sort: str
    kind: str
    row: int
    their_id: str
    record: str
    code: str
    act: Act
    field: str = ""
    theirs: Any = None
    ours: Any = None
    overlay: Overlay | None = None
    derived: str = ""

    @property
    def key(self) -> tuple[str, int | str]:
        """What it is about: several fields of one row are one record that differs."""
        return self.kind, self.row or self.record


@dataclass
class Reconciliation:
    """What came of the comparison. `same` are (kind, row, record, code) of the rows that agree in every field."""

    organisation: str
    kinds: list[str]
    rows: int = 0
    differences: list[Difference] = field(default_factory=list)
    same: list[tuple[str, int, str, str]] = field(default_factory=list)

    @property
    def differing(self) -> int:
        """How many records, or rows, differ in one way or another."""
        return len({each.key for each in self.differences})

    def of_sort(self, sort: str) -> list[Difference]:
        return [each for each in self.differences if each.sort == sort]


def reconcile(lines: Iterable[Line], kinds: Sequence[str], organisation: str, account: Any) -> Reconciliation:
    """Compare the rows of an operator's register with what we hold of it. `organisation` is a UUID.

    Raises Problem when the account does not see all that is compared: the rest would be listed as missing.
    """
    for kind in kinds:
        if not sees_whole(account, kind, organisation):
            raise Problem("reconcile-partial", account=account.username, kind=kind)
    everything = list(lines)
    result = Reconciliation(organisation, list(kinds), len({line.number for line in everything}))
    for kind in kinds:
        _of_kind(kind, [line for line in everything if line.kind == kind], result, account)
    order = {sort: number for number, sort in enumerate(SORTS)}
    result.differences.sort(key=lambda each: (order[each.sort], not each.act.urgent, each.kind, each.row, each.code))
    return result


def name_of(organisation: str, account: Any) -> str:
    """The code and the name of an organisation, as far as the account may know them."""
    model = model_of(ORGANISATION)
    row: Any = access.visible(account, model).filter(pk=organisation).first()
    title = (
        getattr(row, model.title_field, "") if row and model.title_field in access.fields(account, model, row) else ""
    )
    return " ".join(filter(None, (row.code if row else organisation, title)))


def organisation_called(name: str) -> str:
    """The UUID of the organisation of this code or UUID. Raises Problem when there is none."""
    found = name if UUID.fullmatch(name) else codes.resolve(ORGANISATION, name)
    if found is None:
        raise Problem("no-such-organisation", name=name)
    return found


def _of_kind(kind: str, lines: Sequence[Line], result: Reconciliation, account: Any) -> None:
    register = register_of(kind, result.organisation, lines, account)
    paired = Pairing(register, lines).pair(account)
    last = last_reports(kind, [here.id for _line, here in paired.pairs] + [here.id for here in paired.only_ours])
    names = Names(account)
    differences = [_unread(line) for line in lines if line.fault]
    differences += _fields(kind, register, paired, last, names)
    differences += _ids(kind, paired)
    differences += [_twice(kind, line, other) for line, other in paired.twice]
    for line in (each for each in paired.only_theirs if not each.fault):
        act = about_missing_here(line, register, paired.waiting.get(line.number))
        differences.append(Difference(ONLY_THEIRS, kind, line.number, line.id, "", "", act))
    for here in paired.only_ours:
        act = about_missing_there(here, last.get(here.id))
        differences.append(Difference(ONLY_OURS, kind, 0, "", here.id, here.code, act))
    other = {each.row for each in differences}
    result.differences += differences
    result.same += [(kind, line.number, here.id, here.code) for line, here in paired.pairs if line.number not in other]


def _fields(
    kind: str, register: Register, paired: Paired, last: Mapping[str, Any], names: Names
) -> Iterator[Difference]:
    for line, here in paired.pairs:
        found = differing(kind, line.values, here.values, here.codes)
        if not found and _is_later(line, here):
            found = [Differs(INFORMATION, line.date, here.date.isoformat() if here.date else None)]
        for each in found:
            act = about_differing(kind, each, line, here, register.reports.get(here.id), last.get(here.id))
            yield Difference(
                DIFFERS, kind, line.number, line.id, here.id, here.code, act, each.field,
                names.plain(kind, each.field, each.theirs), names.plain(kind, each.derived or each.field, each.ours),
                each.overlay, each.derived,
            )  # fmt: skip


def _is_later(line: Line, here: Here) -> bool:
    """Whether they hold a date of information that lies wholly after ours."""
    try:
        return bool(line.date) and here.date is not None and partial_dates.read(line.date)[1] > here.date.isoformat()
    except ValueError:
        return False


def _ids(kind: str, paired: Paired) -> Iterator[Difference]:
    for line, here in paired.spelled.values():
        act = Act("operator", "use-our-code", {"code": here.code})
        yield Difference(OTHER_ID, kind, line.number, line.id, here.id, here.code, act)
    for line, here, score, reasons in paired.alike.values():
        about = {"code": here.code, "percent": str(round(score * 100)), "reasons": " ".join(reasons)}
        yield Difference(
            OTHER_ID, kind, line.number, line.id, here.id, here.code, Act("operator", "may-be-ours", about)
        )


def _twice(kind: str, line: Line, other: Line) -> Difference:
    same_id = line.id == other.id
    about = {"row": str(other.number), "id": other.id}
    return Difference(
        TWICE, kind, line.number, line.id, "", "", Act("operator", "same-id" if same_id else "one-here", about)
    )


def _unread(line: Line) -> Difference:
    act = Act("operator", "mend-row", {"why": line.fault})
    return Difference(UNREAD, line.kind, line.number, line.id, "", "", act)
