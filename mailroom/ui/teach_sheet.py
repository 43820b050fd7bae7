"""Teach this scanner: three bar codes on the screen or on paper, read in order, and what they told."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mailroom.capture.wedge_teaching import TEACHING, Burst, WedgeSetup, learn, lesson_of
from mailroom.capture.writer import draw
from mailroom.ui import theme
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.chip import Chip
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.wedge_settings import settings_of, setup_words
from mailroom.wording import _

_HIGH = 64  # px
_QUIET = 10  # modules


class Bars(QWidget):
    """One bar code, black on white whatever the theme."""

    def __init__(self, payload: str) -> None:
        super().__init__()
        picture = draw("Code128", payload)
        self._modules = [value < 128 for value in picture.tobytes()]
        self.setAccessibleName(_("Bar code {text}").format(text=payload))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough that a scanner reads it off the screen."""
        return QSize(len(self._modules) + 2 * _QUIET, theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole pixels a bar."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        module = max(1, self.width() // (len(self._modules) + 2 * _QUIET))
        left = (self.width() - module * len(self._modules)) // 2
        for at, dark in enumerate(self._modules):
            if dark:
                painter.fillRect(left + at * module, 6, module, self.height() - 12, QColor("black"))


class TeachSheet(Sheet):
    """While it is open reads teach and record nothing. Saved with a button once all three were read."""

    print_wanted = Signal()

    def __init__(self, bench: Bench, window: QWidget) -> None:
        about = _("Read the three bar codes from top to bottom. Nothing is put on record.")
        super().__init__(window, _("Teach this scanner"), about, width=960)
        self._bench = bench
        self._bursts: list[Burst] = []
        self.setup: WedgeSetup | None = None
        self._chips: list[Chip] = []
        for at, payload in enumerate(TEACHING, 1):
            row = QHBoxLayout()
            row.setSpacing(14)
            side = QVBoxLayout()
            side.addWidget(Text(str(at), 22, 700))
            chip = Chip("neutral", "circle", _("not read yet"))
            chip.setMinimumWidth(theme.px(112))
            side.addWidget(chip)
            row.addLayout(side)
            row.addWidget(Bars(payload), 1)
            self._chips.append(chip)
            self.body.addLayout(row)
        self.told = Text("", 13, 600, "text", wrap=True)
        self.told.setMinimumHeight(theme.px(38))
        self.body.addWidget(self.told)
        paper = self.add_button(Button(_("Print it instead"), "printer"))
        paper.clicked.connect(self.print_wanted)
        again = self.add_button(Button(_("Start again")))
        again.clicked.connect(self.start)
        self.save = self.add_button(Button(_("Use this"), kind="primary"))
        self.save.clicked.connect(self._on_save)
        bench.routes.taught.connect(self.take)
        bench.routes.teaching.emit(True)
        self.start()

    def start(self) -> None:
        """Forget what was read."""
        self._bursts.clear()
        self.setup = None
        for chip in self._chips:
            chip.set_look("neutral", "circle", _("not read yet"))
        self.told.set_tone("text")
        self.told.setText(_("Read bar code {n}.").format(n=1))
        self.save.setEnabled(False)

    def take(self, burst: Burst) -> None:
        """One read."""
        wanted, read = len(self._bursts), lesson_of(burst)
        if wanted == len(TEACHING):
            self.start()
            wanted = 0
        if read is None:
            self._say(_("That was none of the three bar codes, or the keyboard layout is one we do not know."), "bad")
        elif read != wanted:
            words = _("That was bar code {read}; read bar code {wanted}.")
            self._say(words.format(read=read + 1, wanted=wanted + 1), "warn")
        else:
            self._bursts.append(burst)
            self._chips[wanted].set_look("good", "circle-check", _("read"))
            self._go_on()

    def done(self, result: int) -> None:
        """Listen to the scanner as before."""
        self._bench.routes.teaching.emit(False)
        super().done(result)

    def _go_on(self) -> None:
        if len(self._bursts) < len(TEACHING):
            self._say(_("Read bar code {n}.").format(n=len(self._bursts) + 1), "text")
            return
        self.setup = learn(self._bursts)
        if self.setup is None:
            self._say(_("The three reads do not fit together. Start again, with the same settings throughout."), "bad")
            return
        self._say(setup_words(self.setup), "good")
        self.save.setEnabled(True)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str, tone: str) -> None:
        self.told.set_tone(tone)
        self.told.setText(text)

    def _on_save(self) -> None:
        if self.setup is not None:
            self._bench.desk.change(**settings_of(self.setup))
            self.accept()
