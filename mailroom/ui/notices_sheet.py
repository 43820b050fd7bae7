"""The office's notices to requesters: which, how often, by which server, in which words."""

import dataclasses

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from mailroom.domain.requesters import FIELDS, MailServer, NoticeSettings, Security
from mailroom.errors import MailroomError
from mailroom.ui.forms import NoteBox, side_by_side
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Area, CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.requester_mails import KIND_WORDS, kind_word, shipped_template

_WAYS = (Security.STARTTLS, Security.TLS, Security.NONE)


class NoticesSheet(Sheet):
    """`changed` carries the settings and a new password, empty for the one there is; `tried` server and password."""

    changed = Signal(object, str)
    tried = Signal(object, str)

    def __init__(self, window: QWidget, settings: NoticeSettings) -> None:
        super().__init__(window, _("Notices to requesters"), _("to the e-mail that stands with a piece"), width=640)
        self._settings = settings
        self._kinds = tuple(KIND_WORDS)
        self._texts = {kind: settings.template(kind) or shipped_template(kind) for kind in self._kinds}
        self._shown = self._kinds[0]
        self.kinds = {kind: CheckBox(kind_word(kind)) for kind in self._kinds}
        self.once = CheckBox(_("One mail a day for a person, with all pieces in it"))
        self.by_itself = CheckBox(_("Send them by themselves while Mailroom is open"))
        self.host, self.port = LineEdit("smtp.example.org"), LineEdit("587")
        self.way = Choice((_("STARTTLS"), _("TLS from the start"), _("None: only on this computer")))
        self.user, self.password = LineEdit(), LineEdit(_("as it is kept now"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.mail_from, self.digest = LineEdit("mailroom@example.org"), LineEdit(_("nobody"))
        self.digest_at = LineEdit(_("only when asked"))
        self.out = LineEdit(_("nobody"))
        self.kind = Choice(tuple(kind_word(kind) for kind in self._kinds))
        self.text = Area(lines=6)
        self.host_field = Field(_("Mail server"), self.host)
        self.digest_field = Field(_("Digest goes to"), self.digest)
        self.at_field = Field(_("Every day from"), self.digest_at, _("such as 08:00"))
        self.out_field = Field(_("Who wants no mails"), self.out, _("addresses, with commas"))
        self.sender_field = Field(_("Sender"), self.mail_from)
        self.port_field = Field(_("Port"), self.port)
        self.password_field = Field(_("Password"), self.password, _("kept by the system"))
        self.text_field = Field(_("Text: subject, empty line, mail"), self.text)
        self._lay_out()
        self._fill()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.tried_out = Text("", 13, 400, "text2", wrap=True)
        self.tried_out.hide()
        self.trying = False
        self.attempt = Button(_("Try the server"))
        self.attempt.setToolTip(_("Sends one mail to the sender’s own address"))
        self.attempt.clicked.connect(self._on_try)
        self._server.addWidget(self.attempt)
        self._server.addWidget(self.tried_out, 1)
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        self.save = self.add_button(Button(_("Save"), kind="primary"))
        self.save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        for place, one in enumerate(self.kinds.values()):
            grid.addWidget(one, place // 2, place % 2)
        self.body.addLayout(grid)
        for one in (self.once, self.by_itself):
            line = QHBoxLayout()
            line.addWidget(one)
            self.body.addLayout(line)
        way, user = Field(_("Encryption"), self.way), Field(_("User"), self.user)
        self.body.addLayout(side_by_side((self.host_field, 3), (self.port_field, 1), (way, 2)))
        self.body.addLayout(side_by_side((user, 1), (self.password_field, 1)))
        self.body.addWidget(self.sender_field)
        self._server = QHBoxLayout()
        self._server.setSpacing(12)
        self.body.addLayout(self._server)
        self.body.addLayout(side_by_side((self.digest_field, 2), (self.at_field, 1)))
        self.body.addWidget(self.out_field)
        self.body.addWidget(Field(_("Mail about"), self.kind))
        self.body.addWidget(self.text_field)
        named = ", ".join(f"{{{one}}}" for one in FIELDS)
        self.body.addWidget(NoteBox(_("Fields that are filled: {fields}").format(fields=named)))

    def _fill(self) -> None:
        settings, server = self._settings, self._settings.server
        for kind, box in self.kinds.items():
            box.setChecked(kind in settings.kinds)
        self.once.setChecked(settings.once_a_day)
        self.by_itself.setChecked(settings.by_itself)
        for line, text in (
            (self.host, server.host),
            (self.port, str(server.port)),
            (self.user, server.user),
            (self.mail_from, server.sender),
            (self.digest, settings.digest),
            (self.digest_at, settings.digest_at),
            (self.out, ", ".join(settings.opted_out)),
        ):
            line.fill(text)
        self.way.setCurrentIndex(_WAYS.index(server.security))
        self.text.setPlainText(self._texts[self._shown])

    def refuse(self, error: MailroomError) -> None:
        """Say what cannot be; the sheet stays."""
        field = self._field_of(error)
        field.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.save.setEnabled(True)
        self.restyle()
        field.control.setFocus()

    def _field_of(self, error: MailroomError) -> Field:
        """The field that an error is about."""
        if error.code == "template_field_unknown":
            return self.text_field
        if error.code == "no_key_store_for_mail":
            return self.password_field
        if error.code == "clock_time_bad":
            return self.at_field
        if error.code == "mail_address_bad":
            typed = ((self.mail_from, self.sender_field), (self.digest, self.digest_field))
            about = error.facts.get("text")
            return next((field for line, field in typed if line.text().strip() == about), self.out_field)
        named = {"template": self.text_field, "port": self.port_field}
        return named.get(str(error.facts.get("name", "")), self.host_field)

    def tell_tried(self, error: MailroomError | None) -> None:
        """How the attempt went."""
        self.trying = False
        told = _("A mail went to {address}.").format(address=self.mail_from.text().strip())
        self.tried_out.setText(told if error is None else f"{error_text(error)} {error_remedy(error)}")
        self.tried_out.set_tone("good" if error is None else "bad")
        self.tried_out.show()
        self.restyle()

    def _on_try(self) -> None:
        if self.trying:
            return
        self.trying = True  # a button that is switched off would lose the keyboard
        self.tried_out.setText(_("Asking the server …"))
        self.tried_out.set_tone("text2")
        self.tried_out.show()
        self.tried.emit(self.server(), self.password.text())

    def server(self) -> MailServer:
        """The server as typed."""
        port = self.port.text().strip()
        return MailServer(
            host=self.host.text().strip(),
            port=int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0,
            security=_WAYS[self.way.currentIndex()],
            user=self.user.text().strip(),
            sender=self.mail_from.text().strip(),
        )

    def wanted(self) -> NoticeSettings:
        """The settings as typed; a text as it ships is not kept."""
        self._texts[self._shown] = self.text.toPlainText()
        own = tuple((kind, text) for kind, text in self._texts.items() if text.strip() != shipped_template(kind))
        return dataclasses.replace(
            self._settings,
            kinds=tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
            once_a_day=self.once.isChecked(),
            by_itself=self.by_itself.isChecked(),
            server=self.server(),
            templates=tuple((kind, text) for kind, text in own if text.strip()),
            opted_out=tuple(sorted({one.strip().lower() for one in self.out.text().split(",") if one.strip()})),
            digest=self.digest.text().strip(),
            digest_at=clock_text(self.digest_at.text()),
        )

    def _on_kind(self, place: int) -> None:
        self._texts[self._shown] = self.text.toPlainText()
        self._shown = self._kinds[place]
        self.text.setPlainText(self._texts[self._shown])

    def _on_save(self) -> None:
        self.save.setEnabled(False)
        self.changed.emit(self.wanted(), self.password.text())


def clock_text(typed: str) -> str:
    """A time of day as it is kept: `8:00`, `8`, `08.00` and `0800` are `08:00`; what is none stays as typed."""
    text = typed.strip().replace(".", ":").replace("h", ":").rstrip(":")
    if text.isdigit() and len(text) in (3, 4):
        text = f"{text[:-2]}:{text[-2:]}"
    hour, _colon, minute = text.partition(":")
    return f"{hour:0>2}:{minute or '00':0>2}" if hour.isdigit() else text
