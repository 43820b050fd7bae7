"""Questions of an import: which shipments have these numbers, what of it is on record, what it put there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from mailroom.domain.folding import fold
from mailroom.domain.past_import import PastImport
from mailroom.errors import MailroomError
from mailroom.store.apply.imported_events import known_among
from mailroom.store.apply.imported_pieces import known_pieces
from mailroom.store.bulk import Among
from mailroom.store.office_tables import office_setting
from mailroom.store.paper_tables import import_file
from mailroom.store.tables import command, shipment, shipment_number

__all__ = [
    "ImportFacts",
    "ids_of_numbers",
    "import_facts",
    "known_among",
    "known_pieces",
    "mapping_key",
    "past_imports",
    "pieces_of_numbers",
    "saved_mappings",
]

_MAPPING = "import_mapping:"

_OF_NUMBERS = Among(
    select(shipment_number.c.normal, shipment.c.id, shipment.c.position, shipment.c.carrier)
    .join(shipment, shipment_number.c.shipment_id == shipment.c.id)
    .where(shipment_number.c.withdrawn.is_(False), shipment.c.withdrawn.is_(False)),
    shipment_number.c.normal,
)


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """An import as it stands: open, closed, cancelled, undoing or undone; the commands of its rows, newest first."""

    kind: str
    state: str
    commands: tuple[str, ...]


def ids_of_numbers(connection: Connection, normals: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each of these compared numbers that is on record the shipments that have it, newest first."""
    return {normal: tuple(pieces) for normal, pieces in pieces_of_numbers(connection, normals).items()}


def pieces_of_numbers(connection: Connection, normals: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each of these compared numbers that is on record the shipments that have it, newest first: id, carrier."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for normal, id_, position, carrier in _OF_NUMBERS.rows(connection, normals):
        found.setdefault(normal, []).append((position, id_, carrier))
    return {
        normal: {id_: carrier for _position, id_, carrier in sorted(pieces, reverse=True)}
        for normal, pieces in found.items()
    }


def mapping_key(kind: str, name: str) -> str:
    """The key of a saved mapping among the office's settings; names are compared without accents and case."""
    return f"{_MAPPING}{kind}:{fold(name)}"


def saved_mappings(connection: Connection, kind: str) -> tuple[Mapping[str, Any], ...]:
    """The saved mappings of a kind of import, by name; a removed one is null."""
    prefix = mapping_key(kind, "")
    rows = connection.execute(
        select(office_setting.c.key, office_setting.c.value).where(office_setting.c.key.startswith(prefix))
    ).all()
    return tuple(json.loads(value) for _key, value in sorted(rows) if value != "null")


def import_facts(connection: Connection, import_id: str) -> ImportFacts:
    """What an import is and which commands its rows came with. Raises `import_unknown`."""
    row = connection.execute(
        select(import_file.c.kind, import_file.c.state).where(import_file.c.id == import_id)
    ).one_or_none()
    if row is None:
        raise MailroomError("import_unknown", id=import_id)
    commands = connection.scalars(
        select(command.c.id)
        .where(command.c.subject == import_id, command.c.kind == "import_rows")
        .order_by(command.c.position.desc())
    ).all()
    return ImportFacts(row.kind, row.state, tuple(commands))


def past_imports(connection: Connection, limit: int) -> tuple[PastImport, ...]:
    """The files that were taken in, the newest first; those left open among them, however old, come before.

    At most `limit` of them, 0: all.
    """
    of = import_file.c
    columns: list[Any] = [of.id, of.kind, of.file_name, of.state, of.row_count, of.added, of.known, of.refused]
    unfinished = of.state.in_(("open", "undoing"))
    query = select(*columns, of.opened_at, of.opened_by).order_by(unfinished.desc(), of.opened_at.desc(), of.id.desc())
    return tuple(PastImport(*tuple(row)) for row in connection.execute(query.limit(limit) if limit else query))
