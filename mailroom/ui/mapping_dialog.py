"""Before a table is imported: which column is which field, how dates and amounts are written, what would be refused."""

import dataclasses
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import ImportKind
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.preview import Judgement, Preview
from mailroom.services.exchange.report import ImportReport
from mailroom.services.exchange.source import ENCODINGS, TableFormat
from mailroom.ui import theme
from mailroom.ui.forms import NoteBox, choice_of, typed
from mailroom.ui.import_report import import_sentence
from mailroom.ui.mapping_fields import FieldsModel, FieldsTable
from mailroom.ui.mapping_preview import PreviewModel, PreviewTable
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.segments import Segments
from mailroom.wording import _
from mailroom.wording.carriers import NAMES, carrier_name
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.exchange import delimiter_word, encoding_word, field_word, format_word
from mailroom.wording.plain import one_line

_KINDS: Final = (ImportKind.SHIPMENTS, ImportKind.EVENTS)
_ORDERS: Final = (None, DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
_WIDTH: Final = 1120  # px at 100 %
_TABLES: Final = 336  # px, height of the two tables at 100 %
_LEAST: Final = 150  # px; the same in a low window
_BESIDE: Final = 436  # px at 100 % of all that stands above and below them


class MappingDialog(Sheet):
    """A file with the plan for it. It says what it wants done and shows what came of it; it does nothing itself."""

    plan_changed = Signal(object)  # ImportPlan: judge the rows shown
    look_wanted = Signal(object, object, object)  # kind, encoding, sheet: look at the file again
    trial_wanted = Signal(object)  # ImportPlan
    trial_unwanted = Signal()
    import_wanted = Signal(object, object)  # ImportPlan, the name to save it under
    _reported = Signal(object, object)

    def __init__(self, window: QWidget, preview: Preview) -> None:
        super().__init__(window, _("Import a table"), _about(preview), _WIDTH)
        self.preview = preview
        self._trial: ImportReport | None = None
        self._trying = False
        self._carriers = ("", *sorted(NAMES, key=carrier_name))
        self.fields = FieldsTable()
        self.model = FieldsModel(preview, self)
        self.fields.setModel(self.model)
        self.rows = PreviewTable()
        self.shown = PreviewModel(preview, self)
        self.rows.setModel(self.shown)
        self._make_options()
        self._lay_out()
        self._connect()
        self._show_plan(preview.plan)

    # what the owner calls

    @property
    def plan(self) -> ImportPlan:
        """The plan as it stands."""
        return dataclasses.replace(
            self.preview.plan,
            columns=self.model.columns,
            order=_ORDERS[choice_of(self.order).currentIndex()],
            decimal_comma=choice_of(self.decimal).currentIndex() == 1,
            carrier=self._carriers[choice_of(self.carrier).currentIndex()],
            keep_bad_check=self.keep_bad.isChecked(),
            name=self._saved_name(),
        )

    def judged(self, judgements: Sequence[Judgement]) -> None:
        """Show what would become of the rows."""
        self.shown.show_plan(self.model.columns, judgements)
        self.rows.fit()
        self._on_row_chosen()
        refused = self.shown.refused()
        if refused:
            text = _("{n} of the first {rows} would be refused")
            self._judged.setText(text.format(n=refused, rows=len(self.preview.rows)))
        else:
            self._judged.setText("")

    def refuse(self, error: MailroomError) -> None:
        """Say what stands in the way."""
        self._trying = False
        self._show_buttons()
        self.outcome.set_tone("bad")
        self.outcome.setText(f"{error_text(error)} {error_remedy(error)}")
        announce(self, self.outcome.text())

    def report(self, done: int, total: int) -> None:
        """How far a trial is; from any thread."""
        self._reported.emit(done, total)

    def tried(self, report: ImportReport) -> None:
        """Show what a trial found."""
        self._trying = False
        self._trial = report if report.refused else None
        self._show_buttons()
        if report.cancelled:
            self.outcome.setText("")
            return
        self.outcome.set_tone("bad" if report.refused else "good")
        self.outcome.setText(_("{sentence} Nothing was recorded.").format(sentence=import_sentence(report)))
        announce(self, self.outcome.text())

    @property
    def trial(self) -> ImportReport | None:
        """The last trial with refused rows."""
        return self._trial

    # building

    def _make_options(self) -> None:
        preview = self.preview
        source = preview.grid.source
        self.kind = Segments(_("What the rows are"), (_("Shipments"), _("Tracking events")))
        self.kind.choose(_KINDS.index(preview.kind))
        names = tuple(plan.name for plan in preview.saved)
        self.saved = Field(_("Saved mapping"), Choice((_("found by titles"), *names)))
        self.order = Field(
            _("03/04/2026 is"), Choice((_("not said: refuse it"), _("March 4, month first"), _("April 3, day first")))
        )
        self.decimal = Field(_("Amounts are written"), Choice(("7.64", "7,64")))
        words = (_("none: refuse it"), *(carrier_name(one) for one in self._carriers[1:]))
        self.carrier = Field(_("Carrier where none is told"), Choice(words))
        self.sheet = Field(_("Sheet"), Choice(tuple(one_line(one) for one in source.sheets) or ("",)))
        self.sheet.setVisible(len(source.sheets) > 1)
        choice_of(self.sheet).setCurrentIndex(source.sheets.index(preview.grid.sheet) if source.sheets else 0)
        self.encoding = Field(_("Letters"), Choice(tuple(encoding_word(one) for one in ENCODINGS)))
        self.encoding.setVisible(source.format is TableFormat.CSV and (not source.sure or bool(preview.plan.encoding)))
        if source.encoding in ENCODINGS:
            choice_of(self.encoding).setCurrentIndex(ENCODINGS.index(source.encoding))
        self.keep_bad = CheckBox(_("Keep numbers whose check digit is wrong"))
        self.name = Field(_("Keep these choices under a name"), LineEdit(_("such as the program’s")), _("optional"))
        self._judged = Text("", 12, 500, "bad")
        self._reason = Text("", 12, 500, "bad", wrap=True)
        self.outcome = Text("", 13, 500, wrap=True)

    def _lay_out(self) -> None:
        preview, shipments = self.preview, self.preview.kind is ImportKind.SHIPMENTS
        if preview.grid.source.renamed:
            text = _("By its content this is {format}, whatever its name says.")
            self.body.addWidget(NoteBox(text.format(format=format_word(preview.grid.source.format.value))))
        top = QHBoxLayout()
        top.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Text(_("The rows are"), 12, 500, "text2"))
        column.addWidget(self.kind)
        column.addStretch(1)
        top.addLayout(column)
        for field in (self.saved, self.sheet, self.encoding, self.order, self.decimal, self.carrier):
            top.addWidget(field, 1)
        self.decimal.setVisible(shipments)
        self.carrier.setVisible(shipments)
        self.body.addLayout(top)
        self.body.addLayout(self._tables())
        self._reason.setMinimumHeight(theme.px(18))
        self.body.addWidget(self._reason)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(self.name, 9)
        below.addWidget(self.keep_bad, 10, Qt.AlignmentFlag.AlignVCenter)
        self.keep_bad.setVisible(shipments)
        self.body.addLayout(below)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.outcome, 1)
        self.show_refused = Button(_("Show the refused rows"), small=True)
        row.addWidget(self.show_refused, 0, Qt.AlignmentFlag.AlignTop)
        kept = self.show_refused.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the dialog keeps its height when a trial ends
        self.show_refused.setSizePolicy(kept)
        self.body.addLayout(row)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.try_button = self.add_button(Button(_("Try it out")))
        self.import_button = self.add_button(Button(_("Import"), "file-import", "primary"))

    def _tables(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        tables = max(theme.px(_LEAST), min(theme.px(_TABLES), self._window.height() - theme.px(_BESIDE)))
        for words, beside, view, share in (
            (_("Fields"), None, self.fields, 9),
            (_("First rows"), self._judged, self.rows, 10),
        ):
            column = QVBoxLayout()
            column.setSpacing(6)
            head = QHBoxLayout()
            head.addWidget(Text(words, 13, 600))
            if beside is not None:
                head.addWidget(beside)
            head.addStretch(1)
            column.addLayout(head)
            view.setFixedHeight(tables)
            column.addWidget(view)
            row.addLayout(column, share)
        return row

    def _connect(self) -> None:
        self.model.changed.connect(self._on_changed)
        for field in (self.order, self.decimal, self.carrier):
            choice_of(field).currentIndexChanged.connect(self._on_changed)
        self.keep_bad.toggled.connect(self._on_changed)
        choice_of(self.saved).currentIndexChanged.connect(self._on_saved_chosen)
        choice_of(self.sheet).currentIndexChanged.connect(self._on_look_wanted)
        choice_of(self.encoding).currentIndexChanged.connect(self._on_look_wanted)
        self.kind.chosen.connect(self._on_look_wanted)
        self.rows.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.try_button.clicked.connect(self._on_try)
        self.import_button.clicked.connect(self._on_import)
        self._reported.connect(self._on_reported)

    # slots

    def _on_changed(self) -> None:
        self._trial = None
        self.outcome.setText("")
        self.shown.show_plan(self.model.columns, ())
        self.rows.fit()
        self._show_buttons()
        if not self.model.missing():
            self.plan_changed.emit(self.plan)

    def _on_saved_chosen(self, place: int) -> None:
        plan = self.preview.saved[place - 1] if place else dataclasses.replace(self.preview.plan, name="")
        self._show_plan(plan)

    def _on_look_wanted(self) -> None:
        sheets = self.preview.grid.source.sheets
        sheet = sheets[choice_of(self.sheet).currentIndex()] if sheets else ""
        encoding = ENCODINGS[choice_of(self.encoding).currentIndex()] if not self.encoding.isHidden() else ""
        self.look_wanted.emit(_KINDS[self.kind.place], encoding, sheet)

    def _on_row_chosen(self, current: QModelIndex | None = None) -> None:
        row = current.row() if current is not None else self.rows.currentIndex().row()
        reason = self.shown.reason(row)
        if not reason:
            first = next((at for at in range(self.shown.rowCount()) if self.shown.reason(at)), -1)
            row, reason = first, self.shown.reason(first)
        line = self.preview.rows[row].line if reason else 0
        self._reason.setText(_("Row {row}: {reason}").format(row=line, reason=reason) if reason else "")

    def _on_try(self) -> None:
        if self._trying:
            self.trial_unwanted.emit()
            return
        self._trying = True
        self._trial = None
        self.outcome.set_tone("text2")
        self.outcome.setText(_("Trying …"))
        self._show_buttons()
        self.trial_wanted.emit(self.plan)

    def _on_reported(self, done: int, total: int) -> None:
        if self._trying:
            shown = _("Trying: {done} of {total} rows").format(done=f"{done:,}", total=f"{total:,}")
            self.outcome.setText(shown)

    def _on_import(self) -> None:
        self.import_wanted.emit(self.plan, typed(self.name))
        self.accept()

    # within

    def _show_plan(self, plan: ImportPlan) -> None:
        """Show a plan, and have its rows judged."""
        for field, place in (
            (self.order, _ORDERS.index(plan.order)),
            (self.decimal, int(plan.decimal_comma)),
            (self.carrier, self._carriers.index(plan.carrier) if plan.carrier in self._carriers else 0),
            (self.saved, self._place_of(plan.name)),
        ):
            choice = choice_of(field)
            blocked = choice.blockSignals(True)
            choice.setCurrentIndex(place)
            choice.blockSignals(blocked)
        blocked = self.keep_bad.blockSignals(True)
        self.keep_bad.setChecked(plan.keep_bad_check)
        self.keep_bad.blockSignals(blocked)
        self.model.take(plan.mapping)

    def _place_of(self, name: str) -> int:
        names = [plan.name for plan in self.preview.saved]
        return names.index(name) + 1 if name in names else 0

    def _saved_name(self) -> str:
        """The name of the saved mapping as long as its columns are as saved."""
        place = choice_of(self.saved).currentIndex()
        plan = self.preview.saved[place - 1] if place else None
        return plan.name if plan is not None and dict(plan.columns) == dict(self.model.columns) else ""

    def _show_buttons(self) -> None:
        missing = ", ".join(field_word(name) for name in self.model.missing())
        self.show_refused.setVisible(self._trial is not None)
        self.try_button.setText(_("Stop") if self._trying else _("Try it out"))
        if missing:
            why = _("Choose the column for: {fields}").format(fields=missing)
            self.try_button.disable(why)
            self.import_button.disable(why)
            self.note.set_tone("bad")
            self.note.setText(why)  # in the foot: it is in sight however much of the rest has to scroll
            return
        self.note.setText("")
        self.try_button.enable()
        if self._trying:
            self.import_button.disable(_("The trial is under way."))
        else:
            self.import_button.enable()


def _about(preview: Preview) -> str:
    """File, format and how it is written."""
    source = preview.grid.source
    parts = [one_line(source.name), format_word(source.format.value)]
    if source.format is TableFormat.CSV:
        parts += [encoding_word(source.encoding), delimiter_word(preview.grid.delimiter)]
    elif len(source.sheets) > 1:
        parts.append(one_line(preview.grid.sheet))
    return " · ".join(parts)
