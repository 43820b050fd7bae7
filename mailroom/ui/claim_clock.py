"""The claim clock: a ruler from the mailing day to the last day on which a claim can be filed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.domain.claim_clock import ShipmentClock
from mailroom.domain.claims import CLOSING_DAYS, ClaimKind, ClaimRule, ClaimWindow, DayBasis, WindowState
from mailroom.domain.insurers import INSURERS
from mailroom.ui import theme, tokens
from mailroom.ui.icons import paint_icon
from mailroom.ui.parts.chip import chip_size, paint_chip
from mailroom.wording import _, plural
from mailroom.wording.claims import action_word
from mailroom.wording.short_times import day_text

_HEIGHT: Final = 98  # px at 100 %
_BAR: Final = 8
_SIDE: Final = 12


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What the clock shows, in words: its state, the day that matters, and the rule's own date."""

    state: WindowState
    title: str
    aside: str
    rule: str
    marks: tuple[tuple[date, str], ...]  # under the ruler, the first and the last at its ends


def clock_face(kind: ClaimKind, rule: ClaimRule, window: ClaimWindow, today: date) -> ClockFace:
    """The words of a clock on a day of the office."""
    state = window.state(today)
    what = {
        ClaimKind.LOSS: _("Claim for loss"),
        ClaimKind.DAMAGE: _("Claim for damage"),
        ClaimKind.MISSING: _("Claim for missing contents"),
    }[kind]
    words = {
        WindowState.NOT_OPEN: _("{claim}: not yet"),
        WindowState.OPEN: _("{claim}: can be filed"),
        WindowState.CLOSING: _("{claim}: closing"),
        WindowState.MISSED: _("{claim}: closed"),
    }
    start = {  # what it rests on, which need not be what the rule counts from
        DayBasis.ACCEPTANCE_EVENT: _("mailed {day}"),
        DayBasis.MAILING_DATE: _("mailed {day}"),
        DayBasis.DELIVERY_EVENT: _("delivered {day}"),
        DayBasis.EXPECTED_DATE: _("due {day}"),
        DayBasis.FIRST_EVENT: _("first event {day}"),
        DayBasis.RECORDED: _("on record {day}"),
    }
    marks = [(window.starts_on, start[window.basis].format(day=day_text(window.starts_on, today)))]
    if window.opens_on is not None and window.opens_on > window.starts_on:
        past = today >= window.opens_on
        opens = _("opened {day}") if past else _("opens {day}")
        marks.append((window.opens_on, opens.format(day=day_text(window.opens_on, today))))
    if window.last_on is not None:
        closing = window.last_on - timedelta(days=CLOSING_DAYS - 1)
        marks.append((closing, _("closing from {day}").format(day=day_text(closing, today))))
        marks.append((window.last_on, _("last day {day}").format(day=day_text(window.last_on, today))))
    told = _("Rule as of {day}. Confirm with the carrier.")
    if rule.carrier in INSURERS:
        told = _("Rule as of {day}. Confirm with the insurer.")
    return ClockFace(
        state=state,
        title=words[state].format(claim=what),
        aside=_aside(window, state, today),
        rule=told.format(day=rule.as_of.isoformat()),
        marks=tuple(marks),
    )


def lines_of(clock: ShipmentClock, *, filed: bool) -> list[str]:
    """What stands below the clock: what the carrier wants first, that no rule is on record, until when to appeal."""
    lines = []
    for step in () if filed else clock.first:
        said = [_("{action} first: {title}.").format(action=action_word(step.rule.action), title=step.rule.title)]
        if step.opens_on and step.last_on:
            days = {"day": step.opens_on.isoformat(), "until": step.last_on.isoformat()}
            said.append(_("It can be made from {day} to {until}.").format(**days))
        said.append(_("Rule as of {day}. Confirm with the carrier.").format(day=step.rule.checked_on.isoformat()))
        lines.append(" ".join(said))
    if clock.rule is None and not filed:
        none = _("No rule of this carrier is on record for this service; ask it for its time limits.")
        if clock.insurer:
            none = _("No rule of this insurer is on record; ask it for its time limits.")
        lines.append(none)
    if clock.appeal_by is not None:
        appeal = _("Appeal until {day}. Rule as of {rule}. Confirm with the carrier.")
        if clock.insurer:
            appeal = _("Appeal until {day}. Rule as of {rule}. Confirm with the insurer.")
        lines.append(appeal.format(day=clock.appeal_by.isoformat(), rule=clock.rule_as_of))
    return lines


