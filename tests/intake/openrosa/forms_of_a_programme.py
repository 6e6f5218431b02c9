"""A form that a programme wrote itself, in several versions. For tests only."""

from __future__ import annotations

VISIT = """
| survey | | | | | | |
| | type | name | label | choice_filter | save_to | calculation |
| | start | start | | | | |
| | end | end | | | | |
| | deviceid | device | | | | |
| | audit | audit | | | | |
| | select_one_from_file village.csv | place | Village | adm1 = 'ML08' | | |
| | calculate | known | | | | instance('village')/{root}/item[name=${place}]/adm2 |
| | text | title | Its name now | | title | |
| | image | photo | Photograph | | | |
| entities | | | |
| | list_name | entity_id | update_if | label |
| | village | ${place} | true() | ${title} |
| settings | | |
| | form_id | form_title | version |
| | visit | A visit | {version} |
"""

NOTE = """
| survey | | | | |
| | type | name | label | save_to |
| | date | date | Day | date |
| | select_one category | category | What | category |
{more}
| choices | | | |
| | list_name | name | label |
| | category | mine_erw | Mine |
| | category | ied | Bomb |
| entities | | |
| | list_name | label |
| | incident | ${{category}} |
| settings | | |
| | form_id | form_title | version |
| | note | A note | {version} |
"""


def visit(version: str = "1") -> str:
    """It updates a village that is chosen from the list of them."""
    return VISIT.replace("{version}", version).replace("{root}", "root")


def note(version: str = "1", *more: str) -> str:
    """It creates an incident; `more` are rows of its survey."""
    return NOTE.format(version=version, more="\n".join(more) or "| | note | thanks | Thank you | |")
