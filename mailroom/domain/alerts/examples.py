"""Building blocks for the examples of alert rules: a piece, and what happened to it so many days ago."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mailroom.domain.alerts.situation import Situation, Thresholds
from mailroom.domain.claim_clock import ClockState, ShipmentClock
from mailroom.domain.claims import ClaimKind, ClaimWindow, Clock, DayBasis, WindowState
from mailroom.domain.keeping import kept_days
from mailroom.domain.money import Money
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.shipment import Party, PieceFields, PostageProof, Shipment
from mailroom.domain.status import ENDS_A_DAY, Status
from mailroom.domain.timeline import EventKind, EventSource, TimelineEvent
from mailroom.domain.times import CarrierTime, Precision, carrier_time

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def happened(
    days_ago: float,
    status: Status | None,
    place: str = "",
    text: str = "",
    *,
    reason: str = "",
    promised_on: str = "",
    name_given: str = "",
) -> TimelineEvent:
    """A tracking event of the carrier, so many days before the moment of the examples."""
    moment = NOW - timedelta(days=days_ago)
    return TimelineEvent(
        id=f"event-{days_ago}",
        shipment_id="piece",
        kind=EventKind.TRACKING,
        status=status,
        happened=carrier_time(moment),
        sort_at=moment,
        recorded_at=moment,
        recorded_by="",
        source=EventSource.CARRIER,
        source_name="USPS",
        text=text,
        place=place,
        reason=reason,
        promised_on=promised_on,
        name_given=name_given,
    )


def local(days_ago: float, status: Status | None, place: str = "") -> TimelineEvent:
    """A tracking event whose source named no zone: the same figures on the clock of the place."""
    event = happened(days_ago, status, place)
    return replace(event, happened=CarrierTime(event.happened.local))


def bare(days_ago: int, status: Status | None, place: str = "", text: str = "") -> TimelineEvent:
    """A tracking event whose source named the day only; where several share one, nobody knows which came first."""
    event = happened(days_ago, status, place, text)
    day = event.happened.local.replace(hour=0, minute=0)
    moment = day.replace(tzinfo=UTC, hour=23 if status in ENDS_A_DAY else 0)
    return replace(
        event, id=f"event-{days_ago}-{place}", happened=CarrierTime(day, None, Precision.DAY), sort_at=moment
    )


def piece(
    *events: TimelineEvent,
    recorded: float = 12,
    carrier: str = "usps",
    postal_code: str = "60622",
    country: str = "US",
    promised_on: date | None = None,
    service: str = "Ground Advantage",
    proof_of_postage: PostageProof | None = None,
    proof_saved: bool = False,
    twins: tuple[str, ...] = (),
    lane_troubles: int = 0,
    number_reused: bool = False,
    mailed_on: date | None = None,
    thresholds: Thresholds | None = None,
    clock: ShipmentClock | None = None,
    told: bool = False,
    read: bool = True,
    now: datetime | None = None,
) -> Situation:
    """A shipment put on record so many days before `NOW`, with these events; `now` (aware UTC): looked at later."""
    known = sorted((one for one in events if one.status not in (None, Status.UNKNOWN)), key=lambda one: one.sort_at)
    status = known[-1].status if known and known[-1].status else Status.LABEL_CREATED
    moment = NOW - timedelta(days=recorded)
    shipment = Shipment(
        id="piece",
        version=1,
        carrier=carrier,
        tracking_number="9400111899560197440716",
        check=Check.OK,
        service=service,
        service_code="001",
        status=status,
        status_at=known[-1].happened if known else None,
        recorded_at=moment,
        recorded_by="M. Vega",
        recorded_by_id="o1",
        desk="d1",
        destination=Destination(postal_code, country),
        fields=PieceFields(
            recipient=Party(name="Lakeshore Title", postal_code=postal_code, country=country),
            proof_of_postage=proof_of_postage,
            mailed_on=mailed_on,
        ),
        postage=Money(7640),
        promised_on=promised_on,
        number_reused=number_reused,
    )
    return Situation(
        shipment=shipment,
        events=tuple(events),
        now=now or NOW,
        thresholds=thresholds or replace(Thresholds(), **kept_days(carrier)),
        proof_saved=proof_saved,
        twins=twins,
        told_since=lambda _day: told,
        read_here=lambda _id: read,
        lane_troubles=lane_troubles,
        clock_for=lambda _seen: clock,
    )


def clock(opens: int, left: int, *, claim: str = "", filed: bool = False, appeal: int | None = None) -> ShipmentClock:
    """A clock whose window opens in so many days (negative: opened before) and closes in so many."""
    today = NOW.date()
    opens_on, last_on = today + timedelta(days=opens), today + timedelta(days=left)
    window = ClaimWindow(today - timedelta(days=60), Clock.MAILING, DayBasis.MAILING_DATE, opens_on, last_on)
    states = {
        WindowState.NOT_OPEN: ClockState.NOT_YET,
        WindowState.OPEN: ClockState.OPEN,
        WindowState.CLOSING: ClockState.CLOSING,
        WindowState.MISSED: ClockState.MISSED,
    }
    return ShipmentClock(
        kind=ClaimKind.LOSS,
        state=ClockState.FILED if filed else states[window.state(today)],
        today=today,
        window=window,
        filed_on=today if filed else None,
        claim_number=claim or ("CLM-2026-A0007" if filed else ""),
        appeal_by=None if appeal is None else today + timedelta(days=appeal),
        appeal=0 if appeal is None else 1,
        decided_on=None if appeal is None else today + timedelta(days=appeal - 30),
    )
