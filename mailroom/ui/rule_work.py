"""Looking at a carrier's rule and changing it, off the GUI thread."""

from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mailroom.domain.claims import ClaimRule, RuleChange
from mailroom.errors import MailroomError
from mailroom.ui.page import Bench
from mailroom.ui.rule_sheet import RuleSheet
from mailroom.wording import _


class RuleWork(QObject):
    """One sheet at a time; `changed` is told when a rule was put on record."""

    changed = Signal()

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._page = bench, page
        self.sheet: RuleSheet | None = None

    def ask(self, rule: ClaimRule) -> None:
        """Show a rule with its history."""
        office = self._bench.office

        def read() -> tuple[ClaimRule, tuple[RuleChange, ...], date]:
            return rule, office.rules.history(office.operator, rule.id), office.claims.today()

        self._bench.runners.run("reader", read, self._on_read, self._bench.notices.show)

    def _on_read(self, answer: tuple[ClaimRule, tuple[RuleChange, ...], date]) -> None:
        self.sheet = RuleSheet(self._page.window(), *answer)
        self.sheet.changed.connect(self._on_changed)
        self.sheet.withdrawn.connect(self._on_withdrawn)
        self.sheet.finished.connect(self._on_closed)
        self.sheet.open()

    def _on_changed(self, rule: ClaimRule, note: str) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "writer", lambda: office.rules.change(office.operator, rule, note), self._on_done, self._on_refused
        )

    def _on_withdrawn(self, rule_id: str) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "writer", lambda: office.rules.withdraw(office.operator, rule_id), self._on_done, self._on_refused
        )

    def _on_done(self, _answer: object) -> None:
        if self.sheet is not None:
            self.sheet.accept()
        self._bench.notices.tell(_("The rule is changed; every clock follows it."))
        self.changed.emit()

    def _on_refused(self, error: BaseException) -> None:
        if self.sheet is not None and isinstance(error, MailroomError) and error.code.startswith("rule_"):
            self.sheet.refuse(error)
        else:
            self._bench.notices.show(error)

    def _on_closed(self) -> None:
        self.sheet = None
