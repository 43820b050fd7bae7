"""Settings: the office's own, and this desk's looks and sounds."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from mailroom.domain.office import OfficeSettings
from mailroom.errors import MailroomError
from mailroom.ui import theme
from mailroom.ui.actions import Action
from mailroom.ui.address_book_sheet import AddressBookOpener, AddressBookSheet
from mailroom.ui.backup_card import BackupCard
from mailroom.ui.bench_settings import BenchSettings
from mailroom.ui.carriers_card import CarriersCard
from mailroom.ui.devices_card import DevicesCard
from mailroom.ui.notices_card import NoticesCard
from mailroom.ui.office_carriers import OfficeCarriers
from mailroom.ui.office_form import OfficeForm
from mailroom.ui.page import Bench, Page
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import CheckBox, Choice, Field
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.page_head import PageHead
from mailroom.ui.people_card import PeopleCard
from mailroom.ui.threshold_work import ThresholdWork
from mailroom.wording import _

_THEMES = ("system", "light", "dark")
_SIZES = (100, 115, 130)


class SettingsPage(Page):
    """The office's settings are saved with a button and kept with history; the desk's hold at once."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, PageHead(_("Settings")))
        self.form = OfficeForm(columns=2)
        self.form.sounds.hide()
        self._shown: dict[str, object] | None = None  # what stood in the office's card when it was filled
        self.carriers = OfficeCarriers()
        self.backup = BackupCard(bench)
        self.theme = Choice((_("As the system"), _("Light"), _("Dark")))
        self.text_size = Choice(tuple(f"{one} %" for one in _SIZES))
        self.sounds = CheckBox(_("Sounds after each reading"))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.motion = CheckBox(_("Less motion: no flash on a reading"))
        self.devices = DevicesCard(bench)
        self.book = Button(_("Open the address book"), "users")
        self.book.clicked.connect(self.open_address_book)
        self._book = AddressBookOpener(bench, self)
        self.interfaces = CarriersCard(bench, self)
        self.notices = NoticesCard(bench, self)
        self.days = ThresholdWork(bench, self)
        self.days_button = Button(_("Set …"), "adjustments")
        self.days_button.setAccessibleName(_("Set when alerts speak"))
        self.days_button.clicked.connect(self.days.ask)
        self.bench_card = BenchSettings(bench)
        self.people = PeopleCard(bench, self)
        self.save = Button(_("Save"), kind="primary")
        self.save.clicked.connect(self._on_save)
        self._lay_out()
        self._show_desk()
        self.theme.currentIndexChanged.connect(self._on_looks_changed)
        self.text_size.currentIndexChanged.connect(self._on_looks_changed)
        self.sounds.toggled.connect(self._on_sounds_toggled)
        self.motion.toggled.connect(self._on_motion_toggled)
        self.volume.sliderReleased.connect(self._on_volume_changed)
        self.volume.actionTriggered.connect(self._on_volume_action)
        bench.desk.changed.connect(self._show_desk)

    def actions_offered(self) -> Iterable[Action]:
        """What Find can start here."""
        return (
            Action("settings.book", _("Address book"), "users", self.open_address_book, ""),
            Action("settings.commands", _("Print command bar codes"), "printer", self.bench_card.print_commands, ""),
        )

    def open_address_book(self) -> None:
        """Show the address book."""
        self._book.open()

    @property
    def address_book(self) -> AddressBookSheet | None:
        """The address book where it is open."""
        return self._book.sheet

    def entered(self) -> None:
        """Read the office's settings afresh, and look at what is plugged in."""
        self.devices.refresh()
        self.interfaces.refresh()
        self.notices.refresh()
        self.people.refresh()
        office = self.bench.office

        def act() -> tuple[OfficeSettings, tuple[str, ...]]:
            return office.settings.office(office.operator), office.settings.usual_carriers(office.operator)

        self.bench.runners.run("reader", act, self._on_settings, self._on_failed)

    # within

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        office = Card(_("The office"), _("printed on papers; kept with history"), "building")
        office.body.addWidget(self.form)
        office.body.addWidget(self.carriers)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        office.body.addLayout(row)
        column.addWidget(office)
        kept = _("People and companies that mail goes to. A whole address is kept when a piece is recorded.")
        book = Card(_("Address book"), _("offered while a recipient is typed"), "users")
        column.addWidget(_pointer(book, kept, self.book))
        column.addWidget(self.people)
        column.addWidget(self.interfaces)
        days = _("After how many days of silence, in customs or at a counter a piece comes to Attention.")
        alerts = Card(_("When alerts speak"), _("for the whole office; kept with history"), "bell")
        column.addWidget(_pointer(alerts, days, self.days_button))
        column.addWidget(self.notices)
        desk = Card(_("This desk"), _("holds at once"), "device-desktop")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.addWidget(Field(_("Colours"), self.theme), 0, 0)
        grid.addWidget(Field(_("Text size"), self.text_size), 0, 1)
        grid.addWidget(self.sounds, 1, 0)
        grid.addWidget(Field(_("Volume"), self.volume), 1, 1)
        grid.addWidget(self.motion, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        desk.body.addLayout(grid)
        column.addWidget(desk)
        column.addWidget(self.devices)
        column.addWidget(self.bench_card)
        column.addWidget(self.backup)
        place = Text(
            _("Everything is kept in {folder}").format(folder=self.bench.desk.profile.folder),
            12,
            400,
            "text3",
            wrap=True,
        ).selectable()
        column.addWidget(place)
        column.addStretch(1)
        inner.setMaximumWidth(theme.px(860))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _show_desk(self) -> None:
        desk = self.bench.desk.settings
        for box in (self.theme, self.text_size, self.sounds, self.motion, self.volume):
            box.blockSignals(True)
        self.theme.setCurrentIndex(_THEMES.index(desk.theme))
        self.text_size.setCurrentIndex(_SIZES.index(desk.text_size))
        self.sounds.setChecked(desk.sounds)
        self.motion.setChecked(desk.reduced_motion)
        self.volume.setValue(desk.volume)
        self.volume.setEnabled(desk.sounds)
        for box in (self.theme, self.text_size, self.sounds, self.motion, self.volume):
            box.blockSignals(False)
            box.update()

    def _on_settings(self, answer: tuple[OfficeSettings, tuple[str, ...]]) -> None:
        if self._shown is not None and self._shown != self._typed():
            return  # somebody is in the middle of it: another page was looked at, or a reading asked
        settings, usual = answer
        office, desk = self.bench.office, self.bench.desk.settings
        name = desk.operator or office.operator.name
        self.form.fill(name, settings, office.settings.zone_name(), sounds=desk.sounds)
        self.carriers.fill(settings.carriers, usual)
        self._shown = self._typed()

    def _typed(self) -> dict[str, object]:
        return self.form.changes() | {"operator": self.form.name.text(), "carriers": self.carriers.chosen}

    def _on_save(self) -> None:
        office, changes = self.bench.office, self.form.changes() | {"carriers": self.carriers.chosen}
        self.bench.runners.run(
            "writer", lambda: office.settings.change_office(office.operator, **changes), self._on_saved, self._on_failed
        )

    def _on_saved(self, _settings: OfficeSettings) -> None:
        name = " ".join(self.form.name.text().split())
        renamed = bool(name) and name != (self.bench.desk.settings.operator or self.bench.office.operator.name)
        if renamed:
            self.bench.desk.change(operator=name)
        self._shown = None
        self.entered()  # another country has other usual carriers
        self.bench.notices.tell(_("Saved. Your name is used from the next start.") if renamed else _("Saved."))
        self.bench.routes.office_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, MailroomError):
            self.bench.notices.show(error)
        else:
            self.bench.runners.failed.emit(error)

    def _on_looks_changed(self) -> None:
        chosen, size = _THEMES[self.theme.currentIndex()], _SIZES[self.text_size.currentIndex()]
        self.bench.desk.change(theme=chosen, text_size=size)
        theme.change(chosen, size)

    def _on_sounds_toggled(self, on: bool) -> None:
        self.bench.desk.change(sounds=on)

    def _on_motion_toggled(self, on: bool) -> None:
        self.bench.desk.change(reduced_motion=on)

    def _on_volume_changed(self) -> None:
        self.bench.desk.change(volume=self.volume.sliderPosition())

    def _on_volume_action(self, _action: int) -> None:
        if not self.volume.isSliderDown():
            self.bench.desk.change(volume=self.volume.sliderPosition())


def _pointer(card: Card, text: str, button: Button) -> Card:
    """A card that says what stands elsewhere, with the way there."""
    line = QHBoxLayout()
    line.addWidget(Text(text, 13, 400, "text2", wrap=True), 1)
    line.addWidget(button)
    card.body.addLayout(line)
    return card
