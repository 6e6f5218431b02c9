"""Writes the golden journal of the present format. Run it once for each new format, never to make a test pass.

python -m tests.golden.make 1
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kambila.settings")
django.setup()

from kambila.intake.forms import publish  # noqa: E402
from kambila.journal import Draft, append, directory, exchange, heads, nodes  # noqa: E402
from tests.golden import journal  # noqa: E402
from tests.registry.telling import (  # noqa: E402
    C2,
    H2,
    C,
    H,
    I,
    V,
    accept,
    at,
    change,
    countersign,
    decide,
    ref,
    report,
    say,
)

SITE = {"type": "Polygon", "coordinates": [[[-3.1, 16.7], [-3.099, 16.7], [-3.099, 16.701], [-3.1, 16.7]]]}
FORM = """
| survey   |      |       |                     |
|          | type | name  | label               |
|          | text | title | Village             |
| settings |      |       |                     |
|          | form_id | version | form_title |
|          | golden  | 1       | Golden     |
"""


def gao(folder: Path) -> Path:
    """The field office: two reports that headquarters has not seen, one of them accepted."""
    directory.create_directory(folder / "gao", "Gao", "GAO", database="")
    at("2014-05-02")
    nodes.introduce()
    accept(report(change(C2, {"code": "GAO-CAS-00001", "outcome": "injured", "incident": I}), date="2014-05"))
    report(
        change(H2, {"code": "GAO-HA-00001", "classification": "sha", "polygon": SITE}, "hazardous_area"),
        date="2014-05-01",
    )
    exchange.export(folder / "from-gao", {})
    return folder / "from-gao"


def headquarters(folder: Path, from_gao: Path) -> None:
    """A little of everything that can be said."""
    directory.create_directory(folder / "bamako", "Bamako", "BKO", database="")
    at("2014-06-01")
    nodes.introduce()
    publish({_compiled(): FORM.encode()}, "fanta")
    scope = {"office": "GAO"}
    append([Draft("grant", "fanta", {"verb": "grant", "account": "moussa", "role": "reporter", "scope": scope})])
    append([Draft("setting", "fanta", {"country_box": ["-12.3", "10.1", "4.3", "25.0"]})])
    accept(
        report(
            change(I, {"code": "BKO-INC-00001", "category": "mine_erw", "date": "2014-05"}, "incident"),
            date="2014-05-20",
        )
    )
    first = report(
        change(C, {"code": "BKO-CAS-00001", "sex": "female", "age": 9, "incident": I}),
        date="2014-05-20",
        names={0: {"full_name": "Awa Example"}},
    )
    accept(first)
    edit = report(change(C, {"code": "BKO-CAS-00001", "sex": "female", "age": 19}), date="2014-05-20", edits=first.id)
    accept(edit, base={"age": [ref(first)]})
    decide("withdraw", edit)
    exchange.bring_in(from_gao)
    at("2014-06-20")
    records(first.id)
    heads.sign()


def records(first: str) -> None:
    """Decisions of every verb about records."""
    say("same-as", kind="casualty", records=[C, C2])
    area = report(
        change(H, {"code": "BKO-HA-00001", "classification": "cha", "polygon": SITE}, "hazardous_area"),
        date="2014-06-02",
    )
    accept(area)
    countersign(decide("reject", report(change(H, {"classification": "sha"}, "hazardous_area"), date="2014-06-03")))
    decide("withdraw", area)
    say("disclose", kind="hazardous_area", record=H, audience="partner", precision="exact", until="2014-12-31")
    village = [report(change(V, {"title": name}, "village"), date="2014-06-10") for name in ("Tabango", "Tabangou")]
    for each in village:
        accept(each)
    say("resolve", kind="village", record=V, field="title", chosen=ref(village[0]), overruled=[ref(village[1])])
    say("retire", kind="village", record=V, date="2014-06-15")
    say("restore", kind="village", record=V, date="2014-06-16")
    decide("return", report(change(V, {"title": "Tabangue"}, "village"), date="2014-06-17"))
    append([Draft("erase", "fanta", {"records": [["casualty", C]], "authority": "her family"})])
    append([Draft("release", "fanta", {"title": "June 2014", "as_of": "2014-06-20", "figures": {}})])


def _compiled() -> bytes:
    from kambila.intake.forms import compile_form

    return compile_form(FORM, "golden")


def main(version: int) -> None:
    """Write journal, parts and registry."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        headquarters(folder, gao(folder))
        exchange.export(folder / "golden", {}, exchange.everything)
        journal.unpack(folder / "golden", version)
        text = json.dumps(journal.registry(), indent=1, ensure_ascii=False, sort_keys=True)
        (journal.HERE / f"v{version}-registry.json").write_text(text + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
