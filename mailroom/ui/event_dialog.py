"""Adding an event by hand: what happened, when, where, and in whose words."""

import re
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.shipment import Shipment
from mailroom.domain.status import Status
from mailroom.domain.timeline import EventDraft
from mailroom.domain.times import CarrierTime, Precision, parse_day
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, choice_of, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Choice, Field, LineEdit
from mailroom.ui.parts.labels import ElidedText
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.shipment_cells import recipient_name, recipient_place
from mailroom.ui.zone_choice import ZoneChoice, came_twice, exists
from mailroom.wording import _
from mailroom.wording.attachments import attachment_word
from mailroom.wording.carriers import carrier_name
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import clock_text, happened_text, zone_text
from mailroom.wording.statuses import status_word

_LONGEST_NAMED = 80  # characters of the words by which a caption names an event
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
ROLES: Final = (
    AttachmentRole.DELIVERY_PHOTO,
    AttachmentRole.DAMAGE_PHOTO,
    AttachmentRole.SIGNATURE_IMAGE,
    AttachmentRole.SNAPSHOT,
    AttachmentRole.OTHER,
)


def about_shipment(shipment: Shipment) -> str:
    """The line under a dialog's title: number, recipient and place."""
    who = ", ".join(part for part in (recipient_name(shipment), recipient_place(shipment)) if part)
    return " · ".join(part for part in (grouped(shipment.tracking_number), who) if part)


