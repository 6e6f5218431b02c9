"""Spreadsheets and map files: read as tables, understood through a profile, taken in row by row as reports."""

from kambila.intake.sheets import errors  # noqa: F401  the catalogue
