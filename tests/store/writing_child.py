"""A desk's process: puts COUNT pieces on record and prints the id of each after its commit. Run by test_processes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from conftest import Maker

from mailroom.store import open_store


def main(address: str, profile: str, name: str, count: str) -> None:
    """Open, write, tell; without an end where count is 0."""
    make = Maker(tag=name)
    store = open_store(address, profile=Path(profile))
    print("open", flush=True)
    done = 0
    while not int(count) or done < int(count):
        given = make.piece(f"{name}{done:06d}", subject=f"{name}-{done:06d}", raw=f"{name}{done}", department=name)
        store.accept(given)
        print(given.id, flush=True)
        done += 1
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
