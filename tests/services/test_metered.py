"""Metered pieces: the imprint fills what nobody typed, says where it contradicts, and is known again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mailroom.domain.money import Money
from mailroom.domain.numbers import is_label_number, normal_number
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading, ReadingSource, Symbology
from mailroom.domain.recognition import Verdict
from mailroom.domain.register import ShipmentFilter
from mailroom.domain.shipment import NumberRole, Party, PieceFields, PostageProof
from mailroom.domain.timeline import EventKind
from mailroom.services.imprints import same_serial
from mailroom.services.intake import Outcome
from mailroom.services.office import Office

Read = Callable[..., tuple[Reading, ...]]
GROUND = "9400111899560197440716"
CERTIFIED = "9214890123456700041279"


def lite(piece: int = 4711, mills: int = 690) -> str:
    data = b"\x01" + piece.to_bytes(4, "little") + b"\x21" + (123456).to_bytes(3, "little")
    return (data + mills.to_bytes(3, "little") + b"\x15\x00\xa1\xb2\xc3\xd4\xe5\xf6").decode("latin-1")


def dated(*, imi: bool = True, mark: int = 0, day: int = 20261119) -> str:
    """An imprint with a date: IMI (postage unknown), or IBI with 0.690 where its postage may stand."""
    data = bytearray([0x80 + mark] * 89)
    machine, serial, mailed = (1, 5, 17) if imi else (6, 10, 22)
    data[machine : machine + 4] = b"PB1A"
    data[serial : serial + 4] = (7654321).to_bytes(4, "little")
    if not imi:
        data[19:22] = (690).to_bytes(3, "little")
    data[mailed : mailed + 4] = day.to_bytes(4, "little")
    return bytes(data).decode("latin-1")


@pytest.fixture
def seen(clock: Any) -> Callable[..., tuple[Reading, ...]]:
    def make(*raws: str) -> tuple[Reading, ...]:
        return tuple(
            Reading(raw, ReadingSource.CAMERA, clock.now, None if raw.isalnum() else Symbology.DATA_MATRIX)
            for raw in raws
        )

    return make


def test_an_imprint_beside_a_tracking_code_fills_what_nobody_typed(office: Office, who: Operator, seen: Read) -> None:
    # GIVEN a meter of the office with its serial as it stands on the machine
    office.lists.add_meter(who, "M-2 Front", serial="PB1A 0007654321", maker="Pitney Bowes")

    # WHEN a label has both codes
    done = office.intake.record(who, seen(GROUND, dated()))

    # THEN meter and day are the imprint's and say so; no amount was made up
    assert done.row is not None
    fields = done.row.shipment.fields
    assert (fields.meter, fields.mailed_on, fields.postage) == ("M-2 Front", date(2026, 11, 19), Money(0))
    assert fields.proof_of_postage is PostageProof.METER
    assert fields.from_imprint == ("mailed_on", "meter", "proof_of_postage")
    assert fields.imprint is not None
    assert (fields.imprint.format, fields.imprint.unconfirmed) == ("IMI", ("piece", "postage"))
    assert [one.role for one in done.row.shipment.numbers] == [NumberRole.PRIMARY, NumberRole.IMPRINT]
    assert done.warnings == ()
    assert office.shipments.get(who, done.row.shipment.id).postage_lines == ()


def test_the_amount_of_an_imprint_becomes_a_line_that_names_it(office: Office, who: Operator, seen: Read) -> None:
    done = office.intake.record(who, seen(GROUND, lite(mills=8350)))
    assert done.row is not None
    assert done.row.shipment.postage == Money(8350)
    assert "postage" in done.row.shipment.fields.from_imprint
    (line,) = office.shipments.get(who, done.row.shipment.id).postage_lines
    assert (line.money, line.indicium) == (Money(8350), "IBI-LITE-21-123456-4711")


def test_what_the_clerk_typed_stands_and_the_difference_is_said(office: Office, who: Operator, seen: Read) -> None:
    office.lists.add_meter(who, "Back room", serial="NP0700011")
    fields = PieceFields(meter="Back room", postage=Money(7640), mailed_on=date(2026, 11, 20))

    done = office.intake.record(who, seen(GROUND, lite(mills=690)), fields)

    assert done.outcome is Outcome.RECORDED
    assert done.row is not None
    assert (done.row.shipment.postage, done.row.shipment.fields.meter) == (Money(7640), "Back room")
    assert done.row.shipment.fields.from_imprint == ("proof_of_postage",)
    assert [one.code for one in done.warnings] == ["imprint_amount_differs", "imprint_meter_differs"]
    other = office.intake.record(who, seen(CERTIFIED, dated(imi=False)), replace(fields, meter=""))
    # what an IBI imprint may say of postage is no contradiction
    assert [one.code for one in other.warnings] == ["imprint_day_differs"]
    (event,) = office.shipments.get(who, done.row.shipment.id).events
    assert "imprint_amount_differs" in dict(event.facts)["warnings"]


def test_an_imprint_alone_is_asked_about_and_recorded_with_a_number_of_our_own(
    office: Office, who: Operator, seen: Read
) -> None:
    asked = office.intake.record(who, seen(lite()))
    assert (asked.outcome, asked.reason.code, asked.decision.verdict) == (Outcome.ASKED, "indicium", Verdict.ASK)
    assert asked.row is None

    fields = PieceFields(recipient=Party(name="Ida Lund"), department="Legal")
    done = office.intake.record_without_number(who, seen(lite()), fields)

    assert (done.outcome, done.reason.code) == (Outcome.RECORDED, "without_number")
    assert done.row is not None
    shipment = done.row.shipment
    assert (shipment.tracking_number, shipment.carrier, shipment.postage) == ("", "usps", Money(690))
    assert shipment.shown_number.startswith("MR-2026-A0001-")
    assert is_label_number(normal_number(shipment.shown_number))
    assert [one.role for one in shipment.numbers] == [NumberRole.INTERNAL, NumberRole.IMPRINT]
    assert office.shipments.by_number(who, shipment.shown_number).row.shipment.id == shipment.id
    found = office.shipments.find(who, ShipmentFilter(text="MR-2026-A0001"))
    assert [row.shipment.id for row in found.rows] == [shipment.id]


@pytest.mark.parametrize("raw", [lite(), dated(), dated(imi=False)])
def test_the_same_imprint_again_is_repeated(office: Office, who: Operator, seen: Read, clock: Any, raw: str) -> None:
    first = office.intake.record_without_number(who, seen(raw))
    clock.forward(days=400)
    again = office.intake.record_without_number(who, seen(raw))
    alone = office.intake.record(who, seen(raw))

    assert first.row is not None
    for one in (again, alone):
        assert (one.outcome, one.reason.code) == (Outcome.REPEATED, "already_recorded")
        assert one.row is not None
        assert one.row.shipment.id == first.row.shipment.id
        assert one.first_recorded_at == first.row.shipment.recorded_at
    kinds = [event.kind for event in office.shipments.get(who, first.row.shipment.id).events]
    assert kinds == [EventKind.REPEATED, EventKind.REPEATED, EventKind.RECORDED]
    other = office.intake.record_without_number(who, seen(lite(piece=4712)))
    assert other.outcome is Outcome.RECORDED


def test_our_own_label_names_its_piece(office: Office, who: Operator, read: Read) -> None:
    done = office.intake.record_without_number(who, (), PieceFields(order="24-1187-R"))
    assert done.row is not None
    assert done.row.shipment.carrier == ""
    number = done.row.shipment.shown_number

    again = office.intake.record(who, read(number))
    assert again.outcome is Outcome.REPEATED
    assert again.row is not None
    assert again.row.shipment.id == done.row.shipment.id
    strange = office.intake.record(who, read(number[:-1] + ("1" if number[-1] != "1" else "2")))
    assert (strange.outcome, strange.row) == (Outcome.REFUSED, None)


def test_each_piece_without_a_number_gets_the_desks_next_one(office: Office, who: Operator) -> None:
    numbers = []
    for _ in range(3):
        done = office.intake.record_without_number(who)
        assert done.row is not None
        numbers.append(done.row.shipment.shown_number)
    assert [one[:-2] for one in numbers] == ["MR-2026-A0001", "MR-2026-A0002", "MR-2026-A0003"]
    other = office.intake.record_without_number(replace(who, desk="other desk", desk_letter="B"))
    assert other.row is not None
    assert other.row.shipment.shown_number.startswith("MR-2026-B0001-")


def test_the_nonce_gives_one_piece_one_number(office: Office, who: Operator) -> None:
    nonce = "0192f0c0-0000-7000-8000-000000000009"
    one = office.intake.record_without_number(who, command_id=nonce)
    two = office.intake.record_without_number(who, command_id=nonce)
    assert one.row is not None
    assert two.row is not None
    assert one.row.shipment.shown_number == two.row.shipment.shown_number


def test_two_tracking_numbers_with_one_imprint_are_two_pieces_with_a_warning(
    office: Office, who: Operator, seen: Read
) -> None:
    first = office.intake.record(who, seen(GROUND, lite()))
    second = office.intake.record(who, seen(CERTIFIED, lite()))
    assert first.outcome is second.outcome is Outcome.RECORDED
    assert [(one.code, dict(one.facts)["number"]) for one in second.warnings] == [("imprint_used", GROUND)]
    assert second.row is not None
    (event,) = office.shipments.get(who, second.row.shipment.id).events
    assert first.row is not None
    assert dict(event.facts)["same_imprint"] == first.row.shipment.id


def test_an_imprint_that_comes_after_the_number_fills_the_piece_too(office: Office, who: Operator, seen: Read) -> None:
    done = office.intake.record(who, seen(GROUND), PieceFields(mailed_on=date(2026, 11, 20)))
    assert done.row is not None
    id_ = done.row.shipment.id

    warnings = office.intake.add_codes(who, id_, seen(lite(mills=1230)))

    detail = office.shipments.get(who, id_)
    assert detail.row.shipment.postage == Money(1230)
    assert detail.row.meter == "123456"
    assert detail.row.shipment.fields.from_imprint == ("meter", "postage", "proof_of_postage")
    assert warnings == ()
    assert [line.indicium for line in detail.postage_lines] == ["IBI-LITE-21-123456-4711"]
    # the same once more changes nothing, another amount is said
    assert office.intake.add_codes(who, id_, seen(lite(mills=1230))) == ()
    differing = office.intake.add_codes(who, id_, seen(lite(piece=4712, mills=2000)))
    assert [one.code for one in differing] == ["imprint_amount_differs"]
    assert office.shipments.get(who, id_).row.shipment.postage == Money(1230)
    assert office.safety.check(who) == ()


def test_what_a_person_changes_is_no_longer_the_imprints(office: Office, who: Operator, seen: Read) -> None:
    done = office.intake.record(who, seen(GROUND, dated()))
    assert done.row is not None
    shipment = done.row.shipment
    edited = office.shipments.edit(
        who, shipment.id, replace(shipment.fields, mailed_on=date(2026, 11, 20), imprint=None), shipment.version
    )
    assert edited.row.shipment.fields.from_imprint == ("meter", "proof_of_postage")
    assert edited.row.shipment.fields.imprint == shipment.fields.imprint


@pytest.mark.parametrize(
    ("written", "read", "same"),
    [
        ("PB1A 0007654321", "PB1A7654321", True),
        ("pb1a-7654321", "PB1A7654321", True),
        ("7654321", "PB1A7654321", False),
        ("0401 0012345", "040112345", True),
        ("", "PB1A7654321", False),
        ("PB1B7654321", "PB1A7654321", False),
    ],
)
def test_serials_are_compared_without_grouping_and_leading_zeros(written: str, read: str, same: bool) -> None:
    assert same_serial(written, read) is same
