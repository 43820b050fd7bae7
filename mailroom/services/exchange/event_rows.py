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
_READ: Final = ("tracking_number", "happened_at", "happened_time", "shipment_id", "status", "promised_on")

_UNKNOWN = Status.UNKNOWN.value

_LINE, _CELLS = itemgetter(0), itemgetter(1)

EventRow = tuple[str, str, list[Any]]  # number, id of the shipment as the file names it, values of the payload


class EventRows:
    """Reads rows by a plan; `columns` are the payload's, in the order of the values of every row.

    A million rows pass here, so only what the file has is looked at.
    """

    def __init__(self, plan: ImportPlan, places: Mapping[str, int], width: int, zone: tzinfo, now: datetime) -> None:
        self._moments = Moments(zone, plan.order)
        self._statuses = StatusWords()
        self._order = plan.order
        self._latest = utc_text(now + FUTURE_ALLOWED)
        self._days: dict[str, str] = {"": ""}
        names = [name for name in (*_READ, *_TEXTS) if name in places]
        used = [places[name] for name in names]
        self._pick = itemgetter(*used)
        self._used = frozenset(used)
        self._width = max(used) + 1
        at = {name: place for place, name in enumerate(names)}
        self._clock_at, self._id_at, self._word_at, self._promise_at = (at.get(name, 0) for name in _READ[2:])
        self._text_at = at.get("text", 0)
        self._code_at = at.get("code", 0)
        self._note_at = at.get("note", 0)
        self._texts_at = next((place for place, name in enumerate(names) if name in _TEXTS), len(names))
        texts = [_TEXTS[name] for name in names[self._texts_at :]]
        # What has no status of its own may get one from its code and words: of the carrier that the record names.
        self.status_at = 4 if self._word_at or self._text_at or self._code_at else 0
        self._extra = bool(self._word_at and not self._text_at)  # a word that is none of ours is the carrier's text
        self._aside = bool(self._word_at and self._text_at and not self._note_at)  # beside a text it is kept as a note
        self.columns = (
            *("row", "shipment_id", "happened", "sort_at"),
            *(("status", "mapping") if self.status_at else ()),
            *(("promised_on",) if self._promise_at else ()),
            *texts,
            *(["text"] * self._extra),
            *(["note"] * self._aside),
        )

    def read(self, line: int, cells: Cells, lost: Sequence[int] = ()) -> EventRow:
        """One row. Raises `number_missing`, `digits_lost`, `bad_date`, `event_empty`, `event_in_future` …"""
        if lost:
            refuse_lost(cells, lost, self._used)
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        picked = list(map(str.strip, self._pick(cells)))
        whole = "\n".join(picked)
        if "\n=" in whole or "\n'" in whole or whole[0] in "='\n":
            picked = [plain_cell(one) for one in picked]
            if not picked[0]:
                raise MailroomError("number_missing")
        when = picked[1]
        if self._clock_at and picked[self._clock_at]:
            when = joined_time(when, picked[self._clock_at])
        happened, sort_at = self._moments[when]
        if sort_at > self._latest:
            raise MailroomError("event_in_future", happened=happened)
        values: list[Any] = [line, "", happened, sort_at]
        status = ""
        if self._word_at:
            word = picked[self._word_at]
            status = self._statuses[word]
            values += (status, word if status == _UNKNOWN else "")  # the word goes once the status is settled
            if self._extra or self._aside:
                picked.append("")
            if status == _UNKNOWN and word.lower() != _UNKNOWN:
                self._keep_word(picked, word)
        elif self.status_at:
            values += ("", "")
        if self._promise_at:
            values.append(self._day(picked[self._promise_at]))
        if not (status or any(at and picked[at] for at in (self._text_at, self._code_at, self._note_at))):
            raise MailroomError("event_empty")
        if len(whole) > LONGEST_NOTE:
            refuse_long(picked)
        values += picked[self._texts_at :]
        return picked[0], picked[self._id_at] if self._id_at else "", values

    def read_all(self, rows: Sequence[tuple[int, Cells]]) -> list[EventRow] | None:
        """What `read` gives for each of these rows, column by column; none where one of them needs a look of its own.

        A look at each cell is most of what an import costs, and the cells of most rows are as they should be.
        """
        if self._clock_at or not rows or min(map(len, map(_CELLS, rows))) < self._width:
            return None
        columns = [list(map(str.strip, one)) for one in zip(*map(self._pick, map(_CELLS, rows)), strict=True)]
        for column in columns:
            whole = "\n".join(("", *column))
            if "\n=" in whole or "\n'" in whole or max(map(len, column)) > LONGEST_NOTE:
                return None
        try:
            happened, sort_at = zip(*map(self._moments.__getitem__, columns[1]), strict=True)
            days = list(map(self._day, columns[self._promise_at])) if self._promise_at else []
        except MailroomError:
            return None
        said = list(map(self._statuses.__getitem__, columns[self._word_at])) if self._word_at else [""] * len(rows)
        told = (columns[at] for at in (self._text_at, self._code_at, self._note_at) if at)
        some = map("".join, zip(said, *told, strict=True))
        if not (all(columns[0]) and all(some)) or _UNKNOWN in said or max(sort_at) > self._latest:
            return None
        none = [""] * len(rows)
        values = zip(
            map(_LINE, rows),
            none,
            happened,
            sort_at,
            *((said, none) if self.status_at else ()),
            *((days,) if self._promise_at else ()),
            *columns[self._texts_at :],
            *((none,) if self._extra or self._aside else ()),
            strict=True,
        )
        ids = columns[self._id_at] if self._id_at else none
        return list(zip(columns[0], ids, map(list, values), strict=True))

    def _keep_word(self, picked: list[str], word: str) -> None:
        """A status that is none of ours is kept as the carrier's words, or beside them, never guessed at."""
        if not picked[self._text_at or -1]:
            picked[self._text_at or -1] = word
        elif self._aside and word.lower() not in picked[self._text_at].lower():
            picked[-1] = word

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
