"""Finding shipments by any part of a word: FTS5 trigrams on SQLite, pg_trgm on PostgreSQL, in one folded column.

`shipment.search_text` holds folded words, each with two blanks before it: three characters of a word are a
trigram, and so are "blank, blank, first character" and "blank, first two": short terms are found by prefix with
the same index. FTS5 keeps no positions (half the size); what its trigrams let through is compared with the text.
"""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    TextClause,
    bindparam,
    column,
    func,
    table,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from mailroom.domain.folding import words
from mailroom.store.tables import shipment

_GAP = "  "
_EVERY_TRIGRAM_UP_TO = 6  # characters; of a longer term every second trigram is asked for: fewer lists to join

_CREATE = (
    "CREATE VIRTUAL TABLE shipment_search USING fts5(search_text, content='shipment', content_rowid='position',"
    " tokenize='trigram case_sensitive 1', detail=none, columnsize=0)"
)
_ADD = text("INSERT INTO shipment_search (rowid, search_text) VALUES (:position, :search_text)")
_REMOVE = text(
    "INSERT INTO shipment_search (shipment_search, rowid, search_text) VALUES ('delete', :position, :search_text)"
)


def searchable(parts: Iterable[str]) -> str:
    """The folded words of all parts, each once, as the column holds them."""
    return "".join(_GAP + word for word in dict.fromkeys(word for part in parts for word in words(part)))


def create(connection: Connection) -> None:
    """Make the index of an empty or a filled table; on PostgreSQL without pg_trgm there is none, only slower search."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_CREATE)
        return
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except DBAPIError:
        return  # not installed on the server, or this role may not add it
    connection.execute(text("CREATE INDEX ix_shipment_search_text ON shipment USING gin (search_text gin_trgm_ops)"))


def add(connection: Connection, pieces: Sequence[tuple[int, str]]) -> None:
    """Make new shipments findable: the position and the search text of each."""
    if connection.dialect.name == "sqlite" and pieces:
        connection.execute(_ADD, [{"position": position, "search_text": text} for position, text in pieces])


def change(connection: Connection, position: int, before: str, after: str) -> None:
    """Make a changed shipment findable by its new words only."""
    if connection.dialect.name == "sqlite" and before != after:
        connection.execute(_REMOVE, {"position": position, "search_text": before})
        connection.execute(_ADD, {"position": position, "search_text": after})


def rebuild(connection: Connection) -> None:
    """Make the index anew from the column (after rows were written past it)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO shipment_search (shipment_search) VALUES ('rebuild')")


def agrees(connection: Connection) -> bool:
    """Whether the index and the column say the same."""
    if connection.dialect.name != "sqlite":
        return True
    try:
        connection.exec_driver_sql("INSERT INTO shipment_search (shipment_search, rank) VALUES ('integrity-check', 1)")
    except DBAPIError:
        return False
    return True


def holds(dialect: str, terms: Iterable[str]) -> list[ColumnElement[bool]]:
    """The conditions on the column itself: all terms are in it, short ones at the beginning of a word."""
    whole = shipment.c.search_text
    if dialect == "sqlite":
        return [func.instr(whole, _wanted(term)) > 0 for term in terms]
    return [whole.like(f"%{_wanted(term)}%") for term in terms]  # terms are letters and digits: nothing to escape


def indexed(terms: Iterable[str], carriers: Iterable[str] = ()) -> tuple[FromClause, TextClause]:
    """SQLite's index (`rowid` is the position) and the condition on it; what it finds has to pass `holds` as well.

    The carrier is a word of every shipment: asked for here, the rows of other carriers need no look.

    Its rows come newest first without sorting, so a common word costs no more than the page that is asked for.
    """
    asked = _all_of(gram for term in terms for gram in _trigrams(_wanted(term)))
    theirs = [_all_of(gram for word in words(one)[:1] for gram in _trigrams(_wanted(word))) for one in carriers]
    if theirs and all(theirs):
        asked = f"({asked}) AND ({' OR '.join(f'({one})' for one in theirs)})"
    condition = text("shipment_search MATCH :asked").bindparams(asked=asked)
    return table("shipment_search", column("rowid", Integer)), condition


def at_positions(dialect: str, positions: Sequence[int]) -> ColumnElement[bool] | TextClause:
    """The condition that a shipment is at one of these positions: one parameter, however many they are."""
    if dialect == "sqlite":
        listed = text("shipment.position IN (SELECT value FROM json_each(:positions))")
        return listed.bindparams(positions=json.dumps(list(positions)))
    return shipment.c.position == func.any(bindparam(None, list(positions), type_=ARRAY(BigInteger)))


def _wanted(term: str) -> str:
    """A term as it stands in the column: short ones with the blanks before their word."""
    return term if len(term) > 2 else _GAP[: 3 - len(term)] + term


def _all_of(grams: Iterable[str]) -> str:
    """FTS5's words for: all of these trigrams."""
    return " AND ".join(f'"{gram}"' for gram in sorted(set(grams)))


def _trigrams(wanted: str) -> list[str]:
    step = 1 if len(wanted) <= _EVERY_TRIGRAM_UP_TO else 2
    starts = {*range(0, len(wanted) - 2, step), len(wanted) - 3}
    return [wanted[start : start + 3] for start in sorted(starts)]
