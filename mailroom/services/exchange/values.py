"""Texts of a file's cells as values: times, days, amounts, weights, countries. What can be two things is refused."""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from mailroom.domain.command import utc_text
from mailroom.domain.money import Money, parse_money
from mailroom.domain.status import Status, parse_status
from mailroom.domain.times import CarrierTime, DateOrder, parse_carrier_time
from mailroom.domain.tracking import false_midnight
from mailroom.errors import MailroomError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PACKED = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b(.*)", re.ASCII)
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})\b(.*)", re.ASCII)
_LOOSE_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b(.*)", re.ASCII)
_ISO_CLOCK = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d{1,2}:\d\d.*)", re.ASCII)
_MIDNIGHT = re.compile(r"[ T](?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?[Aa][Mm])$", re.ASCII)
_MIDNIGHT_DAY = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01])[ T]", re.ASCII)  # a bare time in a spreadsheet
_QUICK = {16: 0, 19: 0, 17: 1, 20: 1, 22: 6, 25: 6}  # length of an ISO time -> length of its zone
_MOST_KEPT = 20_000  # texts whose value is remembered

_SIGNS: Final = {"€": "EUR", "£": "GBP"}
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})
_CODE_BEHIND = re.compile(r"(.*?)\s*\b([A-Z]{3})", re.ASCII | re.DOTALL)
_CODE_BEFORE = re.compile(r"([A-Z]{3})\b\s*(.*)", re.ASCII | re.DOTALL)


def file_time(text: str, order: DateOrder | None) -> CarrierTime:
    """A time as `parse_carrier_time` reads it; also `20261120143200`, `20-Nov-2026`, `2026/1/5`, `20-11-2026`.

    Raises `bad_date`, `date_ambiguous`.
    """
    cleaned = " ".join(text.split())
    if (match := _ISO_CLOCK.fullmatch(cleaned)) and match[4][-1:] in "mM.":
        cleaned, order = f"{match[2]}/{match[3]}/{match[1]} {match[4]}", DateOrder.MONTH_FIRST
    try:
        return parse_carrier_time(_as_usual(cleaned), order)
    except MailroomError as refused:
        raise MailroomError(refused.code, text=text) from None


def _as_usual(text: str) -> str:
    if match := _PACKED.fullmatch(text):
        day = f"{match[1]}{match[2]}-{match[3]}-{match[4]}"
        return day if match[5] is None else f"{day} {match[5]}:{match[6]}:{match[7]}"
    if match := _DAY_MONTH.fullmatch(text):
        word = match[2][:3].lower()
        if word in _MONTHS:
            return f"{match[2]} {match[1]}, {match[3]}{_clock(match[4])}"
    if match := _DASHED.fullmatch(text):
        return f"{match[1]}/{match[2]}/{match[3]}{_clock(match[4])}"
    if (match := _LOOSE_ISO.fullmatch(text)) and not match[4].startswith("T"):
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}{match[4]}"
    return text


def _clock(text: str) -> str:
    return f" {text.strip(' ,')}" if text.strip(" ,") else ""


def joined_time(day: str, clock: str) -> str:
    """A day and a time of two columns as one text; the midnight that a spreadsheet puts behind a bare day goes."""
    return f"{_MIDNIGHT.sub('', day)} {_MIDNIGHT_DAY.sub('', clock)}".strip()


def file_day(text: str, order: DateOrder | None) -> date:
    """A day; a time with it is left aside. Raises `bad_date`, `date_ambiguous`."""
    return file_time(text, order).local.date()


_NO_HOUR = frozenset({"00:00", "00:00:00"})


class Moments(dict[str, tuple[str, str]]):
    """Times of a file as payloads hold them: the words of the carrier and the UTC moment to sort by.

    A million rows pass here: plain ISO times take a short way, and texts that come again are remembered.
    """

    def __init__(self, zone: tzinfo, order: DateOrder | None) -> None:
        super().__init__()
        self._zone = zone
        self._order = order

    def __missing__(self, text: str) -> tuple[str, str]:
        """`str(CarrierTime)` and `utc_text` of a time. Raises `bad_date`, `date_ambiguous`."""
        found = self._quick(text) or self._slow(text)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[text] = found
        return found

    def _quick(self, text: str) -> tuple[str, str] | None:
        tail = _QUICK.get(len(text))
        if tail is None or text[4] != "-" or text[7] != "-" or text[13] != ":" or text[10] not in "T ":
            return None
        if not "1990" <= text[:4] <= "2199" or (tail == 1 and text[-1] != "Z"):
            return None
        if tail == 6 and (text[-6] not in "+-" or text[-3] != ":" or text[-5:-3] >= "14" or text[-2:] > "59"):
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        clock = text[11 : len(text) - tail]
        if (moment.tzinfo is None) is not (tail == 0):
            return None
        if tail == 0:
            if clock in _NO_HOUR:
                return None  # a day whose hour nobody gave
            moment = moment.replace(tzinfo=self._zone)
            zone = ""
        else:
            zone = "+00:00" if tail == 1 or text.endswith("-00:00") else text[-6:]
        utc = moment.astimezone(UTC).isoformat()[:19]
        return f"{text[:10]}T{clock}{zone}", f"{utc}.000000Z"

    def _slow(self, text: str) -> tuple[str, str]:
        time = false_midnight(file_time(text, self._order))
        return str(time), utc_text(time.order_key(self._zone))


class StatusWords(dict[str, str]):
    """Words of a status column: one of ours, or `unknown` for what is none; each word is looked up once."""

    def __missing__(self, text: str) -> str:
        """The value of the status; empty for an empty text."""
        found = (parse_status(text) or Status.UNKNOWN).value if text else ""
        if len(self) < _MOST_KEPT:
            self[text] = found
        return found


def file_amount(text: str, currency: str, *, comma: bool) -> Money:
    """An amount with at most three decimals: `7.64`, `7.64 EUR`, `$7.64`, with a decimal comma only where told so.

    Grouping is refused, since `1,234` can be two amounts. Raises `bad_amount`, `bad_currency`.
    """
    cleaned = " ".join(text.split())
    number = cleaned
    for sign, code in _SIGNS.items():
        if sign in number:
            number, currency = number.replace(sign, "", 1).strip(), code
    if "$" in number and currency in _DOLLARS:
        number = number.replace("$", "", 1).strip()
    if match := _CODE_BEHIND.fullmatch(number):
        number, currency = match[1], match[2]
    elif match := _CODE_BEFORE.fullmatch(number):
        currency, number = match[1], match[2]
    if comma:
        if "." in number or number.count(",") > 1:
            raise MailroomError("bad_amount", text=text)
        number = number.replace(",", ".")
    try:
        return parse_money(number, file_currency(currency))
    except MailroomError as refused:
        raise refused if refused.code != "bad_amount" else MailroomError("bad_amount", text=text) from None


def file_currency(text: str) -> str:
    """A currency's code of three letters. Raises `bad_currency`."""
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise MailroomError("bad_currency", text=text)
    return code
