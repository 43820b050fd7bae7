"""A cell with a tracking number: recognised and checked as a label is, but what is unsure is refused, not asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mailroom.domain.folding import fold
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.domain.recognition import Candidate, Check, Decision, Recognition, Verdict
from mailroom.errors import MailroomError
from mailroom.recognition.decision import decide
from mailroom.recognition.recogniser import recognise
from mailroom.services.desk import Desk
from mailroom.wording.carriers import NAMES, carrier_name
from mailroom.wording.reasons import reason_text

_ROUNDED = re.compile(r"[0-9][.,][0-9]+E\+?[0-9]{1,3}", re.ASCII | re.IGNORECASE)  # what a spreadsheet makes of it

# What carriers are called in files, besides their ids and names; also as the beginning of `FedEx Ground`.
_CALLED: Final = {
    "amazon": ("amazon logistics", "amzl", "amazon shipping", "amzn"),
    "canada_post": ("canadapost", "postes canada", "canada post corporation", "cpc"),
    "dhl": ("dhl express", "dhl ecommerce", "dhl global mail", "dhlexpress", "dhlecommerce", "dhl parcel"),
    "dpd": ("dpdgroup", "dpd local"),
    "fedex": ("fdx", "federal express", "fdxg", "fdxe", "fedexground", "fedexexpress"),
    "landmark": ("landmark global", "landmark"),
    "lasership": ("laser ship",),
    "old_dominion": ("odfl", "old dominion freight line", "od"),
    "ontrac": ("on trac",),
    "s10": ("international post", "upu", "foreign post"),
    "speedee": ("spee dee", "speedee delivery", "spee dee delivery"),
    "ups": ("united parcel service", "ups mail innovations", "upsmi", "ups surepost", "united parcel"),
    "usps": (
        *("united states postal service", "us postal service", "u s postal service", "us mail", "usps com", "us post"),
        *("postal service", "endicia", "stamps com", "stampscom", "u s p s"),
    ),
    "yunexpress": ("yun express", "yuntrack"),
}


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())


def _words() -> dict[str, str]:
    found = {_plain(id_): id_ for id_ in NAMES} | {_plain(name): id_ for id_, name in NAMES.items() if id_ != "s10"}
    return found | {word: id_ for id_, words in _CALLED.items() for word in words}


_WORDS: Final[Mapping[str, str]] = _words()


def carrier_called(text: str) -> str:
    """The id of a carrier as a file names it; empty for an empty text. Raises `carrier_unknown`."""
    plain = _plain(text)
    if not plain:
        return ""
    words = plain.split()
    for length in range(len(words), 0, -1):
        found = _WORDS.get(" ".join(words[:length]))
        if found:
            return found
    raise MailroomError("carrier_unknown", name=text, known=", ".join(NAMES))


@dataclass(frozen=True, slots=True)
class NumberFound:
    """What a cell's number is: the recognition with the candidate that is recorded."""

    recognition: Recognition
    candidate: Candidate


class NumberCells:
    """Recognises the numbers of a file. `carrier`: for rows that name none."""

    def __init__(self, desk: Desk, now: datetime, *, carrier: str = "", keep_bad_check: bool = False) -> None:
        self._desk = desk
        self._enabled = desk.enabled_carriers()
        self._now = now
        self._carrier = carrier
        self._keep_bad_check = keep_bad_check

    def read(self, text: str, carrier: str) -> NumberFound:
        """The number of a row whose carrier column says `carrier` (an id or empty).

        Raises `number_missing`, `digits_lost`, `number_not_recognised`, `check_digit_wrong`, `number_needs_carrier`,
        `carrier_contradicts`.
        """
        number = text.lstrip("'").strip()
        if not number:
            raise MailroomError("number_missing")
        if _ROUNDED.fullmatch(number):
            raise MailroomError("digits_lost", text=number)
        said = carrier or self._carrier
        reading = Reading(number, ReadingSource.FILE, self._now)
        # As typed: it was never scanned, so it is no product's bar code either.
        recognition = recognise((reading,), self._desk.carriers, enabled=self._enabled, typed=True)
        decision = decide(recognition, enabled=self._enabled, run_carrier=said, keep_bad_check=self._keep_bad_check)
        chosen = decision.candidate
        if decision.verdict is not Verdict.RECORD or chosen is None:
            raise _refusal(number, said, decision)
        if carrier and not _agrees(recognition, chosen, carrier):
            raise _contradiction(number, carrier, chosen)
        return NumberFound(recognition, chosen)


def _agrees(recognition: Recognition, chosen: Candidate, said: str) -> bool:
    """Whether the carrier that a file names is one that the number may be of."""
    if said in (chosen.carrier, "s10") or chosen.carrier == "s10":
        return True
    return any(one.carrier == said and one.piece == chosen.piece for one in recognition.candidates)


def _contradiction(number: str, said: str, chosen: Candidate) -> MailroomError:
    return MailroomError(
        "carrier_contradicts", number=number, said=carrier_name(said), found=carrier_name(chosen.carrier)
    )


def _refusal(number: str, said: str, decision: Decision) -> MailroomError:
    chosen = decision.candidate
    if chosen is None:
        return MailroomError("number_not_recognised", number=number, why=reason_text(decision.reason))
    if chosen.check is Check.BAD:
        name = carrier_name(chosen.carrier)
        return MailroomError("check_digit_wrong", number=number, carrier=name, expected=chosen.expected_check)
    if decision.reason.code == "not_the_runs_carrier":
        return _contradiction(number, said, chosen)
    named = dict.fromkeys(carrier_name(one.carrier) for one in decision.choices if one.check is not Check.BAD)
    return MailroomError("number_needs_carrier", number=number, carriers=", ".join(named))
