"""One claim: head with its next step, stepper, checklist beside, and the cards of clock, amount, remedy and papers."""

import dataclasses
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mailroom.domain.claim_life import BEFORE_FILING, STEPS, ClaimState, ClaimTerms, Remedy
from mailroom.domain.claim_rules import cover_of
from mailroom.domain.documents import Document
from mailroom.errors import MailroomError
from mailroom.services.claims import ClaimView
from mailroom.ui import theme
from mailroom.ui.card_row import CardFace, CardRow
from mailroom.ui.claim_checklist_view import ClaimChecklist
from mailroom.ui.claim_clock import ClaimClock, lines_of
from mailroom.ui.claim_items import ClaimItems
from mailroom.ui.claim_list import STATE_LOOKS
from mailroom.ui.forms import line_of, side_by_side, typed
from mailroom.ui.insurer_choice import InsurerChoice
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.fields import Area, CheckBox, Field, LineEdit
from mailroom.ui.parts.labels import ElidedText, Text, hairline, upright_hairline
from mailroom.ui.parts.stepper import Stepper
from mailroom.ui.segments import Segments
from mailroom.wording import _, plural
from mailroom.wording.attachments import paper_word
from mailroom.wording.carriers import carrier_and_service
from mailroom.wording.claims import act_word, kind_title, state_word, step_words
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.reasons import reason_text

_SIDE_BY_SIDE = 840  # px of the pane at 100 %: below it the checklist is a tab
REMEDIES = (Remedy.PAY, Remedy.REFUND, Remedy.RESHIP)


