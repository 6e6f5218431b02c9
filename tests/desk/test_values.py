"""Values as the pages write them."""

from kambila.desk import values


def test_what_was_taken_away_carries_a_minus_and_no_hyphen() -> None:
    assert values.number(-84011) == "−84,011"
