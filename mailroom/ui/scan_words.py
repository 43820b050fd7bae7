"""What a line of today's readings says, cell by cell, made once when the line comes."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum

from mailroom.domain.money import Money, parse_money
from mailroom.domain.recognition import Check, Reason
from mailroom.domain.register import ReadingRow, ShipmentRow
from mailroom.domain.shipment import PieceFields, Shipment
from mailroom.ui.cell_looks import AT_LEFT, AT_RIGHT, CellLook
from mailroom.wording import _, mark
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.errors import printable
from mailroom.wording.numbers import grouped
from mailroom.wording.places import town
from mailroom.wording.plain import one_line
from mailroom.wording.reasons import reason_text


class Column(IntEnum):
    """The columns, left to right."""

    OUTCOME = 0
    TIME = 1
    NUMBER = 2
    WHAT = 3
    TO = 4
    ORDER = 5
    DEPARTMENT = 6
    POSTAGE = 7


EDITABLE = (Column.TO, Column.ORDER, Column.DEPARTMENT, Column.POSTAGE)


HEADINGS = {
    Column.OUTCOME: "",
    Column.TIME: mark("Time"),
    Column.NUMBER: mark("Number"),
    Column.WHAT: mark("Service or reason"),
    Column.TO: mark("To"),
    Column.ORDER: mark("Order"),
    Column.DEPARTMENT: mark("Department"),
    Column.POSTAGE: mark("Postage"),
}
OUTCOMES: dict[str, tuple[str, str, str]] = {  # icon, tone, word for a screen reader
    "recorded": ("circle-check", "good", mark("Recorded")),
    "repeated": ("repeat", "text2", mark("Already recorded")),
    "asked": ("alert-triangle", "warn", mark("To decide")),
    "refused": ("alert-circle", "bad", mark("Refused")),
    "dropped": ("arrow-back", "text2", mark("Put aside")),
    "undone": ("arrow-back-up", "text2", mark("Taken back")),
}


# Short forms for a narrow column; the band has said the whole sentence.
ASKED = {
    "check_wrong": mark("Check digit wrong: to decide"),
    "several_carriers": mark("Several carriers: to decide"),
    "several_numbers": mark("Several numbers: to decide"),
    "codes_disagree": mark("Codes disagree: to decide"),
}
OTHERWISE_ASKED = mark("Not sure: to decide")
REFUSED = {
    "not_a_tracking_number": mark("No tracking number"),
    "nothing_read": mark("Nothing was read"),
    "all_zeros": mark("Zeros only"),
    "payload_too_long": mark("Too long for a label"),
    "binary_data": mark("Data for machines"),
    "unknown_message": mark("Message without a number"),
    "number_incomplete": mark("Part of a number"),
    "postal_code": mark("Postal code only"),
    "routing_code": mark("Routing code only"),
    "letter_barcode": mark("Letter’s bar code"),
    "container_code": mark("Container’s code"),
    "indicium": mark("Meter’s imprint only"),
    "product_code": mark("Product’s bar code"),
    "itf_fragment": mark("Part of a code"),
    "text_contact": mark("Contact card"),
    "text_wifi": mark("Wireless access"),
    "text_mail": mark("E-mail address"),
    "text_link": mark("Web address"),
    "text_bench_code": mark("Badge or command"),
    "bench_code": mark("Command bar code"),
    "bench_code_misread": mark("Command misread"),
    "text_words": mark("Plain text"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A label as the table shows it, made once."""

    reading: ReadingRow
    repeated_from: str  # who recorded it first and when, as far as this window knows
    looks: tuple[CellLook, ...]  # by column
    word: str  # the outcome for a screen reader

    @property
    def texts(self) -> tuple[str, ...]:
        """What it says, by column."""
        return tuple(one.text for one in self.looks)


def make_line(reading: ReadingRow, zone: tzinfo, repeated_from: str = "") -> Line:
    """The line of a reading, its times in the office's zone."""
    icon, tone, word = OUTCOMES[reading.outcome]
    texts = (
        "",
        f"{reading.read_at.astimezone(zone):%H:%M:%S}",
        _number(reading),
        _what(reading, zone, repeated_from),
        *(one_line(text) for text in _place_department_postage(reading)),
    )
    looks = tuple(
        CellLook(
            texts[column],
            tone=_tone(reading, column, tone),
            icon=icon if column is Column.OUTCOME else "",
            number=column is Column.NUMBER and (reading.row is not None or reading.outcome == "asked"),
            strong=column is Column.NUMBER,
            align=AT_RIGHT if column in (Column.TIME, Column.POSTAGE) else AT_LEFT,
        )
        for column in Column
    )
    return Line(reading, repeated_from, looks, _(word))


