"""What the Scan page asks of the record, off the GUI thread: today's readings, counts, lists, edits, undo."""

from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import QObject, QTimer, Signal

from mailroom.domain.contacts import Contact
from mailroom.domain.office import Account, MailRun, Meter, RunState
from mailroom.domain.register import Counts, ReadingRow, ShipmentDetail, ShipmentFilter
from mailroom.domain.shipment import Party
from mailroom.ui.page import Bench
from mailroom.ui.scan_piece_fields import PieceEdit
from mailroom.ui.scan_words import Column, with_text

MOST_LINES = 500
_SETTLE = 200  # ms after a change before the record is asked again


@dataclass(frozen=True, slots=True)
class Lists:
    """What the run's inputs offer."""

    departments: tuple[Account, ...]
    runs: tuple[MailRun, ...]
    meters: tuple[Meter, ...]
    carriers: tuple[str, ...]
    currency: str
    country: str


@dataclass(frozen=True, slots=True)
class Today:
    """Today's readings, newest first, and the counts of the run or of today."""

    readings: tuple[ReadingRow, ...]
    counts: Counts
    local: int  # how many labels this window had taken when it asked


class ScanRecord(QObject):
    """Questions and changes; every answer is a signal in the GUI thread."""

    today = Signal(object)  # Today
    lists = Signal(object)  # Lists
    edited = Signal(object)  # ShipmentDetail
    cell_edited = Signal(object)  # ShipmentDetail
    undone = Signal(object)  # Undoable, or none where there is nothing to undo
    run_closed = Signal(object)  # RunCounts
    failed = Signal(object)

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._run_name = ""
        self._local = 0
        self._asking = False
        self._again = False
        self._told: dict[str, ReadingRow] = {}  # command -> its line as last told; used in the reader only
        self._versions: dict[str, int] = {}  # shipment -> version after our own edits; used in the writer only
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.refresh)

    def count_run(self, name: str) -> None:
        """Count this run from now on; empty: today."""
        if name != self._run_name:
            self._run_name = name
            self._settle.start()

    def changed_here(self) -> None:
        """This window took a label: ask soon, and believe no answer that is older."""
        self._local += 1
        self._settle.start()

    def refresh_soon(self) -> None:
        """Ask again in a moment."""
        self._settle.start()

    def refresh(self) -> None:
        """Ask for today's readings and counts; `today` follows."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        office, who, zone = self._bench.office, self._bench.office.operator, self._bench.zone
        name, local = self._run_name, self._local

        def act() -> Today:
            midnight = datetime.combine(datetime.now(zone).date(), time.min, zone)
            run = next((one for one in office.lists.runs(who) if one.name == name), None) if name else None
            wanted = ShipmentFilter(run_id=run.id) if run else ShipmentFilter(recorded_from=midnight)
            readings = self._as_told(office.intake.readings_since(who, midnight, MOST_LINES))
            return Today(readings, office.shipments.counts(who, wanted), local)

        self._bench.runners.run("reader", act, self._on_today, self._on_failed)

    def refresh_lists(self) -> None:
        """Ask for departments, runs, meters and the office's carriers; `lists` follows."""
        office, who = self._bench.office, self._bench.office.operator

        def act() -> Lists:
            settings = office.settings.office(who)
            return Lists(
                office.lists.departments(who),
                office.lists.runs(who),
                office.lists.meters(who),
                office.intake.desk.enabled_carriers(),
                settings.currency,
                settings.country,
            )

        self._bench.runners.run("reader", act, self._on_lists, self._on_failed)

    def edit(self, edit: PieceEdit) -> None:
        """Put a change to a piece on record; `edited` follows."""
        office, who = self._bench.office, self._bench.office.operator

        def act() -> ShipmentDetail:
            version = self._versions.get(edit.shipment_id, edit.base_version)
            detail = office.shipments.edit(who, edit.shipment_id, edit.fields, version)
            if edit.postage is not None:
                detail = office.shipments.correct_postage(who, edit.shipment_id, edit.postage)
            self._versions[edit.shipment_id] = detail.row.shipment.version
            return detail

        self._bench.runners.run("writer", act, self._on_edited, self._on_failed)

    def edit_cell(self, shipment_id: str, column: Column, text: str) -> None:
        """Put one cell of a piece on record, over what its fields are by then; `cell_edited` follows."""
        office, who = self._bench.office, self._bench.office.operator

        def act() -> ShipmentDetail:
            row = office.shipments.get(who, shipment_id).row
            fields, postage = with_text(row, column, text)
            detail = office.shipments.edit(who, shipment_id, fields, row.shipment.version)
            if postage is not None:
                detail = office.shipments.correct_postage(who, shipment_id, postage)
            self._versions[shipment_id] = detail.row.shipment.version
            return detail

        self._bench.runners.run("writer", act, self._on_cell_edited, self._on_failed)

    def remember(self, party: Party) -> None:
        """Keep a whole address in the address book; one that lacks something is not kept."""
        office, who = self._bench.office, self._bench.office.operator

        def act() -> Contact | None:
            if not party.address or office.addresses.check(who, party):
                return None
            return office.address_book.remember(who, party)

        self._bench.runners.run("writer", act, None, self._on_failed)

    def undo(self, command_id: str = "") -> None:
        """Take back one act, or the latest; `undone` follows."""
        office, who = self._bench.office, self._bench.office.operator
        self._bench.runners.run(
            "writer",
            lambda: office.intake.undo(who, command_id) if command_id else office.intake.undo_last(who),
            self._on_undone,
            self._on_failed,
        )

    def put_aside(self, command_id: str) -> None:
        """A question is not answered: the label is read again, or is none."""
        office, who = self._bench.office, self._bench.office.operator
        self._bench.runners.run("writer", lambda: office.runs.put_aside(who, command_id), None, self._on_failed)

    # within

    def _as_told(self, readings: tuple[ReadingRow, ...]) -> tuple[ReadingRow, ...]:
        """The same, with the very values told last where nothing changed: the window need not compare them."""
        told = tuple(before if (before := self._told.get(one.command_id)) == one else one for one in readings)
        self._told = {one.command_id: one for one in told}
        return told

    def _on_today(self, today: Today) -> None:
        self._asking = False
        if self._again or today.local != self._local:
            self._again = False
            self._settle.start()
        if today.local == self._local:
            self.today.emit(today)

    def _on_lists(self, lists: Lists) -> None:
        self.lists.emit(lists)

    def _on_edited(self, detail: ShipmentDetail) -> None:
        self.edited.emit(detail)

    def _on_cell_edited(self, detail: ShipmentDetail) -> None:
        self.cell_edited.emit(detail)

    def _on_undone(self, act: object) -> None:
        self.undone.emit(act)

    def _on_failed(self, error: BaseException) -> None:
        self._asking = False
        self.failed.emit(error)


def open_run(runs: tuple[MailRun, ...], name: str) -> MailRun | None:
    """The open run of this name, the last opened where there are several."""
    return next((one for one in runs if one.name == name and one.state is RunState.OPEN), None)
