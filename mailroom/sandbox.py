"""One function on one file in a child process with memory, CPU and time limits; also in the frozen build.

Foreign pictures and PDFs are opened by native libraries, and a file of a kilobyte can cost them gigabytes.
So they are opened in a child that may die. `call` starts one for one call; `Sandbox` keeps one for a batch
and starts another after a death (a start costs 60 ms and more).

Arguments and results are plain data: None, bool, int, float, str, bytes, tuple, list, and dicts with str keys.
They travel as JSON with the bytes beside it, never as pickles: a child that was taken over must not be able to
run anything in the parent.
"""

# ruff: noqa: ANN401 - plain data of any shape goes through here; what it is, only target and caller know
import contextlib
import importlib
import json
import os
import signal
import stat
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from mailroom.errors import MailroomError

CHILD_SWITCH = "--sandbox-child"  # what the frozen program is started with; its main hands over to `child_main`
MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 20
WALL_SECONDS = 30.0
_NICER = 10  # of 19: children of a window that nobody's reading waits for
MAX_FILE = 100 * 1024 * 1024  # bytes: more than any label, photo or claim document that a person hands in

_HEADER = struct.Struct(">II")  # length of the JSON, number of byte strings that follow it
_SIZE = struct.Struct(">Q")
_Message = tuple[Any, list[bytes]]


def call(
    target: str,
    *args: Any,
    memory: int = MEMORY,
    cpu_seconds: int = CPU_SECONDS,
    wall_seconds: float = WALL_SECONDS,
    name: str = "",
    **kw: Any,
) -> Any:
    """Run `module:function` once in a child of its own; errors are those of `Sandbox.call`."""
    with Sandbox(memory=memory, cpu_seconds=cpu_seconds, wall_seconds=wall_seconds) as box:
        return box.call(target, *args, name=name, **kw)


class Sandbox:
    """A child for many calls, one at a time, started at the first call and again after a death.

    `memory` is bytes of address space, `cpu_seconds` and `wall_seconds` count anew for every call; with `gives_way`
    everything else goes before it. Windows has no such limits but the wall clock.
    """

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        cpu_seconds: int = CPU_SECONDS,
        wall_seconds: float = WALL_SECONDS,
        gives_way: bool = False,
    ) -> None:
        self._memory = memory
        self._nicer = _NICER if gives_way else 0
        self._cpu_seconds = cpu_seconds
        self._wall_seconds = wall_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, target: str, *args: Any, name: str = "", **kw: Any) -> Any:
        """Run `module:function` and give its result; `name` is the file's name for the error's sentence.

        A MailroomError of the function comes back as it was. `file_too_costly`: a limit was reached;
        `file_unreadable`: the function failed in any other way, or the child died of something else.
        """
        with self._turn:
            child = self._child or self._start()
            late = threading.Event()
            clock = threading.Timer(self._wall_seconds, _stop_late, (child, late))
            clock.daemon = True
            clock.start()
            try:
                assert child.stdin is not None
                assert child.stdout is not None
                _send(child.stdin, {"target": target, "args": args, "kw": kw})
                answer = _receive(child.stdout)
            except (OSError, EOFError, ValueError) as lost:
                raise self._death(late.is_set(), name) from lost
            finally:
                clock.cancel()
        return _unwrap(answer, name)

    def starts(self) -> bool:
        """Whether there is a child to call, started where there is none yet; false where the system lets none run."""
        try:
            return bool(self.call(f"{Sandbox.__module__}:ready"))
        except (MailroomError, OSError):
            return False

    def close(self) -> None:
        """End the child; from another thread it makes a running call fail at once."""
        child = self._child
        if child is None:
            return
        if not self._turn.acquire(blocking=False):
            child.kill()  # the running call meets the end of its pipe and cleans up
            return
        try:
            self._child = None
            _end(child)
        finally:
            self._turn.release()

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            _command(str(self._memory), str(self._cpu_seconds), str(self._nicer)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | _priority(self._nicer),
        )
        self._child = child
        return child

    def _death(self, late: bool, name: str) -> MailroomError:
        child, self._child = self._child, None
        code = _end(child) if child is not None else 0
        costly = late or -code in _COSTLY_SIGNALS
        return MailroomError("file_too_costly" if costly else "file_unreadable", name=name)


# A native library that gets no memory aborts or traps; the kernel kills, or signals spent CPU time.
_COSTLY_SIGNALS = {int(getattr(signal, one, 0)) for one in ("SIGXCPU", "SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL")} - {0}


