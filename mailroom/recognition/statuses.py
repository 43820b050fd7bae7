"""What a carrier's own code or words say about where a piece stands: one of fifteen statuses, or unknown.

The finest field speaks first: the code of the event, a code beside it, the coarse category of the carrier; what is
coarse gives way to plain words. What is in none of the tables stays `unknown` and overwrites nothing.
Tables: `resources/rules/event_codes.csv` and `status_words.csv`, read once, when first asked.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from mailroom import resources
from mailroom.domain.status import Status
from mailroom.recognition.destinations import Goal
from mailroom.recognition.hedges import HANDED_OVER, Said, brought, said, stands

MAPPING_VERSION: Final = (
    "2026-12-01"  # a day; goes up with every change of the two tables, and of what takes words back
)

# Who else prints the codes of whom: where the first has none, the next is asked.
FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "pitney_bowes": ("pitney_bowes", "usps"),  # its events carry the post's own code
    "pitneybowes": ("pitney_bowes", "usps"),
    "dhl": ("dhl", "dhl_express"),
    "dhl_express": ("dhl_express", "dhl"),
    "canadapost": ("canada_post",),
}

# Trouble that a delivery ends, wherever it stands: "your delayed package was delivered", "delivered - duty paid".
_GIVES_WAY: Final = frozenset({Status.DELAYED, Status.CUSTOMS, Status.ATTEMPTED})
_WEAK: Final = frozenset({"vacant", "held"})  # a street may be called so, and a reception holds what it took
_PLANNED: Final = (("scheduled", "delivery"), ("expected", "delivery"), ("estimated", "delivery"))
_GOING_BACK: Final = frozenset({Status.RETURN_TO_SENDER, Status.RETURNED})


@dataclass(frozen=True, slots=True)
class EventCode:
    """One code of a carrier: the field it stands in (`code` `subcode` `category` `error`) and what it says."""

    carrier: str
    field: str
    code: str
    status: Status
    needs_look: bool  # something went wrong, or somebody has to act
    final: bool  # nothing is to be expected after it
    coarse: bool  # the carrier uses it for several things: plain words beside it know better


def status_of(carrier: str, *, code: str = "", subcode: str = "", category: str = "", text: str = "") -> Status:
    """The status that a carrier's fields mean, the finest that says something first; `unknown` where none does."""
    coarse = Status.UNKNOWN
    for given in (code, subcode, category):
        found = entry_of(carrier, given) if given else None
        if found is None or found.status is Status.UNKNOWN:
            continue
        if not found.coarse:
            return Status.RETURNED if _came_back(carrier, found.status, text) else found.status
        if coarse is Status.UNKNOWN:
            coarse = found.status
    if text:
        said = status_by_words(carrier, text)
        if said is not Status.UNKNOWN:
            return said
    return coarse


def _came_back(carrier: str, status: Status, text: str) -> bool:
    """Whether a code says `delivered` and the words beside it: to the sender. Carriers use one code for both."""
    return status is Status.DELIVERED and bool(text) and status_by_words(carrier, text) is Status.RETURNED


def entry_of(carrier: str, code: str) -> EventCode | None:
    """What the tables know about a code, whichever field of that carrier it stands in; none if it is not listed."""
    key = _folded_code(code)
    table = _by_code()
    for name in FAMILIES.get(carrier, (carrier,)):
        found = table.get((name, key)) or table.get((name, key.zfill(2)) if name == "usps" else ("", ""))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def status_by_words(carrier: str, text: str) -> Status:
    """The status that a carrier's words mean; `unknown` where no phrase of the table occurs in them, or none stands."""
    words = said(text)
    found = tuple(_found(carrier, words))
    goals = _goals(words, found)
    if Goal.SENDER in goals:
        return Status.RETURNED
    first, by = next((one for one in found if stands(words, one[1], one[0])), (Status.UNKNOWN, ()))
    if Goal.HOME in goals and (first in _GIVES_WAY or not _WEAK.isdisjoint(by) or by in _PLANNED):
        return Status.DELIVERED
    if Goal.PICKUP_POINT in goals and Goal.HOME not in goals and first not in _GOING_BACK:
        return Status.AVAILABLE_FOR_PICKUP
    return first


def _goals(words: Said, found: Sequence[tuple[Status, tuple[str, ...]]]) -> frozenset[Goal]:
    """Whereto by all words of a delivery that stand."""
    verbs = [phrase for status, phrase in found if status is Status.DELIVERED and phrase[-1] in HANDED_OVER]
    return frozenset(goal for phrase in verbs for goal in brought(words, phrase))


def taken_back(carrier: str, text: str, status: Status) -> bool:
    """Whether words have a phrase that means this status, and say by what stands around it that they do not mean it."""
    words = said(text)
    found = [phrase for meant, phrase in _found(carrier, words) if meant is status]
    return bool(found) and not any(stands(words, one, status) for one in found)


def _found(carrier: str, words: Said) -> Iterator[tuple[Status, tuple[str, ...]]]:
    """The phrases of the table that occur in words, in its order, each with its status."""
    line = f" {' '.join(words.words)} "
    for whose, status, phrases in _phrases():
        if whose in ("", carrier):
            yield from ((status, tuple(one.split())) for one in phrases if one in line)


def event_codes() -> tuple[EventCode, ...]:
    """All codes of the table, in its order."""
    return _codes()


def _folded_code(code: str) -> str:
    return re.sub(r"[\s_-]+", "", code).casefold()


@cache
def _codes() -> tuple[EventCode, ...]:
    with resources.file("rules/event_codes.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            EventCode(
                *(row["carrier"], row["field"], row["code"], Status(row["status"])),
                *(row[name] == "yes" for name in ("needs_look", "final", "coarse")),
            )
            for row in csv.DictReader(lines)
        )


@cache
def _by_code() -> dict[tuple[str, str], EventCode]:
    table: dict[tuple[str, str], EventCode] = {}
    for one in _codes():
        table.setdefault((one.carrier, _folded_code(one.code)), one)
    return table


@cache
def _phrases() -> tuple[tuple[str, Status, tuple[str, ...]], ...]:
    with resources.file("rules/status_words.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            (row["carrier"], Status(row["status"]), tuple(f" {one} " for one in row["words"].split("|")))
            for row in csv.DictReader(lines)
        )
