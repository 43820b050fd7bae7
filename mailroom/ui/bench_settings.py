"""The card of Settings about the bench: scanner, sounds and flash, sheets of command bar codes and badges."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from mailroom.capture.keyboards import LAYOUTS
from mailroom.capture.wedge_teaching import TEACHING
from mailroom.errors import MailroomError
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import CheckBox, Choice, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.wedge_settings import LAYOUT_NAMES, setup_of, setup_words, shown, unshown
from mailroom.wording import _

if TYPE_CHECKING:
    from mailroom.ui.badges_sheet import BadgesSheet
    from mailroom.ui.teach_sheet import TeachSheet

_CAPS = ("", "letters", "all")


class BenchSettings(Card):
    """Everything holds at once; sheets are drawn in the work thread and written where the user says."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(_("The bench"), _("scanner and command bar codes"), "barcode")
        self._bench = bench
        self._pdf = b""
        self.teach_sheet: TeachSheet | None = None
        self.badges_sheet: BadgesSheet | None = None
        self._save = FileChoice(bench.desk, self, self.write)
        self.words = Text("", 13, 400, "text2", wrap=True)
        self.teach = Button(_("Teach this scanner"), "scan")
        self.layout_choice = Choice(tuple(_(LAYOUT_NAMES[one]) for one in LAYOUTS))
        self.caps = Choice((_("off"), _("on: letters"), _("on: letters and digits")))
        self.prefix, self.suffix = LineEdit(_("none")), LineEdit(_("none"))
        self.aim = CheckBox(_("It sends AIM identifiers: take them off"))
        self.flash = CheckBox(_("Flash the window’s frame with each reading, for those who do not hear"))
        self.commands = Button(_("Print command bar codes"), "printer")
        self.badges = Button(_("Print badges"), "user")
        self._lay_out()
        self._show()
        self._connect()

    def write(self, paths: tuple[Path, ...]) -> None:
        """Write the sheet that was drawn last."""
        pdf, path = self._pdf, paths[0]
        self._bench.runners.run("work", lambda: _written(path, pdf), self._on_written, self._on_failed)

    # within

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.words, 1)
        top.addWidget(self.teach)
        self.body.addLayout(top)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.addWidget(Field(_("Keyboard layout"), self.layout_choice), 0, 0)
        grid.addWidget(Field(_("Caps Lock"), self.caps), 0, 1)
        grid.addWidget(Field(_("Prefix"), self.prefix, _("as it is typed")), 1, 0)
        grid.addWidget(Field(_("Suffix"), self.suffix, _("as it is typed")), 1, 1)
        grid.addWidget(self.aim, 2, 0, 1, 2)
        grid.addWidget(self.flash, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        about = _("Bar codes that open and close runs, choose departments, take back: the mouse is not needed.")
        row.addWidget(Text(about, 13, 400, "text2", wrap=True), 1)
        row.addWidget(self.commands)
        row.addWidget(self.badges)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.teach.clicked.connect(self._on_teach)
        self.layout_choice.currentIndexChanged.connect(self._on_chosen)
        self.caps.currentIndexChanged.connect(self._on_chosen)
        self.aim.toggled.connect(self._on_chosen)
        self.prefix.editingFinished.connect(self._on_chosen)
        self.suffix.editingFinished.connect(self._on_chosen)
        self.flash.toggled.connect(self._on_flash)
        self.commands.clicked.connect(self.print_commands)
        self.badges.clicked.connect(self._on_badges)
        self._bench.desk.changed.connect(self._show)

    def _show(self) -> None:
        settings = self._bench.desk.settings
        boxes = (self.layout_choice, self.caps, self.prefix, self.suffix, self.aim, self.flash)
        for box in boxes:
            box.blockSignals(True)
        setup = setup_of(settings)
        self.words.setText(setup_words(setup))
        self.layout_choice.setCurrentIndex(tuple(LAYOUTS).index(setup.layout))
        self.caps.setCurrentIndex(_CAPS.index(setup.caps.value))
        for line, text in ((self.prefix, setup.prefix), (self.suffix, setup.suffix)):
            if not line.hasFocus():
                line.fill(shown(text))
        self.aim.setChecked(setup.aim)
        self.flash.setChecked(settings.flash)
        for box in boxes:
            box.blockSignals(False)
            box.update()

    def _on_chosen(self) -> None:
        settings = self._bench.desk.settings
        changes: dict[str, object] = {
            "wedge_layout": tuple(LAYOUTS)[self.layout_choice.currentIndex()],
            "wedge_caps": _CAPS[self.caps.currentIndex()],
            "wedge_prefix": unshown(self.prefix.text()),
            "wedge_suffix": unshown(self.suffix.text()),
            "wedge_aim": self.aim.isChecked(),
        }
        if any(getattr(settings, name) != value for name, value in changes.items()):
            self._bench.desk.change(**changes)

    def _on_flash(self, on: bool) -> None:
        self._bench.desk.change(flash=on)

    # sheets

    def _on_teach(self) -> None:
        from mailroom.ui.teach_sheet import TeachSheet

        self.teach_sheet = TeachSheet(self._bench, self.window())
        self.teach_sheet.print_wanted.connect(self._on_print_teaching)
        self.teach_sheet.finished.connect(self._on_teach_closed)
        self.teach_sheet.open()

    def _on_teach_closed(self) -> None:
        self.teach_sheet = None

    def _on_print_teaching(self) -> None:
        office = self._bench.office
        self._draw(lambda: office.command_codes.scanner_sheet(office.operator, TEACHING), "scanner.pdf")

    def print_commands(self) -> None:
        """Have the sheet of command bar codes drawn, then ask where it goes."""
        office = self._bench.office
        self._draw(lambda: office.command_codes.sheet(office.operator), "commands.pdf")

    def _on_badges(self) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.command_codes.people(office.operator), self._on_people, self._on_failed
        )

    def _on_people(self, people: tuple[object, ...]) -> None:
        from mailroom.ui.badges_sheet import BadgesSheet

        self.badges_sheet = BadgesSheet(self.window(), people)
        self.badges_sheet.chosen.connect(self._on_badges_chosen)
        self.badges_sheet.open()

    def _on_badges_chosen(self, ids: tuple[str, ...]) -> None:
        office = self._bench.office
        self._draw(lambda: office.command_codes.issue_badges(office.operator, ids), "badges.pdf")

    def _draw(self, act: Callable[[], bytes], name: str) -> None:
        self._name = name
        self._bench.runners.run("writer", act, self._on_drawn, self._on_failed)

    def _on_drawn(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._save.save(_("Where the sheet goes"), "PDF (*.pdf)", self._name)
        self._bench.routes.office_changed.emit()  # new commands are known from now on

    def _on_written(self, path: Path) -> None:
        self._bench.notices.tell(_("Written: {file}").format(file=str(path)), "good")

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, MailroomError):
            self._bench.notices.show(error)
        else:
            self._bench.runners.failed.emit(error)


def _written(path: Path, pdf: bytes) -> Path:
    try:
        path.write_bytes(pdf)
    except OSError as trouble:
        raise MailroomError("output_unwritable", path=str(path), why=trouble.strerror or "") from trouble
    return path
