"""Which condition of a filter leads: the one that has to look at the fewest rows before the page is full.

How many rows a condition has is known (kept numbers) or estimated from how far back its newest thousand rows
reach. That a page fills early is an expectation, since conditions may depend on each other; the whole of a
condition's rows counts for a tenth, so that a wrong guess stays bearable. Estimates only choose the way: what
is found is exact on every way.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, func, select
from sqlalchemy.engine import Connection

from mailroom.domain.register import ShipmentFilter
from mailroom.store import search
from mailroom.store.tables import shipment, shipment_count

PROBE = 1000  # newest rows of a condition that are looked at to estimate how many it has
FEW = 3000  # rows that are compared with a text one by one rather than looked up
WINDOW = 100_000  # rows up to which the exact bounds of a stretch of time up to now are worth looking for
TEXT_COST = 1.0  # of an entry of the text's index, beside a row
_ENTRY = 0.1  # of an entry of another index, beside a row
_IN_INDEX = {  # the conditions that a leading index answers itself: only what passes them is looked at as a row
    "status": frozenset({"carrier"}),
    "carrier": frozenset({"status"}),
    "department": frozenset({"status", "carrier"}),
}
_WHOLE = 0.1  # how much all rows of a condition count beside those that are expected to be looked at

Pairs = dict[tuple[str, str], int]  # (status, carrier) -> how many
_PAIRS = select(shipment_count.c.status, shipment_count.c.carrier, shipment_count.c.number)


@dataclass(frozen=True, slots=True)
class Window:
    """Positions between which all rows of a filter's dates lie (inclusive), and the part of all rows they are."""

    low: int | None = None
    high: int | None = None
    share: float = 1.0

    def cut(self, before: int | None) -> "Window":
        """The same up to a position, exclusive."""
        if before is None:
            return self
        return Window(self.low, before - 1 if self.high is None else min(self.high, before - 1), self.share)

    def on(self, column: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """The conditions."""
        conditions = [] if self.low is None else [column >= self.low]
        return conditions if self.high is None else [*conditions, column <= self.high]


@dataclass(frozen=True, slots=True)
class Lead:
    """A condition that leads: about how many rows it has, and its parts, each in the order of its index."""

    name: str  # status, carrier, department, run, text
    rows: float
    parts: tuple[tuple[ColumnElement[bool], ...], ...] = ()


def window(connection: Connection, wanted: ShipmentFilter) -> Window | None:
    """Where the dates of a filter lie; none where no row has them. Exact also where a clock was set back."""
    start, end = wanted.recorded_from, wanted.recorded_to
    if start is None and end is None:
        return Window()
    inside = [] if start is None else [shipment.c.recorded_at >= start]
    if end is not None:
        inside.append(shipment.c.recorded_at < end)
    edge = select(shipment.c.position).where(*inside).limit(1)
    first = connection.scalar(edge.order_by(shipment.c.recorded_at))
    last = connection.scalar(edge.order_by(shipment.c.recorded_at.desc()))
    if first is None or last is None:
        return None
    share = min(1.0, (abs(last - first) + 1) / total(connection))
    if end is None and last - first > WINDOW:
        return Window(share=share)  # such a list begins at the top anyway
    bounds = select(func.min(shipment.c.position), func.max(shipment.c.position)).where(*inside)
    low, high = connection.execute(bounds).one()
    return Window(low, high, share)


def choose(
    connection: Connection, wanted: ShipmentFilter, terms: tuple[str, ...], within: Window, limit: int
) -> Lead | None:
    """The condition to lead with; none where the newest rows of the table (or window) are as good a start."""
    leads = _leads(connection, wanted, within)
    if any(lead.rows == 0 for lead in leads):
        return Lead("nothing", 0)
    indexed = bool(terms) and connection.dialect.name == "sqlite"
    if indexed and not leads and within == Window():
        return Lead("text", 1)
    narrow = min(leads, key=lambda lead: lead.rows, default=None)
    if narrow is not None and narrow.rows * within.share <= FEW:
        return narrow  # looked at sooner than the text's rows are estimated
    whole = float(total(connection))
    shares = {lead.name: min(1.0, lead.rows / whole) for lead in leads}
    if indexed:
        text = _by_text(connection, terms, wanted.carriers, within)
        if text.rows == 0:
            return text
        leads.append(text)
        shares["text"] = min(1.0, text.rows / whole)

    return min(leads, key=lambda lead: _cost(lead, shares, within, limit)) if leads else None


def _cost(lead: Lead, shares: dict[str, float], within: Window, limit: int) -> float:
    """What it costs to fill a page by this lead, in rows looked at."""
    answered = _IN_INDEX.get(lead.name, frozenset())
    others = entry_to_row = 1.0
    for name, share in shares.items():
        if name == lead.name or (lead.name == "text" and name == "carrier"):
            continue  # the text's entries are of the wanted carriers already
        others *= share
        entry_to_row *= share if name in answered else 1.0
    all_of_it = lead.rows * within.share
    entries = min(all_of_it, limit * max(len(lead.parts), 1) / max(others, 1e-9)) + _WHOLE * all_of_it
    return entries * ((TEXT_COST if lead.name == "text" else _ENTRY) + entry_to_row)


def kept(connection: Connection, wanted: ShipmentFilter, *, statuses: bool = True, carriers: bool = True) -> Pairs:
    """The kept numbers of a filter's statuses and carriers, or of one of the two."""
    those = {one.value for one in wanted.statuses} if statuses else set()
    theirs = set(wanted.carriers) if carriers else set()
    return {
        (status, carrier): number
        for status, carrier, number in connection.execute(_PAIRS)
        if number and (not those or status in those) and (not theirs or carrier in theirs)
    }


def total(connection: Connection) -> int:
    """About how many shipments there are: the last position."""
    return connection.scalar(select(func.max(shipment.c.position))) or 1


def _leads(connection: Connection, wanted: ShipmentFilter, within: Window) -> list[Lead]:
    leads = []
    if wanted.statuses:
        numbers = kept(connection, wanted, carriers=False)
        parts = tuple((shipment.c.status == one,) for one in sorted({status for status, _ in numbers}))
        leads.append(Lead("status", sum(numbers.values()), parts))
    if wanted.carriers:
        numbers = kept(connection, wanted, statuses=False)
        parts = tuple((shipment.c.carrier == one,) for one in sorted({carrier for _, carrier in numbers}))
        leads.append(Lead("carrier", sum(numbers.values()), parts))
    if wanted.run_id:
        leads.append(_by_value(connection, "run", within, (shipment.c.run_id == wanted.run_id,)))
    if wanted.department_ids:
        parts = tuple((shipment.c.department_id == one,) for one in dict.fromkeys(wanted.department_ids))
        leads.append(_by_value(connection, "department", within, *parts))
    return leads


def _by_value(connection: Connection, name: str, within: Window, *parts: tuple[ColumnElement[bool], ...]) -> Lead:
    rows = 0.0
    for part in parts:
        newest = select(shipment.c.position).where(*part, *within.on(shipment.c.position))
        rows += _estimated(connection, newest.order_by(shipment.c.position.desc()), within)
    return Lead(name, rows, parts)


def _by_text(connection: Connection, terms: tuple[str, ...], carriers: tuple[str, ...], within: Window) -> Lead:
    index, condition = search.indexed(terms, carriers)
    row_id = index.c.rowid
    newest = select(row_id.label("position")).select_from(index).where(condition, *within.on(row_id))
    return Lead("text", _estimated(connection, newest.order_by(row_id.desc()), within))


def _estimated(connection: Connection, newest: Select[*tuple[Any, ...]], within: Window) -> float:
    """How many rows a query has over the whole table, from how far back its newest ones reach."""
    some: FromClause = newest.limit(PROBE).subquery()
    number, oldest = connection.execute(select(func.count(), func.min(some.c.position))).one()
    everything = total(connection)
    top = everything if within.high is None else within.high
    span = top - (oldest if number == PROBE else within.low or 1) + 1
    return float(number) / max(span, 1) * everything
