"""Large answers a stretch at a time, closed however reading them ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVarTuple

from sqlalchemy import CursorResult, Select
from sqlalchemy.engine import Connection

Columns = TypeVarTuple("Columns")


@contextmanager
def streamed(connection: Connection, query: Select[*Columns], at_once: int = 1000) -> Iterator[CursorResult[*Columns]]:
    """The rows of a query with at most `at_once` of them in memory."""
    answer = connection.execute(query, execution_options={"yield_per": at_once})
    try:
        yield answer
    finally:
        answer.close()
