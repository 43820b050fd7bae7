"""The card of the carriers' interfaces in Settings: how things stand with each, in words, and the way to set it up."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mailroom.services.tracking import InterfaceState
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Card
from mailroom.ui.parts.labels import Text, hairline
from mailroom.wording import _, plural
from mailroom.wording.short_times import moment_text
from mailroom.wording.tracking import why_not_words


class CarriersCard(Card):
    """One row an interface. What it shows is read when the page is entered, and after a change."""

    def __init__(self, bench: Bench, page: QWidget) -> None:
        super().__init__(_("Carriers"), _("asked where pieces are"), "truck")
        self._bench, self._page = bench, page
        self.rows: dict[str, tuple[Text, Text, Button]] = {}
        self.states: dict[str, InterfaceState] = {}
        self.sheet: QWidget | None = None
        about = _(
            "With the office's own keys Mailroom asks carriers for events and proof of delivery. "
            "Without them it works as before: events come from files, e-mails or by hand."
        )
        self.body.addWidget(Text(about, 13, 400, "text2", wrap=True))
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(12)
        self._list.setVerticalSpacing(10)
        self._list.setColumnStretch(0, 1)
        self.body.addLayout(self._list)

    def refresh(self) -> None:
        """Read how things stand; in the net thread, since a key store may be slow."""
        office = self._bench.office
        self._bench.runners.run("net", lambda: office.tracking.interfaces(office.operator), self._on_read)

    def open(self, interface_id: str) -> None:
        """Show the sheet of one interface."""
        from mailroom.ui.carrier_sheet import CarrierSheet  # loaded when first wanted

        self.sheet = CarrierSheet(self._bench, self._page.window(), self.states[interface_id])
        self.sheet.finished.connect(self._on_closed)
        self.sheet.open()

    def _on_closed(self, _result: int) -> None:
        self.sheet = None
        self.refresh()

    def _on_read(self, states: tuple[InterfaceState, ...]) -> None:
        now = datetime.now(UTC)
        for at, one in enumerate(states):
            self.states[one.id] = one
            if one.id not in self.rows:
                self._add_row(at, one)
            told, more, _button = self.rows[one.id]
            told.setText(standing(one))
            told.set_tone(_tone(one))
            more.setText(self._more(one, now))
            more.setVisible(bool(more.text()))

    def _add_row(self, at: int, one: InterfaceState) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(one.name, 13, 600))
        told, more = Text("", 13, 400, "text2", wrap=True), Text("", 12, 400, "text3", wrap=True)
        words.addWidget(told)
        words.addWidget(more)
        button = Button(_("Set up …"), "settings")
        button.setAccessibleName(_("Set up {carrier}").format(carrier=one.name))
        button.clicked.connect(partial(self.open, one.id))
        if at:
            self._list.addWidget(hairline(), 2 * at - 1, 0, 1, 2)
        self._list.addLayout(words, 2 * at, 0)
        self._list.addWidget(button, 2 * at, 1)
        self.rows[one.id] = (told, more, button)

    def _more(self, one: InterfaceState, now: datetime) -> str:
        """Last contact, budget, what waits, what it may not tell."""
        state, zone = one.state, self._bench.zone
        today, parts = now.astimezone(zone).date(), []
        if state.asked_at is not None:
            parts.append(_("last asked {moment}").format(moment=moment_text(state.asked_at, zone, today)))
        if one.left_hour is not None and one.settings.enabled:
            parts.append(plural("{n} call left this hour", "{n} calls left this hour", one.left_hour))
        if one.left_day is not None and one.settings.enabled:
            parts.append(plural("{n} call left today", "{n} calls left today", one.left_day))
        if one.due:
            parts.append(plural("{n} piece due", "{n} pieces due", one.due))
        if one.later:
            parts.append(plural("{n} piece waiting", "{n} pieces waiting", one.later))
        if one.refused:
            parts.append(plural("{n} piece it may not tell about", "{n} pieces it may not tell about", one.refused))
        if state.retry_at is not None and state.retry_at > now:
            parts.append(_("next try {moment}").format(moment=moment_text(state.retry_at, zone, today)))
        return " · ".join(parts)


def standing(one: InterfaceState) -> str:
    """How things stand with an interface, in a sentence or two."""
    from mailroom.domain.tracking import Outcome
    from mailroom.wording.tracking import outcome_words

    if one.why_not in ("off", "no_keys"):
        return why_not_words(one.why_not)
    state = one.state
    if state.outcome and (one.why_not == "stopped" or state.failures):
        return outcome_words(Outcome(state.outcome), state.reason, state.words)
    if one.why_not:
        return why_not_words(one.why_not)
    return _("Ready.") if state.answered_at is None else _("It answers.")


def _tone(one: InterfaceState) -> str:
    if one.why_not in ("off", "quiet", "hour_full", "day_full"):
        return "text2"
    if one.why_not in ("no_keys", "stopped") or one.state.failures:
        return "warn"
    return "good"
