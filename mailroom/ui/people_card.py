"""The card of Settings about operators: the list, and whether they sign in with a PIN."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailroom.domain.sign_in import Person
from mailroom.errors import MailroomError
from mailroom.services.office import Office
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import CheckBox
from mailroom.ui.parts.labels import Text
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.ui.people_sheet import PeopleSheet


class PeopleCard(Card):
    """Holds at once and for every desk of the office; only an administrator changes it."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(_("Operators"), _("who works here"), "users")
        self._bench = bench
        self._page = page
        self.sheet: PeopleSheet | None = None
        self.required = CheckBox(_("Operators sign in with a PIN"))
        self.people = Button(_("Open the list of operators"), "user")
        told = _(
            "A badge or a name alone then gives a clerk’s rights; the PIN gives a manager’s or an administrator’s."
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Text(told, 13, 400, "text2", wrap=True), 1)
        line.addWidget(self.people)
        self.body.addLayout(line)
        self.body.addWidget(self.required)
        self.required.clicked.connect(self._on_required)
        self.people.clicked.connect(self._on_people)

    def refresh(self) -> None:
        """Read afresh whether people sign in."""
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.sign_in.required(office.operator), self.required.setChecked, self._failed
        )

    # signing in

    def _on_required(self, on: bool) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "writer", lambda: office.sign_in.require(office.operator, on=on), self._on_kept, self._not_kept
        )

    def _on_kept(self, _answer: None) -> None:
        self._bench.routes.office_changed.emit()

    def _not_kept(self, error: BaseException) -> None:
        self.refresh()
        self._failed(error)

    # the list

    def _on_people(self) -> None:
        office = self._bench.office
        self._bench.runners.run("reader", lambda: office.people.all(office.operator), self._on_read, self._failed)

    def _on_read(self, people: tuple[Person, ...]) -> None:
        from mailroom.ui.people_sheet import PeopleSheet  # when first asked for only

        if self.sheet is not None:
            self.sheet.show_people(people)
            return
        self.sheet = PeopleSheet(self._page.window(), people)
        self.sheet.wanted.connect(self._on_wanted)
        self.sheet.finished.connect(self._on_closed)
        self.sheet.open()

    def _on_wanted(self, change: Callable[[Office], object]) -> None:
        office = self._bench.office

        def act() -> tuple[Person, ...]:
            change(office)
            return office.people.all(office.operator)

        self._bench.runners.run("writer", act, self._on_changed, self._failed)

    def _on_changed(self, people: tuple[Person, ...]) -> None:
        if self.sheet is not None:
            self.sheet.name.clear()
            self.sheet.show_people(people)

    def _on_closed(self) -> None:
        self.sheet = None

    def _failed(self, error: BaseException) -> None:
        if self.sheet is not None and isinstance(error, MailroomError):
            self.sheet.refuse(error)
        else:
            self._bench.notices.show(error)
