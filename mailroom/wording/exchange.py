"""What the fields of an imported row are called, and formats and encodings of files."""

from mailroom.domain.past_import import PastImport
from mailroom.domain.status import Status
from mailroom.wording import _, mark, plural
from mailroom.wording.statuses import status_word

_PARTY = {
    "name": mark("name"),
    "company": mark("company"),
    "address": mark("address"),
    "address_2": mark("address, second line"),
    "address_3": mark("address, third line"),
    "city": mark("city"),
    "region": mark("state or province"),
    "postal_code": mark("postal code"),
    "country": mark("country"),
    "contact": mark("telephone or e-mail"),
}
FIELD_WORDS: dict[str, str] = {
    "tracking_number": mark("Tracking number"),
    "carrier": mark("Carrier"),
    "service": mark("Service"),
    "service_code": mark("Service code"),
    "order": mark("Order or reference"),
    "department": mark("Department"),
    "account": mark("Account"),
    "run": mark("Mail run"),
    "meter": mark("Meter"),
    "mailed_on": mark("Mailed on"),
    "weight": mark("Weight"),
    "weight_unit": mark("Unit of weight"),
    "weight_pounds": mark("Weight in pounds"),
    "weight_ounces": mark("Weight in ounces"),
    "length": mark("Length"),
    "width": mark("Width"),
    "height": mark("Height"),
    "dimension_unit": mark("Unit of sizes"),
    "contents": mark("Contents"),
    "classification": mark("Handling"),
    "hs_code": mark("Tariff code"),
    "note": mark("Note"),
    "requester": mark("Requested by"),
    "requester_email": mark("Requester’s e-mail"),
    "requester_opt_out": mark("Requester wants no notices"),
    "promised_on": mark("Expected on"),
    "deadline": mark("Must arrive by"),
    "deadline_note": mark("What is at stake"),
    "proof_of_postage": mark("Proof of postage"),
    "destination_postal_code": mark("Postal code on the label"),
    "destination_country": mark("Country on the label"),
    "other_numbers": mark("Further numbers"),
    "customs": mark("Customs lines"),
    "postage": mark("Postage"),
    "currency": mark("Currency"),
    "declared_value": mark("Declared value"),
    "insured_value": mark("Insured value"),
    "invoice_amount": mark("Invoice amount"),
    "happened_at": mark("Date and time"),
    "happened_time": mark("Time, if apart"),
    "status": mark("Status"),
    "text": mark("The carrier’s words"),
    "code": mark("Event code"),
    "place": mark("Place"),
    "source": mark("Whose words"),
    "name_given": mark("Name given for who received it"),
    "next_place": mark("Next place"),
    "reason": mark("Reason of an exception"),
    "gps": mark("Coordinates"),
    "shipment_id": mark("Shipment’s id here"),
}
_ENCODINGS = {
    "utf-8-sig": mark("UTF-8"),
    "utf-8": mark("UTF-8"),
    "utf-16": mark("UTF-16"),
    "utf-16-le": mark("UTF-16"),
    "utf-16-be": mark("UTF-16"),
    "cp1252": mark("Windows, Western Europe"),
    "cp1250": mark("Windows, Central Europe"),
    "cp850": mark("DOS, Western Europe"),
    "mac_roman": mark("Mac, Western Europe"),
}
_FORMATS = {
    "csv": mark("CSV"),
    "xlsx": mark("Excel workbook"),
    "xlsb": mark("Excel binary workbook"),
    "xls": mark("old Excel workbook"),
    "ods": mark("OpenDocument sheet"),
}
_DELIMITERS = {
    ",": mark("commas"),
    ";": mark("semicolons"),
    "\t": mark("tabs"),
    "|": mark("bars"),
}


def field_word(name: str) -> str:
    """What a field is called, such as `Recipient: postal code`."""
    who, _sign, part = name.partition("_")
    if who == "recipient" and part in _PARTY:
        return _("Recipient: {part}").format(part=_(_PARTY[part]))
    if who == "sender" and part in _PARTY:
        return _("Sender: {part}").format(part=_(_PARTY[part]))
    return _(FIELD_WORDS[name])


def encoding_word(encoding: str) -> str:
    """A set of characters for people."""
    return _(_ENCODINGS.get(encoding, encoding))


def format_word(name: str) -> str:
    """A file's format for people."""
    return _(_FORMATS[name])


def delimiter_word(delimiter: str) -> str:
    """What stands between the cells of a text."""
    return _(_DELIMITERS[delimiter])


def notice_text(number: str, status: Status, *, added: bool, stranger: str = "") -> str:
    """What became of a carrier's e-mail; `stranger` is the domain of one that came from no carrier."""
    if not added and status is Status.UNKNOWN:
        return _("{number}: this mail was taken in before").format(number=number)
    if not added:
        return _("{number}: {status}, known already").format(number=number, status=status_word(status))
    if stranger:
        text = _("{number}: the mail is from {domain}, no carrier; its words are on the timeline, the status stays")
        return text.format(number=number, domain=stranger)
    return _("{number}: {status}, by an e-mail, not certain").format(number=number, status=status_word(status))


def import_state_word(state: str) -> str:
    """How an import stands, in two or three words."""
    words = {
        "open": _("Not finished"),
        "closed": _("Taken in"),
        "cancelled": _("Stopped, nothing kept"),
        "undoing": _("Not wholly taken back"),
    }
    return words.get(state, _("Taken back"))


def import_counts(one: PastImport) -> str:
    """What an import brought: `1,204 events added, 3 known already, 2 rows refused`."""
    if one.state in ("cancelled", "undone"):
        return plural("{n} row in the file", "{n} rows in the file", one.rows)
    if one.kind == "shipments":
        parts = [plural("{n} shipment added", "{n} shipments added", one.added)]
    else:
        parts = [plural("{n} event added", "{n} events added", one.added)]
    if one.state == "open":
        parts.append(plural("{n} row in the file", "{n} rows in the file", one.rows))
    else:
        parts.append(_("{n} known already").format(n=f"{one.known:,}"))
    if one.refused:
        parts.append(plural("{n} row refused", "{n} rows refused", one.refused))
    return ", ".join(parts)
