"""Courses and who was trained; other support to the capacity of national forces and authorities."""
