"""Alerts as they are kept while the window is open: as texts, in the order of the work list, and counted.

A large office may have a hundred thousand of them. As values they would be millions of objects that Python looks
through each time it tidies its memory, and the window would stand still meanwhile; texts it does not look into.
"""

import json
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from mailroom.domain.alerts.situation import URGENCY_ORDER, Alert, Finding, Urgency
from mailroom.domain.attention import AlertCounts

Group = tuple[str, str, str, str]  # department's id, carrier, kind, urgency
_BETWEEN = "\x1f"
_URGENCIES = tuple(sorted(Urgency, key=URGENCY_ORDER.__getitem__))
_TOLD_APART = 5000  # alerts of today that are told one from another: of more a new one is no news
_NO_DUE = "9999"


class Line(NamedTuple):
    """A shipment with alerts, and what lists are narrowed by."""

    carrier: str
    department_id: str  # empty for none
    position: int
    alerts: str  # as JSON

    def text(self) -> str:
        """As it is kept and sent."""
        return _BETWEEN.join((self.carrier, self.department_id, str(self.position), self.alerts))


def line_of(text: str) -> Line:
    """The reverse of `Line.text`."""
    carrier, department_id, position, alerts = text.split(_BETWEEN, 3)
    return Line(carrier, department_id, int(position), alerts)


def packed(alerts: Iterable[Alert]) -> str:
    """The alerts of one shipment as JSON."""
    return json.dumps(
        [
            (
                one.kind,
                one.finding.urgency.value,
                one.finding.since.isoformat(),
                one.finding.due.isoformat() if one.finding.due else "",
                one.finding.evidence,
            )
            for one in alerts
        ],
        separators=(",", ":"),
    )


def unpacked(shipment_id: str, text: str) -> tuple[Alert, ...]:
    """The reverse of `packed`."""
    return tuple(
        Alert(
            kind,
            shipment_id,
            Finding(
                Urgency(urgency),
                datetime.fromisoformat(since),
                date.fromisoformat(due) if due else None,
                tuple((name, fact) for name, fact in evidence),
            ),
        )
        for kind, urgency, since, due, evidence in json.loads(text)
    )


def places(shipment_id: str, text: str) -> list[str]:
    """Where the packed alerts of a shipment stand on the list: texts that sort as the list does.

    The most urgent first; then those with a last day, the nearest first; then the oldest.
    """
    return [
        _BETWEEN.join((str(URGENCY_ORDER[Urgency(urgency)]), due or _NO_DUE, since, kind, shipment_id))
        for kind, urgency, since, due, _evidence in json.loads(text)
    ]


def told_by(place: str) -> tuple[Urgency, str, str]:
    """Urgency, kind and shipment id of a place."""
    urgency, _due, _since, kind, shipment_id = place.split(_BETWEEN)
    return _URGENCIES[int(urgency)], kind, shipment_id


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of all alerts: lines of further shipments, or further places, in order behind those before."""

    lines: Sequence[tuple[str, str]] = ()  # shipment id, text of its line
    places: Sequence[str] = ()


class AlertShelf:
    """All alerts by shipment, in order and counted. Whoever uses it keeps others out."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}  # those without alerts are not in it
        self._order: list[str] = []
        self._counts: Counter[Group] = Counter()

    def __contains__(self, shipment_id: str) -> bool:
        return shipment_id in self._lines

    def put(self, shipment_id: str, line: Line) -> None:
        """Keep what was found of a shipment instead of what was known."""
        self.drop(shipment_id)
        self._lines[shipment_id] = line.text()
        for place in places(shipment_id, line.alerts):
            insort(self._order, place)
            self._counts[_group(line, place)] += 1

    def drop(self, shipment_id: str) -> None:
        """Forget the alerts of a shipment."""
        line = self.line(shipment_id)
        if line is None:
            return
        del self._lines[shipment_id]
        for place in places(shipment_id, line.alerts):
            at = bisect_left(self._order, place)
            if at < len(self._order) and self._order[at] == place:
                del self._order[at]
            group = _group(line, place)
            self._counts[group] -= 1
            if not self._counts[group]:
                del self._counts[group]

    def take(self, part: Stretch) -> None:
        """Take the next part of all: a shelf is filled with all lines before the first place."""
        self._lines.update(part.lines)
        self._order.extend(part.places)
        self._counts.update(_group(line_of(self._lines[told_by(place)[2]]), place) for place in part.places)

    def line(self, shipment_id: str) -> Line | None:
        """What is kept of a shipment."""
        text = self._lines.get(shipment_id)
        return line_of(text) if text is not None else None

    def of(self, shipment_id: str) -> tuple[Alert, ...]:
        """The alerts of a shipment."""
        line = self.line(shipment_id)
        return unpacked(shipment_id, line.alerts) if line is not None else ()

    def in_order(self) -> Iterator[tuple[Urgency, str, str, Line]]:
        """Urgency, kind, shipment id and line of every alert, as the list has them."""
        for place in self._order:
            urgency, kind, shipment_id = told_by(place)
            yield urgency, kind, shipment_id, line_of(self._lines[shipment_id])

    def for_today(self, departments: Sequence[str] = ()) -> set[tuple[str, str]]:
        """Rule and shipment of the first of those to act on today; of these departments, or all."""
        last = bisect_left(self._order, f"{URGENCY_ORDER[Urgency.TODAY] + 1}")
        found = set()
        for place in self._order[: min(last, _TOLD_APART)]:
            _urgency, kind, shipment_id = told_by(place)
            if not departments or line_of(self._lines[shipment_id]).department_id in departments:
                found.add((kind, shipment_id))
        return found

    def groups(self, departments: Sequence[str] = ()) -> Counter[Group]:
        """How many there are of each sort; those of these departments, or all."""
        return Counter({key: n for key, n in self._counts.items() if not departments or key[0] in departments})


def counted(groups: Counter[Group], mine: int, given: int, snoozed: int, done: int) -> AlertCounts:
    """The counts of the open ones in `groups`; `mine` and `given` (to anybody) of them, and those put aside."""
    urgencies, kinds, carriers = Counter[Urgency](), Counter[str](), Counter[str]()
    for (_department, carrier, kind, urgency), number in groups.items():
        if number > 0:
            urgencies[Urgency(urgency)] += number
            kinds[kind] += number
            carriers[carrier] += number
    return AlertCounts(
        open=urgencies.total(),
        mine=mine,
        nobodys=urgencies.total() - given,
        snoozed=snoozed,
        done=done,
        by_urgency=urgencies,
        by_kind=kinds,
        by_carrier=carriers,
    )


def _group(line: Line, place: str) -> Group:
    urgency, kind, _id = told_by(place)
    return line.department_id, line.carrier, kind, urgency.value
