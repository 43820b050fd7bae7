"""The office's signing key: how it stands, making or opening it, bringing one, handing its certificate out."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mailroom.errors import MailroomError
from mailroom.services.office_key import KeyState
from mailroom.ui.forms import NoteBox, line_of, typed
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.short_times import day_text


class KeyDialog(Sheet):
    """`unlock_wanted` carries a passphrase, `bring_wanted` the passphrase of a file that is chosen next."""

    unlock_wanted = Signal(str)
    bring_wanted = Signal(str)
    certificate_wanted = Signal()

    def __init__(self, window: QWidget, state: KeyState) -> None:
        super().__init__(
            window, _("Signing key"), _("Papers are signed with it; others check them with its certificate.")
        )
        self.state = Text("", 13, 600, wrap=True)
        self.facts = Text("", 12, 400, "text2", wrap=True, tabular=True)
        self.facts.setWordWrap(True)
        self.passphrase = Field(_("Passphrase"), LineEdit())
        line_of(self.passphrase).setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(self.state)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.passphrase)
        said = _(
            "The passphrase goes to the system’s key store where there is one. Without a store it holds until the "
            "program ends; papers issued without a key are plainly marked as not signed."
        )
        self.body.addWidget(NoteBox(said, "shield"))
        self.certificate = self.add_button(Button(_("Export the certificate …"), "download"))
        self.bring = self.add_button(Button(_("Bring a key …"), "file-import"))
        self.unlock = self.add_button(Button(_("Make the key"), kind="primary"))
        self.certificate.clicked.connect(self.certificate_wanted)
        self.bring.clicked.connect(self._on_bring)
        self.unlock.clicked.connect(self._on_unlock)
        self.show_state(state)

    def show_state(self, state: KeyState) -> None:
        """Say how it stands."""
        if state.open:
            self.state.setText(_("Papers are signed."))
        elif state.there:
            self.state.setText(_("There is a key, and it is locked: papers are issued without a signature."))
        else:
            self.state.setText(_("There is no key yet: papers are issued without a signature."))
        self.state.set_tone("good" if state.open else "warn")
        told = []
        if state.fingerprint and state.until is not None:
            until = day_text(state.until, date.min)
            told = [_("Certificate of {name}, until {day}").format(name=state.name, day=until)]
            told.append(f"SHA-256 {state.fingerprint[:32]} {state.fingerprint[32:]}")
        self.facts.setText("\n".join(told))
        self.facts.setVisible(bool(told))
        self.unlock.setText(_("Unlock the key") if state.there else _("Make the key"))
        self.unlock.setVisible(not state.open)
        self.bring.setVisible(not state.there)
        self.passphrase.setVisible(not state.open)
        self.certificate.setVisible(bool(state.fingerprint))
        if self.isVisible():
            self.restyle()

    def refuse(self, error: MailroomError) -> None:
        """Show what is wrong."""
        self.passphrase.refuse(f"{error_text(error)} {error_remedy(error)}")
        self.restyle()
        self.passphrase.control.setFocus()

    def _on_unlock(self) -> None:
        self.unlock_wanted.emit(typed(self.passphrase))

    def _on_bring(self) -> None:
        self.bring_wanted.emit(typed(self.passphrase))