def _stop_late(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def _end(child: subprocess.Popen[bytes]) -> int:
    """Take the child down and give the exit code of a death of its own (negative: the signal), else 0."""
    if child.stdin is not None:
        with contextlib.suppress(OSError):
            child.stdin.close()  # the child reads the end of its calls and leaves
    try:
        code = child.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        code = 0
    if child.stdout is not None:
        child.stdout.close()
    return code


def _unwrap(answer: Any, name: str) -> Any:
    match answer:
        case {"value": value}:
            return value
        case {"code": str(code), "facts": dict(facts)}:
            raise MailroomError(code, **facts)
        case {"costly": True}:
            raise MailroomError("file_too_costly", name=name)
        case {"crash": str(trace)}:
            raise MailroomError("file_unreadable", name=name) from RuntimeError(trace)
    raise MailroomError("file_unreadable", name=name)


def _command(*limits: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_SWITCH, *limits]
    # -P: a file named like a library in the folder where the user stands must not be imported.
    return [sys.executable, "-P", "-m", "mailroom.sandbox", *limits]


def _priority(nicer: int) -> int:
    """Windows sets a priority at the start; elsewhere the child itself does."""
    return getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if nicer else 0


def _environment() -> dict[str, str]:
    home = str(Path(__file__).resolve().parent.parent)
    paths = os.environ.get("PYTHONPATH", "")
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # a pool of threads would eat the address space
    return {**os.environ, **single, "PYTHONPATH": os.pathsep.join(filter(None, (home, paths)))}


# --- the wire ---------------------------------------------------------------------------------------------------


def _send(pipe: BinaryIO | Any, value: Any) -> None:
    blobs: list[bytes] = []
    body = json.dumps(_pack(value, blobs)).encode("ascii")
    pipe.write(_HEADER.pack(len(body), len(blobs)) + body)
    for blob in blobs:
        pipe.write(_SIZE.pack(len(blob)))
        pipe.write(blob)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> Any:
    size, count = _HEADER.unpack(_exactly(pipe, _HEADER.size))
    body = json.loads(_exactly(pipe, size))
    blobs = [_exactly(pipe, _SIZE.unpack(_exactly(pipe, _SIZE.size))[0]) for _ in range(count)]
    return _unpack(body, blobs)


def _exactly(pipe: BinaryIO | Any, size: int) -> bytes:
    data: bytes = pipe.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _pack(value: Any, blobs: list[bytes]) -> Any:
    """Plain data as JSON: containers and bytes are tagged lists, everything else is itself."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case bytes() | bytearray() | memoryview():
            blobs.append(bytes(value))
            return ["b", len(blobs) - 1]
        case tuple() | list():
            return ["t" if isinstance(value, tuple) else "l", *(_pack(one, blobs) for one in value)]
        case dict():
            return ["d", *([str(key), _pack(one, blobs)] for key, one in value.items())]
    raise TypeError(type(value).__name__)


def _unpack(value: Any, blobs: list[bytes]) -> Any:
    if not isinstance(value, list):
        return value
    match value:
        case ["b", int(index)]:
            return blobs[index]
        case ["t", *items]:
            return tuple(_unpack(one, blobs) for one in items)
        case ["l", *items]:
            return [_unpack(one, blobs) for one in items]
        case ["d", *pairs]:
            return {key: _unpack(one, blobs) for key, one in pairs}
    raise ValueError(value)


# --- the child --------------------------------------------------------------------------------------------------


def child_main(limits: list[str]) -> int:
    """The child's whole life: set the limits, answer calls until the parent closes the pipe."""
    memory, cpu_seconds = int(limits[0]), int(limits[1])
    if hasattr(os, "nice"):
        os.nice(int(limits[2]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the parent's to handle
    _binary_pipes()
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the answers.
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    _limit_memory(memory)
    while True:
        try:
            request = _receive(calls)
        except EOFError:
            return 0
        _limit_cpu(cpu_seconds)
        _send(answers, _answer(request))


def ready() -> bool:
    """That a child can be called at all."""
    return True


def _answer(request: Any) -> dict[str, Any]:
    try:
        module, _, function = request["target"].partition(":")
        work: Callable[..., Any] = getattr(importlib.import_module(module), function)
        value = work(*request["args"], **request["kw"])
        _pack(value, [])
    except MailroomError as error:
        return {"code": error.code, "facts": {key: _plain(one) for key, one in error.facts.items()}}
    except MemoryError:
        return {"costly": True}
    except Exception:
        import traceback

        return {"crash": traceback.format_exc()}
    return {"value": value}


def _plain(fact: object) -> object:
    return fact if isinstance(fact, (type(None), bool, int, float, str)) else str(fact)


def _binary_pipes() -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)


def _limit_memory(size: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS; the wall clock still holds there
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    spent = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(spent.ru_utime + spent.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


# --- opening a foreign file -------------------------------------------------------------------------------------


def open_regular(path: str | Path, limit: int = MAX_FILE) -> BinaryIO:
    """Open a file that a person handed in: a regular file of 1 to `limit` bytes, nothing else.

    `file_missing`, `file_not_regular` (directory, pipe, device, or a link that leads out of its folder),
    `file_empty`, `file_too_large`, `file_not_readable` (no permission).
    """
    named = Path(path)
    try:
        real = _behind_link(named)
        # Opening a pipe would wait for a writer, and what lies there may change between a look and the opening.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        if not stat.S_ISREG(real.lstat().st_mode):
            raise MailroomError("file_not_regular", name=named.name or str(named))
        handle = os.open(real, flags)
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise MailroomError("file_missing", name=str(named)) from missing
    except (OSError, ValueError) as refused:  # ValueError: a NUL in the name
        raise MailroomError("file_not_readable", name=named.name) from refused
    facts = os.fstat(handle)
    trouble = (
        MailroomError("file_not_regular", name=named.name)
        if not stat.S_ISREG(facts.st_mode)
        else MailroomError("file_empty", name=named.name)
        if facts.st_size == 0
        else MailroomError("file_too_large", name=named.name, limit=limit)
        if facts.st_size > limit
        else None
    )
    if trouble is not None:
        os.close(handle)
        raise trouble
    return os.fdopen(handle, "rb")


def _behind_link(named: Path) -> Path:
    """The file itself; a link may lead to a neighbour in its folder, not out of it."""
    if not named.is_symlink():
        return named
    real = named.resolve(strict=True)
    if not real.is_relative_to(named.parent.resolve()):
        raise MailroomError("file_not_regular", name=named.name)
    return real


if __name__ == "__main__":
    os._exit(child_main(sys.argv[1:]))  # all is answered: taking libraries down would make the parent wait 40 ms
