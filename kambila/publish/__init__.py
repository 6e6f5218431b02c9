"""Doors out: what a release says, as files that anybody may read."""
