"""Attaching files: what each one shows, and a caption."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mailroom.domain.documents import AttachmentRole
from mailroom.domain.shipment import Shipment
from mailroom.ui.event_dialog import about_shipment
from mailroom.ui.forms import choice_of, side_by_side, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Choice, Field, LineEdit
from mailroom.ui.parts.labels import ElidedText
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.attachments import attachment_word
from mailroom.wording.plain import one_line

ROLES = tuple(AttachmentRole)


class AttachDialog(Sheet):
    """One role and one caption a file; `chosen` carries (path, role, caption) for each."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, shipment: Shipment, files: tuple[Path, ...]) -> None:
        title = plural("Attach {n} file", "Attach {n} files", len(files))
        super().__init__(window, title, about_shipment(shipment))
        self._lines: list[tuple[Path, Field, Field]] = []
        for path in files:
            self._add(path, several=len(files) > 1)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.attach = self.add_button(Button(_("Attach"), kind="primary"))
        self.attach.clicked.connect(self._on_attach)

    def _add(self, path: Path, *, several: bool) -> None:
        name = one_line(path.name)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(ElidedText(name, 13, 600))
        role = Field(_("What it shows"), Choice(tuple(attachment_word(one) for one in ROLES)))
        caption = Field(_("Caption"), LineEdit(), _("optional"))
        if several:
            role.control.setAccessibleName(_("What {file} shows").format(file=name))
            caption.control.setAccessibleName(_("Caption of {file}").format(file=name))
        column.addLayout(side_by_side((role, 1), (caption, 2)))
        self.body.addLayout(column)
        self._lines.append((path, role, caption))

    def _on_attach(self) -> None:
        self.chosen.emit(
            tuple((path, ROLES[choice_of(role).currentIndex()], typed(caption)) for path, role, caption in self._lines)
        )
        self.accept()
