"""Places as rules compare them."""

import pytest

from mailroom.domain.regions import town_of


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("OMAHA, NE 68108", "omaha ne"),
        ("Omaha NE", "omaha ne"),
        ("OMAHA, NE 68108-3311, US", "omaha ne"),
        ("MEMPHIS TN DISTRIBUTION CENTER", "memphis tn"),
        ("KRAKÓW, 30-001, PL", "krakow pl"),
        ("TORONTO, ON M5V 2T6, CA", "toronto on ca"),
        ("60622", "60622"),
        ("HUB 7", "hub 7"),
        ("", ""),
    ],
)
def test_one_town_has_one_name(place: str, town: str) -> None:
    assert town_of(place) == town
