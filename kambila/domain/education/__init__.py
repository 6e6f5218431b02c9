"""Risk education: what was taught or told, and whom it reached."""
