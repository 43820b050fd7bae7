"""The filters over the work list: whose, which rule, which carrier, and those put aside."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mailroom.domain.attention import AlertCounts, AlertFilter, AlertState
from mailroom.ui.flow_row import FlowRow
from mailroom.ui.parts.filter_chip import FilterChip
from mailroom.ui.parts.labels import upright_hairline
from mailroom.wording import _
from mailroom.wording.alerts import rule_word
from mailroom.wording.carriers import carrier_name


class AttentionFilters(QWidget):
    """Chips; `changed` says that the question is another one."""

    changed = Signal()

    def __init__(self, operator_id: str) -> None:
        super().__init__()
        self._me = operator_id
        self._kind = ""
        self._carrier = ""
        self._counts = AlertCounts()
        self.everyone = FilterChip(_("Everyone"))
        self.mine = FilterChip(_("Mine"))
        self.nobodys = FilterChip(_("Nobody’s"))
        self.rule = FilterChip(_("Rule"), "chevron-down")
        self.carrier = FilterChip(_("Carrier"), "chevron-down")
        self.snoozed = FilterChip(_("Put off"))
        self.done = FilterChip(_("Done"))
        self._whose = self.everyone
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        row = FlowRow(8)
        line = upright_hairline()
        line.setFixedSize(1, 22)
        for one in (self.everyone, self.mine, self.nobodys, line, self.rule, self.carrier, self.snoozed, self.done):
            row.add(one)
        column.addWidget(row)
        for chip in (self.everyone, self.mine, self.nobodys, self.snoozed, self.done):
            chip.clicked.connect(self._on_whose)
        self.rule.clicked.connect(self._on_rule_clicked)
        self.carrier.clicked.connect(self._on_carrier_clicked)
        self._show_choice()

    @property
    def put_aside(self) -> bool:
        """Whether alerts are shown that were put off or dealt with."""
        return self._whose in (self.snoozed, self.done)

    def wanted(self, limit: int) -> AlertFilter:
        """The question as it stands."""
        states = {self.snoozed: AlertState.SNOOZED, self.done: AlertState.DONE}
        return AlertFilter(
            kinds=(self._kind,) if self._kind else (),
            carriers=(self._carrier,) if self._carrier else (),
            states=(states.get(self._whose, AlertState.OPEN),),
            to_id=self._me if self._whose is self.mine else "",
            nobodys=self._whose is self.nobodys,
            limit=limit,
        )

    def set_counts(self, counts: AlertCounts) -> None:
        """How many there are of each."""
        self._counts = counts
        self.everyone.set_count(counts.open)
        self.mine.set_count(counts.mine)
        self.nobodys.set_count(counts.nobodys)
        self.snoozed.set_count(counts.snoozed)
        self.done.set_count(counts.done)

    def clear(self) -> None:
        """All open alerts again."""
        self._whose, self._kind, self._carrier = self.everyone, "", ""
        self._changed()

    def rule_menu(self) -> QMenu:
        """The rules that spoke, with their counts."""
        counts = self._counts.by_kind
        return self._menu(_("Rule"), [(rule_word(one), counts[one], one) for one in counts], self._on_rule_chosen)

    def carrier_menu(self) -> QMenu:
        """The carriers with alerts, with their counts."""
        counts = self._counts.by_carrier
        words = [(carrier_name(one) or _("No carrier"), counts[one], one) for one in counts]
        return self._menu(_("Carrier"), words, self._on_carrier_chosen)

    def _menu(self, name: str, words: list[tuple[str, int, str]], slot: object) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for word, count, value in sorted(words):
            menu.addAction(f"{word.replace('&', '&&')}  {count:,}").setData(value)
        if not words:
            menu.addAction(_("Nothing to choose from yet")).setEnabled(False)
        menu.triggered.connect(slot)
        return menu

    def _on_whose(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._whose = chip
            self._changed()

    def _on_rule_clicked(self) -> None:
        if self._kind:
            self._kind = ""
            self._changed()
        else:
            self._open(self.rule_menu(), self.rule)

    def _on_carrier_clicked(self) -> None:
        if self._carrier:
            self._carrier = ""
            self._changed()
        else:
            self._open(self.carrier_menu(), self.carrier)

    def _on_rule_chosen(self, action: QAction) -> None:
        self._kind = str(action.data() or "")
        self._changed()

    def _on_carrier_chosen(self, action: QAction) -> None:
        self._carrier = str(action.data() or "")
        self._changed()

    def _open(self, menu: QMenu, chip: FilterChip) -> None:
        chip.setChecked(False)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))

    def _changed(self) -> None:
        self._show_choice()
        self.changed.emit()

    def _show_choice(self) -> None:
        for chip in (self.everyone, self.mine, self.nobodys, self.snoozed, self.done):
            chip.setChecked(chip is self._whose)
        for chip, chosen, word in (
            (self.rule, self._kind, rule_word(self._kind) if self._kind else _("Rule")),
            (self.carrier, self._carrier, carrier_name(self._carrier) if self._carrier else _("Carrier")),
        ):
            chip.setChecked(bool(chosen))
            chip.set_word(word, "x" if chosen else "chevron-down")
            if chosen:
                chip.setAccessibleName(_("{filter}, take this filter away").format(filter=word))
