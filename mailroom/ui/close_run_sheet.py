"""Closing a mail run: what it has, what is still to decide, who takes it, what stays, and the signature."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailroom.domain.office import RunCounts, Signed
from mailroom.domain.register import ShipmentRow
from mailroom.errors import MailroomError
from mailroom.services.runs import Given
from mailroom.ui import theme
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.forms import side_by_side
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.labels import ElidedText, Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.parts.ticked_list import TickedList
from mailroom.ui.scan_words import place_of
from mailroom.ui.signature_pad import SignaturePad
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.numbers import grouped

_MOST_ROWS = 5  # shown of the pieces; the rest scrolls


class CloseRunSheet(Sheet):
    """`agreed` carries the run, what is given of the hand-over, the ids of pieces that stay, and a paper or none."""

    agreed = Signal(object, object, object, object)

    def __init__(self, bench: Bench, window: QWidget, counts: RunCounts, rows: Sequence[ShipmentRow]) -> None:
        title = _("Close {run}").format(run=counts.run.name)
        super().__init__(window, title, about_run(counts), width=680)
        self._run = counts.run
        self._paper: Path | None = None
        self._rows = tuple(rows)
        self._files = FileChoice(bench.desk, self, self.take_paper)
        carriers = [name for name, _count in counts.by_carrier if name]
        self._carriers = ("", *carriers) if len(carriers) != 1 else (carriers[0], "")
        self.carrier = Choice(tuple(carrier_name(one) if one else _("All, or not said") for one in self._carriers))
        self.driver = LineEdit(icon="user")
        self.count = LineEdit()
        self.pieces = TickedList()
        self.pad = SignaturePad()
        self.paper_name = ElidedText("", 12, 400, "text2")
        self.clear = Button(_("Clear"), kind="ghost", tiny=True)
        self.scan_paper = Button(_("Signed on paper…"), "paperclip", small=True)
        self.trouble = Text("", 12, 500, "bad", wrap=True)
        self.save = Button(_("Close the run"), kind="primary")
        self._lay_out(counts)
        self._fill()
        self._connect()

    def take_paper(self, paths: tuple[Path, ...]) -> None:
        """The paper that was signed and scanned; it stands for a drawn signature."""
        self._paper = paths[0]
        self.paper_name.set_whole(self._paper.name)
        self.pad.setEnabled(False)

    def refuse(self, error: MailroomError) -> None:
        """Say why it was not closed; what was typed stays."""
        self.trouble.setText(f"{error_text(error)} {error_remedy(error)}".strip())
        self.trouble.show()
        self.save.setEnabled(True)

    def shown(self) -> tuple[str, ...]:
        """The ids of the pieces that can be ticked: those read since the dialog opened are not among them."""
        return tuple(one.shipment.id for one in self._rows)

    def kept(self) -> tuple[str, ...]:
        """The ids of the pieces that are not handed over."""
        return self.pieces.ids(ticked=False)

    # within

    def _lay_out(self, counts: RunCounts) -> None:
        if counts.asked:
            words = plural("{n} reading is still to decide", "{n} readings are still to decide", counts.asked)
            row = QHBoxLayout()
            row.addWidget(Chip("warn", "alert-triangle", words))
            row.addWidget(Text(_("Not in this run until somebody decides."), 12, 400, "text2"))
            row.addStretch(1)
            self.body.addLayout(row)
        self.body.addLayout(
            side_by_side(
                (Field(_("Carrier"), self.carrier), 3),
                (Field(_("Driver"), self.driver), 3),
                (Field(_("Pieces counted"), self.count), 2),
            )
        )
        field = Field(_("Handed over; what is not ticked stays for the next run"), self.pieces)
        self.body.addWidget(field)
        self.body.addWidget(Field(_("Signature"), self.pad))
        self.pad.setFixedHeight(theme.px(122))
        below = QHBoxLayout()
        below.addWidget(self.clear)
        below.addWidget(self.scan_paper)
        below.addWidget(self.paper_name, 1)
        self.body.addLayout(below)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        cancel = self.add_button(Button(_("Leave it open")))
        cancel.clicked.connect(self.reject)
        self.add_button(self.save)

    def _fill(self) -> None:
        for row in self._rows:
            shipment = row.shipment
            parts = (grouped(shipment.shown_number), carrier_name(shipment.carrier), place_of(shipment))
            self.pieces.add(" · ".join(part for part in parts if part), shipment.id, ticked=True)
        self.pieces.show_rows(1, _MOST_ROWS)
        self.count.setText(str(len(self._rows)))

    def _connect(self) -> None:
        self.carrier.currentIndexChanged.connect(self._on_carrier_chosen)
        self.pieces.itemChanged.connect(self._on_ticked)
        self.clear.clicked.connect(self._on_clear)
        self.scan_paper.clicked.connect(self._on_scan_paper)
        self.save.clicked.connect(self._on_save)

    def _on_carrier_chosen(self) -> None:
        """A carrier takes its own pieces: the others stay."""
        chosen = self._carriers[self.carrier.currentIndex()]
        for at, row in enumerate(self._rows):
            ticked = not chosen or row.shipment.carrier == chosen
            self.pieces.item(at).setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _on_ticked(self) -> None:
        self.count.setText(str(len(self._rows) - len(self.kept())))

    def _on_clear(self) -> None:
        self._paper = None
        self.paper_name.set_whole("")
        self.pad.setEnabled(True)
        self.pad.clear()

    def _on_scan_paper(self) -> None:
        self._files.open(_("The signed paper"), _("Pictures and PDFs") + " (*.png *.jpg *.jpeg *.pdf *.tif *.tiff)")

    def _on_save(self) -> None:
        text = self.count.text().strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 7):
            self.trouble.setText(_("The count of pieces is a number."))
            self.trouble.show()
            self.count.setFocus()
            return
        signed, picture = (Signed.PAPER, b"") if self._paper else (Signed.DRAWN, self.pad.picture())
        carrier = self._carriers[self.carrier.currentIndex()]
        given = Given(carrier, self.driver.text(), int(text) if text else None, signed, picture)
        self.save.setEnabled(False)
        self.agreed.emit(self._run, given, self.kept(), self._paper)


def about_run(counts: RunCounts) -> str:
    """`12 pieces · UPS 7, USPS 5 · Legal 3`."""
    pieces = plural("{n} piece", "{n} pieces", counts.pieces)
    carriers = ", ".join(f"{carrier_name(name)} {count}" for name, count in counts.by_carrier if name)
    departments = ", ".join(f"{name} {count}" for name, count in counts.by_department if name)
    return " · ".join(part for part in (pieces, carriers, departments) if part)
