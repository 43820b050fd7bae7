"""The Scan page: the band, the fields, today's readings; every device's readings end here."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mailroom.domain.office import MailRun
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.shipment import PieceFields
from mailroom.ui import theme
from mailroom.ui.actions import Action
from mailroom.ui.bench_commands import BenchCommands
from mailroom.ui.camera import Camera
from mailroom.ui.camera_overlay import tag_of
from mailroom.ui.camera_photos import CameraPhotos
from mailroom.ui.camera_view import CameraView
from mailroom.ui.entries.scan import PAGE
from mailroom.ui.flash import FlashFrame
from mailroom.ui.page import Bench, Page
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.run_work import RunWork
from mailroom.ui.scan_band import LOW_WINDOW, Band
from mailroom.ui.scan_entry import EntryCard
from mailroom.ui.scan_files import FileReader
from mailroom.ui.scan_flow import ScanFlow
from mailroom.ui.scan_piece_fields import PieceFieldsCard
from mailroom.ui.scan_record import MOST_LINES, Lists, ScanRecord, Today, open_run
from mailroom.ui.scan_recorder import Recorder
from mailroom.ui.scan_run_fields import RunFields
from mailroom.ui.scan_states import ready_state
from mailroom.ui.scan_table import ReadingsCard
from mailroom.ui.serial import Serial
from mailroom.ui.sounds import Sounds
from mailroom.ui.welcome_card import WelcomeCard
from mailroom.wording import _

_ASIDE, _NARROW_ASIDE = 352, 332  # px of the right column at 100 %
_MOST_ASIDE = 0.3  # of the window's width, where large text would take more
_SCROLL_BAR = 12  # px
_GAP = 16  # px between the cards and around them
_NARROW = 1360


class ScanPage(Page):
    """Puts the parts together; `ScanFlow` says what follows from a reading."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Scan")))
        self._lists: Lists | None = None
        self._flash: FlashFrame | None = None
        self.band = Band(ready_state())
        self.entry = EntryCard()
        self.run = RunFields()
        self.piece = PieceFieldsCard(bench)
        self.readings = ReadingsCard(bench.zone)
        self.sounds = Sounds(bench.desk, self)
        self.record = ScanRecord(bench, self)
        self.recorder = Recorder(bench.office, bench.runners, self._fields, self)
        self.files = FileReader(bench.office, bench.runners, self)
        self.flow = ScanFlow(self)
        self.commands = BenchCommands(self)
        self.runs = RunWork(bench, self)
        self.camera = Camera(bench, self)
        self.photos = CameraPhotos(bench, self.camera, self.recorder, self)
        self.camera_view = CameraView(self.camera, self._tag_of)
        self.serial = Serial(bench, self)
        self.welcome: WelcomeCard | None = None
        self._furnish_head()
        self._lay_out()
        self._connect()
        self._on_desk_changed()
        self._on_run_changed()
        self.record.refresh()
        self.record.refresh_lists()

    def actions_offered(self) -> Iterable[Action]:
        """What Find can start here."""
        return (
            Action("scan.type", _("Type a tracking number"), "keyboard", self._go_type, ""),
            Action("scan.own", _("Record a piece without a tracking number"), "tag", self.flow.take_without_number, ""),
            Action("scan.runs", _("Mail runs: open, pause, close"), "archive", self.runs.show_runs, ""),
            Action("scan.undo", _("Undo the last reading"), "arrow-back-up", self.flow.undo_last, "Ctrl+Z"),
            Action("scan.clear_run", _("Clear the fields for the whole run"), "pin", self.run.clear, "F4"),
            Action("scan.camera", _("Switch the camera on or off"), "camera", self._on_camera_clicked, ""),
            Action("scan.next", _("Next piece: empty the fields of this piece"), "mail", self.piece.release, "F3"),
        )

    def entered(self) -> None:
        """To an open question, else to the number's field: from the rail no key of the page is heard."""
        if self.band.state.answers:
            self.band.focus_answers()
            return
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.entry.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def shipments_changed(self, ids: tuple[str, ...]) -> None:
        """Rows of other processes, or of other pages."""
        self.record.refresh_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the widths and heights of the window's size."""
        self._size()

    def restyle(self) -> None:
        """Take the new text size."""
        self._size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cards at the right have more to say: they get the width that they need. The first start's card comes."""
        asked = watched is self._cards and event.type() == QEvent.Type.LayoutRequest
        if asked and self._cards.minimumSizeHint().width() + _SCROLL_BAR > self._aside.width():
            self._size()
        if watched is self.welcome and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.LayoutRequest):
            self._make_room()
        return False

    def runs_known(self) -> tuple[MailRun, ...]:
        """All runs, as the lists had them last."""
        return self._lists.runs if self._lists else ()

    # within

    def _fields(self) -> PieceFields:
        return self.piece.fields(self.run.fields())

    def _furnish_head(self) -> None:
        self._serial_chip = Chip("good", "barcode", _("Scanner connected"))
        self._serial_chip.hide()
        self.head.lead.addWidget(self._serial_chip)
        self._run_chip = Chip("good", "circle", _("Run open"))
        self.head.lead.insertWidget(1, self._run_chip)
        self._camera_button = IconButton("camera", _("Switch the camera on"))
        self._camera_button.clicked.connect(self._on_camera_clicked)
        self.head.add(self._camera_button)
        self._mute = IconButton("volume", _("Sounds are on"))
        self._mute.clicked.connect(self._on_mute_clicked)
        self.head.add(self._mute)
        self._runs = Button(_("Mail runs"), "archive")
        self._runs.clicked.connect(self.runs.show_runs)
        self.head.add(self._runs)
        self._close_run = Button(_("Close run"), "circle-check")
        self._close_run.clicked.connect(self._on_close_run_clicked)
        self.head.add(self._close_run)

    def _lay_out(self) -> None:
        grid = QHBoxLayout(self)
        grid.setContentsMargins(20, _GAP, 20, _GAP)
        grid.setSpacing(_GAP)
        left = QVBoxLayout()
        left.setSpacing(_GAP)
        left.addWidget(self.band)
        if not self.bench.desk.settings.welcome_done:
            self.welcome = WelcomeCard(self.bench)
            self.welcome.closed.connect(self._on_welcome_closed)
            left.addWidget(self.welcome)
        left.addWidget(self.readings, 1)
        grid.addLayout(left, 1)
        self._aside = QWidget()
        right = QVBoxLayout(self._aside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(16)
        right.addWidget(self.camera_view)
        right.addWidget(self.entry)
        self._cards = QWidget()
        self._cards.setObjectName("scrolled")
        cards = QVBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(16)
        cards.addWidget(self.run)
        cards.addWidget(self.piece, 1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._cards)
        self._cards.installEventFilter(self)
        if self.welcome is not None:
            self.welcome.installEventFilter(self)
        right.addWidget(self._scroll, 1)
        grid.addWidget(self._aside)
        self._size()

    def _connect(self) -> None:
        routes = self.bench.routes
        routes.files_dropped.connect(self._on_files)
        routes.readings_taken.connect(self.flow.take_readings)
        routes.record_moved.connect(self.record.refresh_soon)
        routes.office_changed.connect(self.record.refresh_lists)
        self.bench.desk.changed.connect(self._on_desk_changed)
        self.entry.typed.connect(self.flow.take_typed)
        self.entry.files.connect(self._on_files)
        self.entry.without_number.connect(self.flow.take_without_number)
        self.entry.stop.connect(self.files.cancel)
        self.run.changed.connect(self._on_run_changed)
        self.record.today.connect(self._on_today)
        self.record.lists.connect(self._on_lists)
        self.runs.changed.connect(self.record.refresh_lists)
        self.runs.closed.connect(self.record.run_closed)
        self.runs.taken_up.connect(self.run.run.setEditText)
        self.readings.undo_last.connect(self.flow.undo_last)
        self.serial.heard.connect(self.flow.hear_serial)
        self.serial.cut_short.connect(self.flow.cut_short)
        self.serial.too_long.connect(self.flow.too_long)
        self.serial.changed.connect(self._on_serial_changed)
        self.camera.changed.connect(self._on_camera_changed)
        self.camera.label_read.connect(self.flow.take_frame)
        self.camera_view.settings_wanted.connect(self._on_settings_wanted)
        self.band.shown.connect(self._on_band_shown)
        self._on_camera_changed()
        key = QShortcut(QKeySequence.StandardKey.Undo, self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.flow.undo_last)

    def _size(self) -> None:
        narrow = self.window().width() < _NARROW
        low = self.window().height() < LOW_WINDOW
        self.run.set_compact(compact=low)
        self.piece.set_compact(compact=low)
        self.entry.set_low(low=low or self.camera.on, tight=low and self.camera.on)
        least = self._cards.minimumSizeHint().width() + _SCROLL_BAR
        wanted = theme.px(_NARROW_ASIDE if narrow else _ASIDE)
        self._aside.setFixedWidth(max(least, min(wanted, round(self.window().width() * _MOST_ASIDE))))
        band, entry = self.band.sizeHint().height(), self.entry.minimumSizeHint().height()
        self.camera_view.setFixedHeight(band)
        self.entry.setFixedHeight(entry if self.camera.on else max(band, entry))
        self._make_room()

    def _make_room(self) -> None:
        """In a low window with large text the card of the first start stands alone: two would press each other."""
        cards = 0 if self.welcome is None or self.welcome.isHidden() else self.welcome.minimumSizeHint().height()
        wanted = self.band.sizeHint().height() + cards + self.readings.minimumSizeHint().height() + 4 * _GAP
        self.readings.setVisible(not cards or wanted <= self.height())

    def _go_type(self) -> None:
        self.bench.routes.page_wanted.emit(PAGE.id)
        self.entry.number.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_camera_clicked(self) -> None:
        self.camera.switch(on=not self.camera.on)

    def _on_camera_changed(self) -> None:
        on = self.camera.on
        if on != self.camera_view.isVisibleTo(self):
            self.camera_view.setVisible(on)
            self._camera_button.set_kind("plain" if on else "ghost")
            self._camera_button.rename(_("Switch the camera off") if on else _("Switch the camera on"))
            self._size()

    def _on_settings_wanted(self) -> None:
        self.bench.routes.page_wanted.emit("settings")

    def _on_serial_changed(self) -> None:
        """The status of the serial scanner, in the page's head; trouble is said to a screen reader too."""
        serial, chip = self.serial, self._serial_chip
        chip.setVisible(serial.port is not None)
        if serial.port is None:
            return
        good = not serial.trouble
        word = _("Scanner connected") if good else _("Scanner not heard")
        chip.set_look("good" if good else "warn", "barcode", word)
        chip.setToolTip(serial.words)
        chip.setAccessibleDescription(serial.words)
        if not good:
            announce(chip, serial.words)

    def _on_band_shown(self, look: str) -> None:
        self.camera_view.look = look
        if self._flash is None and self.bench.desk.settings.flash:
            self._flash = FlashFrame(self.window(), self.bench.desk)
        if self._flash is not None:
            self._flash.show_look(look)

    def _tag_of(self, payload: str) -> str:
        """What a code in the picture is called; empty for one that names no piece."""
        office = self.bench.office
        reading = Reading(payload, ReadingSource.CAMERA, datetime.now(UTC))
        return tag_of(office.intake.recognise(office.operator, (reading,)))

    def _on_files(self, files: tuple[Path, ...]) -> None:
        self.files.read(files)

    def _on_welcome_closed(self) -> None:
        if self.welcome is not None:
            self.welcome.hide()
            self.welcome.deleteLater()
            self.welcome = None
            self._make_room()

    def _on_desk_changed(self) -> None:
        settings = self.bench.desk.settings
        self.band.reduced_motion = settings.reduced_motion
        self._mute.set_icon("volume" if settings.sounds else "volume-off")
        self._mute.rename(_("Sounds are on") if settings.sounds else _("Sounds are off"))

    def _on_mute_clicked(self) -> None:
        self.bench.desk.change(sounds=not self.bench.desk.settings.sounds)

    def _on_today(self, today: Today) -> None:
        self.readings.more = len(today.readings) >= MOST_LINES
        self.readings.model.take(today.readings)
        self.flow.set_counts(today.counts)

    def _on_lists(self, lists: Lists) -> None:
        self._lists = lists
        self.run.offer(lists.departments, lists.runs, lists.meters, lists.carriers, lists.currency)
        self.piece.set_office(lists.currency, lists.country)
        self._show_run()
        self._size()

    def _on_run_changed(self) -> None:
        self.record.count_run(self.run.run_name)
        self.flow.show_counts()
        self._show_run()

    def _current_run(self) -> MailRun | None:
        return open_run(self._lists.runs, self.run.run_name) if self._lists else None

    def _show_run(self) -> None:
        run = self._current_run()
        self._run_chip.setVisible(run is not None)
        self._close_run.setVisible(run is not None)
        if run is None:
            self.head.set_context("")
            return
        since = f"{run.opened_at.astimezone(self.bench.zone):%H:%M}"
        self.head.set_context(_("{run}, since {time}").format(run=run.name, time=since))

    def _on_close_run_clicked(self) -> None:
        run = self._current_run()
        if run is not None:
            self.runs.close(run)
