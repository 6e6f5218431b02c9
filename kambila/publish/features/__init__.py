"""OGC API – Features under `/ogc`: every kind of record as a collection, for map programs, statisticians and sheets.

Parts 1 (core), 2 (coordinate reference systems) and 3 (filtering, CQL2 text) of OGC 17-069r4, 18-058r1 and 19-079r2.
"""