def place_of(shipment: Shipment) -> str:
    """Who a piece goes to, and where."""
    party = shipment.fields.recipient
    return ", ".join(part for part in (one_line(party.company or party.name), town_of(shipment)) if part)


def town_of(shipment: Shipment) -> str:
    """Where a piece goes: city, state and postal code as far as known."""
    return one_line(town(shipment))


def _number(reading: ReadingRow) -> str:
    if reading.row is not None:
        return grouped(reading.row.shipment.shown_number)
    plain = reading.outcome in ("asked", "dropped") and reading.raw.isascii() and reading.raw.isalnum()
    return grouped(reading.raw) if plain else printable(reading.raw)


def _what(reading: ReadingRow, zone: tzinfo, repeated_from: str) -> str:
    row = reading.row
    if reading.outcome == "undone":
        return _("Taken back")
    if reading.outcome == "dropped":
        return _("Put aside, to be read again")
    if reading.outcome == "asked":
        return _(ASKED.get(reading.reason_code, OTHERWISE_ASKED))
    if row is None:
        short = REFUSED.get(reading.reason_code)
        return _(short) if short else reason_text(Reason(reading.reason_code, reading.reason_facts))
    if reading.outcome == "repeated":
        first = repeated_from or first_text(row.shipment.recorded_at, row.shipment.recorded_by, zone)
        return _("Repeat: {first}").format(first=first)
    if row.shipment.check is Check.BAD:
        return _("Kept as unverified")
    return carrier_and_service(row.shipment)


def edited_text(line: Line, column: Column) -> str | None:
    """What is there to edit in a cell; none where nothing can be edited."""
    row = line.reading.row
    if row is None or line.reading.outcome not in ("recorded", "repeated") or column not in EDITABLE:
        return None
    fields = row.shipment.fields
    if column is Column.POSTAGE:
        return row.shipment.postage.amount if row.shipment.postage.mills else ""
    return {
        Column.TO: fields.recipient.company or fields.recipient.name,
        Column.ORDER: fields.order,
        Column.DEPARTMENT: row.department,
    }[column]


def with_text(row: ShipmentRow, column: Column, text: str) -> tuple[PieceFields, Money | None]:
    """The fields of a piece with one cell as typed, and its postage where that is the cell. Raises `bad_amount`."""
    fields, text = row.shipment.fields, " ".join(text.split())
    if column is Column.POSTAGE:
        return fields, parse_money(text or "0", row.shipment.postage.currency)
    if column is Column.TO:
        party = fields.recipient
        named = dataclasses.replace(party, company=text) if party.company else dataclasses.replace(party, name=text)
        return dataclasses.replace(fields, recipient=named), None
    if column is Column.ORDER:
        return dataclasses.replace(fields, order=text), None
    return dataclasses.replace(fields, department=text), None


def _place_department_postage(reading: ReadingRow) -> tuple[str, str, str, str]:
    row = reading.row
    if row is None or reading.outcome == "undone":
        return ("–", "–", "–", "–")
    shown = row.shipment.postage.mills and reading.outcome == "recorded"
    postage = row.shipment.postage.amount if shown else "–"
    order = row.shipment.fields.order
    return (place_of(row.shipment) or "–", order or "–", row.department or "–", postage)


def first_text(moment: datetime, by: str, zone: tzinfo) -> str:
    """`09:14, by M. Vega`; with the day where it was not today."""
    local, today = moment.astimezone(zone), datetime.now(zone).date()
    when = f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
    return _("{when}, by {operator}").format(when=when, operator=by)


def _tone(reading: ReadingRow, column: Column, tone: str) -> str:
    if column is Column.OUTCOME:
        return {"good": "good_line", "warn": "warn_line", "bad": "bad_line"}.get(tone, tone)
    unverified = reading.row is not None and reading.row.shipment.check is Check.BAD
    if column is Column.WHAT:
        return "warn" if unverified and tone == "good" else "text" if tone == "good" else tone
    return (
        "text2" if column in (Column.TIME, Column.ORDER, Column.DEPARTMENT) or reading.outcome == "undone" else "text"
    )
