"""What holds of a place or a road on a day, when several people have looked at it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from kambila.domain.places.models import ACCESS_DANGER, Passable


def status_on(assessments: Iterable[Passable], day: datetime.date) -> str | None:
    """The status on a day by the latest assessment that holds then; None when unknown.

    Two that were made on one day count as the more dangerous of them. An expired one tells nothing, and so never
    uncovers an older one that said open.
    """
    seen = [(each, since) for each in assessments if (since := each.seen_since) and since <= day]
    latest = max((since for _, since in seen), default=None)
    answers = [each.status_on(day) for each, since in seen if since == latest]
    return max(answers, key=ACCESS_DANGER.index, default=None)
