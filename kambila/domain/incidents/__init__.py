"""Accidents and attacks with explosive devices, and the people who were killed or injured in them."""
