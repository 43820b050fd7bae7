"""Words for command bar codes: what each is called, and what it does."""

from mailroom.domain.bench_codes import BenchKind
from mailroom.wording import _, mark

_WORDS = {
    BenchKind.NEW_RUN: mark("New run"),
    BenchKind.CLOSE_RUN: mark("Close run"),
    BenchKind.DEPARTMENT: mark("Department"),
    BenchKind.SERVICE: mark("Service"),
    BenchKind.METER: mark("Meter"),
    BenchKind.UNDO: mark("Undo"),
    BenchKind.KEEP: mark("Keep it all the same"),
    BenchKind.REPEAT: mark("Repeat last fields"),
    BenchKind.BADGE: mark("Badge"),
}
_ABOUT = {
    BenchKind.NEW_RUN: mark("opens a mail run for what is read from now on"),
    BenchKind.CLOSE_RUN: mark("closes the mail run; twice where something is to decide"),
    BenchKind.DEPARTMENT: mark("department of the pieces from now on"),
    BenchKind.SERVICE: mark("service of the pieces from now on"),
    BenchKind.METER: mark("meter of the pieces from now on"),
    BenchKind.UNDO: mark("takes the last act back"),
    BenchKind.KEEP: mark("records the number asked about, despite its check digit"),
    BenchKind.REPEAT: mark("the next piece gets the fields of the last one"),
    BenchKind.BADGE: mark("seats its holder at the desk"),
}


def bench_word(kind: BenchKind) -> str:
    """What a command is called."""
    return _(_WORDS[kind])


def bench_about(kind: BenchKind) -> str:
    """What a command does, as a short phrase."""
    return _(_ABOUT[kind])
