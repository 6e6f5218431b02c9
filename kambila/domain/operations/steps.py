"""The life of a task: which step may follow which. What else a step asks for stands in `guards`."""

from __future__ import annotations

from kambila.domain.operations.codes import TaskStatus as S

STEPS: dict[str, tuple[str, ...]] = {
    S.IDENTIFIED: (S.PRIORITISED, S.CANCELLED),
    S.PRIORITISED: (S.DRAFTED, S.CANCELLED),
    S.DRAFTED: (S.ISSUED, S.CANCELLED),
    S.ISSUED: (S.ACCEPTED, S.DRAFTED, S.CANCELLED),  # an operator that declines gives it back to be drafted again
    S.ACCEPTED: (S.IN_PROGRESS, S.CANCELLED),
    S.IN_PROGRESS: (S.COMPLETED, S.SUSPENDED, S.CANCELLED),
    S.SUSPENDED: (S.IN_PROGRESS, S.CANCELLED),
    S.COMPLETED: (S.CHECKED, S.IN_PROGRESS),  # quality control that fails sends people back to work
    S.CHECKED: (S.HANDED_OVER, S.IN_PROGRESS),
    S.HANDED_OVER: (S.CLOSED,),
    S.CLOSED: (),
    S.CANCELLED: (),
}
NAMES_TEAM = (S.DRAFTED, S.ISSUED)  # the steps with which a team may be chosen
AT_WORK = (S.ISSUED, S.ACCEPTED, S.IN_PROGRESS, S.SUSPENDED)
ORDERED = (*AT_WORK, S.COMPLETED, S.CHECKED, S.HANDED_OVER, S.CLOSED)


def next_steps(status: str | None) -> tuple[str, ...]:
    """The steps that may follow a status; a task of an unknown status begins anew, whatever was done under it."""
    return STEPS.get(status or "", (S.IDENTIFIED, S.CANCELLED))
