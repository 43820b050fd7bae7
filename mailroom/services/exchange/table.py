"""A small table whose columns are found by their titles alone, such as a list of addresses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailroom.errors import MailroomError
from mailroom.services.attachments import clean_name
from mailroom.services.exchange.event_rows import refuse_lost
from mailroom.services.exchange.fields import plain
from mailroom.services.exchange.grid import Grid, plain_cell, read_grid
from mailroom.services.exchange.plan import shown
from mailroom.services.exchange.source import look

Aliases = Mapping[str, Sequence[str]]  # our name of a column -> what others call it


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows by our own column names."""

    grid: Grid
    columns: Mapping[str, int]  # our name -> place in a row, from 0
    ignored: tuple[str, ...]  # titles that are not used

    def rows(self) -> Iterator[tuple[int, dict[str, str] | MailroomError]]:
        """The line in the file with the row's values, or what is wrong with it."""
        used = frozenset(self.columns.values())
        with self.grid.open() as reader:
            for line, cells, lost in reader.rows():
                if isinstance(cells, MailroomError):
                    yield line, cells
                    continue
                try:
                    refuse_lost(cells, lost, used)
                except MailroomError as reason:
                    yield line, reason
                    continue
                yield (
                    line,
                    {name: plain_cell(cells[at]) if at < len(cells) else "" for name, at in self.columns.items()},
                )

    def count(self) -> int:
        """How many rows there are below the header, blank ones left out."""
        return sum(1 for _row in self.rows())


def read_table(path: Path, aliases: Aliases, needed: Sequence[str] = ()) -> Table:
    """Understand a file. Raises what `source.look` and `grid.read_grid` raise, and `columns_missing`."""
    grid = read_grid(look(path, clean_name(path.name)), lambda titles: len(_match(titles, aliases)))
    columns = _match(grid.titles, aliases)
    missing = [one for one in needed if one not in columns]
    if missing:
        name, found = grid.source.name, shown(grid.titles)
        raise MailroomError("columns_missing", name=name, missing=", ".join(missing), found=found)
    used = set(columns.values())
    return Table(grid, columns, tuple(one for at, one in enumerate(grid.titles) if one and at not in used))


def _match(titles: Sequence[str], aliases: Aliases) -> dict[str, int]:
    spelled = {plain(word): ours for ours, words in aliases.items() for word in (ours, *words)}
    columns: dict[str, int] = {}
    for at, title in enumerate(titles):
        ours = spelled.get(plain(title))
        if ours is not None and ours not in columns:
            columns[ours] = at
    return columns
