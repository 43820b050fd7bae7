"""What an import did: every refused row with its reason, kept small, since a bad file has a million of them."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from mailroom.errors import MailroomError
from mailroom.services.exchange.fields import ImportKind


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, with its line in the file (of a workbook: its row) and the reason."""

    row: int
    reason: MailroomError


class Refusals(Sequence[RefusedRow]):
    """Refused rows in the order of the file. Codes and names of facts are shared; errors are made when asked for."""

    def __init__(self, rows: Iterable[RefusedRow] = ()) -> None:
        self._rows = array("Q")
        self._kinds = array("L")  # place in `_shapes`
        self._values: list[tuple[Any, ...]] = []
        self._shapes: dict[tuple[str, ...], int] = {}
        self._names: list[tuple[str, ...]] = []
        for one in rows:
            self.add(one.row, one.reason)

    def add(self, row: int, reason: MailroomError) -> None:
        """Keep one more."""
        shape = (reason.code, *reason.facts)
        place = self._shapes.setdefault(shape, len(self._names))
        if place == len(self._names):
            self._names.append(shape)
        self._rows.append(row)
        self._kinds.append(place)
        self._values.append(tuple(reason.facts.values()))

    def codes(self) -> frozenset[str]:
        """The codes that occur."""
        return frozenset(shape[0] for shape in self._names)

    @overload
    def __getitem__(self, at: int) -> RefusedRow: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[RefusedRow, ...]: ...

    def __getitem__(self, at: int | slice) -> RefusedRow | tuple[RefusedRow, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        code, *names = self._names[self._kinds[at]]
        reason = MailroomError(code, **dict(zip(names, self._values[at], strict=True)))
        return RefusedRow(int(self._rows[at]), reason)

    def __iter__(self) -> Iterator[RefusedRow]:
        return (self[at] for at in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented if not isinstance(other, Sequence) else False
        return [_told(one) for one in self] == [_told(one) for one in other]

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self._rows)


def _told(one: RefusedRow) -> tuple[int, str, dict[str, Any]]:
    return one.row, one.reason.code, dict(one.reason.facts)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or what a trial of it would do (`dry_run`): `known` rows were on record and added nothing."""

    import_id: str  # empty for a trial
    file_name: str
    rows: int
    added: int
    known: int
    refused: Refusals
    cancelled: bool
    ignored_columns: tuple[str, ...]
    encoding: str  # of a text file
    kind: ImportKind = ImportKind.EVENTS
    dry_run: bool = False
    mapping: str = ""  # name of the saved mapping that was used
    format: str = "csv"
    renamed: bool = False  # the name of the file says another format than its content
    sheet: str = ""
