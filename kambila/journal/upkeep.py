"""What a server does for the journal while it runs: signs its head, and reads the sealed files again and again."""

from __future__ import annotations

import logging
import time

from django.db import close_old_connections, connection

from kambila.journal import directory, heads, parts

log = logging.getLogger(__name__)
PAUSE = 60.0  # seconds
FILES = 20  # files read at a time, so that readers of pages hardly notice


def keep() -> None:
    """Look after the journal of the open directory for ever, in a thread of its own."""
    after = ""
    while True:
        time.sleep(PAUSE)
        try:
            sign_what_is_new()
            after = scrub(after)
        except Exception:
            log.exception("The journal could not be looked after; it will be tried again in a minute.")
            close_old_connections()  # the database may have been away


def sign_what_is_new() -> heads.SignedHead | None:
    """Sign the head of this node unless the last line of heads.log says it already."""
    opened = directory.current()
    place = heads.head().get(opened.node.id)
    last = heads.newest_signed().get(opened.node.id)
    if place is None or opened.node.view is not None or (last is not None and [last.seq, last.hash] == place):
        return None
    return heads.sign()


def scrub(after: str, files: int = FILES) -> str:
    """Read some sealed files, from a commitment on, and log what is not what was committed to.

    Gives the commitment to go on after; empty at the end, so that the next call begins anew.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT commitment FROM journal_part WHERE content IS NULL AND commitment > %s ORDER BY commitment LIMIT %s",
            [after, files],
        )
        commitments = [row[0] for row in cursor.fetchall()]
    for commitment in commitments:
        held = parts.held_part(commitment)
        if held is not None and not parts.matches(held):
            log.error("The sealed file %s is missing or was altered. Run `kambila verify --all`.", commitment)
    return commitments[-1] if len(commitments) == files else ""
