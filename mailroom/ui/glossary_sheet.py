"""What statuses and carriers' codes mean: a searchable list, the chosen one explained beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mailroom.domain.folding import fold
from mailroom.domain.status import Status
from mailroom.recognition.statuses import MAPPING_VERSION, event_codes
from mailroom.ui import theme, tokens
from mailroom.ui.icons import qicon
from mailroom.ui.parts.chip import STATUS_LOOKS, Chip
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.explanations import code_owner, code_words, explanation
from mailroom.wording.statuses import status_word

_PLACE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a status, or a carrier's code with the status that it means."""

    status: Status
    title: str
    about: str = ""  # of a code: what it says
    needs_look: bool = False

    @property
    def searched(self) -> str:
        """What a search looks in, folded."""
        return fold(f"{self.title} {self.about} {status_word(self.status)}")


def entries() -> tuple[Entry, ...]:
    """The fifteen statuses, then every code, by whose it is."""
    statuses = tuple(Entry(one, status_word(one)) for one in Status)
    codes = (
        Entry(one.status, f"{code_owner(one.carrier)} {one.code}", code_words(one.carrier, one.code), one.needs_look)
        for one in event_codes()
    )
    return (*statuses, *sorted(codes, key=lambda one: fold(one.title)))


class GlossarySheet(Sheet):
    """Search at the top, entries at the left, the chosen one at the right."""

    def __init__(self, window: QWidget, wanted: str = "") -> None:
        about = _("The table of {day}; a carrier’s own words always stand beside it").format(day=MAPPING_VERSION)
        super().__init__(window, _("What statuses and codes mean"), about, width=780)
        self._entries = entries()
        self._searched = tuple(one.searched for one in self._entries)
        self.search = LineEdit(_("Status, carrier, code or words"), "search")
        self.body.addWidget(Field(_("Search"), self.search))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Statuses and codes"))
        self.list.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.list.setFixedSize(theme.px(290), theme.px(400))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        theme.set_font(self.list, 13)
        self.chip = Chip(Status.UNKNOWN)
        self.title = Text("", 16, 600, wrap=True)
        self.words = tuple(Text("", 13, 400, "text2", wrap=True) for _place in range(4))
        self._heads = tuple(
            Text(one, 12, 600, "text3")
            for one in (_("What it means"), _("What usually comes next"), _("When to worry"), _("What to do"))
        )
        self.code = Text("", 13, 400, wrap=True)
        self.nothing = Text(_("Nothing found. Search for less, or for a carrier’s code."), 13, 400, "text2", wrap=True)
        self.nothing.hide()
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._on_text_changed)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.search.installEventFilter(self)
        self.search.setText(wanted)
        self._on_text_changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the search goes into the list, to what is explained there."""
        pressed = watched is self.search and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            if self.list.currentItem() is not None:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.list)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.nothing)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.code)
        for head, words in zip(self._heads, self.words, strict=True):
            column.addSpacing(8)
            column.addWidget(head)
            column.addWidget(words)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.body.addLayout(row)

    def _fill(self) -> None:
        ratio = self.devicePixelRatioF()
        icons = {
            status: qicon(look[1], theme.px(18), tokens.current().text2, ratio) for status, look in STATUS_LOOKS.items()
        }
        size = QSize(0, theme.px(32))
        for place, one in enumerate(self._entries):
            item = QListWidgetItem(icons[one.status], one.title)
            item.setSizeHint(size)
            item.setData(_PLACE, place)
            self.list.addItem(item)

    def _on_text_changed(self) -> None:
        wanted = fold(self.search.text()).split()
        first: QListWidgetItem | None = None
        shown = 0
        for place, text in enumerate(self._searched):
            item = self.list.item(place)
            fits = all(one in text for one in wanted)
            item.setHidden(not fits)
            shown += fits
            if fits and first is None:
                first = item
        self.note.setText(plural("{n} entry", "{n} entries", shown) if shown else _("Nothing found"))
        now = self.list.currentItem()
        if now is None or now.isHidden():
            self.list.setCurrentItem(first) if first is not None else self.list.setCurrentRow(-1)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        for part in (self.chip, self.title, self.code, *self._heads, *self.words):
            part.setVisible(item is not None)
        self.nothing.setVisible(item is None)
        if item is None:  # nothing found: what was explained before would be taken for it
            self.list.setAccessibleDescription(self.nothing.text())
            return
        one = self._entries[item.data(_PLACE)]
        told = explanation(one.status)
        self.chip.set_look(one.status)
        self.title.setText(one.title)
        self.code.setText(one.about)
        self.code.setVisible(bool(one.about))
        self._heads[0].setText(_("What the status means") if one.about else _("What it means"))
        for words, text in zip(self.words, (told.means, told.next, told.worry, told.act), strict=True):
            words.setText(text)
        self.list.setAccessibleDescription(" ".join((one.about, told.means, told.next, told.worry, told.act)).strip())
