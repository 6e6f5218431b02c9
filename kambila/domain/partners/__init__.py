"""Who works in the programme and who pays for it: organisations, offices, accreditations, contributions."""
