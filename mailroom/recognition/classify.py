"""What a payload is when it is no tracking number: routing code, product, text. Each answer carries its reason."""

import re

from mailroom.domain.bench_codes import HEAD, looks_like_bench_code, parse_bench_code
from mailroom.domain.numbers import OWN_PREFIX, is_label_number
from mailroom.domain.reading import Symbology
from mailroom.domain.recognition import Destination, PayloadKind, Reason
from mailroom.recognition import check_digits
from mailroom.recognition.countries import ALPHA2_OF, COUNTRIES
from mailroom.recognition.formats import SEPARATOR
from mailroom.recognition.scanner_text import ScannerText

Verdict = tuple[PayloadKind, Reason, Destination]

_NOWHERE = Destination()
_PRODUCT = (PayloadKind.PRODUCT, Reason("product_code"), _NOWHERE)
_GTIN_LENGTHS = (8, 12, 13, 14)
_PRODUCT_SYMBOLOGIES = frozenset({Symbology.EAN13, Symbology.EAN8, Symbology.UPCA})
_SHORT_ITF = 16  # digits; shorter ITF is a carton code, or a piece cut out of a longer one by the decoder

_DHL_ROUTING = re.compile(r"2L([A-Z]{2})([0-9A-Z]{0,12}?)(?:\+[0-9A-Z+]*)?")
_CANADIAN = re.compile(r"[A-Z][0-9][A-Z][0-9][A-Z][0-9]")
_IMB_BARS = re.compile(r"[ADTF]{65}")
_DIGITAL_LINK = re.compile(r"https?://[^/\s]+(?:/[^?#\s]*)?/01/([0-9]{8,14})(?![0-9])", re.IGNORECASE)
_ISBN = re.compile(r"ISBN(?:1[03]:)?:?([0-9]{9}[0-9X]|[0-9]{13})")
_ISBN_GROUPS = re.compile(r"[0-9]{1,5}-[0-9]{1,7}-[0-9]{1,6}-[0-9Xx]")  # printed so on books alone
_TEXTS = (
    (re.compile(r"BEGIN:VCARD|MECARD:|BIZCARD:", re.IGNORECASE), "text_contact"),
    (re.compile(r"WIFI:", re.IGNORECASE), "text_wifi"),
    # Lengths as RFC 5321 allows them; without bounds a long row of dots would take quadratic time.
    (re.compile(r"mailto:|smtp:|MATMSG:|[^\s@:/]{1,64}@[^\s@:/]{1,255}$", re.IGNORECASE), "text_mail"),
    (re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)\S", re.IGNORECASE), "text_link"),
    (re.compile(r"MR:", re.IGNORECASE), "text_bench_code"),
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_gtin(text: str) -> bool:
    """Whether the digits are a product number with its check digit right: GTIN-8, 12 (UPC-A), 13 (EAN), 14."""
    return (
        len(text) in _GTIN_LENGTHS
        and text.isascii()
        and text.isdigit()
        and bool(text.strip("0"))
        and check_digits.gs1(text[:-1]) == text[-1]
    )


def is_container(text: str) -> bool:
    """Whether the 18 digits are a container's number (SSCC) with its check digit right."""
    return text.isdigit() and bool(text.strip("0")) and check_digits.gs1(text[:-1]) == text[-1]


def by_symbology(scanned: ScannerText) -> Verdict | None:
    """What the kind of bar code alone says: EAN and UPC are products, a short ITF no shipment, an IMb a letter's."""
    symbology = scanned.symbology
    if symbology is None or symbology is Symbology.CODE128:
        return None
    if symbology in _PRODUCT_SYMBOLOGIES:
        return _PRODUCT
    if symbology is Symbology.ITF and len(scanned.text) < _SHORT_ITF:
        if is_gtin(scanned.text):
            return _PRODUCT
        return PayloadKind.UNKNOWN, Reason("itf_fragment"), _NOWHERE
    if symbology is Symbology.IMB:
        return _imb(scanned.text)
    return None


def _imb(text: str) -> Verdict:
    """An Intelligent Mail barcode: 20 digits of tracking data, then 0, 5, 9 or 11 digits of ZIP (USPS-B-3200)."""
    postal_code = text[20:29] if text.isascii() and text.isdigit() and len(text) in (25, 29, 31) else ""
    destination = Destination(postal_code, "US") if postal_code else _NOWHERE
    return PayloadKind.ROUTING, Reason("letter_barcode"), destination


def own_label(scanned: ScannerText) -> Verdict | None:
    """The number of a label of our own, printed for a piece that has no carrier's number."""
    if scanned.text[:2] != OWN_PREFIX or not is_label_number(scanned.text):
        return None
    return PayloadKind.TEXT, Reason("own_label", (("number", scanned.plain.upper()),)), _NOWHERE


def bench_code(scanned: ScannerText) -> Verdict | None:
    """A bar code that steers the bench, or a badge; never a number, also where a letter was misread."""
    if HEAD not in scanned.text[:3]:
        return None
    code = parse_bench_code(scanned.text) or parse_bench_code(scanned.text[1:])  # behind a scanner's own letter
    if code is not None:
        return PayloadKind.TEXT, Reason("bench_code", (("kind", code.kind.value),)), _NOWHERE
    if looks_like_bench_code(scanned.text):
        return PayloadKind.TEXT, Reason("bench_code_misread"), _NOWHERE
    return None


def routing(scanned: ScannerText) -> Verdict | None:
    """A code that only says where the piece goes, or which container it is."""
    text = scanned.text
    head = text[:2]
    if head == "42" and text[2:3] in ("0", "1"):
        return _postal_code(text)
    if head == "00" and len(text) == 20 and text.isascii() and text.isdigit():
        if is_container(text[2:]):
            return PayloadKind.ROUTING, Reason("container_code"), _NOWHERE
        return None
    if head == "2L":
        found = _DHL_ROUTING.fullmatch(text)
        if found and found[1] in COUNTRIES:
            return PayloadKind.ROUTING, Reason("routing_code"), Destination(found[2], found[1])
        return None
    if len(text) == 65 and _IMB_BARS.fullmatch(text):
        return PayloadKind.ROUTING, Reason("letter_barcode"), _NOWHERE
    return None


def _postal_code(text: str) -> Verdict | None:
    """GS1 application identifiers 420 (postal code) and 421 (numeric country and postal code)."""
    code = text[3:]
    if text[2] == "0":
        if len(code) in (5, 9) and code.isascii() and code.isdigit() and code.strip("0"):
            return PayloadKind.ROUTING, Reason("postal_code", (("code", code),)), Destination(code, "US")
        if _CANADIAN.fullmatch(code):
            return PayloadKind.ROUTING, Reason("postal_code", (("code", code),)), Destination(code, "CA")
        return None
    country, code = ALPHA2_OF.get(code[:3], ""), code[3:]
    if country and 3 <= len(code) <= 9 and code.isascii() and code.isalnum():
        return PayloadKind.ROUTING, Reason("postal_code", (("code", code),)), Destination(code, country)
    return None


def marked_product(scanned: ScannerText) -> Verdict | None:
    """A product number that says so: behind application identifier 01, or an ISBN by name or by its X."""
    text = scanned.text
    if text[:2] == "01" and (scanned.gs1 or scanned.plain[:4] == "(01)") and is_gtin(text[2:16]):
        return _PRODUCT
    if text[:4] == "ISBN":
        found = _ISBN.fullmatch(text)
        return _PRODUCT if found and (is_gtin(found[1]) or _is_isbn10(found[1])) else None
    if scanned.plain.count("-") == 3 and _ISBN_GROUPS.fullmatch(scanned.plain) and _is_isbn10(text):
        return _PRODUCT
    return _PRODUCT if text[-1:] == "X" and _is_isbn10(text) else None


def unproved_gs1(scanned: ScannerText) -> Verdict | None:
    """What a GS1 code says that lost its FNC1 on the way: a product's 01, a container's 00 with more behind it.

    Only of a code whose kind is known, and only where no number holds: bare digits may be a misread number as well.
    """
    text = scanned.text
    if scanned.symbology is None or not (text.isascii() and text[2:16].isdigit()):
        return None
    if text[:2] == "01" and len(text) > 15 and is_gtin(text[2:16]):
        return _PRODUCT
    if text[:2] == "00" and len(text) > 20 and is_container(text[2:20]):
        postal = _postal_code(text[20:].lstrip(SEPARATOR)) if text[20:].lstrip(SEPARATOR)[:2] == "42" else None
        return PayloadKind.ROUTING, Reason("container_code"), postal[2] if postal else _NOWHERE
    return None


def bare_product(scanned: ScannerText) -> Verdict | None:
    """Digits that are a product number by their count and check digit."""
    return _PRODUCT if is_gtin(scanned.text) else None


def _is_isbn10(text: str) -> bool:
    if len(text) != 10 or not (text[:9].isascii() and text[:9].isdigit()) or text[9] not in "0123456789X":
        return False
    last = 10 if text[9] == "X" else int(text[9])
    return sum((10 - at) * int(digit) for at, digit in enumerate(text[:9])) % 11 == -last % 11


def words(scanned: ScannerText) -> Verdict | None:
    """Text for people or telephones: addresses of the web, contact cards, networks, sentences."""
    plain = scanned.plain
    if scanned.binary or SEPARATOR in plain:
        return None
    if ":" not in plain and "@" not in plain and "." not in plain and " " not in plain and "\n" not in plain:
        return None
    link = _DIGITAL_LINK.match(plain)
    if link and is_gtin(link[1]):
        return _PRODUCT
    for pattern, reason in _TEXTS:
        if pattern.match(plain):
            return PayloadKind.TEXT, Reason(reason), _NOWHERE
    if ":" in plain or "@" in plain or len(_WORD.findall(plain)) > 1:
        return PayloadKind.TEXT, Reason("text_words"), _NOWHERE
    return None
