"""A programme with its people, on a day in July 2014."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.people import programme_people
from tests.registry.telling import at


@pytest.fixture
def people(programme: Any) -> Any:
    """Somebody of every role; today is 1 July 2014."""
    at("2014-07-01")
    programme_people()
    return programme
