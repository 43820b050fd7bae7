"""The card of Settings for what goes out by itself: notices to requesters, the digest, alerts on the desktop."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mailroom.domain.requesters import MailServer, NoticeSettings
from mailroom.errors import MailroomError
from mailroom.services.digest import Form
from mailroom.services.mail_rounds import MailStanding
from mailroom.services.requesters import Sent
from mailroom.ui.desktop_alerts import available
from mailroom.ui.file_choice import FileChoice
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.fields import CheckBox
from mailroom.ui.parts.labels import Text
from mailroom.ui.saving import write_whole
from mailroom.wording import _, plural
from mailroom.wording.errors import error_text
from mailroom.wording.short_times import moment_text

if TYPE_CHECKING:
    from mailroom.ui.notices_sheet import NoticesSheet


class NoticesCard(Card):
    """Set up, send or save what is due, make the digest; one thing at a time."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(_("Notices and digest"), _("mails to those who had a piece sent"), "mail")
        self._bench = bench
        self._page = page
        self.sheet: NoticesSheet | None = None
        self.set_up = Button(_("Set up notices"))
        self.send = Button(_("Send what is due"), "send")
        self.drafts = Button(_("Save as drafts"))
        self.digest = Button(_("Digest of today"), "list-details")
        self.alerts = CheckBox(_("Show new urgent alerts on the desktop"))
        self.alerts.setChecked(bench.desk.settings.desktop_alerts)
        self._drafts = FileChoice(bench.desk, self, self._on_folder)
        self._digest = FileChoice(bench.desk, self, self._on_digest_chosen)
        told = _("Delivered, in trouble, waiting to be fetched, coming back: once for each piece, on its timeline.")
        self.body.addWidget(Text(told, 13, 400, "text2", wrap=True))
        self.standing = Text("", 13, 400, "text2", wrap=True)
        self.standing.hide()
        self.body.addWidget(self.standing)
        line = QHBoxLayout()
        for one in (self.set_up, self.send, self.drafts, self.digest):
            line.addWidget(one)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.alerts)
        self.no_place = Text(_("This desktop shows no messages of programs: the window’s title tells them."), 12, 400)
        if available():
            self.no_place.hide()  # never shown here: before the card has a parent that would be a window of its own
        self.body.addWidget(self.no_place)
        self.set_up.clicked.connect(self._on_set_up)
        self.send.clicked.connect(self._on_send)
        self.drafts.clicked.connect(self._on_drafts)
        self.digest.clicked.connect(self._on_digest)
        self.alerts.toggled.connect(self._on_alerts)

    def refresh(self) -> None:
        """Say what goes out by itself, and how it went."""
        office = self._bench.office
        self._bench.runners.run("reader", lambda: office.mail_rounds.standing(office.operator), self._on_standing)

    def _on_standing(self, found: MailStanding) -> None:
        self.standing.setText(standing_text(found, self._bench.zone, datetime.now(UTC)))
        self.standing.set_tone("warn" if found.trouble else "text2")
        self.standing.setVisible(bool(self.standing.text()))

    # setting up

    def _on_set_up(self) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "reader", lambda: office.requesters.settings(office.operator), self._on_read, self._failed
        )

    def _on_read(self, settings: NoticeSettings) -> None:
        from mailroom.ui.notices_sheet import NoticesSheet  # when first asked for only

        self.sheet = NoticesSheet(self._page.window(), settings)
        self.sheet.changed.connect(self._on_changed)
        self.sheet.tried.connect(self._on_tried)
        self.sheet.finished.connect(self._on_closed)
        self.sheet.open()

    def _on_changed(self, wanted: NoticeSettings, password: str) -> None:
        office, runners = self._bench.office, self._bench.runners

        def act() -> NoticeSettings:  # a key store may ask a person first: nothing else may wait for that
            return office.requesters.change(office.operator, wanted, password, runners.write)

        runners.run("net", act, self._on_kept, self._not_kept)

    def _on_tried(self, server: MailServer, password: str) -> None:
        office = self._bench.office
        self._bench.runners.run(
            "net", lambda: office.requesters.try_server(office.operator, server, password), self._on_answer, self._on_no
        )

    def _on_answer(self, _none: None) -> None:
        if self.sheet is not None:
            self.sheet.tell_tried(None)

    def _on_no(self, error: BaseException) -> None:
        if self.sheet is not None and isinstance(error, MailroomError):
            self.sheet.tell_tried(error)
        else:
            self._failed(error)

    def _on_kept(self, _settings: NoticeSettings) -> None:
        if self.sheet is not None:
            self.sheet.accept()
        self._bench.notices.tell(_("Saved."))
        self.refresh()

    def _not_kept(self, error: BaseException) -> None:
        if self.sheet is not None and isinstance(error, MailroomError):
            self.sheet.refuse(error)
        else:
            self._failed(error)

    def _on_closed(self) -> None:
        self.sheet = None

    # sending

    def _on_send(self) -> None:
        self.send.setEnabled(False)
        office, runners = self._bench.office, self._bench.runners
        runners.run(
            "net", lambda: office.requesters.send_due(office.operator, runners.write), self._on_sent, self._not_sent
        )

    def _on_sent(self, done: Sent) -> None:
        self.send.setEnabled(True)
        for trouble in done.refused[:3]:
            self._bench.notices.show(trouble)
        if not done.sent and not done.refused:
            self._bench.notices.tell(_("Nothing is due."))
        elif done.sent:
            self._bench.notices.tell(plural("{n} mail sent", "{n} mails sent", done.sent))
        self.refresh()

    def _not_sent(self, error: BaseException) -> None:
        self.send.setEnabled(True)
        self._failed(error)

    def _on_drafts(self) -> None:
        self._drafts.folder(_("Where the drafts go"))

    def _on_folder(self, files: tuple[Path, ...]) -> None:
        office, runners, folder = self._bench.office, self._bench.runners, files[0]

        def act() -> int:
            return office.requesters.take_drafts(
                office.operator, lambda name, data: write_whole(folder / name, data), runners.write
            )

        runners.run("work", act, self._on_drafted, self._failed)

    def _on_drafted(self, count: int) -> None:
        told = plural("{n} draft saved", "{n} drafts saved", count) if count else _("Nothing is due.")
        self._bench.notices.tell(told)

    # the digest

    def _on_digest(self) -> None:
        self._digest.save(_("Digest of today"), f"{_('Paper')} (*.pdf);;{_('Mail draft')} (*.eml)", "digest.pdf")

    def _on_digest_chosen(self, files: tuple[Path, ...]) -> None:
        office, runners, path = self._bench.office, self._bench.runners, files[0]
        form = Form.MAIL if path.suffix.lower() == ".eml" else Form.PDF

        def act() -> int:
            made = office.digest.make(office.operator, form, write=runners.write)
            write_whole(path, made.data)
            return made.alerts

        runners.run("work", act, self._on_digest_made, self._failed)

    def _on_digest_made(self, alerts: int) -> None:
        self._bench.notices.tell(plural("Digest saved: {n} alert", "Digest saved: {n} alerts", alerts))

    # this desk

    def _on_alerts(self, on: bool) -> None:
        self._bench.desk.change(desktop_alerts=on)

    def _failed(self, error: BaseException) -> None:
        self._bench.notices.show(error)


def standing_text(found: MailStanding, zone: tzinfo, now: datetime) -> str:
    """What goes out by itself, and how the last round went; empty where nothing does."""
    if not (found.notices or found.digest):
        return ""
    both = _("Notices and the digest go out by themselves.")
    one = _("Notices go out by themselves.") if found.notices else _("The digest goes out by itself.")
    parts, today = [both if found.notices and found.digest else one], now.astimezone(zone).date()
    if found.trouble is not None:
        parts.append(error_text(found.trouble))
        if found.retry_at is not None and found.retry_at > now:
            parts.append(_("Next try {moment}.").format(moment=moment_text(found.retry_at, zone, today)))
    elif found.tried_at is not None and not found.failures:
        parts.append(_("Last sent {moment}.").format(moment=moment_text(found.tried_at, zone, today)))
    return " ".join(parts)
