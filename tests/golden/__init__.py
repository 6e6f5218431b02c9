"""A small journal of every kind of entry, which every later version must replay to the same registry."""
