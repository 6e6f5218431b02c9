"""Geometries that somebody draws: turning points as a table, edges shared with neighbours, and the report that it becomes."""
