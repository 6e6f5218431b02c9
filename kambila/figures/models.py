"""Releases as the journal tells of them."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """A release: what was published, as of which day, known when. Its content lies in a part of its entry."""

    id = models.CharField(primary_key=True, max_length=36)
    tick = models.BigIntegerField()
    recorded = models.CharField(max_length=27)
    author = models.CharField(max_length=100)
    title = models.CharField(max_length=250)
    as_of = models.CharField(max_length=10)
    known_at = models.CharField(max_length=27)
    head = models.JSONField()
    values = models.JSONField()  # {figure: number, text for decimals, null}
    hash = models.CharField(max_length=64)  # SHA-256 of the content
    content = models.CharField(max_length=64)  # commitment of the part

    class Meta:
        db_table = "figures_release"
        ordering = ["tick", "recorded", "id"]

    def __str__(self) -> str:
        return self.title
