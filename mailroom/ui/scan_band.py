"""The band: what became of the last reading, readable from three metres, and the answers where it asks."""

import functools
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.parts.notices import announce
from mailroom.ui.quiet_focus import QuietFocus
from mailroom.ui.scan_answers import Answer, AnswerButton, band_colours
from mailroom.ui.scan_symbols import SYMBOLS, icon_symbol

HEIGHT = 196  # px at 100 %
LOW_HEIGHT = 164  # where the window is under 860 px high
LOW_WINDOW = 860
_FLASH = 120  # ms
_LEFT, _SYMBOL, _TEXT, _RIGHT = 32, 92, 148, 32
_SLIM_LEFT, _SLIM_SYMBOL, _SLIM_TEXT = 20, 52, 88  # where the band is narrow: the words need the room
_SLIM = 560  # px at 100 % under which it is
_COUNT_WIDTH = 132
_MOST_LINES = 3  # of the reason; a longer one is in the accessible name
_LEAST_TEXT = 420  # px beside the answers; less and they go below
_WORD, _LEAST_WORD, _NUMBER, _LEAST_NUMBER, _WHY = 60, 44, 30, 14, 16
_CRAMPED_WORD, _LEAST_COUNTED = 30, 18  # the smallest word; the smallest number beside the count


@dataclass(frozen=True, slots=True)
class BandState:
    """What the band shows. `look` is ready, recorded, ask, refused, repeated or command."""

    look: str
    word: str
    number: str = ""
    why: str = ""
    wrong_at: int = -1  # place in `number` of the character that cannot be right, shown inverted
    answers: tuple[Answer, ...] = ()
    sacred: bool = True  # a tracking number: made smaller where it is long, never cut
    icon: str = ""  # another symbol for a command


