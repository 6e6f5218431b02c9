"""Documents as PDF: a Typst file of ours, and what is printed, as JSON. Nothing is fetched; fonts are in the wheel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kambila.journal import clock

FOLDER = Path(__file__).parent / "templates" / "documents"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF that a template (its name without `.typ`) makes of data that JSON can carry."""
    return _compiled(template, data, "pdf")


def pictures(template: str, data: Mapping[str, Any]) -> list[bytes]:
    """The same as a PNG for each page, to be looked at."""
    found: Any = _compiled(template, data, "png")
    return found if isinstance(found, list) else [found]


def _compiled(template: str, data: Mapping[str, Any], form: Any) -> Any:
    import typst

    return typst.compile(
        str(FOLDER / f"{template}.typ"),
        format=form,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=int(clock.now().timestamp()),
    )
