"""Places as rules compare them."""

import pytest

from mailroom.domain.countries import country_of
from mailroom.domain.regions import region_of, town_of


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
        ("OMAHA NE P&DC", "omaha ne"),
        ("HUB 7", "hub 7"),
        ("", ""),
    ],
)
def test_one_town_has_one_name(place: str, town: str) -> None:
    assert town_of(place) == town


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("SACRAMENTO, CA", "CA"),
        ("SACRAMENTO, CA 95814", "CA"),
        ("SACRAMENTO, CA, US", "CA"),
        ("MEMPHIS TN DISTRIBUTION CENTER", "TN"),
        ("NEW YORK NY P&DC", "NY"),
        ("WILMINGTON, DE 19801", "DE"),
        ("MISSISSAUGA, ON, CA", ""),
        ("MISSISSAUGA ON CA", ""),
        ("TORONTO, ON M5V 2T6, CA", ""),
        ("TEL AVIV, TA, IL", ""),
        ("BOGOTA, 110111, CO", ""),
        ("10115 BERLIN, DE", ""),
        ("KOELN, DE 50667", ""),
        ("FRANCE", ""),
    ],
)
def test_a_country_is_no_state(place: str, state: str) -> None:
    found = region_of(place)
    assert (found.code if found else "") == state


@pytest.mark.parametrize(
    ("place", "wanted", "country"),
    [
        ("NEW YORK, NY", "GB", "US"),
        ("NEW YORK, NY 10001", "PL", "US"),
        ("LOS ANGELES, CA", "GB", ""),
        ("MISSISSAUGA, ON, CA", "US", "CA"),
        ("Paris, FR", "US", "FR"),
        ("London, UK", "US", "GB"),
        ("PARIS - FRANCE", "US", "FR"),
        ("Roma, RM", "IT", ""),
        ("Muenchen, BY", "DE", ""),
        ("MINSK, BY", "US", "BY"),
        ("Fort-de-France, MQ", "FR", ""),
        ("Left at Front Door, DR", "US", ""),
        ("KOELN, DE 50667", "DE", ""),
        ("", "US", ""),
    ],
)
def test_the_country_of_a_place(place: str, wanted: str, country: str) -> None:
    assert country_of(place, wanted) == country
