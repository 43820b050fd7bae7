"""The set-up that `run.py` and `test.py` share: system packages, `.venv/` from the pinned files, and a stamp.

Standard library only, and stderr only: stdout belongs to Mailroom's own results. The stamp makes the next start
cheap; a set-up that was cut short leaves a mark, so that the next start builds anew what cannot be trusted.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import systempackages

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
STAMP = VENV / "prepared.json"  # purpose -> fingerprint of what it was prepared from
BEGUN = VENV / "begun"  # there while packages are being installed: whoever finds it starts from nothing
LOCK = TOP / ".venv.lock"

REQUIREMENTS = {"run": "requirements.txt", "test": "requirements-test.txt"}  # the second holds all of the first


class SetUpError(Exception):
    """The set-up cannot go on; the text says why and what would help."""


def say(text: str) -> None:
    """One line on stderr."""
    print(f"mailroom: {text}", file=sys.stderr, flush=True)


def prepare(purpose: str) -> Path:
    """Make everything ready for `run` or `test` and give the Python to start; nothing is done when it is ready."""
    python = venv_python()
    if is_prepared(purpose):
        return python
    try:
        with alone() as lock:
            if not is_prepared(purpose):  # else another start has done it while this one waited
                systempackages.provide(purpose, say)
                build(purpose, lock)
    except OSError as trouble:
        raise SetUpError(f"The set-up cannot write what it needs: {trouble}") from trouble
    except systempackages.MissingError as trouble:
        raise SetUpError(str(trouble)) from trouble
    return python


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def fingerprint(purpose: str, top: Path = TOP) -> str:
    """A digest of all that the environment is made from; the place is part of it, as a moved one does not work."""
    parts = [
        (top / "packaging" / REQUIREMENTS[purpose]).read_bytes(),
        (top / "pyproject.toml").read_bytes(),
        f"{sys.implementation.cache_tag} {platform.machine()} {top}".encode(),
        json.dumps(systempackages.wanted(purpose)).encode(),
    ]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """What a stamp says; nothing where there is none or it is damaged."""
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in content.items()} if isinstance(content, dict) else {}


def write_stamp(stamp: Path, content: Mapping[str, str]) -> None:
    """Replace a stamp in one step: it is there whole or not at all."""
    beside = stamp.with_suffix(".new")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(stamp)


def is_prepared(purpose: str) -> bool:
    """Does the stamp fit today's files, and is the environment whole? Quick: no process is started."""
    if BEGUN.exists() or not venv_python().exists():  # a link to an interpreter that is gone does not exist either
        return False
    return read_stamp(STAMP).get(purpose) == fingerprint(purpose)


@contextmanager
def alone() -> Iterator[int]:
    """Hold the lock of this checkout, waiting (with a word) for another set-up; gives the lock's descriptor."""
    try:
        lock = os.open(LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        lock = os.open(LOCK, os.O_RDONLY)  # another user's; a lock needs no right to write
    try:
        if not _lock(lock, wait=False):
            say("Another start is preparing this checkout; waiting for it.")
            _lock(lock, wait=True)
        yield lock
    finally:
        os.close(lock)  # gives the lock back


def _lock(descriptor: int, wait: bool) -> bool:
    """Take the lock; without `wait` say at once whether it was free."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:  # LK_LOCK gives up after ten seconds
                if not wait:
                    return False
            else:
                return True
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


def build(purpose: str, lock: int) -> None:
    """Install the pinned packages and Mailroom itself into `.venv/`, then write the stamp."""
    stamps = read_stamp(STAMP)
    usable = _is_usable()
    if not usable:
        stamps = {}
        if VENV.exists():
            say("The environment in .venv is from elsewhere or was cut short; building it anew.")
        _run([_base_python(), "-m", "venv", "--clear", str(VENV)], lock, "The virtual environment cannot be made.")
    BEGUN.touch()
    say("Installing Python packages into .venv; the first time takes a few minutes.")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "--no-user"]
    pip += [] if sys.stderr.isatty() else ["--quiet"]
    pinned = TOP / "packaging" / REQUIREMENTS[purpose]
    _run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(pinned)],
        lock,
        "The pinned Python packages cannot be installed; is the package index reachable?",
    )
    _run(
        [*pip, "--no-index", "--no-deps", "--no-build-isolation", "-e", str(TOP)],
        lock,
        "Mailroom itself cannot be installed into .venv.",
    )
    compile_program()
    stamps |= {"place": str(TOP), purpose: fingerprint(purpose)}
    if purpose == "test":
        stamps["run"] = fingerprint("run")
    write_stamp(STAMP, stamps)
    BEGUN.unlink()


def compile_program(top: Path = TOP) -> None:
    """Keep the program's modules compiled, for starts that may not write (`PYTHONDONTWRITEBYTECODE`, another user).

    A checkout that cannot be written only starts slower.
    """
    command = [str(venv_python(top / ".venv")), "-m", "compileall", "-q", str(top / "mailroom")]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _is_usable() -> bool:
    """Can packages be added to the `.venv` that is there? Not after a cut, a move or another Python."""
    if BEGUN.exists() or not venv_python().exists():
        return False
    if read_stamp(STAMP).get("place", str(TOP)) != str(TOP):  # scripts and the link to the checkout name the old place
        return False
    probe = [str(venv_python()), "-c", "import sys, pip; print(sys.implementation.cache_tag)"]
    try:
        answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == sys.implementation.cache_tag


def _base_python() -> str:
    """The interpreter behind this one: a start from inside `.venv` must be able to build `.venv` anew."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _run(command: Sequence[str], lock: int, trouble: str) -> None:
    """Run one step with its output on stderr; a step that outlives a killed set-up keeps the lock."""
    keep = () if os.name == "nt" else (lock,)
    if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, pass_fds=keep, check=False).returncode:
        raise SetUpError(f"{trouble} The lines above say more; the next start tries again.")


def has_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Can a window open here? Only Linux and the BSDs can lack a display."""
    if system in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def become(python: Path, arguments: Sequence[str]) -> int:
    """Replace this process by `python`, in the user's folder, which stays out of the import path (`-P`)."""
    command = [str(python), "-P", *arguments]
    if os.name == "nt":  # there exec gives the prompt back at once and loses the exit code
        return subprocess.run(command, check=False).returncode
    sys.stderr.flush()
    os.execv(python, command)
