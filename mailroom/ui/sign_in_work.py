"""Another operator takes over the window by name and PIN; and the fall back to a clerk's rights after a while."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from mailroom.domain.operator import Operator
from mailroom.domain.sign_in import IDLE, RAISED, Person
from mailroom.errors import MailroomError
from mailroom.ui import app_filters
from mailroom.ui.page import Bench
from mailroom.wording import _
from mailroom.wording.roles import role_word

if TYPE_CHECKING:
    from mailroom.ui.sign_in_dialog import SignInDialog

_TOUCHED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class SignInWork(QObject):
    """Opens the dialog and seats whom it names, in the writer: what was read before is the former operator's."""

    def __init__(self, bench: Bench, window: QWidget) -> None:
        super().__init__(window)
        self._bench = bench
        self._window = window
        self.dialog: SignInDialog | None = None

    def open(self) -> None:
        """Ask who sits here."""
        office = self._bench.office

        def act() -> tuple[tuple[Person, ...], bool]:
            return office.sign_in.people(office.operator), office.sign_in.required(office.operator)

        self._bench.runners.run("reader", act, self._on_read, self._failed)

    def _on_read(self, answer: tuple[tuple[Person, ...], bool]) -> None:
        from mailroom.ui.sign_in_dialog import SignInDialog  # when first asked for only

        people, required = answer
        if self.dialog is not None or not people:
            return
        self.dialog = SignInDialog(self._window, people, self._bench.office.operator.id, required=required)
        self.dialog.wanted.connect(self._on_wanted)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_wanted(self, operator_id: str, pin: str) -> None:
        office = self._bench.office

        def act() -> Operator:
            office.seat.operator = office.sign_in.sit_down(office.operator, operator_id, pin)
            return office.operator

        self._bench.runners.run("writer", act, self._on_seated, self._failed)

    def _on_seated(self, who: Operator) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._bench.routes.operator_changed.emit()
        told = _("{name} sits at this desk from now on, with the rights of: {role}.")
        self._bench.notices.tell(told.format(name=who.name, role=role_word(who.role)), "good")

    def _failed(self, error: BaseException) -> None:
        if self.dialog is not None and isinstance(error, MailroomError):
            self.dialog.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_closed(self) -> None:
        self.dialog = None


class IdleWatch(QObject):
    """Where people sign in, nobody keeps a manager's rights by walking away. It watches only while one sits there."""

    def __init__(self, bench: Bench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._watching = False
        self.timer = QTimer(self)
        self.timer.setInterval(int(IDLE.total_seconds() * 1000))
        self.timer.timeout.connect(self._on_time)
        bench.routes.operator_changed.connect(self.look)
        bench.routes.office_changed.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether keys and mouse are watched."""
        return self._watching

    def look(self) -> None:
        """See whether there are rights to take back, and whether people sign in here."""
        office = self._bench.office
        if office.operator.role not in RAISED:
            self.stop()
            return
        self.timer.start()  # an open office looks again now and then: another desk may have switched it on
        self._bench.runners.run(
            "reader", lambda: office.sign_in.required(office.operator), self._on_looked, self._bench.notices.show
        )

    def stop(self) -> None:
        """Watch no more."""
        self.timer.stop()
        self._watch(on=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key, the mouse or a finger: the time starts anew."""
        if event.type() in _TOUCHED:
            self.timer.start()
        return False

    def _watch(self, *, on: bool) -> None:
        if on == self._watching:
            return
        self._watching = on
        if on:
            app_filters.install(self)
        else:
            app_filters.remove(self)

    def _on_looked(self, required: bool) -> None:
        self._watch(on=required and self._bench.office.operator.role in RAISED)

    def _on_time(self) -> None:
        if not self._watching:
            self.look()
            return
        office = self._bench.office

        def act() -> Operator:
            office.seat.operator = office.sign_in.fall_back(office.operator)
            return office.operator

        self._bench.runners.run("writer", act, self._on_fallen, self._bench.notices.show)

    def _on_fallen(self, who: Operator) -> None:
        self._bench.routes.operator_changed.emit()
        if who.role not in RAISED:
            said = _("Nobody touched anything for five minutes: {name} has a clerk’s rights until the next PIN.")
            self._bench.notices.tell(said.format(name=who.name), "move")
