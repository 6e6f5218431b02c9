"""Small cells of persons: what leaves the house must not tell who somebody is, also not by subtraction.

The rule (docs/figures.md): cells of persons under 5 are merged until the hidden group has at least two cells and five
people; a public breakdown moves between releases only when changes reach five. A cell of 0 is small too: that nobody was
hurt somewhere is only said of the group.

What a reader could do, and why it does not help:

- subtract the shown cells from the total: that gives the sum of the hidden group, which is five or more over two cells or
  more
- compare two breakdowns of a figure: each hides its own group, so each comparison ends at such a sum
- compare two releases: shown cells move by five or more or not at all, and so does what is left for the group
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A breakdown as the public sees it: cells with their value, the names of merged cells, and their sum."""

    cells: Mapping[str, int]
    merged: tuple[str, ...] = ()
    merged_value: int = 0

    @property
    def total(self) -> int:
        return sum(self.cells.values()) + self.merged_value


def merge(cells: Mapping[str, int], always: Collection[str] = ()) -> Shown | None:
    """Merge the small cells; None when nothing of the breakdown can be shown.

    `always` names cells that stay merged because an earlier release had merged them.
    """
    known = dict(sorted(cells.items()))
    hidden = {cell for cell, value in known.items() if value < LEAST} | (set(always) & set(known))
    # The smallest cells that are left join until the group says nothing of any one of them.
    for cell in sorted(known, key=lambda each: (known[each], each)):
        if not hidden or _is_enough(known, hidden):
            break
        hidden.add(cell)
    if hidden and not _is_enough(known, hidden):
        return None
    return _shown(known, hidden)


def _is_enough(cells: Mapping[str, int], hidden: Collection[str]) -> bool:
    """Two cells that hold somebody, and five people: a group of one and zeros would give the one away."""
    return len(hidden) >= 2 and sum(cells[each] for each in hidden) >= LEAST


def _shown(cells: Mapping[str, int], hidden: Collection[str]) -> Shown:
    shown = {cell: value for cell, value in cells.items() if cell not in hidden}
    return Shown(shown, tuple(sorted(hidden)), sum(cells[each] for each in hidden))


def next_release(before: Shown | None, cells: Mapping[str, int]) -> Shown | None:
    """The breakdown of a new release beside the one before: it moves only when every change that shows reaches five.

    While it does not, the earlier breakdown stays, and the page says as of which release. A change of some cells that
    shows is taken over only with all of them, so that what is left for the hidden group moves by five or not at all.
    """
    if before is None:
        return merge(cells)
    after = merge(cells, always=before.merged)
    if after is None:
        return None
    return after if moves_enough(before, after) else before


def moves_enough(before: Shown, after: Shown) -> bool:
    """Whether no difference between the two is of one to four people, in a cell, in the group, or in any of its parts."""
    if before == after:
        return True
    groups = after.merged_value - before.merged_value
    joined = [before.cells[cell] for cell in after.merged if cell in before.cells]
    # A cell that was shown and is merged now: what the group gained without it must not be a handful.
    gained = groups - sum(joined)
    cells = [value - before.cells.get(cell, 0) for cell, value in after.cells.items()]
    vanished = [value for cell, value in before.cells.items() if cell not in after.cells and cell not in after.merged]
    return all(_is_none_or_many(each) for each in [groups, gained, *cells, *vanished])


def _is_none_or_many(change: int) -> bool:
    return change == 0 or abs(change) >= LEAST
