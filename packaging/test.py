"""Prepare this checkout with all that the tests need, then run them: `python3 packaging/test.py [ARGS of pytest]`.

Without a test named, all of them run, one process a core (`-n 0` for one process in all).
"""

import sys

if sys.version_info < (3, 11):  # before the import below: an older Python stumbles over its syntax
    sys.exit("Mailroom needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

import os
import subprocess
import time
from pathlib import Path

import workplace

ROOM = 4 << 30  # bytes; a run has some hundred megabytes at a time


def from_here(argument: str) -> str:
    """An argument that names an existing file or folder (also `file::test`) as an absolute path, others unchanged."""
    path, separator, rest = argument.partition("::")
    if path.startswith("-") or not Path(path).exists():
        return argument
    return f"{Path(path).absolute()}{separator}{rest}"


def spread(arguments: list[str]) -> list[str]:
    """What shares the tests out to the cores, unless somebody chose otherwise or named what to run."""
    chosen = any(one.startswith(("-n", "--numprocesses", "--pdb", "--dist")) for one in arguments)
    named = any(Path(one.partition("::")[0]).exists() for one in arguments if not one.startswith("-"))
    cores = min(os.cpu_count() or 1, 4)  # more would only start more database servers
    return [] if chosen or named or cores == 1 else ["-n", str(cores), "--dist", "worksteal"]


def in_memory(place: Path = Path("/dev/shm")) -> bool:
    """Can temporary files be kept in memory here? Only with room for them, and where programs may be started."""
    if not (sys.platform == "linux" and os.access(place, os.W_OK | os.X_OK)):
        return False
    about = os.statvfs(place)
    return about.f_bavail * about.f_frsize >= ROOM and not about.f_flag & os.ST_NOEXEC


def surroundings() -> dict[str, str]:
    """The environment of the tests, unless somebody chose otherwise.

    Modules are kept compiled, as hundreds of processes load the same ones. Temporary files are in memory: what a
    power cut leaves of a record is tested on a simulated disk, and no other test has to wait for the real one.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return ({"TMPDIR": "/dev/shm"} if in_memory() else {}) | kept


def compile_all(python: Path) -> None:
    """Have pytest compile every test once: processes that begin together would each compile all of them."""
    collect = [str(python), "-m", "pytest", "--collect-only", "-q", "-n", "0"]
    # What is wrong with a test, its own run says.
    subprocess.run(collect, cwd=workplace.TOP, env=surroundings(), check=False, capture_output=True)


def main(arguments: list[str]) -> int:
    """Set up, run pytest at the top of the checkout, say how long both took; the exit code is pytest's."""
    started = time.monotonic()
    try:
        python = workplace.prepare("test")
        several = spread(arguments)
        if several:
            compile_all(python)
        ready = time.monotonic()
        tests = [str(python), "-m", "pytest", *several, *map(from_here, arguments)]
        code = subprocess.run(tests, cwd=workplace.TOP, env=surroundings(), check=False).returncode
    except workplace.SetUpError as trouble:
        workplace.say(str(trouble))
        return 2
    except KeyboardInterrupt:
        workplace.say("Interrupted.")
        return 130
    workplace.say(f"Set-up took {ready - started:.1f} s, the tests {time.monotonic() - ready:.1f} s.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
