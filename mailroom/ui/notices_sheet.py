"""The office's notices to requesters: which, how often, by which server, in which words."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from mailroom.domain.requesters import FIELDS, MailServer, NoticeSettings, Security
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, side_by_side
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.requester_mails import KIND_WORDS, kind_word, shipped_template

_WAYS = (Security.STARTTLS, Security.TLS, Security.NONE)


class NoticesSheet(Sheet):
    """`changed` carries the settings and a new password, empty for the one there is."""

    changed = Signal(object, str)

    def __init__(self, window: QWidget, settings: NoticeSettings) -> None:
        super().__init__(window, _("Notices to requesters"), _("to the e-mail that stands with a piece"), width=640)
        self._settings = settings
        self._kinds = tuple(KIND_WORDS)
        self._texts = {kind: settings.template(kind) or shipped_template(kind) for kind in self._kinds}
        self._shown = self._kinds[0]
        self.kinds = {kind: CheckBox(kind_word(kind)) for kind in self._kinds}
        self.once = CheckBox(_("One mail a day for a person, with all pieces in it"))
        self.host, self.port = LineEdit("smtp.example.org"), LineEdit("587")
        self.way = Choice((_("STARTTLS"), _("TLS from the start"), _("None: only on this computer")))
        self.user, self.password = LineEdit(), LineEdit(_("as it is kept now"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.mail_from, self.digest = LineEdit("mailroom@example.org"), LineEdit(_("nobody"))
        self.out = LineEdit(_("nobody"))
        self.kind = Choice(tuple(kind_word(kind) for kind in self._kinds))
        self.text = Area(lines=6)
        self.host_field = Field(_("Mail server"), self.host)
        self.text_field = Field(_("Text: subject, empty line, mail"), self.text)
        self._lay_out()
        self._fill()
        self.kind.currentIndexChanged.connect(self._on_kind)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for place, one in enumerate(self.kinds.values()):
            grid.addWidget(one, place // 2, place % 2)
        self.body.addLayout(grid)
        once = QHBoxLayout()
        once.addWidget(self.once)
        self.body.addLayout(once)
        way, user = Field(_("Encryption"), self.way), Field(_("User"), self.user)
        self.body.addLayout(side_by_side((self.host_field, 3), (Field(_("Port"), self.port), 1), (way, 2)))
        secret = Field(_("Password"), self.password, _("kept by the system"))
        self.body.addLayout(side_by_side((user, 1), (secret, 1)))
        sender, digest = Field(_("Sender"), self.mail_from), Field(_("Daily digest goes to"), self.digest)
        self.body.addLayout(side_by_side((sender, 1), (digest, 1)))
        self.body.addWidget(Field(_("Who wants no mails"), self.out, _("addresses, with commas")))
        self.body.addWidget(Field(_("Mail about"), self.kind))
        self.body.addWidget(self.text_field)
        named = ", ".join(f"{{{one}}}" for one in FIELDS)
        self.body.addWidget(NoteBox(_("Fields that are filled: {fields}").format(fields=named)))

    def _fill(self) -> None:
        settings, server = self._settings, self._settings.server
        for kind, box in self.kinds.items():
            box.setChecked(kind in settings.kinds)
        self.once.setChecked(settings.once_a_day)
        for line, text in (
            (self.host, server.host),
            (self.port, str(server.port)),
            (self.user, server.user),
            (self.mail_from, server.sender),
            (self.digest, settings.digest),
            (self.out, ", ".join(settings.opted_out)),
        ):
            line.fill(text)
        self.way.setCurrentIndex(_WAYS.index(server.security))
        self.text.setPlainText(self._texts[self._shown])

    def refuse(self, error: MailroomError) -> None:
        """Say what cannot be; the sheet stays."""
        field = self.text_field if error.code == "template_field_unknown" else self.host_field
        field.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.save.setEnabled(True)
        self.restyle()
        field.control.setFocus()

    def wanted(self) -> NoticeSettings:
        """The settings as typed; a text as it ships is not kept."""
        self._texts[self._shown] = self.text.toPlainText()
        port = self.port.text().strip()
        server = MailServer(
            host=self.host.text().strip(),
            port=int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0,
            security=_WAYS[self.way.currentIndex()],
            user=self.user.text().strip(),
            sender=self.mail_from.text().strip(),
        )
        own = tuple((kind, text) for kind, text in self._texts.items() if text.strip() != shipped_template(kind))
        return dataclasses.replace(
            self._settings,
            kinds=tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
            once_a_day=self.once.isChecked(),
            server=server,
            templates=tuple((kind, text) for kind, text in own if text.strip()),
            opted_out=tuple(sorted({one.strip().lower() for one in self.out.text().split(",") if one.strip()})),
            digest=self.digest.text().strip(),
        )

    def _on_kind(self, place: int) -> None:
        self._texts[self._shown] = self.text.toPlainText()
        self._shown = self._kinds[place]
        self.text.setPlainText(self._texts[self._shown])

    def _on_save(self) -> None:
        self.save.setEnabled(False)
        self.changed.emit(self.wanted(), self.password.text())
