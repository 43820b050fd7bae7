"""What each column of the shipments table says of a shipment: two lines, a chip, a tone."""

from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import IntEnum

from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import PromiseBasis, Shipment
from mailroom.domain.status import Status
from mailroom.ui.cell_looks import AT_LEFT, AT_RIGHT, CellLook
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_and_service, carrier_name
from mailroom.wording.numbers import grouped
from mailroom.wording.places import town
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import WEEKDAYS, day_text, happened_day, happened_text
from mailroom.wording.statuses import standing_word, status_word


class Column(IntEnum):
    """The columns, left to right; `CARRIER` stands only in one-line rows, where it leads."""

    CARRIER = 0
    NUMBER = 1
    RECIPIENT = 2
    DEPARTMENT = 3
    STATUS = 4
    LAST_EVENT = 5
    PROMISED = 6
    DAYS = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: full texts, never cut here; `tone` is the colour token of the first line, empty for the usual one."""

    text: str = ""
    second: str = ""
    status: Status | None = None  # then the text is its chip's word
    tone: str = ""
    icon: str = ""  # stands before the text where the second line is not shown
    number: bool = False  # a tracking number: shown in groups, never cut

    @property
    def spoken(self) -> str:
        """Both lines as one text for screen readers."""
        return f"{self.text}, {self.second}" if self.second else self.text

    def look(self, column: Column, *, dense: bool) -> CellLook:
        """How it is drawn in rows of one line (`dense`) or two."""
        quiet = column in (Column.CARRIER, Column.DEPARTMENT, Column.DAYS)
        return CellLook(
            self.text,
            second="" if dense else self.second,
            status=self.status,
            tone=self.tone or ("text2" if quiet else ""),
            icon=self.icon if dense and self.tone else "",
            number=self.number,
            strong=column is Column.NUMBER,
            align=AT_RIGHT if column is Column.DAYS else AT_LEFT,
        )


def heading(column: Column, *, dense: bool) -> str:
    """The column's title."""
    if column is Column.NUMBER and not dense:
        return _("Number and service")
    return {
        Column.CARRIER: _("Carrier"),
        Column.NUMBER: _("Number"),
        Column.RECIPIENT: _("Recipient"),
        Column.DEPARTMENT: _("Department"),
        Column.STATUS: _("Status"),
        Column.LAST_EVENT: _("Last event"),
        Column.PROMISED: _("Promised"),
        Column.DAYS: _("Days"),
    }[column]


def cell(row: ShipmentRow, column: Column, today: date, zone: tzinfo) -> Cell:
    """What a column says of a shipment; `today` and `zone` are the office's."""
    shipment = row.shipment
    if column is Column.NUMBER:
        number = grouped(one_line(shipment.tracking_number)) or _("No number")
        return Cell(number, one_line(carrier_and_service(shipment)), number=bool(shipment.tracking_number))
    if column is Column.RECIPIENT:
        return Cell(recipient_name(shipment), recipient_place(shipment))
    if column is Column.STATUS:
        return Cell(standing_word(shipment.status, unsure=shipment.unsure), status=shipment.status)
    if column is Column.LAST_EVENT:
        return _last_event(shipment, today, zone)
    if column is Column.PROMISED:
        return _promised(shipment, today, zone)
    if column is Column.DAYS:
        return Cell(str(days_on_the_way(row, today, zone)))
    return Cell(one_line(row.department if column is Column.DEPARTMENT else carrier_name(shipment.carrier)))


def recipient_name(shipment: Shipment) -> str:
    """The recipient's name, else the company."""
    party = shipment.fields.recipient
    return one_line(party.name or party.company)


def recipient_place(shipment: Shipment) -> str:
    """Where it goes, short: city, state and postal code as far as known."""
    return one_line(town(shipment))


def days_on_the_way(row: ShipmentRow, today: date, zone: tzinfo) -> int:
    """Days since it was accepted, else mailed, else first seen or recorded, until it was finished or today."""
    shipment = row.shipment
    recorded = shipment.recorded_at.astimezone(zone).date()
    seen = min(recorded, row.first_event_on or recorded)
    start = row.accepted_on or shipment.fields.mailed_on or seen
    end = today
    if shipment.final and shipment.status_at is not None:
        end = happened_day(shipment.status_at, zone)
    return max(0, (end - start).days)


def days_late(shipment: Shipment, today: date, zone: tzinfo) -> int:
    """Days after the promised one: until it was delivered, else until today; zero or less is in time."""
    if shipment.promised_on is None or shipment.status in (Status.CANCELLED, Status.RETURNED):
        return 0
    end = today
    if shipment.status is Status.DELIVERED and shipment.status_at is not None:
        end = happened_day(shipment.status_at, zone)
    return (end - shipment.promised_on).days


def _last_event(shipment: Shipment, today: date, zone: tzinfo) -> Cell:
    time = shipment.last_event_at
    if time is None:
        return Cell()
    place = one_line(shipment.last_event_place)
    when = happened_text(time, zone, today)
    text = one_line(shipment.last_event_text) or status_word(shipment.status)
    return Cell(text, f"{when} · {place}" if place else when)


def _promised(shipment: Shipment, today: date, zone: tzinfo) -> Cell:
    found = _promised_by(shipment, today, zone)
    if shipment.promise_basis is not PromiseBasis.USER or not found.text:
        return found
    wanted = _("wanted, {rest}").format(rest=found.second) if found.second else _("wanted")  # nobody promised it
    return replace(found, second=wanted)


def _promised_by(shipment: Shipment, today: date, zone: tzinfo) -> Cell:
    day = shipment.promised_on
    if day is None:
        return Cell()
    text = day_text(day, today)
    late = days_late(shipment, today, zone)
    if late > 0:
        tone = "" if shipment.final else "bad"
        return Cell(text, plural("late {n} day", "late {n} days", late), tone=tone, icon="clock-exclamation")
    if shipment.status is Status.DELIVERED:
        return Cell(text, _("on time"))
    if shipment.final:
        return Cell(text)
    ahead = (day - today).days
    if ahead == 0:
        return Cell(text, _("due today"))
    if ahead == 1:
        return Cell(text, _("tomorrow"))
    weekday = _(WEEKDAYS[day.weekday()])
    return Cell(text, _("due {day}").format(day=weekday) if ahead < 7 else plural("in {n} day", "in {n} days", ahead))
