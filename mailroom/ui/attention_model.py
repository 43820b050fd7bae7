"""The work list as Qt reads it: headings by urgency, and under them alerts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mailroom.domain.alerts.situation import URGENCY_ORDER, Urgency
from mailroom.domain.attention import AlertRow, AlertState
from mailroom.wording import _, plural
from mailroom.wording.alerts import about_piece, addressee, alert_evidence, alert_icon, alert_title, urgency_word
from mailroom.wording.numbers import grouped
from mailroom.wording.plain import one_line
from mailroom.wording.short_times import day_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINE = int(Qt.ItemDataRole.UserRole) + 1  # AlertLine
_NO_BREAK = "\u00a0"
FAMILIES = {Urgency.TODAY: "bad", Urgency.SOON: "warn", Urgency.WATCH: "neutral"}


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One line of the list: an alert, or (without a row) a heading with its count."""

    title: str
    family: str
    count: int = 0  # of a heading
    row: AlertRow | None = None
    evidence: str = ""
    number: str = ""
    icon: str = ""
    due: str = ""
    due_below: str = ""
    late: bool = False
    who: str = ""  # whose it is, the whole name
    aside: str = ""  # why it is not open: put off until …, dealt with by …

    @property
    def initials(self) -> str:
        """Whose it is, in two letters; empty for nobody's."""
        words = self.who.replace(".", " ").replace("_", " ").split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else ""

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        if self.row is None:
            return f"{self.title}, {self.count}"
        due = _("due {day}").format(day=f"{self.due}, {self.due_below}") if self.due else ""
        whose = _("given to {name}").format(name=self.who) if self.who else ""
        return ". ".join(one for one in (self.title, self.number, self.evidence, due, whose, self.aside) if one)


def alert_lines(rows: Sequence[AlertRow], zone: tzinfo, now: datetime) -> tuple[AlertLine, ...]:
    """Headings and alerts in their order, as of `now` (aware UTC) on the clock of the office's `zone`."""
    today = now.astimezone(zone).date()
    lines: list[AlertLine] = []
    for urgency in sorted(Urgency, key=lambda one: URGENCY_ORDER[one]):
        these = [one for one in rows if one.alert.finding.urgency is urgency]
        if these:
            lines.append(AlertLine(urgency_word(urgency), FAMILIES[urgency], len(these)))
            lines.extend(_line(one, zone, now, today) for one in these)
    return tuple(lines)


def _line(row: AlertRow, zone: tzinfo, now: datetime, today: date) -> AlertLine:
    due = row.alert.finding.due
    left = (due - today).days if due else 0
    below = ""
    if due:
        below = _("today") if left == 0 else plural("{n} day", "{n} days", left) if left > 0 else _("over")
    number = grouped(one_line(row.row.shipment.shown_number))
    about = about_piece(row)
    if number and not addressee(row):  # nothing else tells it from other pieces; it is not broken over two lines
        about = f"{about} {number.replace(' ', _NO_BREAK)}"
    return AlertLine(
        title=alert_title(row.alert),
        family=FAMILIES[row.alert.finding.urgency],
        row=row,
        evidence=f"{about}. {alert_evidence(row.alert, zone, now, last_day=False)}",
        number=number,
        icon=alert_icon(row.alert.kind),
        due=day_text(due, today) if due else "",
        due_below=below,
        late=bool(due) and left <= 2,
        who=one_line(row.standing.to_name),
        aside=_aside(row, today),
    )


def _aside(row: AlertRow, today: date) -> str:
    standing = row.standing
    reason = f": {standing.reason}" if standing.reason else ""
    if standing.state is AlertState.SNOOZED and standing.until:
        until = day_text(standing.until, today)
        return one_line(_("Put off until {day} by {name}").format(day=until, name=standing.by) + reason)
    if standing.state is AlertState.DONE:
        return one_line(_("Dealt with by {name}").format(name=standing.by) + reason)
    return ""


class AttentionModel(QAbstractListModel):
    """The lines of the list; headings cannot be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[AlertLine, ...] = ()

    @property
    def lines(self) -> tuple[AlertLine, ...]:
        """What is shown."""
        return self._lines

    def show(self, lines: tuple[AlertLine, ...]) -> bool:
        """Show other lines; where they are the same nothing moves. Whether anything changed."""
        if lines == self._lines:
            return False
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()
        return True

    def place_of(self, alert_id: str) -> QModelIndex:
        """Where an alert stands; an invalid index where it is not shown."""
        for at, line in enumerate(self._lines):
            if line.row is not None and line.row.id == alert_id:
                return self.index(at)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first alert."""
        return next((self.index(at) for at, one in enumerate(self._lines) if one.row), QModelIndex())

    def row_at(self, index: Index) -> AlertRow | None:
        """The alert of an index; none for a heading."""
        return self._lines[index.row()].row if index.isValid() and index.row() < len(self._lines) else None

    def rows_at(self, indexes: Iterable[QModelIndex]) -> tuple[AlertRow, ...]:
        """The alerts of some indexes, in the list's order."""
        found = (self.row_at(one) for one in sorted(indexes, key=lambda one: one.row()))
        return tuple(one for one in found if one is not None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Headings and alerts."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is only looked at."""
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The whole text for readers, the line for the delegate."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._lines[index.row()].spoken
        return self._lines[index.row()] if role == LINE else None