class EventDialog(Sheet):
    """Fields for one event; `drafted` carries it. It stays open until `close_added`, with `refuse` for trouble.

    `file_wanted` asks for a photo or a snapshot of the carrier's page; `take_file` takes it, `attached` has it.
    """

    drafted = Signal(object)
    file_wanted = Signal()

    def __init__(self, window: QWidget, shipment: Shipment, operator: str, zone: tzinfo, zone_name: str) -> None:
        super().__init__(window, _("Add event by hand"), about_shipment(shipment))
        self._zone = zone
        now = datetime.now(UTC).astimezone(zone)
        self._statuses: tuple[Status | None, ...] = (None, *Status)
        words = (_("Only a note"), *(status_word(status) for status in Status))
        self.status = Field(_("What happened"), Choice(words))
        choice_of(self.status).setCurrentIndex(self._statuses.index(Status.IN_TRANSIT))
        self.source = Field(_("Whose words"), LineEdit(), _("optional"))
        line_of(self.source).fill(carrier_name(shipment.carrier))
        self.date = Field(_("Date"), LineEdit(_("2026-11-20"), icon="calendar"))
        line_of(self.date).fill(now.date().isoformat())
        self.time = Field(_("Time"), LineEdit(_("13:25")), _("optional"))
        self._there = ZoneChoice(zone_name, now.replace(tzinfo=None))
        self.zone_there = Field(_("Zone there"), self._there)
        self.place = Field(_("Place"), LineEdit(icon="map-pin"), _("optional"))
        self.name_given = Field(_("Name given for who received it"), LineEdit(), _("optional"))
        self.words = Field(_("What the carrier said, in its own words"), Area(lines=3))
        self.own_note = Field(_("Note of your own"), LineEdit(), _("optional"))
        self.role = Choice(tuple(attachment_word(one) for one in ROLES))
        self.file = Button(_("Choose a file …"), "paperclip")
        self.file.clicked.connect(self.file_wanted)
        self.file_name = ElidedText("", 13, 400, "text2")
        self._file: Path | None = None
        self._belongs = ""  # what the file is kept with, once there is a draft
        self._lay_out(operator, now)
        line_of(self.date).textChanged.connect(self._on_time_changed)
        line_of(self.time).textChanged.connect(self._on_time_changed)
        choice_of(self.zone_there).currentIndexChanged.connect(self._on_time_changed)

    def _lay_out(self, operator: str, now: datetime) -> None:
        for fields in (((self.status, 1), (self.source, 1)), ((self.place, 1), (self.name_given, 1))):
            self.body.addLayout(side_by_side(*fields))
        self.body.insertLayout(1, side_by_side((self.date, 2), (self.time, 1), (self.zone_there, 1)))
        self.body.addWidget(self.words)
        self.body.addWidget(self.own_note)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Field(_("What a file shows"), self.role, _("optional")), 1)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.file)
        line.addLayout(column)
        self.body.addLayout(line)
        self.body.addWidget(self.file_name)
        self.file_name.hide()
        shown = _("Shown as “typed by {operator}, {clock}”. It cannot be edited later, only corrected by a new event.")
        self.body.addWidget(NoteBox(shown.format(operator=operator, clock=clock_text(now)), "pencil"))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.add = self.add_button(Button(_("Add event"), kind="primary"))
        self.add.clicked.connect(self._on_add)

    def take_file(self, path: Path) -> None:
        """A photo, or a snapshot of the carrier's page: kept with the shipment once the event is on record."""
        self._file = path
        self.file_name.set_whole(one_line(path.name))
        self.file_name.show()
        self.restyle()

    @property
    def attached(self) -> tuple[tuple[Path, AttachmentRole, str], ...]:
        """The file with what it shows and to which event it belongs, for the shipment; empty for none."""
        role = ROLES[self.role.currentIndex()]
        return () if self._file is None else ((self._file, role, self._belongs),)

    def close_added(self) -> None:
        """The event is on record."""
        self.accept()

    def refuse(self, error: MailroomError) -> None:
        """Say below the field what is wrong; the dialog stays open."""
        self.add.setEnabled(True)
        field = {"event_in_future": self.date, "bad_date": self.date, "text_too_long": self.words}.get(
            error.code, self.words
        )
        field.refuse(f"{error_text(error)} {error_remedy(error)}")
        field.control.setFocus()

    def draft(self) -> EventDraft | None:
        """What was typed as an event; none where a field is refused."""
        when = self._when()
        status = self._statuses[choice_of(self.status).currentIndex()]
        words = typed(self.words)
        note = typed(self.own_note)
        if not (status or words or note):
            self.words.refuse(_("Say what happened: choose a status, or type the carrier’s words or a note."))
            self.words.control.setFocus()
            return None
        if when is None:
            return None
        event = one_line(status_word(status) if status else words or note)[:_LONGEST_NAMED]
        moment = happened_text(when, self._zone, date.min)  # with its year: the caption is kept, and printed
        self._belongs = _("With the event “{event}”, {moment}").format(event=event, moment=moment)
        return EventDraft(
            happened=when,
            status=status,
            place=typed(self.place),
            text=words,
            source_name=typed(self.source),
            name_given=typed(self.name_given),
            note=note,
        )

    # within

    def _on_add(self) -> None:
        draft = self.draft()
        if draft is not None:
            self.add.setEnabled(False)
            self.drafted.emit(draft)

    def _when(self) -> CarrierTime | None:
        try:
            day = parse_day(typed(self.date))
        except MailroomError as error:
            self.date.refuse(f"{error_text(error)} {_('Type it as 2026-11-20.')}")
            self.date.control.setFocus()
            return None
        clock = typed(self.time)
        if not clock:
            return CarrierTime(datetime(day.year, day.month, day.day), None, Precision.DAY)  # noqa: DTZ001
        match = _CLOCK.fullmatch(clock)
        if match is None:
            self.time.refuse(_("Type the time as 13:25, or leave it empty."))
            self.time.control.setFocus()
            return None
        local = datetime(day.year, day.month, day.day, int(match[1]), int(match[2]))  # noqa: DTZ001
        if self._there.zone is not None and not exists(local, self._there.zone):
            self.time.refuse(_("Clocks there went past this time that night: summer time began."))
            self.time.control.setFocus()
            return None
        return CarrierTime(local, self._offset(local), Precision.MINUTE)

    def _offset(self, local: datetime) -> int | None:
        if self._there.zone is None:
            return None
        offset = local.replace(tzinfo=self._there.zone).utcoffset()
        return int(offset.total_seconds() // 60) if offset is not None else None

    def _on_time_changed(self) -> None:
        """Say what the time is in the office's zone, where the two differ, and where it is not one time only."""
        self.note.setText("")
        match = _CLOCK.fullmatch(typed(self.time))
        try:
            day = parse_day(typed(self.date))
        except MailroomError:
            return
        hour, minute = (int(match[1]), int(match[2])) if match else (12, 0)
        self._there.show_for(_local(day, hour, minute))
        if match is None or (self._there.zone and not exists(_local(day, hour, minute), self._there.zone)):
            return
        local = datetime(day.year, day.month, day.day, int(match[1]), int(match[2]))  # noqa: DTZ001
        utc = CarrierTime(local, self._offset(local), Precision.MINUTE).utc
        here = utc.astimezone(self._zone) if utc is not None else None
        if self._there.zone is not None and came_twice(local, self._there.zone):
            self.note.setText(_("This hour came twice that night; the first one is taken."))
        elif here is not None and here.replace(tzinfo=None) != local:
            self.note.setText(_("{time} in your zone, {zone}").format(time=clock_text(here), zone=zone_text(here)))


def _local(day: date, hour: int, minute: int) -> datetime:
    """A time on the clocks of some place."""
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001
