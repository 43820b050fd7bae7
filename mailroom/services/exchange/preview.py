"""A look at a file before it is imported: its columns, its first rows, and what would become of each of these."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from mailroom.domain.operator import Operator
from mailroom.domain.status import Status
from mailroom.domain.times import DateOrder
from mailroom.errors import MailroomError
from mailroom.recognition.statuses import status_by_words
from mailroom.services.attachments import clean_name
from mailroom.services.desk import Desk
from mailroom.services.exchange.fields import FIELDS, FieldSpec, ImportKind, guess
from mailroom.services.exchange.grid import Grid, GridRow, plain_cell, read_grid
from mailroom.services.exchange.kinds import KINDS
from mailroom.services.exchange.plan import ImportPlan, checked, fitting, guessed
from mailroom.services.exchange.source import look
from mailroom.services.exchange.values import file_time

SHOWN = 20  # rows
_TELLING = 1  # fields of shipments that titles may name without saying that the rows are shipments: the number
_STATUSES = frozenset(one.value for one in Status)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One of the first rows: its line in the file, its cells as the import reads them."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What would become of a row under a plan: known already, refused for a reason, else added."""

    known: bool = False
    refused: MailroomError | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that was looked at, with the plan that is proposed for it."""

    kind: ImportKind
    path: Path
    grid: Grid
    rows: tuple[PreviewRow, ...]
    plan: ImportPlan
    saved: tuple[ImportPlan, ...]  # of this kind, by name
    sampled: tuple[GridRow, ...]  # what `rows` were made of

    @property
    def columns(self) -> tuple[str, ...]:
        """The file's titles, each once; those without text are left out."""
        return tuple(title for title in self.grid.titles if title)

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Our fields of this kind."""
        return FIELDS[self.kind]

    def sample(self, title: str) -> str:
        """The first text in a column."""
        at = self.grid.titles.index(title)
        return next((row.cells[at] for row in self.rows if at < len(row.cells) and row.cells[at]), "")


def opened_grid(path: Path, kind: ImportKind, *, encoding: str = "", sheet: str = "") -> Grid:
    """The file with its header found. Raises what `look` and `read_grid` raise."""
    return read_grid(look(path, clean_name(path.name), encoding), lambda titles: len(guess(kind, titles)), sheet)


def kind_of(path: Path, *, encoding: str = "", sheet: str = "") -> ImportKind:
    """Events where the titles name a moment and what happened then; shipments where they name fields of these.

    Where the titles say little, the first rows tell: a column of moments beside one of statuses is of events.
    """
    grid = opened_grid(path, ImportKind.EVENTS, encoding=encoding, sheet=sheet)
    found = guess(ImportKind.EVENTS, grid.titles)
    if "happened_at" in found and ("status" in found or "text" in found):
        return ImportKind.EVENTS
    if len(guess(ImportKind.SHIPMENTS, grid.titles)) > _TELLING:
        return ImportKind.SHIPMENTS
    rows = [cells for _line, cells, _lost in grid.some(SHOWN) if isinstance(cells, list)]
    columns = [[plain_cell(one).strip() for one in column] for column in zip_longest(*rows, fillvalue="")]
    moments, statuses = ([at for at, one in enumerate(columns) if _mostly(one, fits)] for fits in (_moment, _status))
    return ImportKind.EVENTS if moments and set(statuses) - set(moments) else ImportKind.SHIPMENTS


def _mostly(texts: list[str], fits: Callable[[str], bool]) -> bool:
    """Whether more than half of what stands in a column is of a sort."""
    given = [one for one in texts if one]
    return sum(map(fits, given)) * 2 > len(given)


def _moment(text: str) -> bool:
    try:
        file_time(text, DateOrder.MONTH_FIRST)
    except MailroomError:
        return False
    return True


def _status(text: str) -> bool:
    return text.lower() in _STATUSES or status_by_words("", text) is not Status.UNKNOWN


def chosen_plan(grid: Grid, kind: ImportKind, saved: tuple[ImportPlan, ...]) -> ImportPlan:
    """The saved plan that fits the file, else what its titles suggest."""
    return fitting(kind, grid.titles, saved) or guessed(kind, grid.titles)


def look_at(path: Path, kind: ImportKind, saved: tuple[ImportPlan, ...], encoding: str, sheet: str) -> Preview:
    """The preview of a file."""
    grid = opened_grid(path, kind, encoding=encoding, sheet=sheet)
    sampled = tuple(grid.some(SHOWN))
    rows = tuple(
        PreviewRow(line, tuple(plain_cell(cell) for cell in cells) if isinstance(cells, list) else ())
        for line, cells, _lost in sampled
    )
    plan = replace(chosen_plan(grid, kind, saved), encoding=encoding, sheet=grid.sheet)
    return Preview(kind, path, grid, rows, plan, saved, sampled)


def judge(desk: Desk, who: Operator, preview: Preview, plan: ImportPlan) -> tuple[Judgement, ...]:
    """What would become of each of the rows shown, in their order. Raises `columns_missing`, `column_unknown`."""
    grid = preview.grid
    fit = checked(plan, preview.kind, grid.titles, grid.source.name)
    rows = KINDS[preview.kind](desk, who, fit, grid.titles, grid.source.name)
    verdicts: dict[int, Judgement] = {}
    read = []
    for line, cells, lost in preview.sampled:
        try:
            if isinstance(cells, MailroomError):
                raise cells
            read.append((line, rows.read(line, cells, lost)))
        except MailroomError as reason:
            verdicts[line] = Judgement(refused=reason.with_traceback(None))
    for line, row in read:
        refused: list[MailroomError] = []
        settled = rows.settle([(line, row)], lambda _line, reason: refused.append(reason))  # noqa: B023 - run at once
        if refused:
            verdicts[line] = Judgement(refused=refused[0])
        else:
            verdicts[line] = Judgement(known=rows.known(settled)[0])
    return tuple(verdicts[line] for line, _cells, _lost in preview.sampled)
