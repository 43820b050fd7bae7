"""Preparing a claim packet: what happened, what is demanded, and why a document is missing."""

import contextlib
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.claim_clock import ShipmentClock
from mailroom.domain.claim_rules import cover_for
from mailroom.domain.claims import LETTERS, ClaimKind, ExhibitTitle
from mailroom.domain.exhibits import title_of
from mailroom.domain.money import Money, parse_money
from mailroom.domain.register import ShipmentDetail
from mailroom.errors import MailroomError
from mailroom.services.papers import ClaimDraft
from mailroom.ui.claim_clock import ClaimClock
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.forms import amount_text, line_of, side_by_side, typed
from mailroom.ui.insurer_choice import InsurerChoice
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.fields import Area, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.segments import Segments
from mailroom.wording import _, plural
from mailroom.wording.attachments import exhibit_word
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.postage import money_text

KINDS: Final = (ClaimKind.LOSS, ClaimKind.DAMAGE, ClaimKind.MISSING)
_ALWAYS: Final = (ExhibitTitle.PROOF_OF_MAILING, ExhibitTitle.PROOF_OF_VALUE)


class ClaimDialog(Sheet):
    """Fields for one claim, under its clock and cap; `drafted` carries the ClaimDraft.

    `clock_asked` wants the clock of another kind or insurer, for `show_clock`;
    `attach_wanted` files, for `show_detail`.
    """

    drafted = Signal(object)
    clock_asked = Signal(object, str)
    attach_wanted = Signal()

    def __init__(self, window: QWidget, detail: ShipmentDetail, clock: ShipmentClock | None, currency: str) -> None:
        super().__init__(window, _("Claim packet"), about_shipment(detail.row.shipment))
        self._detail = detail
        self._rule = clock.rule if clock is not None else None
        self.clock = ClaimClock()
        self.cap = Text("", 12, 400, "text2", wrap=True)
        self.attach = Button(_("Attach files …"), "paperclip", "ghost", small=True)
        self.attach.clicked.connect(self.attach_wanted)
        self._reasons: dict[ExhibitTitle, LineEdit] = {}
        self.kind = Segments(_("What happened"), (_("Loss"), _("Damage"), _("Missing contents")))
        self.remedy = Segments(_("Remedy"), (_("Pay"), _("Refund postage"), _("Ship again")))
        goods = self._goods()
        self._currency = goods.currency if goods is not None else currency
        self.amount = Field(_("Amount demanded"), LineEdit("120.00", unit=self._currency))
        self.contents = Field(_("Goods"), LineEdit(_("Brand, model, colour, serial number")), _("optional"))
        self.insurer = InsurerChoice()
        if clock is not None:
            self.insurer.choose(clock.insurer)
        self.case = Field(_("Carrier’s case number"), LineEdit(), _("optional"))
        self.statement = Field(_("What happened, in your words"), Area(lines=3), _("optional"))
        self._papers = QWidget()
        self._papers_column = QVBoxLayout(self._papers)
        self._papers_column.setContentsMargins(0, 0, 0, 0)
        self._papers_column.setSpacing(6)
        self._lay_out()
        if clock is not None and clock.kind in KINDS:
            self.kind.choose(KINDS.index(clock.kind))
        self._fill()
        if clock is not None:
            self.show_clock(clock)
        self.kind.chosen.connect(self._on_kind_chosen)
        self.insurer.chosen.connect(self._on_kind_chosen)
        line_of(self.amount).textChanged.connect(self._show_cap)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for column, (word, segments) in enumerate(((_("Claim for"), self.kind), (_("Remedy"), self.remedy))):
            grid.addWidget(Text(word, 12, 500, "text2"), 0, column)
            grid.addWidget(segments, 1, column)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.clock)
        self.body.addLayout(side_by_side((self.amount, 1), (self.case, 1)))
        self.body.addWidget(self.cap)
        self.body.addLayout(side_by_side((self.contents, 2), (self.insurer, 1)))
        self.body.addWidget(self.statement)
        self.body.addWidget(self._papers)
        row = QHBoxLayout()
        row.addWidget(self.attach)
        row.addStretch(1)
        self.body.addLayout(row)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.make = self.add_button(Button(_("Make the packet"), kind="primary"))
        self.make.clicked.connect(self._on_make)

    def _fill(self) -> None:
        shipment = self._detail.row.shipment
        goods = self._goods()
        if goods is not None:
            demanded = goods
            if shipment.postage.mills > 0 and shipment.postage.currency == goods.currency:
                demanded = goods + shipment.postage
            line_of(self.amount).fill(amount_text(demanded))
        line_of(self.contents).fill(shipment.fields.contents)
        self._show_papers()

    def draft(self) -> ClaimDraft | None:
        """What was typed; none where the amount is refused."""
        try:
            amount = parse_money(typed(self.amount), self._currency)
            if amount.mills <= 0:
                raise MailroomError("amount_not_positive", amount=amount.amount)
        except MailroomError as error:
            self.amount.refuse(f"{error_text(error)} {error_remedy(error)}")
            self.amount.control.setFocus()
            return None
        missing = tuple(
            (LETTERS[title], line.text().strip()) for title, line in self._reasons.items() if line.text().strip()
        )
        return ClaimDraft(
            kind=KINDS[self.kind.place],
            amount=amount,
            remedy=("", _("Refund of the postage"), _("Shipping the goods again"))[self.remedy.place],
            statement=typed(self.statement),
            contents=typed(self.contents),
            carrier_case_number=typed(self.case),
            missing=missing,
            insurer=self.insurer.insurer,
        )

    def show_clock(self, clock: ShipmentClock) -> None:
        """When a claim of the chosen kind can be filed, and what the carrier answers for."""
        if clock.kind is not KINDS[self.kind.place] or clock.insurer != self.insurer.insurer:
            return
        self._rule = clock.rule
        self.clock.show_clock(clock)
        self._show_cap()
        self._show_papers()
        if self.isVisible():
            self.restyle()

    def show_detail(self, detail: ShipmentDetail) -> None:
        """The same shipment with other files."""
        self._detail = detail
        self._show_papers()
        self.restyle()

    # within

    def _show_cap(self) -> None:
        """What the carrier answers for; more is demanded all the same, and the packet says so."""
        cover = cover_for(self._detail.row.shipment, self._rule, self.insurer.insurer)
        if cover is None:
            self.cap.setText(_("No cover is on record for this service."))
            self.cap.set_tone("text2")
            return
        told = _("Covered up to {amount}.").format(amount=money_text(cover))
        tone = "text2"
        with contextlib.suppress(MailroomError):
            amount = parse_money(typed(self.amount), self._currency)
            if amount.currency == cover.currency and amount.mills > cover.mills:
                told = _("{cover} More is demanded; the packet is made all the same and says so.").format(cover=told)
                tone = "warn"
        self.cap.setText(told)
        self.cap.set_tone(tone)

    def _on_kind_chosen(self) -> None:
        self.clock_asked.emit(KINDS[self.kind.place], self.insurer.insurer)
        self._show_papers()
        self.restyle()

    def _on_make(self) -> None:
        draft = self.draft()
        if draft is not None:
            self.drafted.emit(draft)
            self.accept()

    def _show_papers(self) -> None:
        """A line for each document a carrier asks for: there, or a field for why it is not."""
        kept = {title: line.text() for title, line in self._reasons.items()}
        self._reasons.clear()
        while self._papers_column.count():
            item = self._papers_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._papers_column.addWidget(Text(_("Documents behind the claim"), 12, 500, "text2"))
        for title in self._asked_for():
            self._papers_column.addWidget(self._paper_line(title, kept.get(title, "")))

    def _paper_line(self, title: ExhibitTitle, reason: str) -> QWidget:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        count = sum(1 for one in self._detail.attachments if title_of(one, KINDS[self.kind.place]) is title)
        word = exhibit_word(title)
        grid.addWidget(Symbol("circle-check" if count else "alert-triangle", 16, "good" if count else "warn"), 0, 0)
        label = Text(word, 13, 500)
        label.setMinimumWidth(170)
        grid.addWidget(label, 0, 1)
        grid.setColumnStretch(2, 1)
        if count:
            grid.addWidget(Text(plural("{n} file attached", "{n} files attached", count), 13, 400, "text2"), 0, 2)
            return line
        why = LineEdit(_("Why it is not here; the packet says so"))
        why.setAccessibleName(_("Why {document} is missing").format(document=word))
        why.fill(reason)
        self._reasons[title] = why
        grid.addWidget(why, 0, 2)
        return line

    def _asked_for(self) -> tuple[ExhibitTitle, ...]:
        kind = KINDS[self.kind.place]
        asked = set(_ALWAYS)
        fields = self._detail.row.shipment.fields
        if fields.insured_value is not None:
            asked.add(ExhibitTitle.PROOF_OF_INSURANCE)
        if kind is not ClaimKind.LOSS:
            asked.add(ExhibitTitle.PHOTOGRAPHS)
        known = {title.value: title for title in ExhibitTitle}
        if self._rule is not None:
            asked.update(known[one.value] for one in self._rule.documents if one.value in known)
        asked.discard(ExhibitTitle.TRACKING_HISTORY)
        asked.update(title_of(one, kind) for one in self._detail.attachments)
        return tuple(title for title in ExhibitTitle if title in asked)

    def _goods(self) -> Money | None:
        fields = self._detail.row.shipment.fields
        return fields.invoice_amount or fields.declared_value or fields.insured_value
