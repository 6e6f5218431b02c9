"""Priorities that can be explained: named scenarios of weighted criteria, and the score of each open area by each."""
