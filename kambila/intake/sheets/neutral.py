"""Text that a spreadsheet would run as a formula: an apostrophe goes before it, and comes off again on the way in."""

from __future__ import annotations

import re

DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
PREFIXED = re.compile(r"'+[=+\-@\t\r]")
NEGATIVE = re.compile(r"-\d+(\.\d+)?")


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula. Negative numbers stay as they are."""
    return f"'{text}" if DANGEROUS.match(text) and not NEGATIVE.fullmatch(text) else text


def as_written(text: str) -> str:
    """What `neutral` was given."""
    return text[1:] if text[:1] == "'" and PREFIXED.match(text) else text
