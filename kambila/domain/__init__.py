"""The areas of work, one folder each, all built alike."""
