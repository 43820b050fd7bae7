"""What was on the work list about a piece can be told afterwards, day by day, though alerts are no record."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import Party, PieceFields
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import parse_carrier_time
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.wording.alert_history import spell_days, spell_lines

UPS = "1Z6R44100366174260"


def test_a_silence_that_ended_is_told_with_its_days(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], clock: Any
) -> None:
    # GIVEN a piece that moved on 20 November, was silent, and arrived on the 30th
    office.settings.change_office(who, zone="America/Chicago")
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    id_ = done.row.shipment.id
    moved = EventDraft(
        parse_carrier_time("2026-11-20T08:00-06:00"), Status.IN_TRANSIT, text="Departed", place="RENO, NV"
    )
    office.timeline.add_event(who, id_, moved)
    clock.forward(days=10)
    office.attention.refresh(who)
    assert "no_movement" in [row.alert.kind for row in office.attention.of_shipment(who, id_)]
    still = office.attention.spells(who, id_)
    assert [(one.alert.kind, one.first_on, one.last_on) for one in still] == [("no_movement", date(2026, 11, 24), None)]
    arrived = EventDraft(parse_carrier_time("2026-11-30T08:00-06:00"), Status.DELIVERED, text="Delivered")
    office.timeline.add_event(who, id_, arrived)
    clock.forward(days=1)

    # WHEN what was on the list is asked for
    (spell,) = office.attention.spells(who, id_)

    # THEN it is the days on which it was: the alert itself is gone
    assert office.attention.of_shipment(who, id_) == ()
    assert (spell.first_on, spell.last_on) == (date(2026, 11, 24), date(2026, 11, 29))
    assert dict(spell.alert.finding.evidence)["days"] == "9"
    assert spell_days(spell.first_on, spell.last_on, date(2026, 12, 1)) == "24 Nov – 29 Nov"
    said, ended = spell_lines(spell.alert, spell.last_on, office.desk.in_force.zone, clock.now)
    assert "9" in said
    assert ended.startswith("Cleared by itself")


def test_what_the_list_has_let_go_of_is_not_said_to_be_on_it(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], clock: Any
) -> None:
    # GIVEN a piece that was delivered at another place, and whose proof the carrier will soon delete
    fields = PieceFields(recipient=Party(name="Ida Low", postal_code="60622", country="US"))
    done = office.intake.record(who, read(UPS), fields)
    assert done.row is not None
    id_ = done.row.shipment.id
    elsewhere = EventDraft(
        parse_carrier_time("2026-11-20T08:00-06:00"), Status.DELIVERED, text="Delivered", place="OMAHA, NE 68108"
    )
    office.timeline.add_event(who, id_, elsewhere)

    def standing() -> set[str]:
        """Of the spells those that go on; they are what the list has."""
        going = {one.alert.kind for one in office.attention.spells(who, id_) if one.last_on is None}
        assert going == {row.alert.kind for row in office.attention.of_shipment(who, id_)}
        return going

    assert standing() == {"delivered_elsewhere"}
    clock.forward(days=60)
    assert standing() == set()
    clock.forward(days=40)
    assert standing() == {"proof_expiring"}

    # WHEN a proof is made, THEN that is over as well, and is told with its days
    office.papers.issue_proof_of_delivery(who, (id_,))
    assert standing() == set()
    clock.forward(days=1)
    assert [one.alert.kind for one in office.attention.spells(who, id_)] == ["proof_expiring", "delivered_elsewhere"]


def test_a_quiet_piece_has_none_and_a_stranger_sees_none(
    office: Office,
    who: Operator,
    read: Callable[..., tuple[Reading, ...]],
    other_role: Callable[..., Operator],
) -> None:
    done = office.intake.record(who, read(UPS))
    assert done.row is not None
    assert office.attention.spells(who, done.row.shipment.id) == ()
    with pytest.raises(MailroomError, match="shipment_unknown"):
        office.attention.spells(other_role(who, Role.STAFF, "elsewhere"), done.row.shipment.id)
