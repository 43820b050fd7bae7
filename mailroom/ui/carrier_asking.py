"""The button that asks a carrier about the shown piece now, and what is said about the answer."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from mailroom.domain.status import Status
from mailroom.domain.tracking import Outcome
from mailroom.errors import MailroomError
from mailroom.services.polling import Asked
from mailroom.ui.page import Bench
from mailroom.wording import _, plural
from mailroom.wording.short_times import moment_text
from mailroom.wording.statuses import status_word
from mailroom.wording.tracking import outcome_words


class CarrierAsking(QObject):
    """One question at a time."""

    def __init__(self, bench: Bench, parent: QObject, button: QWidget) -> None:
        super().__init__(parent)
        self._bench, self._button = bench, button
        self._asking = False
        self._link = ""

    def ask(self, shipment_id: str) -> None:
        """Ask about one piece; the timeline shows what is new as soon as it is on record."""
        if self._asking or not shipment_id:
            return
        self._set_asking(on=True)
        office, write = self._bench.office, self._bench.runners.write
        self._bench.runners.run(
            "net",
            lambda: office.tracking.ask(office.operator, (shipment_id,), write),
            self._on_asked,
            self._on_failed,
        )

    def _on_asked(self, found: tuple[Asked, ...]) -> None:
        self._set_asking(on=False)
        for one in found:
            words = asked_words(one, self._bench.zone)
            good = one.outcome is Outcome.FOUND
            self._link = "" if good else one.link
            if self._link:
                self._bench.notices.tell(words, "warn", _("Open the carrier's page"), self._on_link)
            else:
                self._bench.notices.tell(words, "good" if good else "warn")

    def _on_link(self) -> None:
        QDesktopServices.openUrl(QUrl(self._link))

    def _set_asking(self, *, on: bool) -> None:
        self._asking = on
        self._button.setEnabled(not on)

    def _on_failed(self, error: BaseException) -> None:
        self._set_asking(on=False)
        if isinstance(error, MailroomError):
            self._bench.notices.show(error)
        else:
            self._bench.runners.failed.emit(error)


def asked_words(one: Asked, zone: tzinfo) -> str:
    """What became of asking, in a sentence or two; moments in the office's zone."""
    if one.outcome is Outcome.FOUND:
        told = plural("{n} new event.", "{n} new events.", one.added)
        parts = [_("The carrier answered:"), told]
        if one.status is not Status.UNKNOWN:
            parts.append(status_word(one.status) + ".")
        if one.proofs:
            parts.append(plural("{n} proof of delivery was kept.", "{n} proofs of delivery were kept.", one.proofs))
        if one.others:
            parts.append(
                plural("{n} older piece has this number, too.", "{n} older pieces have this number, too.", one.others)
            )
        if one.unplaced:
            parts.append(
                plural(
                    "{n} event has no time that can be read.", "{n} events have no time that can be read.", one.unplaced
                )
            )
        return " ".join(parts)
    again = "" if one.retry_at is None else moment_text(one.retry_at, zone, datetime.now(zone).date())
    return outcome_words(one.outcome, one.reason, one.words, again)
