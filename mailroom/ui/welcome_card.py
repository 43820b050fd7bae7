"""The card of the first start: five settings that matter, none of them needed to begin."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from mailroom.domain.office import OfficeSettings
from mailroom.ui.office_form import OfficeForm
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.labels import Text
from mailroom.wording import _

_SHOWN_AFTER = 400  # ms


class WelcomeCard(Card):
    """Offers the settings once; `closed` when it was saved or put away. Nothing waits for it.

    It shows itself a moment after the start: a first reading may come before it.
    """

    closed = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__(_("Welcome to Mailroom"), _("You can start right away and set this later"), "mail")
        self._bench = bench
        self._form: OfficeForm | None = None
        self.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Text(_("Everything stays on this computer"), 12, 400, "text3"))
        row.addStretch(1)
        self.later = Button(_("Not now"), kind="ghost", small=True)
        self.later.clicked.connect(self._on_later)
        self.save = Button(_("Save"), kind="plain", small=True)
        self.save.clicked.connect(self._on_save)
        row.addWidget(self.later)
        row.addWidget(self.save)
        self.body.addLayout(row)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_AFTER)
        self._soon.timeout.connect(self._ask)
        self._soon.start()

    @property
    def form(self) -> OfficeForm:
        """The settings to fill in."""
        if self._form is None:
            self._form = OfficeForm(short=True)
            self.body.insertWidget(self.body.count() - 1, self._form)
        return self._form

    def _ask(self) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.settings.office(office.operator), self._on_settings, self._on_failed
        )

    def _on_settings(self, settings: OfficeSettings) -> None:
        office, desk = self._bench.office, self._bench.desk.settings
        self.form.fill(desk.operator or office.operator.name, settings, office.settings.zone_name(), sounds=desk.sounds)
        if settings == OfficeSettings():
            self.form.guess()
        self.show()

    def _on_save(self) -> None:
        office, changes = self._bench.office, self.form.changes()
        self._bench.runners.run(
            "writer", lambda: office.settings.change_office(office.operator, **changes), self._on_saved, self._on_failed
        )

    def _on_saved(self, _settings: OfficeSettings) -> None:
        name = " ".join(self.form.name.text().split())
        changes: dict[str, object] = {"sounds": self.form.sounds.isChecked(), "welcome_done": True}
        if name and name != self._bench.office.operator.name:
            changes["operator"] = name
            self._bench.notices.tell(_("Saved. Your name is used from the next start."), "good")
        self._bench.desk.change(**changes)
        self._bench.routes.office_changed.emit()
        self.closed.emit()

    def _on_later(self) -> None:
        self._bench.desk.change(welcome_done=True)
        self.closed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._bench.notices.show(error)
