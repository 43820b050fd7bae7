"""The address book: found as you type, forgiving of spelling, filled from files, one entry a person and place."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import Party, PieceFields
from mailroom.errors import MailroomError
from mailroom.services.address_book import CHUNK, country_code
from mailroom.services.office import Office

Read = Callable[..., tuple[Reading, ...]]
IDA = Party("Ida Lund", "Lund & Sønner", ("1857 W Division St",), "60622", "US", "", "Chicago", "IL")
MALGORZATA = Party("Małgorzata Wiśniewska", "", ("ul. Prosta 1",), "00-950", "PL", "", "Warszawa")
JOHNSON = Party("Alice Johnson", "", ("77 Atlantic Avenue",), "02110", "US", "", "Boston", "MA")


@pytest.fixture
def filled(office: Office, who: Operator) -> Office:
    for one in (IDA, MALGORZATA, JOHNSON):
        office.address_book.add(who, one)
    return office


def names(found: object) -> list[str]:
    return [one.party.name for one in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ida", ["Ida Lund"]),
        ("lund", ["Ida Lund"]),
        ("sonner", ["Ida Lund"]),
        ("wisniew", ["Małgorzata Wiśniewska"]),
        ("WARSZ", ["Małgorzata Wiśniewska"]),
        ("0262", []),
        ("60622", ["Ida Lund"]),
        ("atlan johns", ["Alice Johnson"]),
        ("al", ["Alice Johnson"]),
        ("ohn", ["Alice Johnson"]),
        ("Jonson", ["Alice Johnson"]),
        ("Malgozata", ["Małgorzata Wiśniewska"]),
        ("%", []),
        ("_", []),
        ("zzzz", []),
    ],
)
def test_an_entry_is_found_as_it_is_typed(filled: Office, who: Operator, typed: str, expected: list[str]) -> None:
    assert names(filled.address_book.find(who, typed)) == expected


def test_nothing_typed_gives_the_last_used(filled: Office, who: Operator, read: Read) -> None:
    (johnson,) = filled.address_book.find(who, "johnson")
    filled.intake.record(
        who, read("9400111899560197440716"), PieceFields(recipient=johnson.party, contact_id=johnson.id)
    )
    assert names(filled.address_book.find(who, ""))[0] == "Alice Johnson"
    used = filled.address_book.get(who, johnson.id)
    assert used.uses == 1
    assert used.used_at is not None
    assert len(filled.address_book.find(who, "", limit=0)) == 3


def test_one_person_at_one_place_is_one_entry(filled: Office, who: Operator) -> None:
    again = filled.address_book.add(who, replace(IDA, name="IDA  LUND", postal_code="60622-1234"))
    assert again.id == filled.address_book.find(who, "ida")[0].id
    moved = filled.address_book.add(who, replace(IDA, postal_code="60601"))
    assert moved.id != again.id
    assert len(filled.address_book.find(who, "ida")) == 2


def test_the_recipient_of_a_piece_is_remembered_with_its_city(filled: Office, who: Operator) -> None:
    typed = Party("Omar Haddad", "", ("9 Elm Rd", "Boise, ID 83702"))
    kept = filled.address_book.remember(who, typed, "omar@example.org")
    assert kept is not None
    assert (kept.party.city, kept.party.region, kept.party.postal_code) == ("Boise", "ID", "83702")
    assert kept.email == "omar@example.org"
    assert filled.address_book.remember(who, Party("Only A Name")) is None
    assert filled.address_book.remember(who, Party()) is None


def test_entries_are_changed_and_removed(filled: Office, who: Operator) -> None:
    (ida,) = filled.address_book.find(who, "ida")
    changed = filled.address_book.change(who, replace(ida, party=replace(ida.party, name="Ida Berg"), note="new name"))
    assert (changed.party.name, changed.note, changed.version) == ("Ida Berg", "new name", 2)
    assert names(filled.address_book.find(who, "berg")) == ["Ida Berg"]
    with pytest.raises(MailroomError) as late:
        filled.address_book.change(who, replace(ida, note="from another desk"))
    assert late.value.code == "changed_meanwhile"
    filled.address_book.remove(who, ida.id)
    assert filled.address_book.find(who, "ida berg") == ()
    with pytest.raises(MailroomError) as gone:
        filled.address_book.remove(who, ida.id)
    assert gone.value.code == "contact_unknown"
    # the name may come back as a new entry
    assert filled.address_book.add(who, IDA).id != ida.id


@pytest.mark.parametrize(
    ("party", "email", "code"),
    [
        (Party(), "", "contact_empty"),
        (Party(" ", address=("1 Main St",)), "", "contact_empty"),
        (IDA, "no address", "email_bad"),
        (replace(IDA, name="x" * 301), "", "field_too_long"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(
    office: Office, who: Operator, party: Party, email: str, code: str
) -> None:
    with pytest.raises(MailroomError) as refused:
        office.address_book.add(who, party, email)
    assert refused.value.code == code


def test_a_file_is_taken_in_by_its_own_headers(office: Office, who: Operator, tmp_path: Path) -> None:
    # GIVEN a file as another program exports it
    file = tmp_path / "people.csv"
    file.write_text(
        "First Name;Last Name;Organisation;Street Address;City;State;ZIP Code;Country;E-mail Address;Fax\n"
        "Ida;Lund;;1857 W Division St;Chicago;IL;60622;United States;ida@example.org;1\n"
        "Anneliese;Brandt;Werkstatt Brandt;Lindenweg 12;Leipzig;;04109;DE;;\n"
        ";;;9 Elm Rd;Boise;ID;83702;;;\n"
        "Omar;Haddad;;9 Elm Rd;Boise;ID;83702;Atlantis;;\n"
        "Bad;Mail;;9 Elm Rd;Boise;ID;83702;;not an address;\n",
        "utf-8-sig",
    )
    # WHEN it is imported twice
    done = office.address_book.import_file(who, file)
    again = office.address_book.import_file(who, file)
    # THEN the good rows are in the book once, the others are named with their reasons
    assert (done.rows, done.added, done.known, done.cancelled) == (5, 2, 0, False)
    assert [(line, reason.code) for line, reason in done.refused] == [
        (4, "contact_empty"),
        (5, "country_unknown"),
        (6, "email_bad"),
    ]
    assert done.ignored_columns == ("Fax",)
    assert (again.added, again.known) == (0, 2)
    (brandt,) = office.address_book.find(who, "werkst")
    assert (brandt.party.country, brandt.party.city, brandt.party.address) == ("DE", "Leipzig", ("Lindenweg 12",))


def test_a_large_file_goes_in_by_chunks_and_can_be_stopped(office: Office, who: Operator, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    rows = "".join(f"Person {n:04d},{n} Main St,Boise,ID,83702\n" for n in range(3 * CHUNK))
    file.write_text("name,street,city,state,zip\n" + rows)
    seen: list[int] = []
    stopped = office.address_book.import_file(
        who, file, progress=lambda done, _total: seen.append(done), cancelled=lambda: bool(seen)
    )
    assert (stopped.added, stopped.cancelled, seen) == (CHUNK, True, [CHUNK])
    rest = office.address_book.import_file(who, file)
    assert (rest.added, rest.known) == (2 * CHUNK, CHUNK)
    assert len(office.address_book.find(who, "person", limit=0)) == 3 * CHUNK


def test_a_file_without_names_is_refused(office: Office, who: Operator, tmp_path: Path) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text("tracking,date\n1,2\n")
    with pytest.raises(MailroomError) as refused:
        office.address_book.import_file(who, file)
    assert refused.value.code == "columns_missing"


def test_staff_may_look_and_not_write(filled: Office, who: Operator, other_role: Callable[..., Operator]) -> None:
    staff = other_role(who, Role.STAFF)
    assert names(filled.address_book.find(staff, "ida")) == ["Ida Lund"]
    with pytest.raises(MailroomError) as refused:
        filled.address_book.add(staff, IDA)
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("text", "code"), [("us", "US"), ("Germany", "DE"), ("USA", "US"), ("united kingdom", "GB"), ("UK", "GB")]
)
def test_countries_go_by_letters_or_names(text: str, code: str) -> None:
    assert country_code(text) == code
