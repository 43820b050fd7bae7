"""One call of the command line from arguments to exit code: expected trouble is one sentence, never a stack."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from mailroom.cli.output import Output
from mailroom.cli.parser import parse
from mailroom.cli.wiring import Call, Exit, Wiring
from mailroom.errors import MailroomError
from mailroom.wording import use_language

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(KeyboardInterrupt):
    """The system, or whoever closed the terminal, wants this to end: what is half done is taken back as by Ctrl+C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def run(argv: list[str], wiring: Wiring) -> int:
    """Run the command that `argv` (without the program's name) asks for; the exit code."""
    use_language(system_language())
    try:
        line, options, place, as_json = parse(argv)
        output = Output(as_json=as_json)
        try:
            with _ending_in_order():
                return int(line.run(Call(options, place, wiring, output)))
        except MailroomError as error:
            output.trouble(error)
            if error.code == "output_unwritable":
                _drop_stdout()
            return Exit.REFUSED
    except SystemExit as leaving:  # argparse: --help, --version, wrong arguments
        return leaving.code if isinstance(leaving.code, int) else Exit.REFUSED
    except BrokenPipeError:
        _drop_stdout()
        return Exit.CUT_OFF
    except Ended as ended:
        return 128 + ended.number
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """A signal that would end the program ends the command; a second one does not wait for that."""
    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's only
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise Ended(number)

    heard = [number for number in _ENDS if signal.getsignal(number) is not signal.SIG_IGN]  # `nohup` wants it so
    before = {number: signal.signal(number, end) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def system_language() -> str:
    """The language of the surroundings, such as `de_AT`; the desk's own setting goes before it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.partition(".")[0].partition("@")[0]
    return "en"


def _drop_stdout() -> None:
    """Let the interpreter's own flush at the end meet the null device instead of the pipe that is gone."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
