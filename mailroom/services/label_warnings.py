"""Where a label and what the clerk gave do not agree, and where the label itself is doubtful. Nothing is changed."""

from mailroom.domain.folding import fold
from mailroom.domain.numbers import normal_number
from mailroom.domain.recognition import Candidate, Destination, Reason, Recognition
from mailroom.domain.shipment import PieceFields

_ZIP_DIGITS = 5  # the four behind them may be missing on one side
# Words that say nothing of the class: a label's service and a clerk's name for it are compared without them.
_NOISE = frozenset({"usps", "ups", "fedex", "dhl", "mail", "the", "service", "delivery", "tracking", "r", "tm"})


def label_warnings(recognition: Recognition, chosen: Candidate | None, fields: PieceFields) -> list[Reason]:
    """Everything about a label that a person should look at, though the piece is put on record."""
    found = []
    where = chosen.destination if chosen and chosen.destination.postal_code else recognition.destination
    found += destination_warnings(where, fields)
    if chosen is not None:
        found += _carrier_warnings(recognition, chosen, fields.carrier)
        found += service_warnings(chosen.service, fields.service)
        found += _other_numbers(recognition, chosen)
        if _poor(recognition, chosen):
            found.append(Reason("poor_print"))
    return found


def _carrier_warnings(recognition: Recognition, chosen: Candidate, given: str) -> list[Reason]:
    """The carrier that was set for the run or the call, where the number is not of that one."""
    if not given or any(
        one.carrier == given and one.piece == chosen.piece for one in (chosen, *recognition.candidates)
    ):
        return []
    return [Reason("carrier_differs", (("carrier", chosen.carrier), ("given", given)))]


def destination_warnings(where: Destination, fields: PieceFields) -> list[Reason]:
    """The postal code and country of the label against those typed for the recipient."""
    recipient = fields.recipient
    if where.country and recipient.country and where.country != recipient.country:
        facts = (("label", where.country), ("typed", recipient.country))
        return [Reason("country_differs", facts)]
    label, typed = _plain(where.postal_code), _plain(recipient.postal_code)
    if not label or not typed or label == typed:
        return []
    if (where.country or recipient.country or "US") == "US" and label[:_ZIP_DIGITS] == typed[:_ZIP_DIGITS]:
        short = len(label) == _ZIP_DIGITS or len(typed) == _ZIP_DIGITS
        if short:
            return []
    return [Reason("zip_differs", (("label", where.postal_code), ("typed", recipient.postal_code)))]


def service_warnings(label: str, chosen: str) -> list[Reason]:
    """The class on the label against the one that the clerk chose; one that only says more is no contradiction."""
    one, other = _words(label), _words(chosen)
    if not one or not other or one <= other or other <= one:
        return []
    return [Reason("service_differs", (("label", label), ("chosen", chosen)))]


def _plain(code: str) -> str:
    return "".join(char for char in code.upper() if char.isalnum())


def _words(service: str) -> frozenset[str]:
    letters = "".join(char if char.isalnum() else " " for char in fold(service))
    return frozenset(letters.split()) - _NOISE


def _other_numbers(recognition: Recognition, chosen: Candidate) -> list[Reason]:
    """Another sound number on the label, or a 2-D message that names another one: the clerk chose, the record says."""
    others = [
        one
        for one in recognition.candidates
        if one.piece != chosen.piece
        and one.reading_index != chosen.reading_index
        and (one.good or one.why.code == "codes_disagree")
    ]
    if others:
        return [Reason("other_number_on_label", (("number", others[0].tracking_number),))]
    return [Reason("codes_disagree")] if chosen.why.code == "codes_disagree" else []


def _poor(recognition: Recognition, chosen: Candidate) -> bool:
    """Whether a code with the number was hard to read: the carrier's machines will have the same trouble."""
    return any(one.poor and chosen.tracking_number in normal_number(one.raw) for one in recognition.readings)
