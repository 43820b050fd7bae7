"""What the detail pane does off the GUI thread: reading, adding events, editing, attaching, opening files."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from mailroom.domain.claim_clock import ShipmentClock
from mailroom.domain.documents import Attachment, AttachmentRole
from mailroom.domain.register import ShipmentDetail
from mailroom.domain.shipment import PieceFields
from mailroom.domain.timeline import EventDraft
from mailroom.errors import MailroomError
from mailroom.services.lanes import Arrival
from mailroom.ui.attach_dialog import AttachDialog
from mailroom.ui.carrier_asking import CarrierAsking
from mailroom.ui.dropped import refusals, usable
from mailroom.ui.edit_dialog import EditDialog
from mailroom.ui.event_dialog import EventDialog
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.opened_copies import folder_for_copies
from mailroom.ui.page import Bench
from mailroom.ui.saving import write_whole
from mailroom.ui.shipment_detail import ShipmentDetailPane
from mailroom.ui.timeline_items import TimelineItem, timeline_items
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line

_ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/tiff": ".tiff"}
_TYPED = 250  # ms without another answer to what is being typed, after which its first shipment is shown
_STAYS = 700  # ms after which somebody looks at a shipment, rather than passing by
Answer = tuple[ShipmentDetail, ShipmentClock, Arrival | None, tuple[TimelineItem, ...]]
Chosen = tuple[tuple[Path, AttachmentRole, str], ...]


class DetailWork(QObject):
    """Keeps the pane in step with the record; one question in flight, the newest next."""

    gone = Signal(str)  # id of a shipment that is no longer to be seen

    def __init__(self, bench: Bench, page: QWidget, pane: ShipmentDetailPane) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self._pane = pane
        self._wanted = ""
        self._asked = ""
        self._dirty = False
        self._dialog: EventDialog | EditDialog | None = None
        self._opened = folder_for_copies(bench.desk.profile)
        self._saving: Attachment | None = None
        self._attach_to = ""
        self._version = 0
        self._attach_choice = FileChoice(bench.desk, page, self.ask_attach)
        self._event_choice = FileChoice(bench.desk, page, self._on_event_file)
        self._save_choice = FileChoice(bench.desk, page, self._on_target_chosen)
        self._next = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPED)
        self._soon.timeout.connect(self._on_soon)
        self._stays = QTimer(self)
        self._stays.setSingleShot(True)
        self._stays.setInterval(_STAYS)
        self._stays.timeout.connect(self._on_stayed)
        pane.event_wanted.connect(self.ask_event)
        pane.attach_wanted.connect(self.choose_files)
        pane.glossary_wanted.connect(self.ask_glossary)
        pane.files_dropped.connect(self.ask_attach)
        pane.attachment_pressed.connect(self._on_attachment_pressed)
        pane.head.edit_wanted.connect(self.ask_edit)
        self._carriers = CarrierAsking(bench, self, pane.head.ask)
        pane.head.ask_wanted.connect(self.ask_carrier)
        pane.head.older_wanted.connect(self.show)

    @property
    def shown(self) -> str:
        """Id of the shipment that is shown or on its way; empty for none."""
        return self._wanted

    def show(self, shipment_id: str) -> None:
        """Show a shipment, empty for none."""
        self._soon.stop()
        self._wanted = shipment_id
        if not shipment_id:
            self._pane.show_nothing()
        elif not self._asked:
            self._ask()

    def show_soon(self, shipment_id: str) -> None:
        """Show a shipment once no other is asked for: each key of a search has another first one."""
        self._next = shipment_id
        self._soon.start()

    def stay(self) -> None:
        """Show no other soon: what is shown is in the list again."""
        self._soon.stop()

    def settle(self) -> None:
        """Show now what would be shown soon: somebody turns to it."""
        if self._soon.isActive():
            self.show(self._next)

    def take_changes(self, ids: tuple[str, ...]) -> None:
        """Read the shipment again where it changed."""
        if self._wanted and self._wanted in ids:
            if self._asked:
                self._dirty = True
            else:
                self._ask()

    def ask_carrier(self) -> None:
        """Ask the carrier about the shown piece."""
        self._carriers.ask(self._wanted)

    # reading

    def _on_soon(self) -> None:
        self.show(self._next)

    def _ask(self) -> None:
        shipment_id = self._asked = self._wanted
        self._dirty = False
        office, zone = self._bench.office, self._bench.zone

        def read() -> Answer:
            detail = office.shipments.get(office.operator, shipment_id)
            clock = office.claims.clock(office.operator, detail)
            shipment, now = detail.row.shipment, datetime.now(UTC)
            # hundreds of events take longer to word than the window may stand still
            items = timeline_items(detail.events, now, zone, finished=shipment.final, carrier=shipment.carrier)
            return detail, clock, office.lanes.arrival(office.operator, detail, look=False), items

        self._bench.runners.run("reader", read, self._on_read, self._on_read_failed)

    def _on_read(self, answer: Answer) -> None:
        detail, clock, arrival, items = answer
        asked, self._asked = self._asked, ""
        if asked == self._wanted:
            self._pane.show_detail(detail, clock, items, arrival)
            if arrival is not None and not arrival.looked:
                self._stays.start()
        if self._wanted and (asked != self._wanted or self._dirty):
            self._ask()

    def _on_stayed(self) -> None:
        detail, office = self._pane.detail, self._bench.office
        if detail is None or detail.row.shipment.id != self._wanted:
            return
        shipment_id = self._wanted
        self._bench.runners.run(
            "reader",
            lambda: (shipment_id, office.lanes.arrival(office.operator, detail)),
            self._on_arrival,
            self._bench.notices.show,
        )

    def _on_arrival(self, answer: tuple[str, Arrival | None]) -> None:
        self._pane.show_arrival(*answer)

    def _on_read_failed(self, error: BaseException) -> None:
        asked, self._asked = self._asked, ""
        if asked != self._wanted:
            if self._wanted:
                self._ask()
            return
        self.show("")
        if isinstance(error, MailroomError) and error.code == "shipment_unknown":
            self.gone.emit(asked)
            return
        self._bench.notices.show(error)

    # events

    def ask_glossary(self) -> None:
        """Show what statuses and codes mean."""
        from mailroom.ui.glossary_sheet import GlossarySheet  # with its table: when first asked for only

        GlossarySheet(self._page.window()).open()

    def ask_event(self) -> None:
        """Open the dialog for an event by hand."""
        detail = self._pane.detail
        if detail is None:
            return
        dialog = EventDialog(
            self._page.window(),
            detail.row.shipment,
            self._bench.office.operator.name,
            self._bench.zone,
            self._bench.office.zone,
        )
        self._dialog = dialog
        dialog.drafted.connect(self._on_event_drafted)
        dialog.file_wanted.connect(self._on_event_file_wanted)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def _on_event_drafted(self, draft: EventDraft) -> None:
        detail, office = self._pane.detail, self._bench.office
        if detail is None:
            return
        shipment_id = detail.row.shipment.id

        def add() -> ShipmentDetail:
            return office.timeline.add_event(office.operator, shipment_id, draft)

        self._bench.runners.run("writer", add, self._on_event_added, self._on_write_failed)

    def _on_event_added(self, detail: ShipmentDetail) -> None:
        if isinstance(self._dialog, EventDialog):
            if self._dialog.attached:
                self._attach_to = detail.row.shipment.id
                self._on_files_described(self._dialog.attached)
            self._dialog.close_added()
        self._bench.routes.shipments_changed.emit((detail.row.shipment.id,))
        self._bench.notices.tell(_("Event added"))

    def _on_event_file_wanted(self) -> None:
        kinds = "(*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic *.webp)"
        self._event_choice.open(_("Photo or snapshot"), f"{_('Pictures and PDFs')} {kinds}")

    def _on_event_file(self, files: tuple[Path, ...]) -> None:
        for refusal in refusals(files):
            self._bench.notices.show(refusal)
        if isinstance(self._dialog, EventDialog) and usable(files):
            self._dialog.take_file(files[0])

    def _on_write_failed(self, error: BaseException) -> None:
        if self._dialog is not None and isinstance(error, MailroomError):
            self._dialog.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_dialog_closed(self) -> None:
        self._dialog = None

    # editing

    def ask_edit(self) -> None:
        """Open the dialog for what a person adds to a piece."""
        office = self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: (
                tuple(one.name for one in office.lists.departments(office.operator)),
                office.settings.office(office.operator).currency,
            ),
            self._on_departments,
            self._bench.notices.show,
        )

    def _on_departments(self, answer: tuple[tuple[str, ...], str]) -> None:
        detail = self._pane.detail
        if detail is None:
            return
        names, currency = answer
        dialog = EditDialog(self._page.window(), detail.row.shipment, names, detail.row.department, currency)
        self._dialog = dialog
        self._version = detail.row.shipment.version
        dialog.edited.connect(self._on_edited)
        dialog.finished.connect(self._on_dialog_closed)
        dialog.open()

    def _on_edited(self, fields: PieceFields) -> None:
        detail, office, version = self._pane.detail, self._bench.office, self._version
        if detail is None:
            return
        shipment_id = detail.row.shipment.id

        def edit() -> ShipmentDetail:
            return office.shipments.edit(office.operator, shipment_id, fields, version)

        self._bench.runners.run("writer", edit, self._on_saved, self._on_write_failed)

    def _on_saved(self, detail: ShipmentDetail) -> None:
        if isinstance(self._dialog, EditDialog):
            self._dialog.close_saved()
        self._bench.routes.shipments_changed.emit((detail.row.shipment.id,))
        self._bench.notices.tell(_("Changes saved"))

    # files

    def choose_files(self) -> None:
        """Ask for files to attach."""
        patterns = _("Pictures and PDFs (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.heic);;All files (*)")
        self._attach_choice.open(_("Attach files"), patterns, many=True)

    def ask_attach(self, files: tuple[Path, ...]) -> None:
        """Ask what the files show, then keep them with the shipment."""
        for refusal in refusals(files):
            self._bench.notices.show(refusal)
        files, detail = usable(files), self._pane.detail
        if detail is None or not files:
            return
        self._attach_to = detail.row.shipment.id
        dialog = AttachDialog(self._page.window(), detail.row.shipment, files)
        dialog.chosen.connect(self._on_files_described)
        dialog.open()

    def _on_files_described(self, chosen: Chosen) -> None:
        office, shipment_id, runners = self._bench.office, self._attach_to, self._bench.runners

        def attach() -> tuple[int, tuple[MailroomError, ...]]:
            kept, troubles = 0, []
            for path, role, caption in chosen:
                try:
                    office.attachments.attach(
                        office.operator, shipment_id, path, role=role, caption=caption, write=runners.write
                    )
                    kept += 1
                except MailroomError as trouble:
                    troubles.append(trouble)
            return kept, tuple(troubles)

        runners.run("work", attach, self._on_attached, self._bench.notices.show)

    def _on_attached(self, answer: tuple[int, tuple[MailroomError, ...]]) -> None:
        kept, troubles = answer
        if kept:
            self._bench.routes.shipments_changed.emit((self._attach_to,))
            self._bench.notices.tell(plural("{n} file attached", "{n} files attached", kept))
        for trouble in troubles:
            self._bench.notices.show(trouble)

    def _on_attachment_pressed(self, attachment: Attachment) -> None:
        menu = QMenu(self._page)
        menu.setAccessibleName(one_line(attachment.name))
        self._saving = attachment
        menu.addAction(_("Open")).triggered.connect(self.open_attachment)
        menu.addAction(_("Save as …")).triggered.connect(self.save_attachment)
        menu.popup(QCursor.pos())
        menu.aboutToHide.connect(menu.deleteLater)

    def open_attachment(self) -> None:
        """Open the chosen file with the computer's own program, as a copy."""
        attachment, office = self._saving, self._bench.office
        if attachment is None:
            return
        folder = Path(self._opened.path())

        def write() -> Path:
            ending = _ENDINGS.get(attachment.media_type, Path(attachment.name).suffix)
            target = folder / f"{Path(attachment.name).stem}-{attachment.sha256[:8]}{ending}"
            return write_whole(target, office.attachments.read(office.operator, attachment))

        self._bench.runners.run("work", write, self._on_copy_ready, self._bench.notices.show)

    def _on_copy_ready(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._bench.notices.show(MailroomError("open_failed", name=path.name))

    def save_attachment(self) -> None:
        """Ask where to save the chosen file."""
        if self._saving is not None:
            self._save_choice.save(_("Save the file"), _("All files (*)"), self._saving.name)

    def _on_target_chosen(self, files: tuple[Path, ...]) -> None:
        attachment, office = self._saving, self._bench.office
        if attachment is None:
            return
        self._bench.runners.run(
            "work",
            lambda: write_whole(files[0], office.attachments.read(office.operator, attachment)),
            self._on_file_saved,
            self._bench.notices.show,
        )

    def _on_file_saved(self, path: Path) -> None:
        self._bench.notices.tell(_("Saved as {file}").format(file=one_line(path.name)))
