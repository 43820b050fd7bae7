"""The settings that matter at the start, as one form: used by the card of the first start and by Settings."""

import locale
from zoneinfo import available_timezones

from PySide6.QtWidgets import QGridLayout, QWidget

from mailroom.domain.office import OfficeSettings
from mailroom.ui.parts.fields import CheckBox, Choice, Field, LineEdit
from mailroom.wording import _
from mailroom.wording.countries import countries

PAGE_SIZES = ("Letter", "A4")
CURRENCIES = ("USD", "CAD", "EUR", "GBP", "AUD", "CHF", "MXN", "NZD", "PLN", "SEK")
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "CR", "VE"})


def guessed_country() -> str:
    """The country of the system's language setting; US where it has none."""
    name = (locale.getlocale()[0] or "").partition("_")[2][:2]
    return name if len(name) == 2 and name.isalpha() and name.isupper() else "US"


class OfficeForm(QWidget):
    """Name, office, address, country, zone; page size, currency and sounds too unless it is the short one.

    In the short one the page size follows the country.
    """

    def __init__(self, columns: int = 3, *, short: bool = False) -> None:
        super().__init__()
        self.name = LineEdit(icon="user")
        self.office = LineEdit(_("as printed on papers"))
        self.address = LineEdit(_("Street; city, state and postal code"))
        self.country = Choice(tuple(name for name, _code in countries()))
        self.zone = Choice(tuple(sorted(available_timezones())), editable=True)
        self.page = Choice(PAGE_SIZES)
        self.currency = Choice(CURRENCIES, editable=True)
        self.sounds = CheckBox(_("Sounds after each reading"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        self.name_field = Field(_("Your name"), self.name)
        fields = [
            self.name_field,
            Field(_("Office name"), self.office),
            Field(_("Country"), self.country),
            Field(_("Office address"), self.address),
            Field(_("Time zone"), self.zone),
        ]
        more = [Field(_("Page size"), self.page), Field(_("Currency"), self.currency)]
        if short:
            self.country.activated.connect(self._on_country_chosen)
            for unshown in (*more, self.sounds):
                unshown.setParent(self)  # a widget without a parent might be taken away by another thread
                unshown.hide()
        else:
            fields += more
        for at, one in enumerate(fields):
            grid.addWidget(one, at // columns, at % columns)
        if not short:
            grid.addWidget(self.sounds, len(fields) // columns, len(fields) % columns)
        for at in range(columns):
            grid.setColumnStretch(at, 1)

    def fill(self, name: str, settings: OfficeSettings, zone: str, *, sounds: bool) -> None:
        """Show what holds now."""
        self.name.fill(name)
        self.office.fill(settings.name)
        self.address.fill("; ".join(settings.address))
        self._choose_country(settings.country)
        self.zone.setEditText(settings.zone or zone)
        self.page.setCurrentText(settings.page_size)
        self.currency.setEditText(settings.currency)
        self.sounds.setChecked(sounds)

    def guess(self) -> None:
        """Suggest what fits the computer's country, before anybody chose."""
        country = guessed_country()
        self._choose_country(country)
        self.page.setCurrentText("Letter" if country in _LETTER_COUNTRIES else "A4")

    def changes(self) -> dict[str, object]:
        """The office's settings as typed, by their names."""
        at = self.country.currentIndex()
        return {
            "name": self.office.text().strip(),
            "address": tuple(part.strip() for part in self.address.text().split(";") if part.strip()),
            "country": countries()[at][1] if at >= 0 else "US",
            "zone": self.zone.currentText().strip(),
            "page_size": self.page.currentText(),
            "currency": self.currency.currentText().strip().upper(),
        }

    def _on_country_chosen(self) -> None:
        code = countries()[self.country.currentIndex()][1]
        self.page.setCurrentText("Letter" if code in _LETTER_COUNTRIES else "A4")

    def _choose_country(self, code: str) -> None:
        codes = [one for _name, one in countries()]
        if code in codes:
            self.country.setCurrentIndex(codes.index(code))
