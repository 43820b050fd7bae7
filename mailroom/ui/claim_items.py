"""The amount of a claim: a line for each kind of goods, postage, what they add up to, and the cover beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QWidget

from mailroom.domain.claim_life import ClaimItem, ClaimTerms
from mailroom.domain.claims import ClaimKind
from mailroom.domain.goods_words import vague_class
from mailroom.domain.money import Money, parse_money
from mailroom.errors import MailroomError
from mailroom.ui import theme
from mailroom.ui.cover_bar import CoverBar
from mailroom.ui.forms import amount_text
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Card, Symbol
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.claims import example_of
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.postage import money_text

_MOST = 200
_NARROW = {1: 52, 2: 84, 3: 76, 4: 76, 5: 84}  # px at 100 %: quantity, each, less, repair, amount
_TIGHT = {1: 44, 2: 66, 3: 58, 4: 58, 5: 66}  # the same where all of them stand in a card narrower than this:
_ROOMY = 620


@dataclass(slots=True)
class _Line:
    """The inputs of one kind of goods."""

    description: LineEdit
    quantity: LineEdit
    unit: LineEdit
    less: LineEdit
    repair: LineEdit
    amount: Text
    remove: IconButton
    trouble: QWidget
    sentence: Text

    @property
    def inputs(self) -> tuple[LineEdit, ...]:
        """All lines to type in, left to right."""
        return self.description, self.quantity, self.unit, self.less, self.repair


class ClaimItems(Card):
    """A grid of items. `changed` is told with every key; `entered` when a line was left."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Amount"))
        self._lines: list[_Line] = []
        self._currency = "USD"
        self._cover: Money | None = None
        self._kind = ClaimKind.LOSS
        self._open = True
        self._filling = False
        self._stated: Money | None = None
        self._summed: tuple[Money, Money] | None = None  # goods and postage that the stated amount stands for
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._rows)
        self.add_button = Button(_("Add item"), "plus", "ghost", small=True)
        self.postage = LineEdit("0.00")
        self.postage.setAccessibleName(_("Postage claimed"))
        self.goods = Text("", 13, 400, "text2", tabular=True)
        self.total = Text("", 15, 600, tabular=True)
        self._lay_out_foot()
        self.cover_words = Text("", 12, 400, "text2", tabular=True)
        self.cover_bar = CoverBar()
        self.spare = Text("", 12, 400, "text2", tabular=True)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.cover_words)
        below.addWidget(self.cover_bar, 1)
        below.addWidget(self.spare)
        self.body.addLayout(below)
        self.add_button.clicked.connect(self._on_add)
        self.postage.textEdited.connect(self._on_edited)

    def _lay_out_foot(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        foot.addWidget(self.goods)
        label = Text(_("Postage"), 13, 400, "text2")
        label.setBuddy(self.postage)
        foot.addWidget(label)
        foot.addWidget(self.postage)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(8)
        self._foot.addLayout(foot, 1)
        self._foot.addWidget(self.total, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the total goes below the rest, and amounts get less."""
        super().resizeEvent(event)
        self.restyle()
        self._arrange_foot()

    def _arrange_foot(self) -> None:
        rest = self._foot.itemAt(0)
        margins = self.body.contentsMargins()
        beside = rest.minimumSize().width() if rest is not None else 0
        needed = beside + self._foot.spacing() + self.total.sizeHint().width() + margins.left() + margins.right()
        across = self.width() > needed
        self._foot.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)

    # what the pane calls

    def show_items(self, terms: ClaimTerms, cover: Money | None, currency: str, *, open_yet: bool) -> None:
        """Show what is on record; `open_yet`: it may still be changed."""
        self._filling, self._stated, self._summed = True, terms.amount, None
        self._currency, self._cover, self._kind, self._open = currency, cover, terms.kind, open_yet
        self._clear()
        for item in terms.items:
            self._add(item)
        if not terms.items and open_yet:
            self._add(None)
        self.postage.fill(amount_text(terms.postage))
        self.postage.setReadOnly(not open_yet)
        self.add_button.setVisible(open_yet)
        self._filling = False
        self.restyle()
        self._reckon()

    def items(self) -> tuple[ClaimItem, ...] | None:
        """What was typed; none where a line is refused. Lines without a word are left out."""
        found = []
        for line in self._lines:
            item = self._item(line)
            if isinstance(item, ClaimItem):
                found.append(item)
            elif item:
                return None
        return tuple(found)

    def postage_given(self) -> Money | None:
        """The postage claimed; none for an empty field. Raises `bad_amount`."""
        text = self.postage.text().strip()
        return parse_money(text, self._currency) if text else None

    def refuse(self, error: MailroomError) -> bool:
        """Show what is wrong below the line that the error names; whether there is one."""
        for line in self._lines:
            if line.description.text().strip() == str(error.facts.get("text", "")).strip() and line.sentence:
                self._tell(line, f"{error_text(error)} {error_remedy(error)}")
                line.description.setFocus()
                return True
        return False

    def restyle(self) -> None:
        """Take the new text size."""
        tight = self._kind is not ClaimKind.LOSS and self.width() < theme.px(_ROOMY)
        widths = _TIGHT if tight else _NARROW
        for line in self._lines:
            for column, box in enumerate(line.inputs):
                if column in widths:
                    box.setFixedWidth(theme.px(widths[column]))
            line.amount.setMinimumWidth(theme.px(widths[5]))
        self.postage.setFixedWidth(theme.px(84))

    # building

    def _clear(self) -> None:
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._lines:
            line.repair.deleteLater()  # where it has no column it is in no layout
        self._lines.clear()
        repair = self._kind is not ClaimKind.LOSS
        heads = (
            _("Item"),
            _("Qty"),
            _("Each"),
            _("Less"),
            _("Repair"),
            _("Amount"),
        )
        for column, word in enumerate(heads):
            if column != 4 or repair:
                head = Text(word, 12, 500, "text2")
                side = Qt.AlignmentFlag.AlignRight if column == 5 else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(head, 0, column, side)

    def _add(self, item: ClaimItem | None) -> None:
        place = len(self._lines)
        number = place + 1
        line = _line()
        row = 1 + 2 * place
        for column, box in enumerate(line.inputs):
            box.setReadOnly(not self._open)
            if column == 4 and self._kind is ClaimKind.LOSS:
                box.setParent(self._rows)
                box.hide()
                continue
            self._grid.addWidget(box, row, column)
            box.textEdited.connect(self._on_edited)
        self._grid.addWidget(line.amount, row, 5, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self._open:
            self._grid.addWidget(line.remove, row, 6)
            line.remove.clicked.connect(self._on_remove)
        self._grid.addWidget(line.trouble, row + 1, 0, 1, 7)
        line.description.installEventFilter(self)
        names = (_("Item {n}"), _("Quantity of item {n}"), _("Value of each, item {n}"), _("Taken off item {n}"))
        for box, name in zip(line.inputs, (*names, _("Repair of item {n}")), strict=True):
            box.setAccessibleName(name.format(n=number))
        line.remove.rename(_("Take item {n} away").format(n=number))
        self._lines.append(line)
        if item is not None:
            line.description.fill(item.description)
            line.quantity.fill(str(item.quantity))
            line.unit.fill(amount_text(item.unit_value))
            line.less.fill(amount_text(item.less))
            line.repair.fill(amount_text(item.repair))
        else:
            line.quantity.fill("1")
        self._look_at(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A description is looked at when it is left."""
        if event.type() == QEvent.Type.FocusOut:
            for line in self._lines:
                if line.description is watched:
                    self._look_at(line)
        return False

    # slots

    def _on_add(self) -> None:
        if len(self._lines) < _MOST:
            self._add(None)
            self.restyle()
            self._lines[-1].description.setFocus()
            self._on_edited()

    def _on_remove(self) -> None:
        sender = self.sender()
        kept = [line for line in self._lines if line.remove is not sender]
        texts = [[box.text() for box in line.inputs] for line in kept]
        self._clear()
        for some in texts:
            self._add(None)
            for box, text in zip(self._lines[-1].inputs, some, strict=True):
                box.fill(text)
            self._look_at(self._lines[-1])
        if not texts:
            self._add(None)
        self.restyle()
        self._lines[0].description.setFocus()
        self._on_edited()

    def _on_edited(self) -> None:
        if not self._filling:
            self._reckon()
            self.changed.emit()

    # reckoning

    def _look_at(self, line: _Line) -> None:
        """A vague description is told at once, with one that would be paid."""
        text = line.description.text().strip()
        group = vague_class(text) if text else ""
        group = group if self._open else ""
        example = _("Too vague to be paid. Try: “{example}”.").format(example=example_of(group)) if group else ""
        self._tell(line, example)

    def _tell(self, line: _Line, sentence: str) -> None:
        line.sentence.setText(sentence)
        line.trouble.setVisible(bool(sentence))
        line.description.setProperty("refused", bool(sentence))
        line.description.setAccessibleDescription(sentence)
        theme.polish(line.description)

    def _item(self, line: _Line) -> ClaimItem | str | None:
        """What a line says; a sentence where it is refused, none where it is empty."""
        description = line.description.text().strip()
        values = [box.text().strip() for box in line.inputs[2:]]
        if not description and not any(values):
            return None
        try:
            money = [parse_money(text, self._currency) if text else None for text in values]
            quantity = int(line.quantity.text().strip() or "1")
        except MailroomError as error:
            sentence = f"{error_text(error)} {error_remedy(error)}"
        except ValueError:
            sentence = _("A quantity is a whole number, 1 or more.")
        else:
            unit, less, repair = money
            if unit is not None and description:
                return ClaimItem(description, quantity, unit, less, repair)
            sentence = _("A line needs a description and the value of each piece.")
        self._tell(line, sentence)
        line.description.setFocus()
        return sentence

    def _reckon(self) -> None:
        goods = Money(0, self._currency)
        for line in self._lines:
            worth = _worth(line, self._currency)
            line.amount.setText(amount_text(worth) if worth is not None else "–")
            if worth is not None:
                goods = goods + worth
        try:
            postage = self.postage_given() or Money(0, self._currency)
        except MailroomError:
            postage = Money(0, self._currency)
        self._summed = self._summed or (goods, postage)
        total = goods + postage
        if self._stated is not None and (goods, postage) == self._summed:
            total = self._stated
            goods = goods if goods.mills else total + -postage
        self.goods.setText(_("Goods {amount}").format(amount=amount_text(goods)))
        self.total.setText(_("Claimed {amount}").format(amount=money_text(total)))
        self._arrange_foot()
        self._show_cover(goods)

    def _show_cover(self, goods: Money) -> None:
        cover = self._cover
        shown = cover is not None and cover.mills > 0 and cover.currency == goods.currency
        self.cover_bar.setVisible(shown)
        self.spare.setVisible(shown)
        if cover is None or not shown:
            none = cover is not None and cover.mills == 0
            self.cover_words.setText(_("No cover of its own by the rule") if none else _("No cover on record"))
            return
        self.cover_words.setText(_("Cover {amount}").format(amount=amount_text(cover)))
        self.cover_bar.show_share(goods.mills / cover.mills)
        left = cover + -goods
        word = _("{amount} to spare") if left.mills >= 0 else _("{amount} over the cover")
        self.spare.setText(word.format(amount=amount_text(left if left.mills >= 0 else -left)))
        self.spare.set_tone("text2" if left.mills >= 0 else "bad")


def _line() -> _Line:
    trouble = QWidget()
    row = QHBoxLayout(trouble)
    row.setContentsMargins(0, 0, 0, 2)
    row.setSpacing(6)
    row.addWidget(Symbol("alert-triangle", 14, "bad"), 0, Qt.AlignmentFlag.AlignTop)
    sentence = Text("", 12, 500, "bad", wrap=True)
    row.addWidget(sentence, 1)
    trouble.hide()
    boxes = [LineEdit() for _at in range(5)]
    boxes[0].setMinimumWidth(120)
    boxes[0].setPlaceholderText(_("Brand, model, size, colour, serial"))
    for box in boxes[1:]:
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
    amount = Text("–", 13, 600, tabular=True)
    amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return _Line(boxes[0], boxes[1], boxes[2], boxes[3], boxes[4], amount, IconButton("x", ""), trouble, sentence)


def _worth(line: _Line, currency: str) -> Money | None:
    try:
        unit = parse_money(line.unit.text(), currency) if line.unit.text().strip() else None
        less = parse_money(line.less.text(), currency) if line.less.text().strip() else None
        repair = parse_money(line.repair.text(), currency) if line.repair.text().strip() else None
        quantity = int(line.quantity.text().strip() or "1")
    except (MailroomError, ValueError):
        return None
    return None if unit is None else ClaimItem("", quantity, unit, less, repair).amount
