"""A reading becomes a shipment, a repeat, a question or a refusal; nothing twice, nothing lost."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from mailroom.domain.money import Money
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Check
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventKind
from mailroom.domain.weights import Weight, WeightUnit
from mailroom.errors import MailroomError
from mailroom.services.intake import Outcome
from mailroom.services.office import Office

Read = Callable[..., tuple[Reading, ...]]

GROUND = "9400111899560197440716"
CERTIFIED = "9214890123456700041279"
UPS = "1Z6R44100366174260"


def test_a_reading_is_on_record_with_all_that_the_clerk_gave(office: Office, who: Operator, read: Read) -> None:
    # GIVEN fields for the run and the piece
    fields = PieceFields(
        recipient=Party(name="Małgorzata Wiśniewska", address=("1857 W Division St",), postal_code="60622"),
        order="24-1187-R",
        department="Legal",
        account="Closings",
        run="Afternoon",
        meter="M-2 Front",
        postage=Money(7640),
        declared_value=Money(100_000),
        weight=Weight(Decimal("22"), WeightUnit.OZ),
    )

    # WHEN a label is read, with the ZIP in front of its number
    done = office.intake.record(who, read("42060622" + CERTIFIED), fields)

    # THEN everything is on record
    assert done.outcome is Outcome.RECORDED
    assert done.row is not None
    shipment = done.row.shipment
    assert (shipment.carrier, shipment.tracking_number, shipment.check) == ("usps", CERTIFIED, Check.OK)
    assert "Certified" in shipment.service
    assert shipment.destination.postal_code == "60622"
    assert shipment.postage == Money(7640)
    assert shipment.status is Status.LABEL_CREATED
    assert shipment.recorded_by == "M. Vega"
    assert shipment.fields.recipient == fields.recipient
    assert (shipment.fields.order, shipment.fields.declared_value) == ("24-1187-R", Money(100_000))
    assert shipment.fields.weight == fields.weight
    assert (done.row.department, done.row.run, done.row.meter) == ("Legal", "Afternoon", "M-2 Front")
    detail = office.shipments.get(who, shipment.id)
    assert [event.kind for event in detail.events] == [EventKind.RECORDED]


def test_the_same_label_again_says_when_it_was_first_recorded(
    office: Office, who: Operator, read: Read, clock: Any
) -> None:
    first = office.intake.record(who, read(GROUND))
    clock.forward(days=44)
    again = office.intake.record(who, read(GROUND))

    assert again.outcome is Outcome.REPEATED
    assert first.row is not None
    assert again.row is not None
    assert again.row.shipment.id == first.row.shipment.id
    assert again.first_recorded_at == first.row.shipment.recorded_at
    assert again.first_recorded_by == "M. Vega"


def test_a_number_of_a_finished_shipment_is_a_new_piece_after_45_days(
    office: Office, who: Operator, read: Read, clock: Any
) -> None:
    from mailroom.domain.timeline import EventDraft
    from mailroom.domain.times import parse_carrier_time

    first = office.intake.record(who, read(GROUND))
    assert first.row is not None
    clock.forward(days=3)
    delivered = EventDraft(parse_carrier_time("2026-11-23T10:00-05:00"), status=Status.DELIVERED)
    office.timeline.add_event(who, first.row.shipment.id, delivered)
    clock.forward(days=43)

    again = office.intake.record(who, read(GROUND))

    assert again.outcome is Outcome.RECORDED
    assert again.row is not None
    assert again.row.shipment.number_reused
    assert [one.code for one in again.warnings] == ["number_reused"]
    newest = office.shipments.by_number(who, GROUND)
    assert newest.row.shipment.id == again.row.shipment.id
    assert newest.older_ids == (first.row.shipment.id,)


def test_the_nonce_of_a_reading_records_it_once(office: Office, who: Operator, read: Read) -> None:
    one = office.intake.record(who, read(UPS), command_id="0192f0c0-0000-7000-8000-000000000001")
    two = office.intake.record(who, read(UPS), command_id="0192f0c0-0000-7000-8000-000000000001")

    assert one.outcome is two.outcome is Outcome.RECORDED
    assert one.row is not None
    assert two.row is not None
    assert one.row.shipment.id == two.row.shipment.id
    assert [event.kind for event in office.shipments.get(who, one.row.shipment.id).events] == [EventKind.RECORDED]


def test_a_wrong_check_digit_is_asked_and_kept_only_on_purpose(office: Office, who: Operator, read: Read) -> None:
    wrong = GROUND[:-1] + "4"
    asked = office.intake.record(who, read(wrong))
    assert asked.outcome is Outcome.ASKED
    assert asked.row is None
    assert asked.decision.candidate is not None
    assert asked.decision.candidate.expected_check == "6"

    kept = office.intake.record(who, read(wrong), keep_bad_check=True)

    assert kept.outcome is Outcome.RECORDED
    assert kept.row is not None
    assert kept.row.shipment.check is Check.BAD


def test_an_answer_that_was_not_offered_is_refused(office: Office, who: Operator, read: Read) -> None:
    other = office.intake.recognise(who, read(UPS)).candidates[0]

    with pytest.raises(MailroomError) as refused:
        office.intake.record(who, read(GROUND[:-1] + "4"), candidate=other)

    assert refused.value.code == "not_a_candidate"


@pytest.mark.parametrize("raw", ["https://evil.test/login", "4006381333931", "hello", "0" * 22, "ABC\x1d17250131"])
def test_what_is_no_tracking_number_is_refused_and_kept(office: Office, who: Operator, read: Read, raw: str) -> None:
    done = office.intake.record(who, read(raw))

    assert done.outcome is Outcome.REFUSED
    assert done.row is None
    rows = office.intake.readings_since(who, done.recognition.readings[0].read_at)
    assert [(one.outcome, one.raw) for one in rows] == [("refused", raw)]


@pytest.mark.parametrize("raw", ["", "   ", "\r\n", "\t"])
def test_an_empty_reading_leaves_no_row(office: Office, who: Operator, read: Read, clock: Any, raw: str) -> None:
    since = clock.now
    done = office.intake.record(who, read(raw))

    assert done.outcome is Outcome.REFUSED
    assert office.intake.readings_since(who, since) == ()


def test_codes_of_one_label_are_one_shipment(office: Office, who: Operator, read: Read) -> None:
    done = office.intake.record(who, read("42060622", UPS))

    assert done.outcome is Outcome.RECORDED
    assert done.row is not None
    assert done.row.shipment.tracking_number == UPS
    assert done.row.shipment.destination.postal_code == "60622"


def test_a_code_that_comes_a_moment_later_is_added(office: Office, who: Operator, read: Read) -> None:
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    office.intake.add_codes(who, done.row.shipment.id, read("42060622"))

    detail = office.shipments.get(who, done.row.shipment.id)
    assert detail.row.shipment.destination.postal_code == "60622"
    assert [event.kind for event in detail.events] == [EventKind.CODES_ADDED, EventKind.RECORDED]


def test_undo_takes_back_the_last_twenty_one_by_one(office: Office, who: Operator, read: Read) -> None:
    for raw in (GROUND, CERTIFIED, UPS):
        office.intake.record(who, read(raw))
    assert [one.tracking_number for one in office.intake.undoable(who)] == [UPS, CERTIFIED, GROUND]

    taken = office.intake.undo_last(who)

    assert taken is not None
    assert taken.tracking_number == UPS
    assert [one.tracking_number for one in office.intake.undoable(who)] == [CERTIFIED, GROUND]
    with pytest.raises(MailroomError) as gone:
        office.shipments.by_number(who, UPS)
    assert gone.value.code == "number_unknown"
    with pytest.raises(MailroomError) as twice:
        office.intake.undo(who, taken.command_id)
    assert twice.value.code == "not_undoable"
    # and the label can be read again
    assert office.intake.record(who, read(UPS)).outcome is Outcome.RECORDED


def test_typed_letters_for_digits_are_repaired_only_when_the_check_then_holds(
    office: Office, who: Operator, read: Read
) -> None:
    slip = GROUND.replace("0", "O")
    typed = office.intake.record(who, read(slip, source=ReadingSource.TYPED))
    assert typed.row is not None
    assert typed.row.shipment.tracking_number == GROUND
