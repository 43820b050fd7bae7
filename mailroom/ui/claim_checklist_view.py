"""The checklist beside a claim: each document with what is there, and a button for what is not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from mailroom.domain.claim_checklist import ChecklistEntry, CheckState
from mailroom.domain.claim_life import BEFORE_FILING, ClaimState
from mailroom.domain.claims import ClaimKind, RuleDocument
from mailroom.domain.insurers import answering
from mailroom.domain.photo_plan import photo_plan
from mailroom.services.claims import ClaimView
from mailroom.ui import theme
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Inset, Symbol
from mailroom.ui.parts.labels import Text, hairline
from mailroom.wording import _, plural
from mailroom.wording.claims import document_word
from mailroom.wording.reasons import reason_text

WIDTH = 276  # px at 100 %
_ANY_WIDTH = 16777215  # Qt's own for no limit
_LOOKS = {
    CheckState.PRESENT: ("circle-check", "good"),
    CheckState.EXPLAINED: ("note", "text2"),
    CheckState.MISSING: ("alert-triangle", "warn"),
    CheckState.NOT_APPLICABLE: ("minus", "text2"),
    CheckState.AT_FILING: ("circle", "text2"),
}
_FILED_LATER = frozenset({RuleDocument.CLAIM_FORM, RuleDocument.TRACKING_HISTORY})


class ClaimChecklist(QWidget):
    """Rows of documents. `attach_wanted` and `answer_wanted` carry an entry, `plan_wanted` asks for the photo plan."""

    attach_wanted = Signal(object)
    answer_wanted = Signal(object)
    plan_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Checklist"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 0, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 16, 0)
        top.addWidget(Text(_("Checklist"), 15, 600))
        top.addStretch(1)
        self.count = Text("", 13, 600, tabular=True)
        top.addWidget(self.count)
        column.addLayout(top)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Documents that are there or explained"))
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 16, 0)
        bar.addWidget(self.bar)
        column.addLayout(bar)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll, 1)
        self._shown: object = None
        self._alone = False
        self._entries: dict[Button, ChecklistEntry] = {}  # by the buttons that are shown
        self.restyle()

    def restyle(self) -> None:
        """Take the new text size."""
        self.set_alone(alone=self._alone)

    def set_alone(self, *, alone: bool) -> None:
        """Take all the room there is, or the width of a column."""
        self._alone = alone
        self.setMinimumWidth(0 if alone else theme.px(WIDTH))
        self.setMaximumWidth(_ANY_WIDTH if alone else theme.px(WIDTH))

    def show_claim(self, view: ClaimView) -> None:
        """Show the documents of a claim; where nothing changed, focus stays where it is."""
        shown = (view.row.claim.id, view.checklist, view.row.claim.state)
        if shown == self._shown:
            return
        self._shown = shown
        self.count.setText(_("{n} of {all}").format(n=view.settled, all=view.asked))
        self.bar.setRange(0, max(1, view.asked))
        self.bar.setValue(view.settled)
        self._entries.clear()
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(0)
        open_yet = view.row.claim.state in (*BEFORE_FILING, ClaimState.DOCUMENTS_ASKED)
        for at, entry in enumerate(view.checklist):
            if at:
                column.addWidget(hairline())
            column.addWidget(self._row(view, entry, open_yet))
        column.addSpacing(10)
        column.addWidget(self._foot(view))
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _row(self, view: ClaimView, entry: ChecklistEntry, open_yet: bool) -> QWidget:
        row = QWidget()
        name = document_word(entry.document)
        row.setAccessibleName(name)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(9)
        icon, tone = _LOOKS[entry.state]
        line.addWidget(Symbol(icon, 18, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(name, 13, 600, wrap=True))
        told = _told(view, entry)
        words.addWidget(Text(told, 12, 400, "warn" if entry.state is CheckState.MISSING else "text2", wrap=True))
        buttons = self._buttons(view, entry, name) if open_yet else []
        if buttons:
            foot = QHBoxLayout()
            foot.setContentsMargins(0, 4, 0, 0)
            foot.setSpacing(6)
            for button in buttons:
                foot.addWidget(button)
            foot.addStretch(1)
            words.addLayout(foot)
        line.addLayout(words, 1)
        return row

    def _buttons(self, view: ClaimView, entry: ChecklistEntry, name: str) -> list[Button]:
        if entry.document in _FILED_LATER:
            return []
        terms = view.row.claim.terms
        carrier = answering(view.detail.row.shipment.carrier, terms.insurer)
        found: list[Button] = []
        if entry.document is RuleDocument.PHOTOGRAPHS and photo_plan(carrier, terms.kind):
            plan = Button(_("Photo plan"), tiny=True)
            plan.clicked.connect(self.plan_wanted)
            found.append(plan)
        elif entry.letter or entry.document is RuleDocument.REPAIR_ESTIMATE:
            missing = entry.state is CheckState.MISSING
            attach = Button(_("Attach"), kind="plain" if missing else "ghost", tiny=True)
            attach.setAccessibleName(_("Attach {document}").format(document=name))
            self._entries[attach] = entry
            attach.clicked.connect(self._on_attach)
            found.append(attach)
        if entry.state in (CheckState.MISSING, CheckState.EXPLAINED) or (
            entry.document is RuleDocument.RECIPIENT_STATEMENT and entry.attachment_ids
        ):
            word = _("Change") if entry.state is CheckState.EXPLAINED else _("Explain")
            word = _("Date") if entry.attachment_ids else word
            answer = Button(word, tiny=True)
            answer.setAccessibleName(f"{word}: {name}")
            self._entries[answer] = entry
            answer.clicked.connect(self._on_answer)
            found.append(answer)
        return found

    def _on_attach(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.attach_wanted.emit(self._entries[sender])

    def _on_answer(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.answer_wanted.emit(self._entries[sender])

    def _foot(self, view: ClaimView) -> QWidget:
        box = Inset()
        box.body.addWidget(Text(foot_words(view), 12, 400, "text2", wrap=True))
        return box


def foot_words(view: ClaimView) -> str:
    """What the checklist means for filing now."""
    open_count = view.asked - view.settled
    if view.row.claim.state not in BEFORE_FILING:
        if view.clock.appeal_by is not None:
            return _("An appeal can be made until {day}. Confirm with the carrier.").format(
                day=view.clock.appeal_by.isoformat()
            )
        return _("Keep what belongs to this piece until the claim is settled.")
    if not open_count:
        return _("Everything the rule asks for is there or explained.")
    return plural(
        "You can file now: the packet will say that {n} document is missing.",
        "You can file now: the packet will say that {n} documents are missing.",
        open_count,
    )


def _told(view: ClaimView, entry: ChecklistEntry) -> str:
    """One sentence on what is there."""
    if entry.trouble is not None:
        return reason_text(entry.trouble)
    if entry.document is RuleDocument.TRACKING_HISTORY:
        events = sum(1 for one in view.detail.events if one.kind == "tracking")
        return _("{events}, exhibit D").format(events=plural("{n} event on record", "{n} events on record", events))
    if entry.state is CheckState.PRESENT and entry.attachment_ids:
        count = len(entry.attachment_ids)
        return _("{files}, exhibit {letter}").format(files=plural("{n} file", "{n} files", count), letter=entry.letter)
    if entry.state is CheckState.EXPLAINED:
        return _("Missing: {because}").format(because=entry.because)
    if entry.state is CheckState.NOT_APPLICABLE:
        return entry.because or _not_needed(entry.document, view)
    if entry.state is CheckState.AT_FILING:
        return _("Filled in with the carrier when it is filed")
    if entry.state is CheckState.PRESENT:
        return _("Done")
    return _("Missing. Attach it, or say why it is not here.")


def _not_needed(document: RuleDocument, view: ClaimView) -> str:
    if document is RuleDocument.CUSTOMS_PAPERS:
        return _("Not needed within the country")
    if document is RuleDocument.PHOTOGRAPHS and view.row.claim.terms.kind is ClaimKind.LOSS:
        return _("Not needed for a loss")
    return _("Not asked for by the rule")