def _aside(window: ClaimWindow, state: WindowState, today: date) -> str:
    if state is WindowState.NOT_OPEN and window.opens_on is not None:
        days = (window.opens_on - today).days
        when = plural("in {n} day", "in {n} days", days)
        return _("opens {day}, {when}").format(day=day_text(window.opens_on, today), when=when)
    left = window.days_left(today)
    if left is None or window.last_on is None:
        return _("no last day known")
    if left < 0:
        return _("closed on {day}").format(day=day_text(window.last_on, today))
    return plural("{n} day left", "{n} days left", left)


def _with_claim(face: ClockFace, clock: ShipmentClock) -> ClockFace:
    """The face where a claim is on record, or where the carrier wants something asked first."""
    if clock.filed_on is not None:
        day = day_text(clock.filed_on, clock.today)
        title = _("Claim {number}: filed {day}").format(number=clock.claim_number, day=day)
        aside = ""
        if clock.appeal_by is not None:
            aside = _("appeal until {day}").format(day=day_text(clock.appeal_by, clock.today))
        return replace(face, state=WindowState.OPEN, title=title, aside=aside)
    rule = face.rule
    for step in clock.first:
        rule = _("{action} first. {rule}").format(action=action_word(step.rule.action), rule=rule)
    return replace(face, rule=rule)


