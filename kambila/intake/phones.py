"""What a phone says of itself beside the answers: its id, and by its own clock when filling in began and ended."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from kambila.intake.xml import child, local, text

DEVICE = re.compile(r"[A-Za-z0-9:._-]{1,80}")
PRELOADS = {"device": "property deviceid", "start": "timestamp start", "end": "timestamp end"}
METADATA = {"device": "deviceID", "start": "timeStart", "end": "timeEnd"}


def of_itself(root: Element, preloaded: Mapping[str, str]) -> dict[str, str]:
    """`device`, `start` and `end` (UTC) as the form asked for them, or as the metadata of OpenRosa has them.

    What is no id and no moment is left out: the body of a report holds no free text.
    """
    said = {name: preloaded.get(preload) or _in_metadata(root, METADATA[name]) for name, preload in PRELOADS.items()}
    found = {"device": said["device"] if DEVICE.fullmatch(said["device"]) else ""}
    found |= {name: moment(said[name]) for name in ("start", "end")}
    return {name: value for name, value in found.items() if value}


def moment(said: str) -> str:
    """An ISO 8601 moment in UTC, to the second; empty for anything else."""
    try:
        return _utc(datetime.datetime.fromisoformat(said))
    except (ValueError, OverflowError):
        return ""


def http_date(said: str) -> str:
    """The same of the header `Date`. Phones write it in their own language: what cannot be read is left out."""
    try:
        return _utc(parsedate_to_datetime(said))
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _utc(moment: datetime.datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return aware.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _in_metadata(root: Element, name: str) -> str:
    metas = (each for each in root if local(each.tag) == "meta")
    return next((text(found) for meta in metas if (found := child(meta, name)) is not None), "")
