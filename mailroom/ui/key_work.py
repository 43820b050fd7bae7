"""What the key's sheet asks for: made, opened, brought or handed out off the GUI thread."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mailroom.errors import MailroomError
from mailroom.services.office_key import KeyState
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.key_dialog import KeyDialog
from mailroom.ui.page import Bench
from mailroom.ui.saving import write_whole
from mailroom.wording import _
from mailroom.wording.plain import one_line


class KeyWork(QObject):
    """One sheet at a time; what was done is said at the foot of the page."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = bench, page
        self._dialog: KeyDialog | None = None
        self._passphrase = ""
        self._keys = FileChoice(bench.desk, page, self._on_key_chosen)
        self._targets = FileChoice(bench.desk, page, self._on_target_chosen)

    def ask(self) -> None:
        """Show how it stands with the key."""
        office = self._bench.office
        self._bench.runners.run(
            "work", lambda: office.papers.key_state(office.operator), self._on_state, self._bench.notices.show
        )

    def _on_state(self, state: KeyState) -> None:
        if self._dialog is not None:
            self._dialog.show_state(state)
            return
        self._dialog = dialog = KeyDialog(self._page.window(), state)
        dialog.unlock_wanted.connect(self._on_unlock)
        dialog.bring_wanted.connect(self._on_bring)
        dialog.certificate_wanted.connect(self._on_certificate)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_unlock(self, passphrase: str) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "work", lambda: office.papers.unlock_key(office.operator, passphrase), self._on_state, self._on_failed
        )

    def _on_bring(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._keys.open(_("Choose the key"), _("Keys (*.p12 *.pfx);;All files (*)"))

    def _on_key_chosen(self, files: tuple[Path, ...]) -> None:
        self.bring(files[0], self._passphrase)

    def bring(self, path: Path, passphrase: str) -> None:
        """Take a key made elsewhere."""
        office = self._bench.office

        def take() -> KeyState:
            from mailroom.services.attachments import read_regular_file

            office.papers.bring_key(office.operator, read_regular_file(path), passphrase)
            return office.papers.unlock_key(office.operator, passphrase)

        self._bench.runners.run("work", take, self._on_state, self._on_failed)

    def _on_certificate(self) -> None:
        self._targets.save(_("Save the certificate"), _("Certificates (*.pem)"), "office-certificate.pem")

    def _on_target_chosen(self, files: tuple[Path, ...]) -> None:
        office = self._bench.office

        def write() -> Path:
            return write_whole(files[0], office.papers.certificate(office.operator))

        self._bench.runners.run("work", write, self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self._bench.notices.tell(_("Saved as {file}").format(file=one_line(path.name)))

    def _on_failed(self, error: BaseException) -> None:
        if self._dialog is not None and isinstance(error, MailroomError):
            self._dialog.refuse(error)
            return
        self._bench.notices.show(error)
