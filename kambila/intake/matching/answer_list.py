"""The list that goes back to the operator: a workbook with a sheet for each sort of difference, and a column to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kambila.intake.matching.acting import ACTORS
from kambila.intake.matching.reconcile import (
    DIFFERS,
    ONLY_OURS,
    ONLY_THEIRS,
    OTHER_ID,
    SORTS,
    TWICE,
    UNREAD,
    Difference,
    Reconciliation,
)
from kambila.intake.matching.showing import field_title, kind_title, shown
from kambila.intake.sheets.neutral import neutral
from kambila.journal import clock, directory

TITLES = {
    DIFFERS: gettext_lazy("In both, but different"),
    ONLY_THEIRS: gettext_lazy("Only in the operator’s"),
    ONLY_OURS: gettext_lazy("Only in the programme’s"),
    OTHER_ID: gettext_lazy("Under another id"),
    TWICE: gettext_lazy("Twice in the operator’s"),
    UNREAD: gettext_lazy("Not readable"),
}
Column = tuple[Any, int, Callable[[Difference], Any]]  # title, width in characters, value

FIRST: Sequence[Column] = (
    (gettext_lazy("Kind"), 18, lambda each: kind_title(each.kind)),
    (gettext_lazy("Row of your file"), 10, lambda each: each.row or None),
    (gettext_lazy("Your id"), 18, lambda each: each.their_id),
    (gettext_lazy("Our code"), 18, lambda each: each.code),
)
VALUES: Sequence[Column] = (
    (gettext_lazy("Field"), 24, lambda each: field_title(each.kind, each.field)),
    (gettext_lazy("Operator says"), 24, lambda each: shown(each.kind, each.field, each.theirs)),
    (gettext_lazy("Programme says"), 24, lambda each: shown(each.kind, each.derived or each.field, each.ours)),
    (gettext_lazy("Only yours, m²"), 12, lambda each: each.overlay and round(each.overlay.theirs_m2)),
    (gettext_lazy("Only ours, m²"), 12, lambda each: each.overlay and round(each.overlay.ours_m2)),
    (gettext_lazy("Both, m²"), 12, lambda each: each.overlay and round(each.overlay.both_m2)),
)
LAST: Sequence[Column] = (
    (gettext_lazy("Who acts"), 12, lambda each: str(ACTORS[each.act.who])),
    (gettext_lazy("Why"), 60, lambda each: each.act.sentence(each.kind, each.field)),
    (gettext_lazy("Your answer"), 40, lambda each: None),
)


def columns(sort: str) -> list[Column]:
    """The columns of a sheet."""
    return [*FIRST, *(VALUES if sort == DIFFERS else ()), *LAST]


def write_list(result: Reconciliation, organisation: str, to: Path | IO[bytes]) -> None:
    """Write the workbook, in the reader's language. `organisation` is its name, for the first sheet."""
    from openpyxl import Workbook

    book = Workbook()
    _summary(book.active, result, organisation)
    for sort in SORTS:
        if differences := result.of_sort(sort):
            shape = columns(sort)
            sheet = _sheet(book, str(TITLES[sort]), [(str(title), width) for title, width, _value in shape])
            for number, each in enumerate(differences, 2):
                _write(sheet, number, [value(each) for _title, _width, value in shape])
    same = _sheet(book, _("The same in both"), [(_("Kind"), 18), (_("Row of your file"), 10), (_("Our code"), 18)])
    for number, (kind, row, _record, code) in enumerate(result.same, 2):
        _write(same, number, [kind_title(kind), row, code])
    book.save(to)


def _summary(sheet: Any, result: Reconciliation, organisation: str) -> None:
    sheet.title = _("Summary")
    node = directory.current().node
    lines: list[list[Any]] = [
        [_("Your register beside ours")],
        [_("Organisation"), organisation],
        [_("Programme"), node.name],
        [_("Compared on"), clock.now().date().isoformat()],
        [_("Rows of your file"), result.rows],
        [_("The same in both"), len(result.same)],
        [_("Records that differ"), result.differing],
        *([[_("This is an example: nothing in it is real.")]] if node.example else []),
        [],
        *([str(TITLES[sort]), len(result.of_sort(sort))] for sort in SORTS),
        [],
        [
            _(
                "Please answer each line in its last column, and send this workbook back with the reports that are missing."
            )
        ],
        [_("No record of a place here does not mean that the place is safe.")],
    ]
    for number, line in enumerate(lines, 1):
        _write(sheet, number, line)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 40


def _sheet(book: Any, title: str, heads: Sequence[tuple[str, int]]) -> Any:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title[:31])
    _write(sheet, 1, [head for head, _width in heads])
    for number, (_head, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    return sheet


def _write(sheet: Any, row: int, values: Sequence[Any]) -> None:
    """Texts as texts: nothing that an operator or we wrote is run as a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", neutral(value))[:32_767]
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=row > 1, vertical="top")
        else:
            cell.value = value
            cell.alignment = Alignment(vertical="top")