class ClaimPane(QWidget):
    """Shows a claim and gives out what a person wants of it."""

    step_wanted = Signal(object)  # ClaimState
    save_wanted = Signal()
    packet_wanted = Signal()
    internal_wanted = Signal()
    export_wanted = Signal()
    shipment_wanted = Signal()
    rule_wanted = Signal()
    paper_pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Claim"))
        self.view: ClaimView | None = None
        self._filling = False
        self._dirty = False
        self.number = Text("", 19, 600, tabular=True)
        self.chip = Chip()
        self.about = ElidedText("", 13, 400, "text2")
        self.piece = Button(_("the piece"), kind="link")
        self.more = IconButton("dots", _("Other steps"), "plain")
        self.step = Button(_("Next step"), "send", "primary")
        self.stepper = Stepper(_("Steps of the claim"), step_words())
        self.checklist = ClaimChecklist()
        self.clock = ClaimClock()
        self.first = Text("", 12, 400, "text2", wrap=True)
        self.rule = Button(_("Look at the rule"), kind="link")
        self.items = ClaimItems()
        self.save = Button(_("Save changes"), "device-floppy", small=True)
        self.remedy = Segments(_("Remedy"), (_("Pay"), _("Refund postage"), _("Ship again")))
        self.declaration = CheckBox(_("Add the declaration page under penalty of perjury (28 USC 1746)"))
        self.payee = Field(_("Pay to"), LineEdit(_("this office")), _("optional"))
        self.insurer = InsurerChoice()
        self._words = Area(lines=2)
        self.statement = Field(_("What happened, in your words"), self._words, _("optional"))
        self.papers = CardRow(_("Papers of this claim"))
        self.packet = Button(_("Make the packet"), "file-plus", small=True)
        self.internal = Button(_("Internal page"), "file-text", small=True)
        self.export = Button(_("Export"), "download", small=True)
        self.gaps = Text("", 12, 400, "warn", wrap=True)
        self.tab = Segments(_("Parts of the claim"), (_("Claim"), _("Checklist")))
        self._tabs = QWidget()
        self._between = upright_hairline()
        self._scroll = QScrollArea()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # building

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.addStretch(1)
        column.addWidget(Text(_("Choose a claim."), 13, 400, "text3"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._filled())
        whole.addWidget(self._stack)

    def _filled(self) -> QWidget:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(hairline())
        tabs = QHBoxLayout(self._tabs)
        tabs.setContentsMargins(16, 10, 16, 0)
        tabs.addWidget(self.tab)
        tabs.addStretch(1)
        column.addWidget(self._tabs)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.checklist)
        row.addWidget(self._between)
        row.addWidget(self._scroll, 1)
        self._fill_cards()
        column.addLayout(row, 1)
        return filled

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, checklist and claim are tabs."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Take the new text size."""
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(_SIDE_BY_SIDE)
        listed = self.tab.place == 1
        self._tabs.setVisible(narrow)
        self.checklist.set_alone(alone=narrow)
        self.checklist.setVisible(not narrow or listed)
        self._between.setVisible(not narrow)
        self._scroll.setVisible(not narrow or not listed)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.number)
        first.addWidget(self.chip)
        first.addStretch(1)
        first.addWidget(self.more)
        first.addWidget(self.step)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.piece)
        second.addWidget(self.about, 1)
        column.addLayout(second)
        column.addWidget(self.stepper)
        return head

    def _fill_cards(self) -> None:
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.clock)
        under = QHBoxLayout()
        under.addWidget(self.first, 1)
        under.addWidget(self.rule, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        column.addLayout(under)
        self.items.top.addWidget(self.save)
        column.addWidget(self.items)
        remedy = Card(_("Remedy"))
        remedy.top.addWidget(self.remedy)
        remedy.body.addWidget(self.declaration)
        remedy.body.addLayout(side_by_side((self.payee, 1), (self.insurer, 1)))
        remedy.body.addWidget(self.statement)
        column.addWidget(remedy)
        column.addWidget(self._papers())
        column.addStretch(1)
        scroll.setWidget(inner)

    def _papers(self) -> QWidget:
        card = Card(_("Papers"))
        for button in (self.internal, self.export, self.packet):
            card.top.addWidget(button)
        card.body.addWidget(self.papers)
        card.body.addWidget(self.gaps)
        return card

    def _connect(self) -> None:
        self.tab.chosen.connect(self._arrange)
        self.step.clicked.connect(self._on_step)
        self.more.clicked.connect(self._on_more)
        self.save.clicked.connect(self.save_wanted)
        self.packet.clicked.connect(self.packet_wanted)
        self.internal.clicked.connect(self.internal_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.piece.clicked.connect(self.shipment_wanted)
        self.rule.clicked.connect(self.rule_wanted)
        self.papers.pressed.connect(self.paper_pressed)
        for edited in (self.items.changed, self.remedy.chosen, self.declaration.clicked, self.insurer.chosen):
            edited.connect(self._on_edited)
        line_of(self.payee).textEdited.connect(self._on_edited)
        self._words.textChanged.connect(self._on_edited)

    # showing

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not on record yet."""
        return self._dirty

    def show_nothing(self) -> None:
        """No claim is chosen."""
        self.view, self._dirty = None, False
        self._stack.setCurrentIndex(0)

    def show_claim(self, view: ClaimView, today: date) -> None:
        """Show a claim as read from the record; what is being typed into the same claim stays."""
        same = self.view is not None and self.view.row.claim.id == view.row.claim.id
        keep = same and self._dirty and self.view is not None and self.view.row.claim.version == view.row.claim.version
        self.view = view
        self._show_head(view)
        self._show_clock(view, today)
        self.checklist.show_claim(view)
        self.tab.set_word(1, _("Checklist {n} of {all}").format(n=view.settled, all=view.asked))
        self._show_papers(view)
        if not keep:
            self._fill(view)
        self._stack.setCurrentIndex(1)

    def _show_head(self, view: ClaimView) -> None:
        claim, shipment = view.row.claim, view.detail.row.shipment
        self.number.setText(claim.number)
        family, icon = STATE_LOOKS[claim.state]
        self.chip.set_look(family, icon, state_word(claim.state))
        parts = (kind_title(claim.terms.kind), carrier_and_service(shipment), one_line(view.row.recipient))
        reference = _("carrier’s case {number}").format(number=claim.reference) if claim.reference else ""
        self.about.set_whole(" · ".join(part for part in (*parts, reference) if part))
        number = shipment.shown_number
        self.piece.setText(grouped(number) if number else _("the piece"))
        self.piece.setAccessibleName(_("Open the shipment {number}").format(number=number))
        if view.next:
            first = self._first_step(view)
            self.step.setText(act_word(first))
            self.step.set_icon(STATE_LOOKS[first][1])
        self.step.setVisible(bool(view.next))
        self.more.setVisible(len(view.next) > 1)
        step = STEPS[claim.state]
        word = state_word(claim.state) if step >= 4 else ""
        been = {STEPS[one.state] for one in view.moves} | {0, step}
        skipped = frozenset(at for at in range(step) if at not in been)
        self.stepper.show_step(step, word, over=claim.ended, skipped=skipped)

    def _first_step(self, view: ClaimView) -> ClaimState:
        """The next sensible one: ready where everything is there, else filed."""
        if view.row.claim.state is ClaimState.PREPARING and not view.ready:
            return ClaimState.FILED
        return view.next[0]

    def _show_clock(self, view: ClaimView, today: date) -> None:
        clock = view.clock
        shown = view.row.claim.state in BEFORE_FILING
        self.clock.show_window(clock.kind, clock.rule if shown else None, clock.window, today)
        lines = lines_of(clock, filed=not shown)
        if view.row.claim.reason:
            lines.append(_("The carrier’s reason: {reason}").format(reason=one_line(view.row.claim.reason)))
        self.rule.setVisible(clock.rule is not None)
        self.first.setText("\n".join(lines))
        self.first.setVisible(bool(lines))

    def _show_papers(self, view: ClaimView) -> None:
        faces = [_face(one) for one in view.papers]
        self.papers.show_faces(faces, _("No packet yet. It is made from what is on record, and kept."))
        gaps = [reason_text(one) for one in view.gaps]
        self.gaps.setText("\n".join(f"{one}." for one in gaps))
        self.gaps.setVisible(bool(gaps))
        demanded = view.row.claim.demanded
        for button in (self.packet, self.internal, self.export):
            if demanded is None or demanded.mills <= 0:
                button.disable(_("Enter an amount first"))
            else:
                button.enable()

    def _fill(self, view: ClaimView) -> None:
        self._filling = True
        claim = view.row.claim
        open_yet = claim.state in (*BEFORE_FILING, ClaimState.DOCUMENTS_ASKED)
        terms = claim.terms
        currency = claim.demanded.currency if claim.demanded else view.detail.row.shipment.postage.currency
        cover = cover_of(view.packet)
        self.items.show_items(terms, cover, currency, open_yet=open_yet)
        self.remedy.choose(REMEDIES.index(terms.remedy))
        self.remedy.setEnabled(open_yet)
        self.declaration.setChecked(terms.declaration)
        self.declaration.setEnabled(open_yet)
        line_of(self.payee).fill(terms.payee)
        line_of(self.payee).setReadOnly(not open_yet)
        self._words.setPlainText(terms.statement)
        self._words.setReadOnly(not open_yet)
        self.insurer.choose(terms.insurer)
        self.insurer.control.setEnabled(open_yet)
        self._filling = False
        self._set_dirty(False)

    def terms(self) -> ClaimTerms | None:
        """What was typed; none where something is refused, which is shown beside it."""
        if self.view is None:
            return None
        items = self.items.items()
        if items is None:
            return None
        try:
            postage = self.items.postage_given()
        except MailroomError as error:
            self.items.postage.setFocus()
            self.payee.refuse(f"{error_text(error)} {error_remedy(error)}")
            return None
        old = self.view.row.claim.terms
        changed = items != old.items or postage != old.postage
        return dataclasses.replace(
            old,
            items=items,
            postage=postage,
            amount=None if changed else old.amount,
            remedy=REMEDIES[self.remedy.place],
            remedy_note=old.remedy_note if REMEDIES[self.remedy.place] is old.remedy else "",
            declaration=self.declaration.isChecked(),
            payee=typed(self.payee),
            insurer=self.insurer.insurer,
            statement=typed(self.statement),
        )

    def saved(self) -> None:
        """What was typed is on record now."""
        self._set_dirty(False)

    # slots

    def _on_edited(self) -> None:
        if not self._filling:
            self._set_dirty(True)

    def _set_dirty(self, dirty: bool) -> None:
        self._dirty = dirty
        self.save.setVisible(dirty)

    def _on_step(self) -> None:
        if self.view is not None:
            self.step_wanted.emit(self._first_step(self.view))

    def _on_more(self) -> None:
        if self.view is None:
            return
        first = self._first_step(self.view)
        menu = QMenu(self)
        menu.setAccessibleName(_("Other steps"))
        for state in self.view.next:
            if state is not first:
                menu.addAction(act_word(state)).setData(state.value)
        menu.triggered.connect(self._on_other_step)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_other_step(self, action: object) -> None:
        self.step_wanted.emit(ClaimState(action.data()))  # type: ignore[attr-defined]


def _face(one: Document) -> CardFace:
    pages = plural("{n} page", "{n} pages", one.pages)
    return CardFace("file-check", one.number, f"{paper_word(one.kind)} · {pages}", one)
