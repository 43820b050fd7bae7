"""The address book: found while typing, added to, edited, emptied, filled from a table."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from mailroom.domain.contacts import Contact
from mailroom.domain.shipment import Party
from mailroom.errors import MailroomError
from mailroom.services.address_book import ContactsImported
from mailroom.ui import theme
from mailroom.ui.contact_dialog import ContactDialog
from mailroom.ui.contact_pick import contact_line
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.sheet import Sheet
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text

_WIDTH = 760  # px at 100 %
_SETTLE = 150  # ms after a key before the book is asked
_MOST = 200  # entries shown at once; a search finds the rest
_TOLD = 3  # refused lines that are named
_CONTACT = int(Qt.ItemDataRole.UserRole)


class AddressBookSheet(Sheet):
    """Shows entries; everything it changes goes through the writer."""

    def __init__(self, bench: Bench, window: QWidget, home: str) -> None:
        super().__init__(window, _("Address book"), "", _WIDTH)
        self._bench = bench
        self._home = home
        self._task: Task | None = None
        self.dialog: ContactDialog | None = None
        self.search = LineEdit(_("Name, company, street or town"), "search")
        self.list = QListWidget()
        self.list.setAccessibleName(_("Entries of the address book"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(max(160, window.height() - theme.px(340)))
        theme.set_font(self.list, 13)
        self.nothing = Text(_("No entry yet. Add one, or import a table."), 13, 400, "text2", wrap=True)
        self.add = Button(_("Add"), "plus")
        self.edit = Button(_("Edit"), "pencil")
        self.remove = Button(_("Remove"), "trash", "danger")
        self.load = Button(_("Import …"), "file-import")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.add, self.edit, self.remove, self.load):
            row.addWidget(button)
        row.addStretch(1)
        for one in (Field(_("Search"), self.search), self.nothing, self.list):
            self.body.addWidget(one)
        self.body.addLayout(row)
        done = self.add_button(Button(_("Done"), kind="primary"))
        done.clicked.connect(self.accept)
        self.enter_presses(self.search, None)
        self._choice = FileChoice(bench.desk, self, self.import_files)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._timer.start)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(self._on_edit)
        self.add.clicked.connect(self._on_add)
        self.edit.clicked.connect(self._on_edit)
        self.remove.clicked.connect(self._on_remove)
        self.load.clicked.connect(self._on_load)
        self._on_row()
        self.refresh()

    def refresh(self) -> None:
        """Ask the book again."""
        text, office = self.search.text().strip(), self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: (text, office.address_book.find(office.operator, text, _MOST)),
            self._on_found,
            self._on_failed,
        )

    def done(self, result: int) -> None:
        """Stop an import under way; what was added so far stays."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    # showing

    def _on_found(self, answer: tuple[str, tuple[Contact, ...]]) -> None:
        text, found = answer
        if text != self.search.text().strip():
            return
        at = self.list.currentRow()
        self.list.clear()
        for contact in found:
            item = QListWidgetItem(contact_line(contact.party))
            item.setData(_CONTACT, contact)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(at, 0), len(found) - 1))
        self.nothing.setText(_("Nobody is called that.") if text else _("No entry yet. Add one, or import a table."))
        self.nothing.setVisible(not found)
        self._on_row()

    def _on_row(self) -> None:
        for button in (self.edit, self.remove):
            button.setEnabled(self.list.currentItem() is not None)

    def _chosen(self) -> Contact | None:
        item = self.list.currentItem()
        contact = item.data(_CONTACT) if item is not None else None
        return contact if isinstance(contact, Contact) else None

    # changing

    def _on_add(self) -> None:
        self._ask(None)

    def _on_edit(self) -> None:
        contact = self._chosen()
        if contact is not None:
            self._ask(contact)

    def _ask(self, contact: Contact | None) -> None:
        self.dialog = ContactDialog(self._window, self._home, contact)
        self.dialog.saved.connect(self._on_typed)
        self.dialog.finished.connect(self._on_dialog_closed)
        self.dialog.open()

    def _on_typed(self, party: Party, email: str, note: str) -> None:
        office, old = self._bench.office, self.dialog.contact if self.dialog else None

        def act() -> Contact:
            if old is None:
                return office.address_book.add(office.operator, party, email, note)
            changed = Contact(old.id, party, email, note, old.uses, old.used_at, old.version)
            return office.address_book.change(office.operator, changed)

        self._bench.runners.run("writer", act, self._on_kept, self._on_failed)

    def _on_kept(self, _contact: Contact) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._tell(_("Saved."))
        self.refresh()

    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def _on_remove(self) -> None:
        contact, office = self._chosen(), self._bench.office
        if contact is not None:
            act = partial(office.address_book.remove, office.operator, contact.id)
            self._bench.runners.run("writer", act, self._on_removed, self._on_failed)

    def _on_removed(self, _nothing: object) -> None:
        self._tell(_("Removed. What was sent to it stays on record."))
        self.refresh()

    # importing

    def _on_load(self) -> None:
        self._choice.open(_("Import a table"), _("Tables (*.csv *.xlsx)"))

    def import_files(self, files: tuple[Path, ...]) -> None:
        """Add the entries of a table."""
        office, runners, path = self._bench.office, self._bench.runners, files[0]
        task = self._task = Task()
        self.load.disable(_("A table is being read"))
        self._tell(_("Reading {name} …").format(name=path.name))

        def act() -> ContactsImported:
            return office.address_book.import_file(office.operator, path, cancelled=task.cancelled, write=runners.write)

        runners.run("work", act, self._on_imported, self._on_failed, task)

    def _on_imported(self, result: ContactsImported) -> None:
        self._task = None
        self.load.enable()
        parts = [
            plural("{n} entry added", "{n} entries added", result.added),
            _("{n} known already").format(n=result.known) if result.known else "",
            plural("{n} line refused", "{n} lines refused", len(result.refused)) if result.refused else "",
        ]
        self._tell(", ".join(part for part in parts if part), "warn" if result.refused else "good")
        for line, reason in result.refused[:_TOLD]:
            text = _("Line {line}: {reason}").format(line=line, reason=error_text(reason))
            self._bench.notices.tell(text, "warn")
        self.refresh()

    # within

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        self.load.enable()
        if not isinstance(error, MailroomError):
            self._bench.runners.failed.emit(error)
        elif self.dialog is not None:
            self.dialog.refuse(error)
        else:
            self._tell(f"{error_text(error)} {error_remedy(error)}".strip(), "bad")

    def _tell(self, text: str, tone: str = "good") -> None:
        self.note.setText(text)
        self.note.set_tone(tone)
        announce(self, text)


class AddressBookOpener(QObject):
    """Opens the sheet once the office's country is known."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page
        self.sheet: AddressBookSheet | None = None

    def open(self) -> None:
        """Show the address book over the window."""
        office = self._bench.office
        self._bench.runners.run(
            "reader",
            lambda: office.settings.office(office.operator).country,
            self._on_country,
            self._bench.notices.show,
        )

    def _on_country(self, country: str) -> None:
        if self.sheet is None:
            self.sheet = AddressBookSheet(self._bench, self._page.window(), country)
            self.sheet.finished.connect(self._on_closed)
            self.sheet.open()

    def _on_closed(self) -> None:
        self.sheet = None
