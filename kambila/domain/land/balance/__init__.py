"""Square metres that add up: what was dangerous, what was released of it, and what is left, by overlay of geometries."""
