"""Records that may be the same, and registers that do not agree: found, explained, and left to people to decide."""
