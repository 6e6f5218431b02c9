"""Measurements: each against a floor taken in the same run. `python -m bench` prints a table and writes JSON."""
