"""Mail runs: opened, paused, counted, closed with a hand-over; what was not handed over stays."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mailroom.domain.office import RunState, Signed
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import PieceFields
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.services.runs import Given

AIR, PRIORITY, WRONG = "1Z999AA10123456784", "9405511899223197428490", "1Z999AA10123456783"


def read(office: Office, raw: str, run: str = "Noon", department: str = "Legal") -> Any:
    reading = Reading(raw, ReadingSource.WEDGE, datetime.now(UTC))
    return office.intake.record(office.operator, (reading,), PieceFields(run=run, department=department))


@pytest.fixture
def who(office: Office) -> Any:
    return office.operator


def test_a_run_is_counted_and_handed_over_and_the_rest_goes_into_the_next_one(office: Office, who: Any) -> None:
    # GIVEN a run with a piece of UPS and one of the post
    run = office.runs.open(who, " Noon ")
    read(office, AIR)
    kept = read(office, PRIORITY, department="Sales").row.shipment
    counts = office.runs.counts(who, run.id)
    assert (counts.pieces, counts.by_carrier) == (2, (("ups", 1), ("usps", 1)))
    assert counts.by_service == (("Next Day Air", 1), ("Priority Mail", 1))
    assert counts.by_department == (("Legal", 1), ("Sales", 1))
    # WHEN UPS takes its piece and signs
    given = Given("ups", " Kim  Ray ", signed=Signed.DRAWN, signature=b"\x89PNG")
    closed = office.runs.close(who, run.id, given, kept=(kept.id,))
    # THEN the hand-over is on record, and the other piece is in an open run of the same name
    assert (closed.run.state, closed.pieces) == (RunState.CLOSED, 1)
    (over,) = closed.hand_overs
    assert (over.carrier, over.driver, over.pieces, over.signed) == ("ups", "Kim Ray", 1, Signed.DRAWN)
    assert office.runs.signature(who, over.signature) == b"\x89PNG"
    after, before = office.runs.list(who)
    assert (after.run.name, after.run.state, after.pieces) == ("Noon", RunState.OPEN, 1)
    assert before.run.id == run.id
    assert office.shipments.get(who, kept.id).row.run == "Noon"
    # AND a signed paper that came back later is added
    more = office.runs.hand_over(who, run.id, Given("ups", signed=Signed.PAPER, signature=b"%PDF"))
    assert [one.signed for one in more.hand_overs] == [Signed.DRAWN, Signed.PAPER]


def test_a_paused_run_is_taken_up_by_hand_or_by_the_next_piece(office: Office, who: Any) -> None:
    run = office.runs.open(who, "Noon")
    assert office.runs.pause(who, run.id).state is RunState.PAUSED
    assert office.runs.resume(who, run.id).state is RunState.OPEN
    office.runs.pause(who, run.id)
    with pytest.raises(MailroomError) as taken:
        office.runs.open(who, "noon")
    assert taken.value.code == "name_taken"
    read(office, AIR)
    assert [one.run.state for one in office.runs.list(who)] == [RunState.OPEN]
    office.runs.close(who, run.id)
    for act in (office.runs.pause, office.runs.resume, office.runs.close):
        with pytest.raises(MailroomError) as closed:
            act(who, run.id)
        assert closed.value.code == "run_closed_before"


def test_what_is_still_to_decide_is_counted_until_it_is_decided_or_put_aside(office: Office, who: Any) -> None:
    run = office.runs.open(who, "Noon")
    first = read(office, WRONG)
    read(office, WRONG)
    assert office.runs.counts(who, run.id).asked == 1
    office.runs.put_aside(who, first.command_id)
    rows = office.intake.readings_since(who, datetime(2020, 1, 1, tzinfo=UTC))
    assert [one.outcome for one in rows] == ["asked", "dropped"]
    reading = Reading(WRONG, ReadingSource.WEDGE, datetime.now(UTC))
    office.intake.record(who, (reading,), keep_bad_check=True)
    assert office.runs.counts(who, run.id).asked == 0
    with pytest.raises(MailroomError) as unknown:
        office.runs.put_aside(who, "nothing")
    assert unknown.value.code == "command_unknown"


def test_runs_without_a_name_are_called_after_their_minute(office: Office, who: Any) -> None:
    first, second = office.runs.open(who), office.runs.open(who)
    assert datetime.strptime(first.name, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - only its form
    assert first.name != second.name
    assert office.runs.by_name(who, second.name.upper()).id == second.id
    for name in ("", "Evening"):
        with pytest.raises(MailroomError) as unknown:
            office.runs.by_name(who, name)
        assert unknown.value.code == "run_not_found"
    with pytest.raises(MailroomError) as gone:
        office.runs.counts(who, "nothing")
    assert gone.value.code == "run_unknown"


def test_a_piece_that_nothing_was_read_of_is_among_the_readings(office: Office, who: Any) -> None:
    taken = office.intake.record_without_number(who)
    (row,) = office.intake.readings_since(who, datetime(2020, 1, 1, tzinfo=UTC))
    assert (row.outcome, row.raw, row.row) == ("recorded", "", taken.row)


def test_a_corrected_postage_is_taken_back_by_a_line(office: Office, who: Any) -> None:
    from mailroom.domain.money import Money

    shipment = read(office, AIR).row.shipment
    office.shipments.correct_postage(who, shipment.id, Money(5000, "USD"))
    act = office.intake.undo_last(who)
    assert act is not None
    assert act.kind == "postage_added"
    detail = office.shipments.get(who, shipment.id)
    assert [one.money.mills for one in detail.postage_lines] == [5000, -5000]
    assert detail.row.shipment.postage.mills == 0
