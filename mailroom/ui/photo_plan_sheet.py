"""The photographs that a carrier wants of damage: one line a shot, with what is there and a button for the rest."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mailroom.domain.documents import Attachment
from mailroom.domain.photo_plan import Shot
from mailroom.ui.desk import Desk
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Symbol
from mailroom.ui.parts.labels import ElidedText, Text, hairline
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.claims import shot_caption
from mailroom.wording.plain import one_line


class PhotoPlanSheet(Sheet):
    """The shots in their order; `photo_given` carries a shot and the path of its photograph."""

    photo_given = Signal(object, object)

    def __init__(self, window: QWidget, desk: Desk, about: str) -> None:
        super().__init__(window, _("Photo plan"), about)
        self._choice = FileChoice(desk, self, self._on_chosen)
        self._asked: Shot | None = None
        self._shots: dict[Button, Shot] = {}
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self._rows)
        done = self.add_button(Button(_("Done"), kind="primary"))
        done.clicked.connect(self.accept)

    def show_plan(
        self, plan: tuple[Shot, ...], photos: tuple[tuple[str, str], ...], attachments: tuple[Attachment, ...]
    ) -> None:
        """Show which shots are there."""
        by_id = {one.id: one for one in attachments}
        kept = {shot: by_id[id_] for shot, id_ in photos if id_ in by_id}
        self._shots.clear()
        while self._column.count():
            taken = self._column.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, shot in enumerate(plan, 1):
            if at > 1:
                self._column.addWidget(hairline())
            self._column.addWidget(self._row(at, shot, kept.get(shot.value)))
        self.note.setText(_("{n} of {all} are there").format(n=len(kept), all=len(plan)))
        if self.isVisible():
            self.restyle()

    def _row(self, at: int, shot: Shot, kept: Attachment | None) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 8, 0, 8)
        line.setSpacing(10)
        there = kept is not None
        icon = Symbol("circle-check" if there else "photo", 18, "good" if there else "text2")
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(f"{at}. {shot_caption(shot)}", 13, 500, wrap=True))
        told = one_line(kept.name) if kept is not None else _("Not there yet")
        words.addWidget(ElidedText(told, 12, 400, "text2"))
        line.addLayout(words, 1)
        button = Button(_("Replace") if there else _("Choose"), tiny=True)
        button.setAccessibleName(f"{button.text()}: {shot_caption(shot)}")
        button.clicked.connect(self._on_choose)
        self._shots[button] = shot
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _on_choose(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self._asked = self._shots[sender]
            patterns = _("Pictures (*.png *.jpg *.jpeg *.tif *.tiff *.heic);;All files (*)")
            self._choice.open(shot_caption(self._asked), patterns)

    def _on_chosen(self, files: tuple[Path, ...]) -> None:
        if self._asked is not None:
            self.photo_given.emit(self._asked, files[0])