class ClaimClock(QWidget):
    """Shows the clock of a shipment; hidden where no rule is known."""

    def __init__(self) -> None:
        super().__init__()
        self._face: ClockFace | None = None
        self._window: ClaimWindow | None = None
        self._today = date.min
        self._filed_on: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def face(self) -> ClockFace | None:
        """What it says; none while it is hidden."""
        return self._face

    def show_clock(self, clock: ShipmentClock) -> None:
        """Show the clock of a shipment: its days, that a claim was filed, and what the carrier wants asked first."""
        self.show_window(clock.kind, clock.rule, clock.window, clock.today, clock)

    def show_window(
        self,
        kind: ClaimKind,
        rule: ClaimRule | None,
        window: ClaimWindow | None,
        today: date,
        clock: ShipmentClock | None = None,
    ) -> None:
        """Show the days that a rule gives; hide where there is no rule."""
        if rule is None or window is None:
            self._face = self._window = None
            self.hide()
            return
        face = clock_face(kind, rule, window, today)
        self._filed_on = clock.filed_on if clock is not None else None
        if clock is not None:
            face = _with_claim(face, clock)
        self._face, self._window, self._today = face, window, self._filed_on or today
        said = (self._face.title, self._face.aside, *(text for _day, text in self._face.marks), self._face.rule)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in said))
        self.show()
        self.update()

    def restyle(self) -> None:
        """Take the new text size."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with words, ruler and rule."""
        if self._face is None or self._window is None:
            return
        colours = tokens.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        step = theme.px(18)
        box = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        self._paint_title(painter, QRect(box.left(), theme.px(9), box.width(), step), self._face)
        ruler = QRectF(box.left() + 4, theme.px(38), box.width() - 8, theme.px(_BAR))
        self._paint_ruler(painter, ruler, self._face, self._window)
        self._paint_marks(painter, ruler, theme.px(50), self._face)
        painter.setFont(theme.font(12))
        painter.setPen(colours.text2)
        painter.drawText(QRect(box.left(), theme.px(72), box.width(), step), _LEFT, self._face.rule)

    def _paint_title(self, painter: QPainter, box: QRect, face: ClockFace) -> None:
        colours = tokens.current()
        tone = {WindowState.OPEN: "good", WindowState.CLOSING: "warn", WindowState.MISSED: "bad"}.get(
            face.state, "text2"
        )
        icon = theme.px(16)
        paint_icon(painter, "hourglass", box.left(), box.center().y() - icon / 2 + 1, icon, getattr(colours, tone))
        painter.setFont(theme.font(13, 600))
        painter.setPen(colours.text)
        painter.drawText(box.adjusted(icon + 8, 0, 0, 0), _LEFT, face.title)
        if face.state is WindowState.MISSED:
            place = QRect(box)
            place.setLeft(box.right() + 1 - chip_size(face.aside, "ban").width())
            paint_chip(painter, place, "bad", "ban", face.aside)
            return
        painter.setFont(theme.font(13, tabular=True))
        painter.setPen(colours.text2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), face.aside)

    def _paint_ruler(self, painter: QPainter, ruler: QRectF, face: ClockFace, window: ClaimWindow) -> None:
        colours = tokens.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(ruler, colours.line)
        if face.state is not WindowState.MISSED:
            opens = self._x(ruler, window.opens_on or window.starts_on)
            painter.fillRect(QRectF(opens, ruler.top(), ruler.right() - opens, ruler.height()), colours.good_line)
            if window.last_on is not None:
                closing = max(opens, self._x(ruler, window.last_on - timedelta(days=CLOSING_DAYS - 1)))
                last = QRectF(closing, ruler.top(), ruler.right() - closing, ruler.height())
                painter.fillRect(last, colours.sunken)
                _hatch(painter, last, colours.warn_line)
        x = self._x(ruler, self._today)
        painter.setPen(QPen(colours.sunken, 2))
        painter.setBrush(colours.text)
        painter.drawEllipse(QPointF(x, ruler.center().y()), theme.px(6), theme.px(6))
        if self._filed_on is not None:
            size = theme.px(10)
            paint_icon(painter, "check", x - size / 2, ruler.center().y() - size / 2, size, colours.sunken)

    def _paint_marks(self, painter: QPainter, ruler: QRectF, top: int, face: ClockFace) -> None:
        """Days under their marks; the two ends first, others only where they do not touch them."""
        colours = tokens.current()
        taken: list[tuple[float, float]] = []
        places = [0, len(face.marks) - 1, *range(1, len(face.marks) - 1)] if len(face.marks) > 1 else [0]
        for place in places:
            day, text = face.marks[place]
            final = place == len(face.marks) - 1 and place > 0
            font = theme.font(12, 500 if final else 400, tabular=True)
            width = QFontMetrics(font).horizontalAdvance(text) + 1
            left = ruler.right() - width if final else min(self._x(ruler, day), ruler.right() - width)
            if any(left < right + 3 and left + width > start - 3 for start, right in taken):
                continue
            taken.append((left, left + width))
            painter.setFont(font)
            painter.setPen(colours.text if final else colours.text2)
            painter.drawText(QRectF(left, top, width, theme.px(18)), _LEFT, text)

    def _x(self, ruler: QRectF, day: date) -> float:
        if self._window is None:
            return ruler.left()
        last = self._window.last_on or max(self._today, (self._window.opens_on or day) + timedelta(days=30))
        length = max(1, (last - self._window.starts_on).days)
        share = (day - self._window.starts_on).days / length
        return ruler.left() + ruler.width() * min(1.0, max(0.0, share))


def _hatch(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Diagonal stripes, so that the closing days are not told by colour alone."""
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(colour, 3))
    x = box.left() - box.height()
    while x < box.right() + box.height():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 6
    painter.restore()


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
