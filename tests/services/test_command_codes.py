"""Command bar codes of an office: their sheet, what each stands for, badges and who they seat."""

import dataclasses
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest

from mailroom.capture.files import read_file
from mailroom.carriers import all_carriers
from mailroom.domain.bench_codes import ALONE, BenchKind, badge_code, office_code, parse_bench_code
from mailroom.domain.operator import Role
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import PieceFields
from mailroom.errors import MailroomError
from mailroom.recognition.bench import bench_codes
from mailroom.recognition.recogniser import recognise
from mailroom.services.command_codes import Meaning
from mailroom.services.office import Office


@pytest.fixture
def who(office: Office) -> Any:
    reading = Reading("1Z999AA10123456784", ReadingSource.WEDGE, datetime.now(UTC))
    fields = PieceFields(department="Legal & Żur", meter="Front desk")
    office.intake.record(office.operator, (reading,), fields)
    return office.operator


def codes_of(pdf: bytes, tmp_path: Any) -> list[str]:
    """The payloads on the pages of a PDF, as the decoder reads them."""
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf)
    return [one.raw for page in read_file(path) for one in page.readings]


def test_the_sheet_has_a_code_for_everything_and_each_is_known(office: Office, who: Any, tmp_path: Any) -> None:
    # GIVEN an office without a sheet: it has no commands
    assert office.command_codes.table(who) == {}
    # WHEN its sheet is printed
    pdf = office.command_codes.sheet(who)
    # THEN it has a command for each of them, and what the decoder reads on it are these and no number
    table = office.command_codes.table(who)
    read = codes_of(pdf, tmp_path)
    assert len(read) >= len(table) // 2  # one picture of a whole sheet, read within a label's time: most of them
    assert {code for raw in read if (code := parse_bench_code(raw)) is not None} <= set(table)
    text = subprocess.run(["pdftotext", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, check=True).stdout
    printed = {code for word in text.decode().split() if (code := parse_bench_code(word)) is not None}
    assert {table[code] for code in printed} == {
        *(Meaning(kind) for kind in ALONE),
        Meaning(BenchKind.DEPARTMENT, "Legal & Żur"),
        Meaning(BenchKind.SERVICE, "Next Day Air"),
        Meaning(BenchKind.METER, "Front desk"),
    }
    page = tuple(Reading(raw, ReadingSource.FILE, datetime.now(UTC)) for raw in read)
    assert recognise(page, all_carriers()).candidates == ()
    assert len(bench_codes(page)) == len(read)
    # AND the next one has the same codes
    assert office.command_codes.sheet(who) == pdf
    assert office.command_codes.table(who) == table


def test_a_command_of_another_office_is_not_carried_out(office: Office, who: Any) -> None:
    office.command_codes.sheet(who)
    with pytest.raises(MailroomError) as foreign:
        office.command_codes.meaning(who, office_code(bytes(32), BenchKind.CLOSE_RUN))
    assert foreign.value.code == "bench_code_foreign"
    (first, *_rest) = office.command_codes.table(who)
    assert office.command_codes.meaning(who, first).kind is first.kind


def test_the_settings_of_the_office_are_as_before(office: Office, who: Any) -> None:
    before = office.settings.office(who)
    office.command_codes.sheet(who)
    assert office.settings.office(who) == before


def test_a_badge_seats_its_holder_with_a_clerks_rights(office: Office, who: Any, tmp_path: Any) -> None:
    # GIVEN a second person, a manager by role, with a badge
    office.command_codes.desk.accept(
        who, "operator_added", "op-2", {"name": "Ada Moss", "role": Role.MANAGER, "departments": []}
    )
    (payload,) = codes_of(office.command_codes.issue_badges(who, ("op-2",)), tmp_path)
    badge = parse_bench_code(payload)
    assert badge is not None
    # WHEN it is read
    seated = office.command_codes.sit_down(who, badge)
    # THEN she sits there, as a clerk: the card alone gives no more
    assert (seated.name, seated.role, seated.desk) == ("Ada Moss", Role.CLERK, who.desk)
    assert office.command_codes.sit_down(seated, badge) == seated
    # AND a new badge makes the old one void
    office.command_codes.issue_badges(who, ("op-2",))
    with pytest.raises(MailroomError) as void:
        office.command_codes.sit_down(who, badge)
    assert void.value.code == "badge_unknown"


def test_whoever_sits_there_keeps_their_rights(office: Office, who: Any, tmp_path: Any) -> None:
    (payload,) = codes_of(office.command_codes.issue_badges(who, (who.id,)), tmp_path)
    badge = parse_bench_code(payload)
    assert badge is not None
    assert office.command_codes.sit_down(who, badge).role is Role.ADMIN


@pytest.mark.parametrize("secret", [bytes(8), b"MR:OP:1:"])
def test_a_made_up_badge_seats_nobody(office: Office, who: Any, secret: bytes) -> None:
    with pytest.raises(MailroomError) as unknown:
        office.command_codes.sit_down(who, badge_code(secret))
    assert unknown.value.code == "badge_unknown"


def test_badges_are_given_out_by_managers_and_to_people_on_record(office: Office, who: Any) -> None:
    with pytest.raises(MailroomError) as refused:
        office.command_codes.issue_badges(dataclasses.replace(who, role=Role.CLERK), (who.id,))
    assert refused.value.code == "not_allowed"
    with pytest.raises(MailroomError) as unknown:
        office.command_codes.issue_badges(who, ("nobody",))
    assert unknown.value.code == "operator_unknown"
