"""Figures by lane from the record, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from mailroom.domain.claim_rules import mailing_day
from mailroom.domain.command import utc_text
from mailroom.domain.eta import Estimate, Group
from mailroom.domain.ids import new_id
from mailroom.domain.operator import Operator
from mailroom.domain.reading import Reading
from mailroom.domain.shipment import Party, PieceFields
from mailroom.services.office import Office
from mailroom.store import lanes as stored
from mailroom.wording.arrivals import estimate_line, promise_lines, standard_line


def usps(serial: int) -> str:
    body = f"9400111899561{serial:08d}"
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return f"{body}{-total % 10}"


def tell(office: Office, days_ago: float, status: str, source: str = "import") -> dict[str, str]:
    moment = office.lanes.desk.clock() - timedelta(days=days_ago)
    happened = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    base = {"id": new_id(), "kind": "tracking", "happened": happened, "sort_at": utc_text(moment)}
    return base | {"status": status, "source": source}


def test_an_office_tells_by_its_own_pieces(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], tmp_path: Path
) -> None:
    # GIVEN eleven pieces delivered in three days, and one under way since yesterday
    fields = PieceFields(recipient=Party(name="A", postal_code="83702", country="US"))
    last = ""
    rows = ["tracking_number,status,happened_at"]
    for at in range(12):
        done = office.intake.record(who, read(usps(at)), fields)
        assert done.row is not None
        last = done.row.shipment.id
        if at < 11:
            rows += [
                f"{usps(at)},accepted,2026-11-{at + 1:02}T10:00",
                f"{usps(at)},delivered,2026-11-{at + 4:02}T10:00",
            ]
    rows.append(f"{usps(11)},accepted,2026-11-19T10:00")
    path = tmp_path / "e.csv"
    path.write_text("\n".join(rows))
    assert office.exchange.import_events(who, path).refused == ()

    # THEN the day is expected by them, beside the standard of the service and whatever is on record
    detail = office.shipments.get(who, last)
    before = office.lanes.arrival(who, detail, look=False)
    assert before is not None
    assert (before.estimate, before.looked) == (None, False)
    found = office.lanes.arrival(who, detail)
    assert office.lanes.arrival(who, detail, look=False) == found
    assert found is not None
    assert isinstance(found.estimate, Estimate)
    assert found.standard is not None
    today = office.lanes.desk.clock().date()
    assert found.estimate.expected_on == today + timedelta(days=2)
    assert (found.estimate.pieces, found.estimate.group) == (11, Group.LANE)
    assert "11 pieces" in estimate_line(found.estimate, today)
    assert "no promise" in standard_line(found.standard, today)
    assert promise_lines(detail.row.shipment, today) == ()
    assert "too few" in estimate_line(None, today)

    # and a delivered one is expected no more; figures and back-test speak of the same pieces
    first = office.shipments.by_number(who, usps(0))
    assert office.lanes.arrival(who, first) is None
    assert [(one.region, one.pieces, one.middle) for one in office.lanes.figures(who)] == [("US 837", 11, 3)]
    assert office.lanes.back_test(who).too_few == 11


def test_a_destination_without_a_country_is_at_home_and_a_mail_tells_no_day(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    # GIVEN ten pieces to one place, half of them without its country; and two more that only a mail says arrived
    for at in range(12):
        country = "US" if at % 2 else ""
        done = office.intake.record(
            who, read(usps(at)), PieceFields(recipient=Party(postal_code="60622", country=country))
        )
        assert done.row is not None
        source = "import" if at < 10 else "notice"
        events = [tell(office, 10, "in_transit"), tell(office, 7, "delivered", source)]
        office.lanes.desk.accept(who, "events_added", done.row.shipment.id, {"events": events})

    # THEN they are one lane of ten, counted from their first movement since nothing else is known
    figures = office.lanes.figures(who)
    assert [(one.region, one.pieces, one.middle) for one in figures] == [("US 606", 10, 3)]


def test_why_there_is_no_day_is_said(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]], clock: Any
) -> None:
    # GIVEN eleven pieces delivered in three days, one under way since twelve days, and two that no carrier has
    def put(serial: int, *events: dict[str, str], mailed: float | None = None) -> str:
        day = None if mailed is None else (clock.now - timedelta(days=mailed)).date()
        to = Party(postal_code="60622", country="US")
        done = office.intake.record(who, read(usps(serial)), PieceFields(recipient=to, mailed_on=day))
        assert done.row is not None
        if events:
            office.lanes.desk.accept(who, "events_added", done.row.shipment.id, {"events": list(events)})
        return done.row.shipment.id

    def line(shipment_id: str) -> str:
        arrival = office.lanes.arrival(who, office.shipments.get(who, shipment_id))
        assert arrival is not None
        return estimate_line(arrival.estimate, office.lanes.desk.clock().date())

    for at in range(11):
        put(at, tell(office, 20 + at, "accepted"), tell(office, 17 + at, "delivered"))
    late, fresh, old = put(11, tell(office, 12, "accepted")), put(12, mailed=0), put(13, mailed=9)

    # THEN each line says what it is
    assert line(late) == "By your own mail: later than every one of 11 pieces, same service and region"
    assert "if handed over" in line(fresh)
    assert "does not have it yet" in line(old)


def test_no_promise_is_denied_beside_one(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    done = office.intake.record(who, read(usps(1)), PieceFields(recipient=Party(country="US")))
    assert done.row is not None
    accepted = tell(office, 1, "accepted", "carrier") | {"promised_on": "2026-11-25"}
    office.lanes.desk.accept(who, "events_added", done.row.shipment.id, {"events": [accepted]})

    detail = office.shipments.get(who, done.row.shipment.id)
    arrival, today = office.lanes.arrival(who, detail), office.lanes.desk.clock().date()
    assert arrival is not None
    assert arrival.standard is not None
    assert [one for one in promise_lines(detail.row.shipment, today) if "by the carrier" in one]
    assert "promise" not in standard_line(arrival.standard, today)


def test_figures_count_from_the_day_that_a_claim_counts_from(
    office: Office, who: Operator, read: Callable[..., tuple[Reading, ...]]
) -> None:
    # GIVEN pieces whose acceptance, day of mailing and first movement come in any order, or not at all
    today, zone = office.lanes.desk.clock().date(), office.lanes.desk.in_force.zone
    days: list[tuple[int | None, int | None, int | None]] = [
        *((9, 11, 10), (9, 10, 11), (11, 9, 10), (9, None, 11), (None, 9, 10)),
        *((None, 9, None), (9, None, None), (None, None, 10), (None, None, None), (60, 9, 61)),
    ]
    expected = set()
    for at, (accepted, mailed, moved) in enumerate(days):
        mailed_on = None if mailed is None else today - timedelta(days=mailed)
        party = Party(postal_code=f"606{at:02}", country="US")
        done = office.intake.record(who, read(usps(at)), PieceFields(recipient=party, mailed_on=mailed_on))
        assert done.row is not None
        told = [(accepted, "accepted"), (moved, "in_transit"), (7, "delivered")]
        events = [tell(office, ago, status) for ago, status in told if ago is not None]
        office.lanes.desk.accept(who, "events_added", done.row.shipment.id, {"events": events})
        detail = office.shipments.get(who, done.row.shipment.id)
        expected.add((party.postal_code, mailing_day(detail.row.shipment, detail.events, zone)[0]))

    # THEN both tell the same day of each
    with office.lanes.desk.store.read() as connection:
        found = {(one.trip.postal_code, one.trip.started_on) for one in stored.delivered(connection, zone, "US", 99)}
    assert found == expected
