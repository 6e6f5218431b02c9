"""An operator's list of accidents, its profile, and how it is brought in. For tests only."""

from __future__ import annotations

from pathlib import Path

from kambila.accounts.models import Account
from kambila.intake.sheets import profile
from kambila.intake.sheets.importing import import_file
from kambila.intake.sheets.rows import Acceptance
from kambila.journal.models import EntryRow
from kambila.registry import kinds
from tests.intake.sheets.files import csv_file

HEADER = ("No", "Date", "Type", "Engin", "Lieu", "Tués", "Lat", "Lon", "Récit")
ROWS = [
    ("A1", "18/06/2014", "Mine ou REG", "uxo", "Tabankort", "1", "16°15'00\"N", "0°03'00\"W", "Un berger."),
    ("A2", "05/2014", "mine_erw", "Mine antipersonnel", "Kidal", "", "", "", ""),
    ("A3", "2013", "IED attack", "ied_unknown", "=Gao", "2", "16.27", "-0.04", ""),
]
ACCIDENTS = """
name = "accidents"
title = "Accidents of an operator"
source = "operator"

[file]
dates = "dmy"

[report]
date = "Date"

[[left_out]]
column = "Type"
is = ["Vol"]
reason = "Theft is no accident."
reason_fr = "Un vol n'est pas un accident."

[[records]]
kind = "incident"
id = "No"

[records.fields]
date = "Date"
category = { column = "Type", codes = { "Mine ou REG" = "mine_erw" } }
device = "Engin"
locality = "Lieu"
killed_stated = "Tués"
location = { latitude = "Lat", longitude = "Lon" }
circumstances = "Récit"
"""
READ = profile.read(ACCIDENTS)


def sheet(path: Path, rows=ROWS, **more) -> Path:
    return csv_file(path, [HEADER, *rows], **more)


def bring(path: Path, by: str = "omar", acceptance: Acceptance | None = None, **more):
    return import_file(path, more.pop("profile", READ), by, acceptance, **more)


def incidents() -> list:
    return list(kinds.model_of("incident").objects.order_by("date_first"))


def entries() -> int:
    return EntryRow._default_manager.count()


def people_account(name: str) -> Account:
    return Account.objects.get(username=name)


YES = Acceptance("The list was compared.", "Known to the office.")
BAD = ("A7", "18/06/2014", "mine_erw", "uxo", "Kidal", "many", "91°", "0", "")
