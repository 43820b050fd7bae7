"""Today's readings as a model: one line a label, newest on top; rows come and go singly, never by a reset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from mailroom.domain.recognition import Check, Reason
from mailroom.domain.register import ReadingRow
from mailroom.domain.shipment import Shipment
from mailroom.ui.table_roles import Role
from mailroom.wording import _, mark
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.errors import printable
from mailroom.wording.numbers import grouped
from mailroom.wording.reasons import reason_text

Index = QModelIndex | QPersistentModelIndex
_FADE_STEP = 100  # ms
_FRESH_FOR = 3000  # ms until a new line looks like the others
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Column(IntEnum):
    """The columns, left to right."""

    OUTCOME = 0
    TIME = 1
    NUMBER = 2
    WHAT = 3
    TO = 4
    DEPARTMENT = 5
    POSTAGE = 6


HEADINGS = {
    Column.OUTCOME: "",
    Column.TIME: mark("Time"),
    Column.NUMBER: mark("Number"),
    Column.WHAT: mark("Service or reason"),
    Column.TO: mark("To"),
    Column.DEPARTMENT: mark("Department"),
    Column.POSTAGE: mark("Postage"),
}
_OUTCOMES: dict[str, tuple[str, str, str]] = {  # icon, tone, word for a screen reader
    "recorded": ("circle-check", "good", mark("Recorded")),
    "repeated": ("repeat", "text2", mark("Already recorded")),
    "asked": ("alert-triangle", "warn", mark("To decide")),
    "refused": ("alert-circle", "bad", mark("Refused")),
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
    "text_words": mark("Plain text"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A label as the table shows it."""

    reading: ReadingRow
    repeated_from: str = ""  # who recorded it first and when, as far as this window knows


def place_of(shipment: Shipment) -> str:
    """Who a piece goes to, and where."""
    party = shipment.fields.recipient
    return ", ".join(part for part in (party.company or party.name, town_of(shipment)) if part)


def town_of(shipment: Shipment) -> str:
    """Where a piece goes: the last line of its address, else the postal code on its label."""
    if shipment.fields.recipient.address:
        return shipment.fields.recipient.address[-1]
    where = shipment.destination
    return " ".join(part for part in (where.postal_code, _abroad(where.country)) if part)


def _abroad(country: str) -> str:
    return "" if country == "US" else country


