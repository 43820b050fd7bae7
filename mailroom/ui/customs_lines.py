"""What a customs form says of the contents: one box an article, its refusals as sentences below the inputs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.customs import CustomsLine
from mailroom.domain.money import parse_money
from mailroom.domain.weights import parse_weight
from mailroom.errors import MailroomError
from mailroom.services.piece_checks import LONGEST_TEXT, checked_customs
from mailroom.ui.forms import amount_text
from mailroom.ui.parts.buttons import Button, IconButton
from mailroom.ui.parts.card import Inset
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text

_BY_CODE = {"customs_description_generic": "description", "hs_code_bad": "hs_code", "field_too_long": "description"}


class CustomsBox(Inset):
    """One article."""

    left = Signal()
    removed = Signal(object)

    def __init__(self, row: int, currency: str, line: CustomsLine | None = None) -> None:
        super().__init__()
        self.setAccessibleName(_("Article {row}").format(row=row))
        self.description = LineEdit(_("such as 2 wool sweaters, women's"))
        self.quantity, self.value = LineEdit("1"), LineEdit(unit=currency)
        self.weight, self.hs_code, self.origin = LineEdit("12 oz"), LineEdit("610910"), LineEdit("US")
        self.fields = {
            "description": Field(_("Description of the article"), self.description),
            "quantity": Field(_("Quantity"), self.quantity),
            "value": Field(_("Value"), self.value),
            "hs_code": Field(_("HS code, 6 to 10 digits"), self.hs_code),
            "weight": Field(_("Net weight"), self.weight),
            "origin": Field(_("Made in, two letters"), self.origin),
        }
        top = QHBoxLayout()
        self.title = Text("", 12, 600)
        top.addWidget(self.title)
        top.addStretch(1)
        remove = IconButton("trash", _("Remove this article"), tiny=True)
        remove.clicked.connect(self._on_remove)
        top.addWidget(remove)
        self.body.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        names = list(self.fields)
        grid.addWidget(self.fields["description"], 0, 0, 1, 2)
        for at, name in enumerate(names[1:]):
            grid.addWidget(self.fields[name], 1 + at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.number(row)
        for name in names:
            line_edit = getattr(self, name)
            line_edit.setMaxLength(LONGEST_TEXT)
            line_edit.editingFinished.connect(self.left)
        if line is not None:
            self.description.fill(line.description)
            self.quantity.fill(str(line.quantity))
            self.value.fill(amount_text(line.value))
            self.weight.fill(str(line.weight) if line.weight else "")
            self.hs_code.fill(line.hs_code)
            self.origin.fill(line.origin)

    def number(self, row: int) -> None:
        """Its place in the form."""
        self.title.setText(_("Article {row}").format(row=row))
        self.setAccessibleName(_("Article {row}").format(row=row))

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not any(getattr(self, name).text().strip() for name in self.fields)

    def read(self, row: int) -> CustomsLine | None:
        """The line; none where it is empty, or refused with a sentence below the input that is wrong."""
        for field in self.fields.values():
            field.accept()
        if self.empty:
            return None
        name = "quantity"
        try:
            count = self.quantity.text().strip() or "1"
            quantity = int(count) if count.isascii() and count.isdigit() else 0
            name = "value"
            typed = self.value.text().strip()
            value = parse_money(typed, self.value.unit) if typed else None
            name = "weight"
            typed = self.weight.text().strip()
            weight = parse_weight(typed) if typed else None
            name = "description"
            line = CustomsLine(
                self.description.text(), quantity, value, weight, self.hs_code.text().strip(), self.origin.text()
            )
            return checked_customs(line, row)
        except MailroomError as error:
            name = _BY_CODE.get(error.code, str(error.facts.get("name", name)))
            self.fields[name].refuse(f"{error_text(error)} {error_remedy(error)}".strip())
            return None

    @property
    def refused(self) -> bool:
        """Whether an input was refused."""
        return any(field.control.property("refused") for field in self.fields.values())

    def _on_remove(self) -> None:
        self.removed.emit(self)


class CustomsLines(QWidget):
    """The articles of one piece. `left` follows each input that was left and each box removed."""

    left = Signal()

    def __init__(self, currency: str = "USD") -> None:
        super().__init__()
        self._currency = currency
        self.setAccessibleName(_("Customs form"))
        self.boxes: list[CustomsBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(Text(_("Customs form"), 12, 600))
        self.add_button = Button(_("Add an article"), "plus", "ghost", tiny=True)
        self.add_button.clicked.connect(self._on_add)
        self._column.addWidget(self.add_button)

    def set_currency(self, currency: str) -> None:
        """The currency of values."""
        self._currency = currency
        for box in self.boxes:
            box.value.set_unit(currency)

    def show_lines(self, lines: tuple[CustomsLine, ...]) -> None:
        """Show these, one box each; none: no box."""
        while self.boxes:
            self._drop(self.boxes[0])
        for line in lines:
            self._append(line)

    def read(self) -> tuple[CustomsLine, ...]:
        """The articles that can go on record; the others are marked."""
        found = [box.read(row) for row, box in enumerate(self.boxes, 1)]
        return tuple(one for one in found if one is not None)

    @property
    def refused(self) -> bool:
        """Whether an input was refused."""
        return any(box.refused for box in self.boxes)

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return all(box.empty for box in self.boxes)

    def _append(self, line: CustomsLine | None = None) -> CustomsBox:
        box = CustomsBox(len(self.boxes) + 1, self._currency, line)
        box.left.connect(self.left)
        box.removed.connect(self._on_removed)
        self.boxes.append(box)
        self._column.insertWidget(len(self.boxes), box)
        return box

    def _drop(self, box: CustomsBox) -> None:
        self.boxes.remove(box)
        self._column.removeWidget(box)
        box.hide()
        box.deleteLater()

    def _on_add(self) -> None:
        self._append().description.setFocus()

    def _on_removed(self, box: CustomsBox) -> None:
        self._drop(box)
        for row, one in enumerate(self.boxes, 1):
            one.number(row)
        self.add_button.setFocus()
        self.left.emit()
