"""Weapons and ammunition: the sites, their safety, what they hold, what was handed in and what was destroyed."""
