"""Where results and sentences go: results alone on stdout, each flushed at once; everything else on stderr."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from mailroom.errors import MailroomError
from mailroom.wording.errors import error_remedy, error_text, printable

Json = dict[str, Any]


class Output:
    """The two streams of one call. With `as_json` a result is one JSON object on a line, ASCII only."""

    def __init__(self, *, as_json: bool) -> None:
        self._encode: Callable[[Json], str] | None = None
        if as_json:
            import json

            self._encode = json.JSONEncoder(check_circular=False).encode  # our own records hold no circle
        self._out = _stream(sys.stdout)
        self._err = _stream(sys.stderr)

    def result(self, record: Json, describe: Callable[[Json], Iterable[str]], *, more: bool = False) -> None:
        """Print one result and flush it: the object itself, or the lines that `describe` makes of it for people.

        With `more` it is flushed with a later one, or by `flush`.
        """
        if self._encode is not None:
            text = self._encode(record) + "\n"
        else:
            text = "".join(f"{printable(line)}\n" for line in describe(record))
        try:
            self._out.write(text)
            if not more:
                self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as trouble:  # a full disk behind `>`
            raise _unwritable(trouble) from trouble

    def flush(self) -> None:
        """Give out what was printed."""
        try:
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as trouble:
            raise _unwritable(trouble) from trouble

    def say(self, sentence: str) -> None:
        """One sentence on stderr; no control character of a payload gets through."""
        print(printable(sentence), file=self._err, flush=True)

    def trouble(self, error: MailroomError, about: str = "") -> None:
        """The sentence of an error and what to do about it; `about` is the item that it concerns."""
        parts = [f"{about}:"] if about else []
        self.say(" ".join([*parts, error_text(error), error_remedy(error)]))


def _unwritable(trouble: OSError) -> MailroomError:
    return MailroomError("output_unwritable", path="stdout", why=trouble.strerror or "")


def _stream(stream: TextIO | None) -> TextIO:
    """The stream, never failing on a character that a terminal lacks; the null device where it is closed."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - lives as long as the process
    if callable(reconfigure := getattr(stream, "reconfigure", None)):
        reconfigure(errors="backslashreplace")
    return stream
