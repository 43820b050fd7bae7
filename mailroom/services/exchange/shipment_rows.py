"""Rows of a file as pieces for the record: number, parties, money, weight, days. One wrong cell refuses its row."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from mailroom.domain.customs import CustomsLine
from mailroom.domain.folding import fold
from mailroom.domain.ids import new_id
from mailroom.domain.money import Money
from mailroom.domain.numbers import is_label_number, normal_number
from mailroom.domain.payloads import destination_json, fields_json, number_json
from mailroom.domain.piece_parts import customs_from, money_json
from mailroom.domain.recognition import Check, Destination
from mailroom.domain.shipment import LineKind, NumberRole, Party, PieceFields, PostageProof, ShipmentNumber
from mailroom.domain.times import CarrierTime
from mailroom.domain.weights import Weight, WeightUnit, parse_weight
from mailroom.errors import MailroomError
from mailroom.services.address_book import country_code
from mailroom.services.desk import Desk
from mailroom.services.exchange.event_rows import refuse_lost
from mailroom.services.exchange.grid import plain_cell
from mailroom.services.exchange.number_cell import NumberCells, carrier_called
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.source import Cells
from mailroom.services.exchange.values import file_amount, file_currency, file_day, file_time
from mailroom.services.intake import piece_numbers
from mailroom.services.piece_checks import LONGEST_NOTE, checked_fields

Json = dict[str, Any]
ShipmentRow = tuple[list[str], Json]  # numbers as they are compared, the row of the payload

SAME_PIECE: Final = (NumberRole.PRIMARY, NumberRole.PARTNER, NumberRole.INTERNAL)  # a number of these tells the piece
_NAMED: Final = ("department", "account", "run", "meter")
_SIZES: Final = ("length", "width", "height")
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"", "no", "n", "false", "0"})
_UNITS: Final = {
    **{word: WeightUnit.OZ for word in ("oz", "ozs", "ounce", "ounces")},
    **{word: WeightUnit.LB for word in ("lb", "lbs", "pound", "pounds")},
    **{word: WeightUnit.G for word in ("g", "gr", "gram", "grams")},
    **{word: WeightUnit.KG for word in ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms")},
}
_LENGTH_UNITS: Final = {
    **dict.fromkeys(("", "in", "inch", "inches", '"', "ins"), "in"),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), "cm"),
}


class ShipmentRows:
    """Reads rows by a plan."""

    def __init__(self, desk: Desk, plan: ImportPlan, places: Mapping[str, int], width: int, now: datetime) -> None:
        self._numbers = NumberCells(desk, now, carrier=plan.carrier, keep_bad_check=plan.keep_bad_check)
        self._currency = desk.in_force.settings.currency
        self._plan = plan
        self._places = places
        self._used = frozenset(places.values())
        self._width = width
        self._ids: dict[tuple[str, str], str] = {}

    def read(self, line: int, cells: Cells, lost: Sequence[int] = ()) -> ShipmentRow:
        """One row. Raises what `NumberCells.read` does, `carrier_unknown`, `bad_date`, `bad_amount`, `bad_weight` …"""
        if lost:
            refuse_lost(cells, lost, self._used)
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        given = {name: plain_cell(cells[at]) for name, at in self._places.items()}
        for text in given.values():
            if len(text) > LONGEST_NOTE:
                raise MailroomError("text_too_long", length=len(text), limit=LONGEST_NOTE)
        if is_label_number(normal_number(given["tracking_number"])):
            return _own_label(line, given["tracking_number"])
        found = self._numbers.read(given["tracking_number"], carrier_called(given.get("carrier", "")))
        chosen = found.candidate
        numbers = _with_others(piece_numbers(found.recognition, chosen), given.get("other_numbers", ""))
        where = _label_destination(given) or chosen.destination
        fields = self._fields(given, chosen.service)
        row: Json = {
            "row": line,
            "shipment": {
                "id": new_id(),
                "carrier": chosen.carrier,
                "tracking_number": chosen.tracking_number,
                "check": chosen.check,
                "service": fields.service or chosen.service,
                "service_code": given.get("service_code", "") or chosen.service_code,
                "destination": destination_json(where),
                "fields": fields_json(fields),
            },
            "numbers": [number_json(one) for one in numbers],
            "postage": _postage(fields.postage),
        }
        row |= {name: self._named(name, given[name]) for name in _NAMED if given.get(name)}
        return [normal_number(one.number) for one in numbers if one.role in SAME_PIECE], row

    def _named(self, kind: str, name: str) -> Json:
        """A thing of a list by name; the same name has the same id in all rows, should it be new."""
        id_ = self._ids.setdefault((kind, fold(name)), "") or new_id()
        self._ids[kind, fold(name)] = id_
        return {"id": id_, "name": name}

    def _fields(self, given: Mapping[str, str], service: str) -> PieceFields:
        said = given.get("service", "")
        return checked_fields(self._read_fields(given, said, service))

    def _read_fields(self, given: Mapping[str, str], said: str, service: str) -> PieceFields:
        return PieceFields(
            recipient=_party(given, "recipient"),
            sender=_party(given, "sender"),
            order=given.get("order", ""),
            contents=given.get("contents", ""),
            classification=given.get("classification", ""),
            note=given.get("note", ""),
            requester=given.get("requester", ""),
            requester_email=given.get("requester_email", ""),
            deadline_note=given.get("deadline_note", ""),
            service="" if fold(said) == fold(service) else said,
            hs_code=given.get("hs_code", ""),
            postage=self._amount(given, "postage"),
            declared_value=self._amount(given, "declared_value"),
            insured_value=self._amount(given, "insured_value"),
            invoice_amount=self._amount(given, "invoice_amount"),
            weight=self._weight(given),
            dimensions=self._sizes(given),
            dimension_unit=_length_unit(given) if any(given.get(name) for name in _SIZES) else "",
            mailed_on=self._day(given, "mailed_on"),
            promised_on=self._day(given, "promised_on"),
            deadline=self._time(given, "deadline"),
            proof_of_postage=_proof(given.get("proof_of_postage", "")),
            requester_opt_out=_yes_or_no(given.get("requester_opt_out", "")),
            customs=_customs(given.get("customs", "")),
        )

    def _day(self, given: Mapping[str, str], name: str) -> date | None:
        text = given.get(name, "")
        return file_day(text, self._plan.order) if text else None

    def _time(self, given: Mapping[str, str], name: str) -> CarrierTime | None:
        text = given.get(name, "")
        return file_time(text, self._plan.order) if text else None

    def _amount(self, given: Mapping[str, str], name: str) -> Money | None:
        text = given.get(name, "")
        if not text:
            return None
        currency = given.get("currency", "")
        currency = file_currency(currency) if currency else self._currency
        return file_amount(text, currency, comma=self._plan.decimal_comma)

    def _weight(self, given: Mapping[str, str]) -> Weight | None:
        pounds, ounces = given.get("weight_pounds", ""), given.get("weight_ounces", "")
        text, unit = given.get("weight", ""), given.get("weight_unit", "")
        if text:
            if not text[-1].isdigit():
                return parse_weight(self._pointed(text))
            if unit and fold(unit).rstrip(".") not in _UNITS:
                raise MailroomError("bad_weight", text=f"{text} {unit}")
            return _weight(self._decimal(text), _UNITS.get(fold(unit).rstrip(".")), text)
        if not (pounds or ounces):
            return None
        if not ounces:
            return _weight(self._decimal(pounds), WeightUnit.LB, pounds)
        total = self._decimal(ounces) + 16 * (self._decimal(pounds) if pounds else 0)
        return _weight(total, WeightUnit.OZ, ounces)

    def _sizes(self, given: Mapping[str, str]) -> tuple[Decimal, Decimal, Decimal] | None:
        texts = [given.get(name, "") for name in _SIZES]
        if not any(texts):
            return None
        if not all(texts):
            raise MailroomError("bad_size", text=" x ".join(text or "?" for text in texts))
        length, width, height = (self._decimal(text, "bad_size") for text in texts)
        if length <= 0 and width <= 0 and height <= 0:
            return None  # what programs write for "not measured"
        return length, width, height

    def _decimal(self, text: str, code: str = "bad_weight") -> Decimal:
        pointed = self._pointed(text)
        try:
            value = Decimal(pointed)
        except InvalidOperation:
            raise MailroomError(code, text=text) from None
        if not pointed.isascii() or not pointed.replace(".", "", 1).isdigit():
            raise MailroomError(code, text=text)
        return value

    def _pointed(self, text: str) -> str:
        if not self._plan.decimal_comma:
            return text
        return "?" if "." in text else text.replace(",", ".")


def _postage(money: Money | None) -> list[Json]:
    if money is None:
        return []
    return [{"id": new_id(), "kind": LineKind.POSTAGE, **(money_json(money) or {}), "indicium": "", "note": ""}]


def _own_label(line: int, text: str) -> ShipmentRow:
    """A label of our own: its piece is on record here, or nowhere; the row itself never makes one."""
    number = ShipmentNumber(text, "", NumberRole.INTERNAL, Check.OK)
    piece = {"id": new_id(), "carrier": "", "tracking_number": "", "check": Check.NONE}
    return [normal_number(text)], {"row": line, "shipment": piece, "numbers": [number_json(number)], "postage": []}


def _weight(amount: Decimal, unit: WeightUnit | None, text: str) -> Weight | None:
    if amount == 0:
        return None
    if unit is None:
        raise MailroomError("bad_weight", text=text)
    return parse_weight(f"{amount:f} {unit.value}")


def _party(given: Mapping[str, str], who: str) -> Party:
    lines = [given.get(f"{who}_address{more}", "") for more in ("", "_2", "_3")]
    country = given.get(f"{who}_country", "")
    code = _country(country) if country else ""
    postal_code = given.get(f"{who}_postal_code", "")
    if code == "US" and postal_code.isascii() and postal_code.isdigit() and len(postal_code) in (3, 4):
        postal_code = postal_code.zfill(5)  # a spreadsheet took the zeros before it: no US code is shorter
    return Party(
        name=given.get(f"{who}_name", ""),
        company=given.get(f"{who}_company", ""),
        address=tuple(part.strip() for line in lines for part in line.splitlines() if part.strip()),
        postal_code=postal_code,
        country=code,
        contact=given.get(f"{who}_contact", ""),
        city=given.get(f"{who}_city", ""),
        region=given.get(f"{who}_region", ""),
    )


@lru_cache(maxsize=1000)
def _country(text: str) -> str:
    return country_code(text)


def _label_destination(given: Mapping[str, str]) -> Destination | None:
    code, country = given.get("destination_postal_code", ""), given.get("destination_country", "")
    return Destination(code, _country(country) if country else "") if code or country else None


def _with_others(numbers: list[ShipmentNumber], text: str) -> list[ShipmentNumber]:
    """Further numbers as exports write them, one a line: role, carrier, number, check. Raises `other_number_bad`."""
    for line in text.splitlines():
        try:
            role, carrier, number, check = line.split()
            other = ShipmentNumber(number, "" if carrier == "-" else carrier, NumberRole(role), Check(check))
        except ValueError:
            raise MailroomError("other_number_bad", text=line) from None
        if all(normal_number(one.number) != normal_number(other.number) for one in numbers):
            numbers.append(other)
    return numbers


def _length_unit(given: Mapping[str, str]) -> str:
    text = fold(given.get("dimension_unit", "")).rstrip(".")
    if text not in _LENGTH_UNITS:
        raise MailroomError("bad_size", text=text)
    return _LENGTH_UNITS[text]


def _proof(text: str) -> PostageProof | None:
    word = fold(text)
    return next((one for one in PostageProof if one.value == word), None)


def _yes_or_no(text: str) -> bool:
    word = fold(text)
    if word not in _YES | _NO:
        raise MailroomError("not_yes_or_no", text=text)
    return word in _YES


def _customs(text: str) -> tuple[CustomsLine, ...]:
    if not text:
        return ()
    try:
        return customs_from(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation):
        raise MailroomError("customs_unreadable", text=text[:60]) from None
