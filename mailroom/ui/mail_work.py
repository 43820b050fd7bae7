"""Carriers' mails that were dropped or chosen: taken in together, told in one notice, each with its piece and undo."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.errors import MailroomError
from mailroom.services.exchange.notices import NoticeReport
from mailroom.services.office import Office
from mailroom.services.writing import Write
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.labels import Text, hairline
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.exchange import notice_text
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line

_LOOKED_AT = 50  # acts of this desk among which the newest of the piece is the mail's


@dataclass(frozen=True, slots=True)
class MailTaken:
    """What became of one mail: a report, or why it was not taken. `command_id` is empty where nothing can be undone."""

    path: Path
    report: NoticeReport | None = None
    trouble: MailroomError | None = None
    command_id: str = ""

    @property
    def told(self) -> str:
        """In one sentence."""
        if self.report is None:
            return f"{error_text(self.trouble)} {error_remedy(self.trouble)}".strip() if self.trouble else ""
        one = self.report
        return notice_text(grouped(one.tracking_number), one.status, added=one.added, stranger=one.stranger)


def take_mail(office: Office, path: Path, write: Write) -> MailTaken:
    """Take one mail in. Never raises what a person may meet."""
    try:
        report = office.exchange.import_notice(office.operator, path, write=write)
    except MailroomError as trouble:
        return MailTaken(path, trouble=trouble)
    if not report.added:
        return MailTaken(path, report)
    acts = office.intake.undoable(office.operator, _LOOKED_AT)
    theirs = (one.command_id for one in acts if (one.shipment_id, one.kind) == (report.shipment_id, "events_added"))
    return MailTaken(path, report, command_id=next(theirs, ""))


class MailWork(QObject):
    """One batch at a time; `finished` follows each."""

    finished = Signal()

    def __init__(self, bench: Bench, page: QWidget, strip: ProgressStrip) -> None:
        super().__init__(page)
        self._bench, self._page, self._strip = bench, page, strip

    def take(self, paths: Sequence[Path]) -> None:
        """Take these in, one after the other."""
        office, runners, strip = self._bench.office, self._bench.runners, self._strip
        stop, lane = Task(), Task()
        what = one_line(paths[0].name) if len(paths) == 1 else plural("{n} e-mail", "{n} e-mails", len(paths))
        strip.start(_("Importing {file}").format(file=what), stop)

        def act() -> tuple[MailTaken, ...]:
            taken: list[MailTaken] = []
            for path in paths:
                if stop.cancelled() or lane.cancelled():
                    break
                taken.append(take_mail(office, path, runners.write))
                strip.report(len(taken), len(paths))
            return tuple(taken)

        runners.run("work", act, self._on_taken, self._on_failed, lane)

    def _on_taken(self, taken: tuple[MailTaken, ...]) -> None:
        self._strip.finish()
        if len(taken) == 1:
            self._tell_one(taken[0])
        elif taken:
            trouble = any(one.trouble is not None for one in taken)
            show = partial(self._show, taken)
            self._bench.notices.tell(_summary(taken), "warn" if trouble else "move", _("Show what was found"), show)
        changed = tuple(dict.fromkeys(one.report.shipment_id for one in taken if one.report is not None))
        if changed:
            self._bench.routes.shipments_changed.emit(changed)
        self.finished.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._strip.finish()
        try:
            self._bench.notices.show(error)
        finally:
            self.finished.emit()

    def _tell_one(self, one: MailTaken) -> None:
        if one.report is None:
            self._bench.notices.tell(one.told, "bad")
            return
        show = (_("Show the piece"), partial(self._on_piece_wanted, one.report.shipment_id))
        if one.command_id:
            self._bench.notices.tell(one.told, "move", _("Undo"), partial(self._on_undo, one), also=show)
        else:
            self._bench.notices.tell(one.told, "move" if one.report.added else "warn", *show)

    def _show(self, taken: tuple[MailTaken, ...]) -> None:
        sheet = MailsSheet(self._page.window(), taken, _summary(taken))
        sheet.piece_wanted.connect(self._on_piece_wanted)
        sheet.undo_wanted.connect(self._on_undo)
        sheet.open()

    def _on_piece_wanted(self, shipment_id: str) -> None:
        self._bench.routes.shipment_wanted.emit(shipment_id)

    def _on_undo(self, one: MailTaken) -> None:
        office = self._bench.office

        def act() -> MailTaken:
            office.intake.undo(office.operator, one.command_id)
            return one

        self._bench.runners.run("writer", act, self._on_undone, self._bench.notices.show)

    def _on_undone(self, one: MailTaken) -> None:
        assert one.report is not None
        number = grouped(one.report.tracking_number)
        self._bench.notices.tell(_("Undone: what the e-mail said of {number}").format(number=number))
        self._bench.routes.shipments_changed.emit((one.report.shipment_id,))


class MailsSheet(Sheet):
    """Each mail with what was found in it; `piece_wanted` carries an id, `undo_wanted` a `MailTaken`."""

    piece_wanted = Signal(str)
    undo_wanted = Signal(object)

    def __init__(self, window: QWidget, taken: Sequence[MailTaken], about: str) -> None:
        super().__init__(window, _("What the e-mails said"), about, width=720)
        for one in taken:
            self.body.addWidget(hairline())
            self.body.addWidget(self._row(one))
        done = self.add_button(Button(_("Done"), kind="primary"))
        done.clicked.connect(self.accept)

    def _row(self, one: MailTaken) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(one.told, 13, 600, "bad" if one.trouble else "", tabular=True, wrap=True))
        words.addWidget(Text(one_line(one.path.name), 12, 400, "text2", wrap=True))
        line.addLayout(words, 1)
        if one.report is not None:
            number = grouped(one.report.tracking_number)
            show = Button(_("Show the piece"), small=True)
            show.setAccessibleName(_("Show the piece {number}").format(number=number))
            show.clicked.connect(partial(self._on_show, one.report.shipment_id))
            line.addWidget(show)
            if one.command_id:
                undo = Button(_("Undo"), "arrow-back-up", small=True)
                undo.setAccessibleName(_("Undo the e-mail about {number}").format(number=number))
                undo.clicked.connect(partial(self._on_undo, one, undo))
                line.addWidget(undo)
        return row

    def _on_show(self, shipment_id: str) -> None:
        self.accept()
        self.piece_wanted.emit(shipment_id)

    def _on_undo(self, one: MailTaken, button: Button) -> None:
        button.disable(_("This is undone."))
        self.undo_wanted.emit(one)


def _summary(taken: Sequence[MailTaken]) -> str:
    added = sum(one.report is not None and one.report.added for one in taken)
    known = sum(one.report is not None and not one.report.added for one in taken)
    refused = sum(one.trouble is not None for one in taken)
    parts = [plural("{n} new event", "{n} new events", added)]
    if known:
        parts.append(_("{n} known already").format(n=f"{known:,}"))
    if refused:
        parts.append(_("{n} not taken").format(n=f"{refused:,}"))
    mails = plural("{n} e-mail", "{n} e-mails", len(taken))
    return _("{file}: {parts}.").format(file=mails, parts=", ".join(parts))
