"""One carrier's interface: on or off, keys, address, time-out, proxy; and a trial that says what it answered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from mailroom.errors import MailroomError
from mailroom.services.tracking import InterfaceState, Tried
from mailroom.ui.page import Bench
from mailroom.ui.parts.buttons import Button
from mailroom.ui.parts.card import Inset
from mailroom.ui.parts.fields import CheckBox, Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.ui.parts.notices import announce
from mailroom.ui.parts.sheet import Sheet
from mailroom.wording import _, plural
from mailroom.wording.errors import error_remedy, error_text
from mailroom.wording.tracking import answer_words, key_label

_SECRET_WORDS = ("secret", "api_key")
_MOST_CALLS = 100_000  # in an hour, as services look at it


class CarrierSheet(Sheet):
    """Shows what is set; keys that are kept are never shown, an empty field leaves them as they are."""

    def __init__(self, bench: Bench, window: QWidget, state: InterfaceState) -> None:
        super().__init__(window, state.name, _("Every office asks with keys of its own."))
        self._bench, self._state = bench, state
        settings = state.settings
        self.enabled = CheckBox(_("Ask {carrier} where pieces are").format(carrier=state.name))
        self.enabled.setChecked(settings.enabled)
        self.keys = {name: LineEdit(_placeholder(state, name)) for name in state.key_names}
        for name, line in self.keys.items():
            if any(word in name for word in _SECRET_WORDS):
                line.setEchoMode(QLineEdit.EchoMode.Password)
        self.address = LineEdit()
        self.address.fill(settings.address)
        self.timeout = LineEdit(unit=_("seconds"))
        self.timeout.fill(str(settings.timeout))
        self.per_hour = LineEdit(_("no limit"))
        self.per_hour.fill(str(settings.per_hour) if settings.per_hour else "")
        self.proxy = LineEdit(_("none"))
        self.proxy.fill(settings.proxy)
        self.batch = CheckBox(_("Ask about several numbers in one call (version 3.2)"))
        self.batch.setChecked(settings.batch)
        self.number = LineEdit(_("a number that the carrier knows"))
        self.trial = Button(_("Try"), "send")
        self.said = Text(_("A trial asks with what is typed here. It keeps none of it."), 13, 400, "text2", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setAccessibleName(_("What the carrier answered"))
        self._fields = {
            "timeout": Field(_("Give up after"), self.timeout),
            "address": Field(_("Base address"), self.address),
            "per_hour": Field(_("Calls in an hour at most"), self.per_hour),
        }
        self._lay_out()
        self.trial.clicked.connect(self._on_trial)
        self.enter_presses(self.number, self.trial)

    def _lay_out(self) -> None:
        if self._state.third_party:
            third = _("A third party: it learns the numbers of your pieces and asks the carriers itself.")
            self.body.addWidget(Text(third, 13, 400, "text2", wrap=True))
        self.body.addWidget(self.enabled)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        fields = [Field(key_label(name), line) for name, line in self.keys.items()]
        fields += [
            self._fields["address"],
            Field(_("Proxy"), self.proxy, _("as http://host:port")),
            self._fields["timeout"],
            self._fields["per_hour"],
        ]
        for at, one in enumerate(fields):
            grid.addWidget(one, at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        if self._state.can_batch:
            self.body.addWidget(self.batch)
        box = Inset()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Field(_("Try it with a number"), self.number), 1)
        row.addWidget(self.trial, 0, Qt.AlignmentFlag.AlignBottom)
        box.body.addLayout(row)
        box.body.addWidget(self.said)
        self.body.addWidget(box)
        self._make_room()
        self.body.addStretch(1)
        self.note.setText(_("Keys go into the system's key store, never into a file."))
        cancel = self.add_button(Button(_("Cancel")))
        cancel.clicked.connect(self.reject)
        save = self.add_button(Button(_("Save"), kind="primary"))
        save.clicked.connect(self._on_save)

    def restyle(self) -> None:
        """Take the new text size."""
        self._make_room()
        super().restyle()

    # within

    def _make_room(self) -> None:
        """For two lines of answer, so that nothing moves when it comes."""
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())

    def _changes(self) -> dict[str, object] | None:
        """The settings as typed; none where a number cannot be read, which is said at its field."""
        for field in self._fields.values():
            field.accept()
        timeout, calls = self.timeout.text().strip(), self.per_hour.text().strip()
        if not (timeout.isascii() and timeout.isdigit() and len(timeout) < 4 and 1 <= int(timeout) <= 120):
            self._fields["timeout"].refuse(_("Whole seconds, from 1 to 120."))
            return None
        if calls and not (calls.isascii() and calls.isdigit() and len(calls) < 7 and int(calls) <= _MOST_CALLS):
            self._fields["per_hour"].refuse(_("A whole number up to 100,000, or nothing for no limit."))
            return None
        return {
            "enabled": self.enabled.isChecked(),
            "address": self.address.text().strip(),
            "timeout": int(timeout),
            "proxy": self.proxy.text().strip(),
            "batch": self.batch.isChecked(),
            "per_hour": int(calls or 0),
        }

    def _typed_keys(self) -> dict[str, str]:
        return {name: line.text().strip() for name, line in self.keys.items() if line.text().strip()}

    def _on_save(self) -> None:
        """Keys first, in the net thread: a key store may be slow; then the settings."""
        changes = self._changes()
        if changes is None:
            return
        office, state, write, given = self._bench.office, self._state, self._bench.runners.write, self._typed_keys()

        def keep() -> None:
            for name, value in given.items():
                office.tracking.keep_key(office.operator, state.id, name, value, write)
            write(lambda: office.tracking.change(office.operator, state.id, **changes))

        self._bench.runners.run("net", keep, self._on_kept, self._on_failed)

    def _on_kept(self, _nothing: None) -> None:
        self.accept()

    def _on_trial(self) -> None:
        """Ask with what is typed here, and keep none of it."""
        number = "".join(self.number.text().split())
        if not number:
            self.number.setFocus()
            return
        changes = self._changes()
        if changes is None:
            return
        self._tell(_("Asking …"), "text2")
        office, state, given = self._bench.office, self._state, self._typed_keys()
        changes = {name: value for name, value in changes.items() if value != getattr(state.settings, name)}

        def ask() -> Tried:
            return office.tracking.try_out(office.operator, state.id, number, changes, given)

        self._bench.runners.run("net", ask, self._on_tried, self._on_failed)

    def _on_tried(self, tried: Tried) -> None:
        words = answer_words(tried.answer)
        if tried.answer.outcome.value == "Found":
            events = len(tried.answer.events)
            words = plural("{n} event was read.", "{n} events were read.", events)
        if tried.http_status:
            words = _("HTTP {status}: {words}").format(status=tried.http_status, words=words)
        self._tell(words, "good" if tried.answer.outcome.value == "Found" else "warn")

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, MailroomError):
            self._bench.runners.failed.emit(error)
            return
        if error.code == "carrier_address_bad":
            self._fields["address"].refuse(error_text(error))
            self._tell("", "text2")
            return
        self._tell(f"{error_text(error)} {error_remedy(error)}", "bad")

    def _tell(self, words: str, tone: str) -> None:
        self.said.setText(words)
        self.said.set_tone(tone)
        announce(self, words)


def _placeholder(state: InterfaceState, name: str) -> str:
    if name in state.keys_given:
        return _("kept; type to change it")
    return "" if name in state.optional_keys else _("from the carrier's developer page")
