"""What the command line is given: callables from bootstrap, and one call's options and output."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from mailroom.cli.output import Output

if TYPE_CHECKING:
    from mailroom.domain.reading import Reading
    from mailroom.domain.recognition import Recognition
    from mailroom.services.office import Office


class Exit(IntEnum):
    """Exit codes; `verify`, `audit verify` and `check` read them as: holds, does not hold, cannot be read."""

    DONE = 0
    SOME_FAILED = 1
    REFUSED = 2
    INTERRUPTED = 130  # Ctrl+C, as shells count it
    CUT_OFF = 141  # whoever read the output went away, as shells count it


Recognise = Callable[["Sequence[Reading]"], "Recognition"]


@dataclass(frozen=True, slots=True)
class Place:
    """Which record a call works on: profile folder, database URL, operator's name; none means the desk's own."""

    profile: Path | None = None
    database: str | None = None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Wiring:
    """What bootstrap hands to the command line; nothing is loaded before it is called."""

    recogniser: Callable[[], Recognise]  # all carriers, no database
    open_office: Callable[[Place], "Office"]
    close_office: Callable[["Office"], None]
    window: Callable[[Place], int]
    screenshots: Callable[["Office", Path], list[Path]]  # PNG files of window pages, drawn without a display


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a command: its options, where its record is, what it is wired to, where results go."""

    options: argparse.Namespace
    place: Place
    wiring: Wiring
    output: Output


@contextmanager
def opened(call: Call) -> "Iterator[Office]":
    """The office of this call, closed at the end whatever happens."""
    office = call.wiring.open_office(call.place)
    try:
        yield office
    finally:
        call.wiring.close_office(office)
