"""Numbers that a desk gives out from its own counters: of papers and of labels."""

from collections.abc import Callable

from sqlalchemy import insert, select, update

from mailroom.errors import MailroomError
from mailroom.store.journal import Change
from mailroom.store.paper_tables import issued_number, number_counter


def take(change: Change, kind: str, year: int, written: Callable[[int], str], owner_id: str) -> str:
    """This desk's next number of a kind and year, written by `written` from the count. Raises `number_taken`."""
    which = (
        number_counter.c.kind == kind,
        number_counter.c.year == year,
        number_counter.c.desk == change.command.desk,
    )
    last = change.connection.scalar(select(number_counter.c.last).where(*which))
    if last is None:
        counter = {"kind": kind, "year": year, "desk": change.command.desk, "last": 1}
        change.connection.execute(insert(number_counter), counter)
    else:
        change.connection.execute(update(number_counter).where(*which).values(last=last + 1))
    number = written((last or 0) + 1)
    if change.connection.scalar(select(issued_number.c.number).where(issued_number.c.number == number)):
        raise MailroomError("number_taken", number=number)
    change.connection.execute(insert(issued_number), {"number": number, "document_id": owner_id})
    return number
