"""What is shown of an imprint marks what is not certain; words for handling are offered once each."""

from datetime import date

from mailroom.domain.indicium import Indicium
from mailroom.domain.money import Money
from mailroom.wording.handling import handling_words
from mailroom.wording.imprints import imprint_facts


def test_an_imprint_says_what_is_not_certain() -> None:
    ibi = Indicium("IBI", "PB1A7654321", None, Money(690), date(2026, 11, 19), ("piece", "postage"), "k")
    assert dict(imprint_facts(ibi)) == {
        "Kind": "IBI",
        "Meter": "PB1A7654321",
        "Imprint number": "not known for certain",
        "Postage": "0.690 USD (unconfirmed)",
        "Day": "2026-11-19",
    }
    lite = Indicium("IBI-Lite", "123456", 4711, Money(690))
    assert dict(imprint_facts(lite)) == {
        "Kind": "IBI-Lite",
        "Meter": "123456",
        "Imprint number": "4711",
        "Postage": "0.690 USD",
    }


def test_words_for_handling_are_all_different() -> None:
    assert len(set(handling_words())) == len(handling_words()) > 5
