"""The small sheets of a claim: opening one, a step of it, an answer for a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailroom.domain.claim_checklist import ChecklistEntry
from mailroom.domain.claim_life import Answer, ChecklistAnswer, ClaimState, OpenClaim
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.money import Money, parse_money
from mailroom.domain.times import parse_day
from mailroom.errors import MailroomError
from mailroom.ui.forms import amount_text, line_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.segments import Segments
from mailroom.wording import _
from mailroom.wording.claims import act_word, document_word, kind_title
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.reasons import reason_text

KINDS = (ClaimKind.LOSS, ClaimKind.DAMAGE, ClaimKind.MISSING)
_WITH_MONEY = frozenset({ClaimState.APPROVED, ClaimState.PART, ClaimState.PAID})
_WITH_NOTE = {
    ClaimState.DENIED: "reason",
    ClaimState.PART: "reason",
    ClaimState.APPEAL_1: "ground",
    ClaimState.APPEAL_2: "ground",
    ClaimState.DOCUMENTS_ASKED: "asked",
    ClaimState.CLOSED: "why",
}


class NewClaimSheet(Sheet):
    """Which piece, or which pieces of a lost bag, and what happened; `wanted` carries numbers and the kind."""

    wanted = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("New claim"), _("For one piece, or one for each of several, such as a lost bag."))
        self.numbers = Field(_("Tracking numbers"), Area(_("One number a line"), lines=4))
        self.kind = Segments(_("What happened"), tuple(kind_title(one) for one in KINDS))
        self.body.addWidget(self.numbers)
        self.body.addWidget(Text(_("Claim for"), 12, 500, "text2"))
        self.body.addWidget(self.kind)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.start = self.add_button(Button(_("Open the claim"), kind="primary"))
        self.start.clicked.connect(self._on_start)

    def refuse(self, error: MailroomError) -> None:
        """Show what is wrong with a number."""
        self.numbers.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.restyle()
        self.numbers.control.setFocus()

    def _on_start(self) -> None:
        numbers = tuple(dict.fromkeys(line.strip() for line in typed(self.numbers).splitlines() if line.strip()))
        if not numbers:
            self.numbers.refuse(_("Type or scan the number of the piece."))
            self.restyle()
            self.numbers.control.setFocus()
            return
        self.wanted.emit(numbers, KINDS[self.kind.place])


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it was typed."""

    state: ClaimState
    on: date | None
    reference: str
    note: str
    money: Money | None


