"""Contaminated land: the surveys that find it, the areas on the map, and how they are released and handed over."""
