"""Releases: figures frozen with their definitions, values and contributions, as an entry of the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from kambila.figures import columns
from kambila.figures.definitions import all_figures
from kambila.figures.freezing import freeze
from kambila.figures.models import Release
from kambila.figures.projection import CONTENT
from kambila.figures.views import at
from kambila.journal import Draft, Entry, Part, append, clock, heads, read_part
from kambila.journal.errors import Problem
from kambila.registry.replay import day

Progress = Callable[[int, int], None]


def create_release(
    title: str,
    author: str,
    reason: str,
    as_of: str = "",
    known_at: str = "",
    progress: Progress = lambda done, total: None,
) -> Entry:
    """Freeze every figure as of a day (by default today) as known at a moment (by default now), and sign the head.

    Raises Problem when the journal does not hold what was signed, or the day cannot be read.
    """
    _verify()
    as_of = day(as_of) if as_of else clock.now().date().isoformat()
    content = _content(as_of, known_at, progress)
    packed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    body = {
        "title": title,
        "as_of": as_of,
        "known_at": known_at or clock.text(clock.now()),
        "head": heads.head(),
        "values": {frozen["id"]: frozen["value"] for frozen in content["figures"]},
        "hash": hashlib.sha256(packed).hexdigest(),
    }
    parts = {CONTENT: Part("application/json", packed), "reason": Part("text/plain", reason.encode())}
    [entry] = append([Draft(kind="release", author=author, body=body, parts=parts)])
    heads.sign()
    return entry


def _verify() -> None:
    from kambila.journal.verify import verify_since_checkpoint

    if findings := verify_since_checkpoint():
        raise Problem("release-refused", findings="; ".join(str(each) for each in findings[:5]))


def _content(as_of: str, known_at: str, progress: Progress) -> dict[str, Any]:
    figures = list(all_figures().values())
    last = Release.objects.last()
    before = {frozen["id"]: frozen for frozen in content_of(last)["figures"]} if last else {}
    found = []
    with at(figures, as_of, known_at), columns.opened() as using:
        for number, figure in enumerate(figures, 1):
            found.append(freeze(figure, as_of, before.get(figure.id), using))
            progress(number, len(figures))
    return {"as_of": as_of, "figures": found}


def release_of(id: str) -> Release:
    """A release by its id, by the beginning of it, or `last`. Raises Problem when there is none."""
    if id == "last":
        found = list(Release.objects.all())[-1:]
    else:
        found = list(Release.objects.filter(id__startswith=id)[:2]) if id else []
    if len(found) != 1:
        raise Problem("no-release", id=id)
    return found[0]


def content_of(release: Release) -> dict[str, Any]:
    """What a release froze: {as_of, figures: [{id, definition, value, breakdowns, contributions}]}.

    Raises Problem when the part is not held or does not fit the hash.
    """
    packed = read_part(release.content)
    if packed is None or hashlib.sha256(packed).hexdigest() != release.hash:
        raise Problem("release-lost", id=release.id)
    read: dict[str, Any] = json.loads(packed)
    return read
