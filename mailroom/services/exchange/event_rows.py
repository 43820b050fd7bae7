"""Rows of a file as tracking events. What a row says is kept in its own words; what it does not say is not guessed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from operator import itemgetter
from typing import Any, Final

from mailroom.domain.command import utc_text
from mailroom.domain.status import Status
from mailroom.errors import MailroomError
from mailroom.services.exchange.grid import plain_cell
from mailroom.services.exchange.plan import ImportPlan
from mailroom.services.exchange.source import Cells
from mailroom.services.exchange.values import Moments, StatusWords, file_day, joined_time
from mailroom.services.timeline import FUTURE_ALLOWED, LONGEST_NOTE

PAYLOAD: Final = ("row", "shipment_id", "happened", "sort_at")
# What of a row goes into the payload as it stands, and what our fields are called there.
_TEXTS: Final = {
    "text": "text",
    "place": "place",
    "code": "code",
    "source": "source_name",
    "name_given": "name_given",
    "next_place": "next_place",
    "reason": "reason",
    "gps": "gps",
    "note": "note",
}
_READ: Final = ("tracking_number", "happened_at", "happened_time", "status", "promised_on", "shipment_id")

EventRow = tuple[str, str, list[Any]]  # number, id of the shipment as the file names it, values of the payload


class EventRows:
    """Reads rows by a plan; `columns` are the payload's, in the order of the values of every row."""

    def __init__(self, plan: ImportPlan, places: Mapping[str, int], width: int, zone: tzinfo, now: datetime) -> None:
        self._moments = Moments(zone, plan.order)
        self._statuses = StatusWords()
        self._order = plan.order
        self._width = width
        self._latest = utc_text(now + FUTURE_ALLOWED)
        self._days: dict[str, str] = {"": ""}
        names = [name for name in _TEXTS if name in places or name == "text"]
        used = [places.get(name, -1) for name in (*_READ, *names)]  # -1: the empty cell behind the last one
        self._pick = itemgetter(*used)
        self._used = frozenset(used)
        self._note_at = names.index("note") if "note" in names else -1
        self.columns = (*PAYLOAD, "status", "promised_on", *(_TEXTS[name] for name in names))

    def read(self, line: int, cells: Cells, lost: Sequence[int] = ()) -> EventRow:
        """One row. Raises `number_missing`, `digits_lost`, `bad_date`, `event_empty`, `event_in_future` …"""
        if lost:
            refuse_lost(cells, lost, self._used)
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        picked = [one.strip() for one in self._pick([*cells, ""])]
        whole = "\n".join(picked)
        if "\n=" in whole or "\n'" in whole or picked[0][:1] in ("=", "'"):
            picked = [plain_cell(one) for one in picked]
        number, when, clock, word, promise, shipment_id, *texts = picked
        if not number:
            raise MailroomError("number_missing")
        happened, sort_at = self._moments.read(joined_time(when, clock) if clock else when)
        if sort_at > self._latest:
            raise MailroomError("event_in_future", happened=happened)
        status = self._statuses.read(word)
        if status == Status.UNKNOWN and not texts[0] and word.lower() != Status.UNKNOWN:
            texts[0] = word  # a word that is none of ours is kept as the carrier's, never guessed at
        if not status and not texts[0] and not (self._note_at >= 0 and texts[self._note_at]):
            raise MailroomError("event_empty")
        if len(whole) > LONGEST_NOTE:
            refuse_long(texts)
        return number, shipment_id, [line, "", happened, sort_at, status, self._day(promise), *texts]

    def _day(self, text: str) -> str:
        found = self._days.get(text)
        if found is None:
            found = self._days[text] = file_day(text, self._order).isoformat()
        return found


def refuse_lost(cells: Cells, lost: Sequence[int], used: frozenset[int]) -> None:
    """Raise `digits_lost` where a column that is used has a number that a spreadsheet cut."""
    for at in lost:
        if at in used:
            raise MailroomError("digits_lost", text=cells[at])


def refuse_long(texts: Sequence[str]) -> None:
    """Raise `text_too_long` where one is longer than a timeline shows."""
    longest = max(map(len, texts))
    if longest > LONGEST_NOTE:
        raise MailroomError("text_too_long", length=longest, limit=LONGEST_NOTE)
