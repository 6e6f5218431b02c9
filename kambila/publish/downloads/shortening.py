"""What a Shapefile cannot hold: names of columns longer than 10 bytes, texts longer than 254. What was cut is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

NAME, TEXT = 10, 254  # bytes, of the dBASE table of a Shapefile


def names(columns: Sequence[str]) -> dict[str, str]:
    """The short name of each column, no two alike: its beginning, with a number at the end where another has it."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        short, number = column[:NAME], 1
        while short.lower() in taken:
            number += 1
            short = f"{column[: NAME - 1 - len(str(number))]}_{number}"
        taken.add(short.lower())
        found[column] = short
    return found


def shortened(source: Any, short: Mapping[str, str], cut: dict[str, int]) -> Iterator[pa.RecordBatch]:
    """The pieces under their short names, with texts that fit; `cut` is told how many were cut of each column."""
    for batch in source:
        columns = []
        for field, values in zip(batch.schema, batch.columns, strict=True):
            if pa.types.is_string(field.type):
                long = pc.sum(pc.greater(pc.binary_length(values), TEXT)).as_py() or 0
                if long:
                    cut[field.name] = cut.get(field.name, 0) + long
                    values = pa.array([_fitting(each) for each in values.to_pylist()], pa.string())
            columns.append(values)
        yield pa.RecordBatch.from_arrays(columns, names=[short.get(each, each) for each in batch.schema.names])


def _fitting(text: str | None) -> str | None:
    """A text of which no letter is cut in two."""
    return None if text is None else text.encode()[:TEXT].decode(errors="ignore")


def told(short: Mapping[str, str], cut: Mapping[str, int]) -> str:
    """What was shortened, for people."""
    lines = [_("A Shapefile has names of at most 10 bytes and texts of at most 254. What was shortened here:"), ""]
    changed = [f"{each} = {name}" for name, each in short.items() if each != name]
    lines += changed or [_("No name of a column.")]
    lines += [""]
    for name, number in cut.items():
        lines.append(_("%(column)s: %(number)d texts end after 254 bytes.") % {"column": name, "number": number})
    lines += [] if cut else [_("No text.")]
    lines += ["", _("A GeoPackage or a CSV file holds all of it.")]
    return "\r\n".join(lines) + "\r\n"
