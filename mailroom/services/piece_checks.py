"""What a clerk typed for a piece, checked before it is put on record. Errors are MailroomErrors; nothing is changed."""

import dataclasses
import re

from mailroom.domain.customs import CustomsLine, is_hs_code, plain_hs_code
from mailroom.domain.folding import fold
from mailroom.domain.money import Money
from mailroom.domain.recognition import Reason
from mailroom.domain.shipment import Party, PieceFields
from mailroom.errors import MailroomError

LONGEST_TEXT = 300  # characters of a name, an order number, a place
LONGEST_NOTE = 4000  # characters of texts that may run over lines
_MOST_LINES = 99  # of a customs form: more go into a list beside it
_LARGEST_COUNT = 1_000_000
_NOTES = frozenset({"note", "contents", "deadline_note"})
_ADDRESS = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>.]+(?:\.[^\s@,;<>.]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}")

# Words that customs and the posts refuse as a description, each with an example of one that passes.
_GENERIC = {
    **dict.fromkeys(("sample", "samples", "merchandise", "goods", "product", "products"), "3 cotton T-shirts, men's"),
    **dict.fromkeys(("item", "items", "stuff", "articles", "things", "contents", "parcel"), "2 stainless steel bowls"),
    **dict.fromkeys(("food", "food products", "foodstuff", "foodstuffs", "groceries"), "1 kg roasted coffee beans"),
    **dict.fromkeys(("gift", "gifts", "present", "presents"), "1 wooden jigsaw puzzle, 500 pieces"),
    **dict.fromkeys(("clothes", "clothing", "apparel", "garments", "wearing apparel"), "2 wool sweaters, women's"),
    **dict.fromkeys(("parts", "spare parts", "machine parts", "auto parts"), "4 steel ball bearings for conveyors"),
    **dict.fromkeys(("electronics", "electronic goods", "devices"), "1 digital thermometer with lithium cell"),
    **dict.fromkeys(("documents", "papers", "paperwork"), "12 printed contract pages, no value"),
    **dict.fromkeys(("chemicals", "medicine", "medicines", "drugs"), "30 ibuprofen tablets, 200 mg"),
    **dict.fromkeys(("cosmetics", "beauty products"), "2 hand creams, 75 ml"),
    **dict.fromkeys(("toys", "household goods", "personal effects", "tools", "books", "accessories"), "1 hand drill"),
    **dict.fromkeys(("various", "miscellaneous", "misc", "other", "general cargo", "n/a", "none"), "1 desk lamp, LED"),
}

# Words that make such a description no clearer: `assorted gift items`.
_FILLING = frozenset(
    {
        *("a", "an", "and", "any", "assorted", "commercial", "for", "free", "general", "mixed", "my", "new", "of"),
        *("old", "other", "our", "personal", "private", "some", "the", "used", "various", "x"),
    }
)
_WORDS = re.compile(r"[^\W\d_]+")


def checked_fields(fields: PieceFields) -> PieceFields:
    """The fields as they go on record: codes in their plain form.

    Raises `field_too_long`, `amount_negative`, `email_bad`, `hs_code_bad`, and what `checked_customs` raises.
    """
    for field in dataclasses.fields(fields):
        value = getattr(fields, field.name)
        if isinstance(value, str):
            _check_length(field.name, value, LONGEST_NOTE if field.name in _NOTES else LONGEST_TEXT)
        elif isinstance(value, Party):
            checked_party(value)
        elif isinstance(value, Money) and value.mills < 0:
            raise MailroomError("amount_negative", amount=value.amount)
    checked_email(fields.requester_email)
    if len(fields.customs) > _MOST_LINES:
        raise MailroomError("customs_too_long", count=len(fields.customs), limit=_MOST_LINES)
    return dataclasses.replace(
        fields,
        hs_code=checked_hs_code(fields.hs_code),
        customs=tuple(checked_customs(one, row) for row, one in enumerate(fields.customs, 1)),
    )


def checked_email(text: str) -> str:
    """An e-mail address or nothing. Raises `email_bad`."""
    if text and not _ADDRESS.fullmatch(text):
        raise MailroomError("email_bad", text=text)
    return text


def checked_party(party: Party) -> Party:
    """A party whose every part fits a label. Raises `field_too_long`."""
    for field in dataclasses.fields(party):
        value = getattr(party, field.name)
        for text in (value,) if isinstance(value, str) else value:
            _check_length(field.name, text, LONGEST_TEXT)
    return party


def checked_hs_code(text: str) -> str:
    """The code in digits alone, empty for none. Raises `hs_code_bad`."""
    if text and not is_hs_code(text):
        raise MailroomError("hs_code_bad", text=text)
    return plain_hs_code(text)


def checked_customs(line: CustomsLine, row: int = 1) -> CustomsLine:
    """One line of a customs form as it goes on record.

    Raises `customs_description_generic` with an example of a good one, `customs_line_bad`, `hs_code_bad`.
    """
    description = " ".join(line.description.split())
    _check_length("customs", description, LONGEST_TEXT)
    example = generic_description(description)
    if example:
        raise MailroomError("customs_description_generic", text=description, row=row, example=example)
    if not 1 <= line.quantity <= _LARGEST_COUNT:
        raise MailroomError("customs_line_bad", row=row, name="quantity", value=line.quantity)
    if line.value is not None and line.value.mills < 0:
        raise MailroomError("customs_line_bad", row=row, name="value", value=line.value.amount)
    origin = line.origin.strip().upper()
    if origin and not _COUNTRY.fullmatch(origin):
        raise MailroomError("customs_line_bad", row=row, name="origin", value=line.origin)
    return dataclasses.replace(
        line, description=description, origin=origin, hs_code=checked_hs_code(line.hs_code.strip())
    )


def generic_description(text: str) -> str:
    """An example of a good description where this one says nothing a customs officer can use; else empty."""
    folded = fold(text).strip(" .,;:-")
    if not any(char.isalpha() for char in folded):
        return "1 desk lamp, LED"
    counted = re.sub(r"^[0-9]+ ?x? ?", "", folded)
    whole = _GENERIC.get(folded, "") or _GENERIC.get(counted, "")
    if whole:
        return whole
    said = [word for word in _WORDS.findall(counted) if word not in _FILLING]
    found = [_GENERIC.get(word, "") for word in said]
    return (found[0] if found else "1 desk lamp, LED") if all(found) else ""


def customs_gaps(fields: PieceFields, home: str) -> tuple[Reason, ...]:
    """What a customs form for a foreign country still lacks; nothing where the recipient's country is our own."""
    abroad = fields.recipient.country
    if not abroad or abroad == home:
        return ()
    if not fields.customs:
        return (Reason("customs_missing", (("country", abroad),)),)
    gaps = []
    for row, line in enumerate(fields.customs, 1):
        lacking = [name for name in ("value", "weight", "hs_code", "origin") if not getattr(line, name)]
        if lacking:
            gaps.append(Reason("customs_line_incomplete", (("row", str(row)), ("lacking", ", ".join(lacking)))))
    return tuple(gaps)


def _check_length(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise MailroomError("field_too_long", field=name, length=len(text), limit=limit)
