"""City, region, postal code and country under a street, labelled as the country calls them, with hints below."""

import dataclasses

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import Party
from mailroom.services.addresses import address_form, check_address, known_country
from mailroom.services.piece_checks import LONGEST_TEXT
from mailroom.ui.parts.fields import Field, LineEdit
from mailroom.ui.parts.labels import Text
from mailroom.wording import _
from mailroom.wording.address_words import code_word, region_word
from mailroom.wording.reasons import reason_text

_SETTLE = 250  # ms after a key before the address is looked at


class AddressHints(Text):
    """What an address lacks, one sentence a line; hidden where nothing is missing. It never holds anything up."""

    def __init__(self) -> None:
        super().__init__("", 12, 500, "warn", wrap=True)
        self.setAccessibleName(_("Hints"))
        self.hide()

    def show_reasons(self, reasons: tuple[Reason, ...]) -> None:
        """Show these reasons."""
        text = "\n".join(reason_text(one) for one in reasons)
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(_("Hints: {hints}").format(hints=text.replace("\n", "; ")) if text else _("Hints"))
            self.setVisible(bool(text))


class AddressLines(QWidget):
    """The four parts below the street. `settled` follows a moment after the last key in any of them."""

    settled = Signal()
    left = Signal()  # an input was left

    def __init__(self, *, long_country: bool = False) -> None:
        super().__init__()
        self._home = "US"
        self.city, self.region, self.postal_code = LineEdit(), LineEdit(), LineEdit()
        self.country = LineEdit(self._home)
        country = _("Country, two letters") if long_country else _("Country")
        self.fields = {
            "city": Field(_("City"), self.city),
            "region": Field(region_word("state"), self.region),
            "postal_code": Field(code_word("zip"), self.postal_code),
            "country": Field(country, self.country),
        }
        self.country.setToolTip(_("Two letters, such as US or CA"))
        self.grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        for at, field in enumerate(self.fields.values()):
            grid.addWidget(field, at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self._on_settled)
        for line in self.lines:
            line.setMaxLength(LONGEST_TEXT)
            self.watch(line)
        self._shown = "US"

    @property
    def lines(self) -> tuple[LineEdit, ...]:
        """The four inputs."""
        return (self.city, self.region, self.postal_code, self.country)

    @property
    def home(self) -> str:
        """The office's country."""
        return self._home

    def watch(self, line: QLineEdit) -> None:
        """Look at the address when this line changes too."""
        line.textChanged.connect(self._timer.start)
        line.editingFinished.connect(self.left)

    def set_home(self, country: str) -> None:
        """The office's own country, which an address without one is taken to be in."""
        self._home = country
        self.country.setPlaceholderText(country)
        self._relabel()

    def show_party(self, party: Party) -> None:
        """Fill the inputs."""
        for name in self.fields:
            line = getattr(self, name)
            if not line.property("refused"):
                line.fill(getattr(party, name))
        self._relabel()

    def forget(self) -> None:
        """Empty the inputs."""
        for name, field in self.fields.items():
            getattr(self, name).clear()
            field.accept()
        self._relabel()

    def read(self, party: Party) -> Party:
        """The party with what is typed; a country that is none is marked and left as it was."""
        country = self.country.text().strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            self.fields["country"].refuse(_("Type two letters, such as US or CA."))
            country = party.country
        else:
            self.fields["country"].accept()
        return dataclasses.replace(
            party,
            city=self.city.text().strip(),
            region=self.region.text().strip(),
            postal_code=self.postal_code.text().strip(),
            country=country,
        )

    def reasons(self, party: Party) -> tuple[Reason, ...]:
        """What this address lacks."""
        return check_address(party, self._home)

    def abroad(self) -> bool:
        """Whether a country other than the office's own is typed."""
        country = self.country.text().strip().upper()
        return bool(country) and country != self._home and known_country(country)

    # within

    def _on_settled(self) -> None:
        self._relabel()
        self.settled.emit()

    def _relabel(self) -> None:
        typed = self.country.text().strip().upper()
        country = typed if known_country(typed) else self._home
        if country == self._shown:
            return
        self._shown = country
        if not known_country(country):
            return
        form = address_form(country)
        for field, control, word in (
            (self.fields["region"], self.region, region_word(form.region_kind)),
            (self.fields["postal_code"], self.postal_code, code_word(form.postal_code_kind)),
        ):
            field.label.setText(word)
            control.setAccessibleName(word)
