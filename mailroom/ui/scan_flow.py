"""What follows from a reading: band, sound, table, fields; questions and their answers; undo."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mailroom.domain.office import RunCounts
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Reason
from mailroom.domain.register import Counts, ReadingRow, ShipmentDetail, ShipmentRow, Undoable
from mailroom.domain.shipment import Shipment
from mailroom.errors import MailroomError
from mailroom.services.intake import Intaken, Outcome
from mailroom.ui.label_work import LabelWork
from mailroom.ui.scan_band import BandState
from mailroom.ui.scan_recorder import Taken
from mailroom.ui.scan_states import (
    AGAIN,
    LEAVE_OPEN,
    SOUNDS,
    Choice,
    failed_state,
    run_closed_state,
    state_of,
    undone_state,
)
from mailroom.ui.scan_words import Column, Line, first_text
from mailroom.wording import _, plural
from mailroom.wording.errors import error_text
from mailroom.wording.label_steps import warning_text
from mailroom.wording.reasons import reason_text

if TYPE_CHECKING:
    from mailroom.ui.scan_page import ScanPage


class ScanFlow(QObject):
    """Connects the parts of the Scan page; lives and dies with it."""

    def __init__(self, page: "ScanPage") -> None:
        super().__init__(page)
        self._page = page
        self._asked: Taken | None = None
        self._choices: dict[str, Choice] = {}
        self._question: BandState | None = None  # what the band asked last about a label
        self._failed: Taken | None = None
        self._own: Shipment | None = None  # the last piece that got a number of ours
        self.label: LabelWork | None = None
        self._doubtful = ""  # the shipment that the last warning is of
        self._questions: dict[str, Taken] = {}  # command id -> a label asked about since the start
        self._total = 0
        self._by_carrier: dict[str, int] = {}
        page.recorder.taking.connect(page.piece.flush)
        page.recorder.taken.connect(self._on_taken)
        page.recorder.added.connect(self._on_added)
        page.recorder.doubted.connect(self._tell_warnings)
        page.files.page_read.connect(self._on_page_read)
        page.files.failed.connect(self._on_file_failed)
        page.files.progress.connect(page.entry.drop.show_progress)
        page.files.finished.connect(self._on_files_finished)
        page.band.answered.connect(self._on_answered)
        page.piece.edited.connect(page.record.edit)
        page.record.edited.connect(self._on_edited)
        page.record.cell_edited.connect(self._on_cell_done)
        page.record.undone.connect(self._on_undone)
        page.record.run_closed.connect(self._on_run_closed)
        page.record.failed.connect(self._on_failed)
        page.readings.table.opened.connect(self._on_opened)
        page.readings.table.undo.connect(self._on_undo_line)
        page.readings.model.cell_edited.connect(self._on_cell_edited)

    # readings in

    def hear(self, payload: str) -> None:
        """A wedge scanner's payload."""
        self._page.recorder.hear(payload)

    def hear_cut(self, payload: str) -> None:
        """A wedge scanner's payload whose beginning may be missing."""
        self._page.recorder.hear(payload, cut=True)

    def hear_unsure(self, payloads: tuple[str, ...]) -> None:
        """What one read of a wedge scanner may be: the clerk says which."""
        now = datetime.now(UTC)
        self._page.recorder.take_label([Reading(one, ReadingSource.WEDGE, now) for one in payloads])

    def take_typed(self, text: str) -> None:
        """A number typed or pasted."""
        self._page.recorder.take_label((Reading(text, ReadingSource.TYPED, datetime.now(UTC)),))

    def take_without_number(self) -> None:
        """A piece that has no carrier's number: it gets one of this desk's own."""
        self._page.recorder.take_without_number()

    def take_readings(self, readings: tuple[Reading, ...]) -> None:
        """The codes of one label from anywhere else in the window."""
        self._page.recorder.take_label(readings)

    def take_frame(self, readings: tuple[Reading, ...]) -> None:
        """The new codes that one picture of the camera showed."""
        self._page.recorder.take_frame(readings)

    def hear_serial(self, payload: str, port: str) -> None:
        """A serial scanner's payload; `port` is the system's name of its line."""
        self._page.recorder.take_code(Reading(payload, ReadingSource.SERIAL, datetime.now(UTC), device=port))

    def cut_short(self, payload: str) -> None:
        """A scanner stopped in the middle: what came is no payload, and the same label is scanned again."""
        self._show_failure(payload, _("The scanner stopped in the middle; scan the label again"))

    def too_long(self) -> None:
        """A scanner sent more than any bar code holds."""
        self._show_failure("", reason_text(Reason("payload_too_long", (("length", "…"), ("most", "4296")))))

    def undo_last(self) -> None:
        """Take back the latest act."""
        self._page.record.undo()

    def show(self, state: BandState, sound: str) -> None:
        """Say something that no reading brought: what became of a command, a run that was closed."""
        self._page.band.show_state(state, take_focus=self._page.isVisible())
        self._tell_elsewhere(state)
        self._page.sounds.play(sound)

    def keep(self) -> bool:
        """Keep the number asked about as it is; False where nothing is asked that has just one answer."""
        if self._asked is None or "keep" not in self._choices:
            return False
        self._on_answered("keep")
        return True

    # counts

    def set_counts(self, counts: Counts) -> None:
        """What the record counts for the run or for today."""
        self._total, self._by_carrier = counts.total, dict(counts.by_carrier)
        self.show_counts()

    def show_counts(self) -> None:
        """Show count and shares under their heading."""
        run = self._page.run.run_name
        self._page.band.set_count(self._total, _("in this run") if run else _("today"))
        self._page.readings.tally.show_counts(_("This run") if run else _("Today"), self._by_carrier)

    # what follows

    def _on_taken(self, taken: Taken) -> None:
        page = self._page
        page.record.changed_here()
        if taken.answer is None:
            self._on_not_taken(taken)
            return
        answer = taken.answer
        state, self._choices = state_of(answer, page.bench.zone)
        self._asked = taken if self._choices else None
        if self._asked is not None:
            self._questions[answer.command_id], self._question = taken, state
        page.band.show_state(state, take_focus=page.isVisible())
        page.sounds.play(SOUNDS[state.look])
        self._tell_elsewhere(state)
        first = ""
        if answer.first_recorded_at is not None:
            first = first_text(answer.first_recorded_at, answer.first_recorded_by, page.bench.zone)
        page.readings.model.add(_line(taken, answer), first)
        if answer.outcome is Outcome.RECORDED and answer.row is not None:
            carrier = answer.row.shipment.carrier
            self._total += 1
            self._by_carrier[carrier] = self._by_carrier.get(carrier, 0) + 1
            self.show_counts()
            page.piece.bind(answer.row)
            self._refresh_lists_for(taken)
            self._after_record(answer.row)
            self._tell_warnings(answer.row.shipment.id, answer.warnings)
        if answer.row is not None:
            page.bench.routes.shipments_changed.emit((answer.row.shipment.id,))

    def _after_record(self, row: ShipmentRow) -> None:
        """Remember where it goes; offer the label of a number of ours."""
        fields = row.shipment.fields
        if fields.recipient.address and not fields.contact_id:
            self._page.record.remember(fields.recipient)
        if not row.shipment.tracking_number:
            self._own = row.shipment
            words = _("It goes by {number} now. Print its label and stick it on.")
            text = words.format(number=row.shipment.shown_number)
            self._page.bench.notices.tell(text, "move", _("Print its label"), self.print_label)

    def print_label(self) -> None:
        """Show the label of the piece that was last given a number of ours."""
        if self._own is not None:
            self.label = LabelWork(self._page.bench, self._page)
            self.label.show(self._own.id, self._own.shown_number)

    def _tell_warnings(self, shipment_id: str, warnings: tuple[Reason, ...]) -> None:
        """What is on record but should be looked at, and what to do about it."""
        self._doubtful = shipment_id or self._doubtful
        for one in warnings:
            self._page.bench.notices.tell(warning_text(one), "warn", _("Open the piece"), self._open_doubtful)

    def _open_doubtful(self) -> None:
        self._page.bench.routes.shipment_wanted.emit(self._doubtful)

    def _tell_elsewhere(self, state: BandState) -> None:
        """On another page a notice says what the band says."""
        page = self._page
        if page.isVisible():
            return
        text = ". ".join(part for part in (state.word, state.number, state.why) if part)
        if state.answers:
            page.bench.notices.tell(text, "warn", _("Decide"), self._go_decide)
        else:
            page.bench.notices.tell(text, {"recorded": "good", "refused": "bad"}.get(state.look, "move"))

    def _go_decide(self) -> None:
        self._page.bench.routes.page_wanted.emit("scan")

    def _on_not_taken(self, taken: Taken) -> None:
        error = taken.error
        if not isinstance(error, MailroomError):
            self._show_failure(_raw(taken), _("Mailroom failed; nothing was put on record"))
            self._page.bench.runners.failed.emit(error)
            return
        self._failed = taken
        self._show_failure(_raw(taken), error_text(error))
        self._page.bench.notices.show(error, _("Try again"), self._try_again)

    def _try_again(self) -> None:
        if self._failed is not None:
            failed, self._failed = self._failed, None
            self._page.recorder.again(failed)

    def _show_failure(self, number: str, why: str) -> None:
        self._asked, self._choices = None, {}
        state = failed_state(number, why)
        self._page.band.show_state(state)
        self._tell_elsewhere(state)
        self._page.sounds.play("refused")

    def _refresh_lists_for(self, taken: Taken) -> None:
        run, fields = self._page.run, taken.fields
        for name, box in ((fields.department, run.department), (fields.run, run.run), (fields.meter, run.meter)):
            if name and box.findText(name) < 0:
                self._page.record.refresh_lists()
                return

    def _on_added(self, shipment_id: str) -> None:
        self._page.bench.routes.shipments_changed.emit((shipment_id,))

    # questions

    def _on_answered(self, answer: str) -> None:
        asked, choice = self._asked, self._choices.get(answer)
        if answer == LEAVE_OPEN and asked is not None and self._question is not None:
            self._page.band.show_state(self._question, take_focus=True)  # it is still to decide
            return
        if answer == AGAIN or asked is None or choice is None:
            if answer == AGAIN and asked is not None and asked.answer is not None:
                self._page.record.put_aside(asked.answer.command_id)
                self._page.readings.model.put_aside(asked.answer.command_id)
            self._asked, self._choices = None, {}
            self._page.recorder.forget()
            self._page.band.show_ready()
            return
        self._asked, self._choices = None, {}
        if choice.candidate is None:
            self._page.recorder.take_without_number(asked)
            return
        self._page.recorder.answer(asked, choice.candidate, keep_bad_check=choice.keep_bad_check)

    def _on_opened(self, line: Line) -> None:
        if line.reading.outcome in ("asked", "dropped"):
            self._ask_again(line.reading)
        elif line.reading.row is not None:
            self._page.bench.routes.shipment_wanted.emit(line.reading.row.shipment.id)

    def _ask_again(self, reading: ReadingRow) -> None:
        """Put a question of earlier today once more; nothing is recorded before it is answered."""
        page, office = self._page, self._page.bench.office
        kept = self._questions.get(reading.command_id)
        readings = kept.readings if kept else (Reading(reading.raw, ReadingSource.WEDGE, reading.read_at),)
        recognition = office.intake.recognise(office.operator, readings)
        decision = office.intake.decide(office.operator, recognition)
        reason = Reason(reading.reason_code, reading.reason_facts)
        answer = Intaken(Outcome.ASKED, reason, recognition, decision, reading.command_id)
        state, self._choices = state_of(answer, page.bench.zone)
        self._asked = Taken(readings, kept.fields if kept else page.run.fields(), answer)
        self._question = state
        page.band.show_state(state, take_focus=True)

    # files

    def _on_page_read(self, readings: tuple[Reading, ...], place: tuple[object, int, int]) -> None:
        path, page, pages = place
        if readings:
            self._page.recorder.take_label(readings)
            return
        name = getattr(path, "name", str(path))
        why = _("No bar code was found on page {page} of {name}") if pages > 1 else _("No bar code was found in {name}")
        self._show_failure(name, why.format(page=page, name=name))

    def _on_file_failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            self._page.bench.runners.failed.emit(error)
            return
        self._show_failure(str(error.facts.get("name", "")), error_text(error))
        self._page.bench.notices.show(error)

    def _on_files_finished(self, files: int, pages: int) -> None:
        self._page.entry.drop.show_idle()
        if pages > 1:
            read = plural("{n} page read", "{n} pages read", pages)
            self._page.bench.notices.tell(
                _("{read} from {files}").format(read=read, files=plural("{n} file", "{n} files", files))
            )

    # edits and undo

    def _on_cell_edited(self, line: Line, column: int, text: str) -> None:
        """A cell of today's readings was edited in place."""
        if line.reading.row is not None:
            self._page.piece.flush()
            self._page.record.edit_cell(line.reading.row.shipment.id, Column(column), text)

    def _on_cell_done(self, detail: ShipmentDetail) -> None:
        self._page.readings.model.show_row(detail.row)
        if self._page.piece.bound_to == detail.row.shipment.id:
            self._page.piece.show_again(detail.row)
        self._on_edited(detail)

    def _on_edited(self, detail: ShipmentDetail) -> None:
        self._page.piece.rebase(detail.row)
        self._page.record.refresh_soon()
        fields = detail.row.shipment.fields
        if fields.recipient.city and not fields.contact_id:
            self._page.record.remember(fields.recipient)
        self._page.bench.routes.shipments_changed.emit((detail.row.shipment.id,))

    def _on_undo_line(self, line: Line) -> None:
        if line.reading.outcome == "recorded":
            self._page.record.undo(line.reading.command_id)

    def _on_undone(self, act: Undoable | None) -> None:
        page = self._page
        if act is None:
            page.bench.notices.tell(_("There is nothing left to undo."), "move")
            return
        page.recorder.forget()
        if page.piece.bound_to == act.shipment_id:
            page.piece.forget()
        self.show(undone_state(act, page.bench.zone), "command")
        page.record.changed_here()
        page.bench.routes.shipments_changed.emit((act.shipment_id,))

    def _on_run_closed(self, counts: RunCounts) -> None:
        page = self._page
        self.show(run_closed_state(counts.run.name, counts.pieces, datetime.now(page.bench.zone)), "command")
        page.run.run.setEditText("")
        page.record.refresh_lists()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, MailroomError):
            self._page.bench.notices.show(error)
        else:
            self._page.bench.runners.failed.emit(error)


def _raw(taken: Taken) -> str:
    return taken.readings[0].raw if taken.readings else ""


def _line(taken: Taken, answer: Intaken) -> ReadingRow:
    """The new line as the record will give it."""
    first = taken.readings[0] if taken.readings else None
    return ReadingRow(
        answer.command_id,
        first.read_at if first else datetime.now(UTC),
        str(answer.outcome),
        first.raw if first else "",
        answer.reason.code,
        answer.reason.facts,
        answer.row,
    )
