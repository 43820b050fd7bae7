"""The card of Settings that writes the whole record to one file."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from mailroom.services.safety import BackupFacts
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.labels import Text
from mailroom.ui.progress_strip import ProgressStrip
from mailroom.ui.runners import Task
from mailroom.wording import _, plural
from mailroom.wording.plain import one_line


class BackupCard(Card):
    """One backup at a time, while others go on recording; its end is told in a notice."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(_("Backup"), _("one file, read back before it counts"), "device-floppy")
        self._bench = bench
        self._choice = FileChoice(bench.desk, self, self._on_chosen)
        self.write = Button(_("Back up now"))
        self.write.clicked.connect(self.choose)
        self.strip = ProgressStrip()
        line = QHBoxLayout()
        kept = _(
            "Record, papers, pictures and settings. Keep it on another disk. "
            "“mailroom restore” puts it back where there is no record."
        )
        line.addWidget(Text(kept, 13, 400, "text2", wrap=True), 1)
        line.addWidget(self.write)
        self.body.addLayout(line)
        self.body.addWidget(self.strip)

    def choose(self) -> None:
        """Ask where it goes."""
        self._choice.save(_("Back up now"), f"{_('Backup')} (*.zip)", "mailroom-backup.zip")

    def _on_chosen(self, files: tuple[Path, ...]) -> None:
        if self.strip.busy:
            return
        target, office, strip = files[0], self._bench.office, self.strip
        stop, lane = Task(), Task()
        strip.start(_("Writing {file}").format(file=one_line(target.name)), stop)

        def act() -> BackupFacts | None:
            return office.safety.back_up(
                office.operator,
                target,
                progress=strip.report,
                cancelled=lambda: stop.cancelled() or lane.cancelled(),
            )

        self._bench.runners.run("work", act, self._on_done, self._on_failed, lane)

    def _on_done(self, facts: BackupFacts | None) -> None:
        self.strip.finish()
        if facts is None:
            self._bench.notices.tell(_("Backup stopped. No file was written."), "move")
            return
        shipments = plural("{n} shipment", "{n} shipments", facts.shipments)
        text = _("{file} holds the whole record: {shipments}.")
        self._bench.notices.tell(text.format(file=one_line(facts.path.name), shipments=shipments))

    def _on_failed(self, error: BaseException) -> None:
        self.strip.finish()
        self._bench.notices.show(error)