class ReadingsModel(QAbstractTableModel):
    """Lines by command id. `take` merges what the record says with what is shown."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._lines: list[Line] = []
        self._fresh: dict[str, int] = {}  # command id -> ms left
        self._fade = QTimer(self)
        self._fade.setInterval(_FADE_STEP)
        self._fade.timeout.connect(self._on_fade)

    @property
    def lines(self) -> Sequence[Line]:
        """All lines, newest first."""
        return self._lines

    def line_at(self, index: Index) -> Line | None:
        """The line of a row."""
        return self._lines[index.row()] if index.isValid() and index.row() < len(self._lines) else None

    def waiting(self) -> int:
        """How many labels somebody still has to decide about."""
        return sum(one.reading.outcome == "asked" for one in self._lines)

    def refused(self) -> int:
        """How many labels were refused."""
        return sum(one.reading.outcome == "refused" for one in self._lines)

    def add(self, reading: ReadingRow, repeated_from: str = "") -> None:
        """Put a new label on top and light it up for a moment; an older question about the same label goes."""
        self._drop_answered({reading.raw} if reading.outcome in ("recorded", "repeated") else set())
        self._fresh = {reading.command_id: _FRESH_FOR} if reading.outcome == "recorded" else {}
        for at, line in enumerate(self._lines):
            if line.reading.command_id == reading.command_id:  # the record's answer was quicker
                self._remove(at)
                break
        self._insert(0, Line(reading, repeated_from))
        if self._fresh:
            self._fade.start()

    def take(self, readings: Sequence[ReadingRow]) -> None:
        """Show what is on record, newest first: insert what is new, change what changed, drop what is gone."""
        wanted = _one_a_label(readings)
        ids = {one.command_id for one in wanted}
        for at in range(len(self._lines) - 1, -1, -1):
            if self._lines[at].reading.command_id not in ids:
                self._remove(at)
        known = {line.reading.command_id: at for at, line in enumerate(self._lines)}
        for at, reading in enumerate(wanted):
            now = known.get(reading.command_id)
            if now is None:
                self._insert(at, Line(reading))
                known = {line.reading.command_id: place for place, line in enumerate(self._lines)}
            elif self._lines[now].reading != reading:
                self._lines[now] = Line(reading, self._lines[now].repeated_from)
                self._tell(now)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            heading = HEADINGS[Column(section)]
            return _(heading) if heading else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.POSTAGE:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, for the delegate and for a screen reader."""
        line = self.line_at(index)
        if line is None:
            return None
        column = Column(index.column())
        icon, tone, word = _OUTCOMES[line.reading.outcome]
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if column is Column.OUTCOME else self._text(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(word) if column is Column.OUTCOME else self._text(line, column)
        if role == Role.ICON:
            return icon if column is Column.OUTCOME else None
        if role == Role.TONE:
            return _tone(line, column, tone)
        if role == Role.NUMBER:
            return column is Column.NUMBER and (line.reading.row is not None or line.reading.outcome == "asked")
        if role == Role.STRONG:
            return column is Column.NUMBER
        if role == Role.FRESH:
            return min(1.0, self._fresh.get(line.reading.command_id, 0) / 1000)
        if role == Role.ROW_ID:
            return line.reading.row.shipment.id if line.reading.row else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.POSTAGE:
            return _RIGHT
        return None

    # within

    def _text(self, line: Line, column: Column) -> str:
        reading, row = line.reading, line.reading.row
        if column is Column.TIME:
            return f"{reading.read_at.astimezone(self._zone):%H:%M:%S}"
        if column is Column.NUMBER:
            plain = reading.outcome == "asked" and reading.raw.isascii() and reading.raw.isalnum()
            raw = grouped(reading.raw) if plain else printable(reading.raw)
            return grouped(row.shipment.tracking_number) if row else raw
        if column is Column.WHAT:
            return self._what(line)
        if row is None or reading.outcome == "undone":
            return "–"
        if column is Column.TO:
            return place_of(row.shipment) or "–"
        if column is Column.DEPARTMENT:
            return row.department or "–"
        return row.shipment.postage.amount if row.shipment.postage.mills and reading.outcome == "recorded" else "–"

    def _what(self, line: Line) -> str:
        reading, row = line.reading, line.reading.row
        if reading.outcome == "undone":
            return _("Taken back")
        if reading.outcome == "asked":
            return _(ASKED.get(reading.reason_code, OTHERWISE_ASKED))
        if row is None:
            short = REFUSED.get(reading.reason_code)
            return _(short) if short else reason_text(Reason(reading.reason_code, reading.reason_facts))
        if reading.outcome == "repeated":
            return _("Repeat: {first}").format(first=line.repeated_from or self._first(row.shipment))
        if row.shipment.check is Check.BAD:
            return _("Kept as unverified")
        return carrier_and_service(row.shipment)

    def _first(self, shipment: Shipment) -> str:
        return first_text(shipment.recorded_at, shipment.recorded_by, self._zone)

    def _insert(self, at: int, line: Line) -> None:
        self.beginInsertRows(QModelIndex(), at, at)
        self._lines.insert(at, line)
        self.endInsertRows()

    def _remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._lines[at]
        self.endRemoveRows()

    def _drop_answered(self, raws: set[str]) -> None:
        for at in range(len(self._lines) - 1, -1, -1):
            reading = self._lines[at].reading
            if reading.outcome == "asked" and reading.raw in raws:
                self._remove(at)

    def _tell(self, at: int) -> None:
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def _on_fade(self) -> None:
        self._fresh = {one: left - _FADE_STEP for one, left in self._fresh.items() if left > _FADE_STEP}
        for at, line in enumerate(self._lines[:3]):
            if at == 0 or line.reading.command_id in self._fresh:
                self._tell(at)
        if not self._fresh:
            self._fade.stop()


def first_text(moment: datetime, by: str, zone: tzinfo) -> str:
    """`09:14, by M. Vega`; with the day where it was not today."""
    local, today = moment.astimezone(zone), datetime.now(zone).date()
    when = f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
    return _("{when}, by {operator}").format(when=when, operator=by)


def _tone(line: Line, column: Column, tone: str) -> str:
    if column is Column.OUTCOME:
        return {"good": "good_line", "warn": "warn_line", "bad": "bad_line"}.get(tone, tone)
    unverified = line.reading.row is not None and line.reading.row.shipment.check is Check.BAD
    if column is Column.WHAT:
        return "warn" if unverified and tone == "good" else "text" if tone == "good" else tone
    return "text2" if column in (Column.TIME, Column.DEPARTMENT) or line.reading.outcome == "undone" else "text"


def _one_a_label(readings: Sequence[ReadingRow]) -> list[ReadingRow]:
    """One line a command, the one with the shipment first; questions that were answered later are left out."""
    lines: dict[str, ReadingRow] = {}
    settled: set[str] = set()
    for reading in readings:  # newest first
        if reading.outcome == "asked" and reading.raw in settled:
            continue
        if reading.outcome in ("recorded", "repeated"):
            settled.add(reading.raw)
        lines.setdefault(reading.command_id, reading)
    return list(lines.values())
