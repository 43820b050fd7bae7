"""How long Mailroom takes to start, beside what no program can beat: run `python tests/benchmarks/bench_start.py`.

Prints milliseconds (median of several starts) and ratios: `--help` beside an empty Python, the first reading on
record beside a bare import of SQLAlchemy, `identify` per payload in a batch.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
BATCH = 20_000
PAYLOADS = ("1Z999AA10123456784", "RB123456785US", "9400117947734440521950", "766405636952", "HELLO WORLD", "")


def start(*argv: str, stdin: bytes = b"") -> float:
    """Milliseconds from start to end of one process."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *argv], input=stdin, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000


def first_reading(profile: Path) -> float:
    """Milliseconds from the start of `record` to its first line, which is printed after the commit."""
    command = [sys.executable, "-m", "mailroom", "--profile", str(profile), "record", "--json"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(b"1Z999AA10123456784\n")
        child.stdin.flush()
        line = child.stdout.readline()
        took = (time.perf_counter() - began) * 1000
        child.stdin.close()
    assert b'"recorded"' in line or b'"repeated"' in line, line
    return took


def batch() -> float:
    """Microseconds a payload of `identify` in one process, its start not counted."""
    lines = "".join(f"{PAYLOADS[at % len(PAYLOADS)]}\n" for at in range(BATCH)).encode()
    identify = ("-m", "mailroom", "identify", "--json")
    return (start(*identify, stdin=lines) - start(*identify, stdin=b"\n")) / BATCH * 1000


def main() -> None:
    """Measure and print."""
    times: dict[str, list[float]] = {name: [] for name in ("bare", "sqlalchemy", "page", "known")}
    with tempfile.TemporaryDirectory() as folder:
        fresh = first_reading(Path(folder) / "profile")
        for _ in range(ROUNDS):  # side by side: what else the machine does falls on all of them
            times["bare"].append(start("-c", "pass"))
            times["sqlalchemy"].append(start("-c", "import sqlalchemy"))
            times["page"].append(start("-m", "mailroom", "--help"))
            times["known"].append(first_reading(Path(folder) / "profile"))
    bare, sqlalchemy, page, known = (statistics.median(one) for one in times.values())
    each = statistics.median([batch() for _ in range(3)])
    print(f"python -c pass            {bare:8.0f} ms")
    print(f"import sqlalchemy         {sqlalchemy:8.0f} ms  {sqlalchemy / bare:5.1f} x an empty Python")
    print(f"mailroom --help           {page:8.0f} ms  {page / bare:5.1f} x an empty Python")
    print(f"first reading, new desk   {fresh:8.0f} ms  {fresh / sqlalchemy:5.1f} x a bare SQLAlchemy")
    print(f"first reading             {known:8.0f} ms  {known / sqlalchemy:5.1f} x a bare SQLAlchemy")
    print(f"identify, a payload       {each:8.1f} us  ({BATCH} in a batch)")


if __name__ == "__main__":
    main()
