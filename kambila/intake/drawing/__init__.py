"""Geometries that somebody draws: a table of turning points, edges shared with neighbours, the report that it becomes."""
