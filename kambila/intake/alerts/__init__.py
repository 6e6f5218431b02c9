"""Alerts: what happened reaches the people on duty within a minute, on the page, by e-mail and by webhook."""