class Band(QWidget):
    """The band itself. `answered` carries an answer's id; keys answer while the band or a button has the focus."""

    answered = Signal(str)
    shown = Signal(str)  # the look of a new state

    def __init__(self, ready: BandState) -> None:
        super().__init__()
        self._ready = ready
        self._state = ready
        self._count = 0
        self._count_word = ""
        self._buttons: list[AnswerButton] = []
        self._before: QWidget | None = None
        self._flashing = False
        self._hint = QSize()
        self.reduced_motion = False
        self._quiet = QuietFocus(self)
        self._quiet.free.connect(self.focus_answers)
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(_FLASH)
        self._flash.timeout.connect(self._on_flash_over)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", "none")
        self._name()

    @property
    def state(self) -> BandState:
        """What it shows now."""
        return self._state

    def show_state(self, state: BandState, *, take_focus: bool = False) -> None:
        """Show what became of a reading, with a flash; a question may take the focus so that its keys work."""
        asked = bool(self._state.answers)
        self._state = state
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(one) for one in state.answers]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if state.answers else Qt.FocusPolicy.NoFocus)
        if not self.reduced_motion:
            self._flashing = True
            self._flash.start()
        self._name()
        if self.sizeHint() != self._hint:  # else the page would be laid out anew with every reading
            self._hint_again()
        self._place_buttons()
        self.update()
        announce(self, self.accessibleName())
        self.shown.emit(state.look)
        if state.answers and take_focus:
            if not asked:
                self._before = self.window().focusWidget()
            self._quiet.ask(self.window().focusWidget())
        elif asked and not state.answers:
            self._quiet.forget()
            self._give_focus_back()

    def focus_answers(self) -> None:
        """Put the focus on the answers of an open question."""
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ready(self) -> None:
        """Back to ready."""
        self.show_state(self._ready)

    def set_count(self, count: int, word: str) -> None:
        """The count at the right and what it counts."""
        self._count, self._count_word = count, word
        self._name()
        self.update()

    def restyle(self) -> None:
        """Take the new text size."""
        self._hint_again()
        self._place_buttons()

    def sizeHint(self) -> QSize:
        """196 px high, 164 in a low window, more where text and answers need it."""
        usual = theme.px(LOW_HEIGHT if self._low() else HEIGHT)
        return QSize(600, max(usual, self._block_height() + theme.px(20)))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(300, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the answers anew; another width may need another height."""
        if event.oldSize().width() != event.size().width():
            self._hint_again()
        self._place_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, K, 1 to 5 answer."""
        pressed = "Esc" if event.key() == Qt.Key.Key_Escape else event.text().upper()
        for one in self._state.answers:
            if (pressed and pressed == one.keys.upper()) or pressed == "Esc" == one.keys:
                self.answered.emit(one.id)
                return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Block of colour, symbol, word, number, why, count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink, border = band_colours(self._state.look)
        if self._flashing:
            ground = ground.lighter(112) if not border else tokens.current().hover
        painter.setPen(QPen(border, 1) if border else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 14, 14)
        size = theme.px(_SLIM_SYMBOL if self._slim() else _SYMBOL)
        left = theme.px(_SLIM_LEFT if self._slim() else _LEFT)
        soft = tokens.current().text2 if self._state.look == "ready" else ink
        painter.save()
        paint = icon_symbol(self._state.icon) if self._state.icon else SYMBOLS[self._state.look]
        paint(painter, QRectF(left, (self.height() - size) / 2, size, size), soft, ground)
        painter.restore()
        if self._counts():
            self._paint_count(painter, ink)
        self._paint_texts(painter, ink, ground)

    # within

    def _paint_count(self, painter: QPainter, ink: QColor) -> None:
        width = theme.px(_COUNT_WIDTH)
        left = self.width() - width
        line = QColor(ink)
        line.setAlpha(70)
        painter.fillRect(QRect(left, theme.px(32), 1, self.height() - theme.px(64)), line)
        painter.setPen(ink)
        shown = f"{self._count:,}"
        painter.setFont(_fitting(shown, 52, 28, 700, width - theme.px(20)))
        middle = self.height() // 2
        painter.drawText(QRect(left, middle - theme.px(50), width, theme.px(62)), Qt.AlignmentFlag.AlignCenter, shown)
        painter.setFont(theme.font(14, 600))
        below = QRect(left, middle + theme.px(16), width, theme.px(24))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._count_word)

    def _paint_texts(self, painter: QPainter, ink: QColor, ground: QColor) -> None:
        state, left, width = self._state, self._text_left(), self._text_width()
        top = self._text_top()
        painter.setPen(ink)
        font = _fitting(state.word, self._word_size(), _CRAMPED_WORD, 700, width)
        painter.setFont(font)
        height = round(theme.px(self._word_size()) * 1.08)
        painter.drawText(QRect(left - 2, top, width + 2, height), _AT, _cut(state.word, font, width))
        top += height + theme.px(2)
        if state.number:
            self._paint_number(painter, QRect(left, top, width, theme.px(38)), ink, ground)
            top += theme.px(38) + self._gap()
        if state.why:
            font = theme.font(_WHY, 600 if state.look not in ("ready", "repeated") else 500)
            painter.setFont(font)
            painter.setPen(tokens.current().text2 if state.look in ("ready", "repeated") else ink)
            box = QRect(left, top + theme.px(1), width, self._why_height())
            lines = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(box, lines, _cut(state.why, font, width * self._why_lines()))

    def _paint_number(self, painter: QPainter, box: QRect, ink: QColor, ground: QColor) -> None:
        state = self._state
        font = _fitting(state.number, _NUMBER, _LEAST_NUMBER, 600, box.width(), slashed=True)
        painter.setFont(font)
        painter.setPen(ink)
        shown = state.number if state.sacred else _cut(state.number, font, box.width())
        painter.drawText(box, _AT, shown)
        if 0 <= state.wrong_at < len(shown):
            metrics = painter.fontMetrics()
            x = box.left() + metrics.horizontalAdvance(shown[: state.wrong_at])
            wide = metrics.horizontalAdvance(shown[state.wrong_at])
            mark = QRectF(x - 1, box.center().y() - metrics.ascent() / 2 - 3, wide + 4, metrics.ascent() + 7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(mark, 4, 4)
            painter.setPen(ground)
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, shown[state.wrong_at])

    def _hint_again(self) -> None:
        self._hint = self.sizeHint()
        self.updateGeometry()

    def _text_width(self) -> int:
        right = theme.px(_COUNT_WIDTH) + theme.px(16) if self._counts() else theme.px(_RIGHT)
        width = self.width() - self._text_left() - right
        return width - self._answers_width() - theme.px(16) if self._beside() else width

    def _counts(self) -> bool:
        """Whether the count stands at the right: not beside answers, nor where it would cut number or word short."""
        if self._state.answers:
            return False
        number = self._state.number if self._state.sacred else ""
        words = (
            (_LEAST_COUNTED, 600, number),
            (_CRAMPED_WORD if self._slim() else _LEAST_WORD, 700, self._state.word),
        )
        room = self.width() - self._text_left() - theme.px(_COUNT_WIDTH + 16)
        scale = theme.px(100)
        return all(_wide(text, size, weight, True, scale) <= room for size, weight, text in words)

    def _slim(self) -> bool:
        return self.width() < theme.px(_SLIM)

    def _text_left(self) -> int:
        return theme.px(_SLIM_TEXT if self._slim() else _TEXT)

    def _word_size(self) -> int:
        return _LEAST_WORD if self._state.answers and not self._beside() and self._why_lines() > 1 else _WORD

    def _why_lines(self) -> int:
        if not self._state.why:
            return 0
        return min(_MOST_LINES, _lines(self._state.why, max(self._text_width(), 100), theme.px(100)))

    def _why_height(self) -> int:
        return self._why_lines() * theme.px(22)

    def _text_height(self) -> int:
        height = round(theme.px(self._word_size()) * 1.08) + theme.px(2)
        return height + (theme.px(38) + self._gap() if self._state.number else 0) + self._why_height()

    def _gap(self) -> int:
        return 0 if self._state.answers else theme.px(4 if self._low() else 8)

    def _block_height(self) -> int:
        below = self._rows() * theme.px(46) if self._buttons and not self._beside() else 0
        return self._text_height() + below

    def _text_top(self) -> int:
        return max(theme.px(8), (self.height() - self._block_height()) // 2)

    def _beside(self) -> bool:
        """Whether the answers stand at the right of the text: in a low window, where there are at most two."""
        if not self._buttons or not self._low() or len(self._buttons) > 2:
            return False
        return self.width() - theme.px(_TEXT + _RIGHT + 16) - self._answers_width() >= theme.px(_LEAST_TEXT)

    def _low(self) -> bool:
        return self.window().height() < LOW_WINDOW

    def _answers_width(self) -> int:
        return max((one.sizeHint().width() for one in self._buttons), default=0)

    def _rows(self) -> int:
        rows, left = 1, 0
        width = self.width() - self._text_left() - theme.px(_RIGHT)
        for one in self._buttons:
            wanted = one.sizeHint().width()
            if left and left + wanted > width:
                rows, left = rows + 1, 0
            left += wanted + theme.px(20)
        return rows

    def _place_buttons(self) -> None:
        if self._beside():
            width = self._answers_width()
            left = self.width() - theme.px(_RIGHT) - width
            top = (self.height() - len(self._buttons) * theme.px(46) + theme.px(8)) // 2
            for at, one in enumerate(self._buttons):
                one.setGeometry(left, top + at * theme.px(46), width, one.sizeHint().height())
            return
        first = left = self._text_left()
        top = self._text_top() + self._text_height() + theme.px(8)
        edge = self.width() - theme.px(_RIGHT)
        for one in self._buttons:
            size = one.sizeHint()
            if left + size.width() > edge and left > first:
                left, top = first, top + theme.px(46)
            one.setGeometry(left, top, size.width(), size.height())
            left += size.width() + theme.px(20)

    def _button(self, answer: Answer) -> AnswerButton:
        button = AnswerButton(answer, self)
        button.clicked.connect(self._on_button_clicked)
        button.show()
        return button

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, AnswerButton):
            self.answered.emit(sender.answer.id)

    def _give_focus_back(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            try:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            except RuntimeError:  # it was closed meanwhile
                return

    def _on_flash_over(self) -> None:
        self._flashing = False
        self.update()

    def _name(self) -> None:
        state = self._state
        parts = (state.word, state.number, state.why)
        self.setAccessibleName(". ".join(part for part in parts if part))
        self.setAccessibleDescription(f"{self._count:,} {self._count_word}".strip())


_AT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def _fitting(text: str, size: int, least: int, weight: int, width: int, *, slashed: bool = False) -> QFont:
    """The largest font from `size` down to `least` in which the text fits."""
    scale = theme.px(100)
    fits = (now for now in range(size, least - 1, -2) if _wide(text, now, weight, slashed, scale) <= width)
    return theme.font(next(fits, least), weight, tabular=slashed, slashed=slashed)


@functools.lru_cache(maxsize=512)
def _wide(text: str, size: int, weight: int, slashed: bool, _scale: int) -> int:
    """The width of a text in px; a layout asks for it again and again."""
    return theme.metrics(size, weight, tabular=slashed, slashed=slashed).horizontalAdvance(text)


@functools.lru_cache(maxsize=128)
def _lines(why: str, width: int, _scale: int) -> int:
    """How many lines a reason takes in this width."""
    metrics = theme.metrics(_WHY, 600)
    height = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), why).height()
    return max(1, round(height / metrics.lineSpacing()))


def _cut(text: str, font: QFont, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