class StepSheet(Sheet):
    """What a step needs: its day, the carrier's number, an amount, a reason. `given` carries a Step."""

    given = Signal(object)

    def __init__(self, window: QWidget, claim: OpenClaim, state: ClaimState, today: date) -> None:
        super().__init__(window, act_word(state), claim.number, 480)
        self._claim, self._state = claim, state
        self.day = Field(_("Day"), LineEdit("2026-11-20", icon="calendar"))
        line_of(self.day).fill(today.isoformat())
        self.reference = Field(_("Carrier’s case number"), LineEdit())
        self.money = Field(_("Amount"), LineEdit("120.00", unit=self._currency()))
        self.why = Field(self._note_word(), Area(lines=3), _("optional"))
        fields: list[tuple[Field, int]] = [(self.day, 1)]
        if state is ClaimState.FILED:
            line_of(self.reference).fill(claim.reference)
            fields.append((self.reference, 2))
        if state in _WITH_MONEY:
            known = claim.expected if state is not ClaimState.PART else None
            line_of(self.money).fill(amount_text(known))
            fields.append((self.money, 1))
        self.body.addLayout(side_by_side(*fields))
        self.body.addWidget(self.why)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(act_word(state), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def refuse(self, error: MailroomError) -> None:
        """Show why the step was not taken."""
        field = {
            "claim_reference_needed": self.reference,
            "claim_money_needed": self.money,
            "amount_not_positive": self.money,
            "bad_amount": self.money,
        }.get(error.code, self.day if error.code in ("claim_day_ahead", "bad_date") else self.why)
        field.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.restyle()
        field.control.setFocus()

    def _on_save(self) -> None:
        try:
            day = parse_day(typed(self.day)) if typed(self.day) else None
            amount = typed(self.money) if self._state in _WITH_MONEY else ""
            money = parse_money(amount, self._currency()) if amount else None
        except MailroomError as error:
            self.refuse(error)
            return
        reference = typed(self.reference) if self._state is ClaimState.FILED else ""
        self.given.emit(Step(self._state, day, reference, typed(self.why), money))

    def _currency(self) -> str:
        return self._claim.demanded.currency if self._claim.demanded is not None else "USD"

    def _note_word(self) -> str:
        return {
            "reason": _("The carrier’s reason"),
            "ground": _("What the appeal rests on"),
            "asked": _("What was asked for, and until when"),
            "why": _("Why it is closed"),
        }.get(_WITH_NOTE.get(self._state, ""), _("Note"))


class AnswerSheet(Sheet):
    """Why a document is not there, that it does not apply, or that it is done; `answered` carries the answers.

    With it goes the day of the recipient's statement, none where it is another document.
    """

    answered = Signal(object, object)

    def __init__(
        self, window: QWidget, entry: ChecklistEntry, answer: ChecklistAnswer | None, signed_on: date | None
    ) -> None:
        super().__init__(window, document_word(entry.document), _("What the packet says of this document."), 480)
        self._entry = entry
        words: list[tuple[Answer, str]] = [
            (Answer.MISSING, _("Missing because")),
            (Answer.NOT_APPLICABLE, _("Does not apply")),
        ]
        if not entry.letter:
            words.insert(0, (Answer.DONE, _("Done")))
        self._answers = tuple(one for one, _word in words)
        self.choice = Segments(_("Answer"), tuple(word for _one, word in words))
        self.because = Field(_("Reason"), Area(_("Such as: the shop has closed"), lines=3))
        self.signed_on = Field(_("Signed on"), LineEdit("2026-11-20", icon="calendar"))
        self._with_day = entry.document is RuleDocument.RECIPIENT_STATEMENT and bool(entry.attachment_ids)
        column = QVBoxLayout()
        column.setSpacing(12)
        if entry.trouble is not None:
            column.addWidget(Text(reason_text(entry.trouble), 13, 400, "warn", wrap=True))
        if self._with_day:
            line_of(self.signed_on).fill(signed_on.isoformat() if signed_on else "")
            column.addWidget(self.signed_on)
        column.addWidget(self.choice)
        column.addWidget(self.because)
        self.body.addLayout(column)
        if answer is not None and answer.answer in self._answers:
            self.choice.choose(self._answers.index(answer.answer))
            control = self.because.control
            if isinstance(control, Area):
                control.setPlainText(answer.because)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def _on_save(self) -> None:
        answer, because = self._answers[self.choice.place], typed(self.because)
        day: date | None = None
        try:
            day = parse_day(typed(self.signed_on)) if self._with_day and typed(self.signed_on) else None
        except MailroomError as error:
            self.signed_on.refuse(f"{error_text(error)} {error_remedy(error)}")
            self.restyle()
            return
        if answer is Answer.MISSING and not because and day is None:
            self.because.refuse(_("Type why it is not there; the packet says so."))
            self.restyle()
            self.because.control.setFocus()
            return
        given = (
            ChecklistAnswer(self._entry.document, answer, because) if because or answer is not Answer.MISSING else None
        )
        self.answered.emit(given, day)
        self.accept()


def with_answer(answers: Sequence[ChecklistAnswer], given: ChecklistAnswer) -> tuple[ChecklistAnswer, ...]:
    """The answers with a new one in place of an earlier one for the same document."""
    return (*(one for one in answers if one.document is not given.document), given)
