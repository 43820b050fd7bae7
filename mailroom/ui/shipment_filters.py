"""Search and filters over the shipments table: what is typed and chosen becomes one question."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from mailroom.domain.office import Account
from mailroom.domain.register import Counts, ShipmentFilter
from mailroom.domain.status import FINAL, Status
from mailroom.ui.flow_row import FlowRow
from mailroom.ui.parts.fields import LineEdit
from mailroom.ui.parts.filter_chip import FilterChip
from mailroom.ui.parts.labels import upright_hairline
from mailroom.wording import _, plural
from mailroom.wording.carriers import carrier_name
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import day_text
from mailroom.wording.statuses import status_word

T = TypeVar("T")

OPEN: Final = tuple(status for status in Status if status not in FINAL)
TROUBLE: Final = (Status.ATTEMPTED, Status.DELAYED, Status.EXCEPTION, Status.RETURN_TO_SENDER, Status.LOST)
_DAYS: Final = (1, 7, 14, 30)  # today counts as one


class SearchLine(LineEdit):
    """The search field; Down goes to the list, Esc empties it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("Number, recipient, order number, department, note"), icon="search")
        self.setAccessibleName(_("Search shipments"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list, Esc empties the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ShipmentFilters(QWidget):
    """The search field with the chips below; `changed` says that the question is another one."""

    changed = Signal()
    range_wanted = Signal()  # a range of dates is to be typed

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self._statuses: tuple[Status, ...] = ()
        self._carrier = ""
        self._department: Account | None = None
        self._from: date | None = None
        self._to: date | None = None
        self._departments: tuple[Account, ...] = ()
        self._counts: Counts | None = None
        self.search = SearchLine()
        self._groups: dict[FilterChip, tuple[Status, ...]] = {
            FilterChip(_("All")): (),
            FilterChip(_("Open")): OPEN,
            FilterChip(_("Trouble")): TROUBLE,
            FilterChip(_("Delivered")): (Status.DELIVERED,),
        }
        self.status = FilterChip(_("Status"), "chevron-down")
        self.carrier = FilterChip(_("Carrier"), "chevron-down")
        self.department = FilterChip(_("Department"), "chevron-down")
        self.dates = FilterChip(_("Any date"), "chevron-down")
        self._lay_out()
        self._connect()
        self._show_choice()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        row = FlowRow(5)
        for chip in self._groups:
            row.add(chip)
        line = upright_hairline()
        line.setFixedSize(1, 22)
        row.add(line)
        for chip in (self.status, self.carrier, self.department, self.dates):
            row.add(chip)
        column.addWidget(row)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        for chip in self._groups:
            chip.clicked.connect(self._on_group_clicked)
        self.status.clicked.connect(self._on_status_clicked)
        self.carrier.clicked.connect(self._on_carrier_clicked)
        self.department.clicked.connect(self._on_department_clicked)
        self.dates.clicked.connect(self._on_dates_clicked)

    @property
    def wanted(self) -> ShipmentFilter:
        """The question as it stands."""
        return ShipmentFilter(
            text=" ".join(self.search.text().split()),
            statuses=self._statuses,
            carriers=(self._carrier,) if self._carrier else (),
            department_ids=(self._department.id,) if self._department else (),
            recorded_from=self._midnight(self._from) if self._from else None,
            recorded_to=self._midnight(self._to + timedelta(days=1)) if self._to else None,
        )

    def clear(self) -> None:
        """Ask for everything again."""
        self._statuses, self._carrier, self._department = (), "", None
        self._from = self._to = None
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self._changed()

    def set_departments(self, departments: tuple[Account, ...]) -> None:
        """The departments to choose from."""
        self._departments = departments

    def set_counts(self, counts: Counts) -> None:
        """How many there are under the other filters, by status and carrier."""
        self._counts = counts
        for chip, statuses in self._groups.items():
            chip.set_count(_sum(counts.by_status, statuses), more=counts.capped)

    def set_range(self, first: date | None, last: date | None) -> None:
        """Only what was recorded between two days, both included."""
        self._from, self._to = first, last
        self._changed()

    def set_statuses(self, statuses: tuple[Status, ...]) -> None:
        """Only these statuses; none means all."""
        self._statuses = statuses
        self._changed()

    # choices

    def status_menu(self) -> QMenu:
        """The statuses with their counts; empty ones are left out once the counts are known."""
        menu = self._menu(_("Status"))
        counts = self._counts.by_status if self._counts else {}
        for status in Status:
            if self._counts is None or counts.get(status):
                self._add(menu, status_word(status), counts.get(status), status)
        menu.triggered.connect(self._on_status_chosen)
        return menu

    def carrier_menu(self) -> QMenu:
        """The carriers on record with their counts."""
        menu = self._menu(_("Carrier"))
        counts = self._counts.by_carrier if self._counts else {}
        for carrier in sorted(counts, key=carrier_name):
            self._add(menu, carrier_name(carrier), counts[carrier], carrier)
        menu.triggered.connect(self._on_carrier_chosen)
        return menu

    def department_menu(self) -> QMenu:
        """The office's departments."""
        menu = self._menu(_("Department"))
        for one in self._departments:
            self._add(menu, one_line(one.name), None, one)
        menu.triggered.connect(self._on_department_chosen)
        return menu

    def dates_menu(self) -> QMenu:
        """Today, the last days, or a range."""
        menu = self._menu(_("Recorded"))
        for days in _DAYS:
            self._add(menu, _last_days(days), None, days)
        menu.addSeparator()
        self._add(menu, _("From … to …"), None, 0)
        menu.triggered.connect(self._on_days_chosen)
        return menu

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, word: str, count: int | None, value: object) -> None:
        shown = word.replace("&", "&&")
        action = menu.addAction(shown if count is None else f"{shown}  {count:,}")
        action.setData(value)

    # slots

    def _on_typed(self) -> None:
        self.changed.emit()

    def _on_group_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self.set_statuses(self._groups[chip])

    def _on_status_clicked(self) -> None:
        if self._statuses and self._statuses not in self._groups.values():
            self.set_statuses(())
        else:
            self._open(self.status_menu(), self.status)

    def _on_carrier_clicked(self) -> None:
        if self._carrier:
            self._carrier = ""
            self._changed()
        else:
            self._open(self.carrier_menu(), self.carrier)

    def _on_department_clicked(self) -> None:
        if self._department:
            self._department = None
            self._changed()
        else:
            self._open(self.department_menu(), self.department)

    def _on_dates_clicked(self) -> None:
        if self._from or self._to:
            self.set_range(None, None)
        else:
            self._open(self.dates_menu(), self.dates)

    def _on_status_chosen(self, action: object) -> None:
        self.set_statuses((Status(_data(action, str)),))  # Qt hands an enum of text back as plain text

    def _on_carrier_chosen(self, action: object) -> None:
        self._carrier = _data(action, str)
        self._changed()

    def _on_department_chosen(self, action: object) -> None:
        self._department = _data(action, Account)
        self._changed()

    def _on_days_chosen(self, action: object) -> None:
        days = _data(action, int)
        if not days:
            self._show_choice()
            self.range_wanted.emit()
            return
        self.set_range(self._today() - timedelta(days=days - 1), None)

    # within

    def _open(self, menu: QMenu, chip: FilterChip) -> None:
        chip.setChecked(False)
        if menu.isEmpty():
            nothing = menu.addAction(_("Nothing to choose from yet"))
            nothing.setEnabled(False)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 4)))

    def _changed(self) -> None:
        self._show_choice()
        self.changed.emit()

    def _show_choice(self) -> None:
        for chip, statuses in self._groups.items():
            chip.setChecked(self._statuses == statuses)
        single = bool(self._statuses) and self._statuses not in self._groups.values()
        self._show(self.status, single, status_word(self._statuses[0]) if single else _("Status"))
        self._show(self.carrier, bool(self._carrier), carrier_name(self._carrier) or _("Carrier"))
        name = one_line(self._department.name) if self._department else ""
        self._show(self.department, bool(name), name or _("Department"))
        self._show(self.dates, bool(self._from or self._to), self._range_text())
        self.updateGeometry()

    def _show(self, chip: FilterChip, chosen: bool, word: str) -> None:
        chip.setChecked(chosen)
        chip.set_word(word, "x" if chosen else "chevron-down")
        if chosen:
            chip.setAccessibleName(_("{filter}, take this filter away").format(filter=word))

    def _range_text(self) -> str:
        today = self._today()
        if self._from is None and self._to is None:
            return _("Any date")
        if self._to is None and self._from is not None:
            days = (today - self._from).days + 1
            return _last_days(days) if days in _DAYS else _("From {day}").format(day=day_text(self._from, today))
        last = day_text(self._to or today, today)
        if self._from is None:
            return _("Until {day}").format(day=last)
        return _("{first} – {last}").format(first=day_text(self._from, today), last=last)

    def _today(self) -> date:
        return datetime.now(UTC).astimezone(self._zone).date()

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _last_days(days: int) -> str:
    return _("Today") if days == 1 else plural("Last {n} day", "Last {n} days", days)


def _sum(counts: Mapping[Status, int], statuses: tuple[Status, ...]) -> int:
    return sum(number for status, number in counts.items() if not statuses or status in statuses)


def _data(action: object, kind: type[T]) -> T:
    """What a menu's entry stands for."""
    value = action.data() if isinstance(action, QAction) else None
    if not isinstance(value, kind):
        raise TypeError(kind.__name__)
    return value
