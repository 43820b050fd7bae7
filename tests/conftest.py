"""What all tests share: an offscreen Qt, a profile of their own, a real PostgreSQL, one X server, `--long`."""

import importlib.util
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

# Before any test imports Qt. End-to-end tests start Mailroom as a process of its own and give it `xvfb`.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the developer's own key store
os.environ.pop("MAILROOM_KEY_PASSPHRASE", None)

hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

MUCH = 1 << 20  # bytes of a table from which TRUNCATE is quicker than DELETE
DEAR_FIRST = ("e2e", "set_up", "ui", "cli", "services", "reports", "store", "capture")  # by seconds a test
STATEMENTS = 4000  # compiled ones that are kept of a kind of engine
START_SECONDS = 60.0  # the most that a server may take to start before the run is given up


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long` adds the tests that run for minutes."""
    parser.addoption("--long", action="store_true", default=False, help="run the tests marked long, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out, unless they were asked for; put the folders of dear tests first.

    What is shared out last are then tests that take no time, so that no process waits for another's long one.
    """
    items.sort(key=_turn)
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def _turn(item: pytest.Item) -> int:
    """The place of a test's folder; within it the order stays."""
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return DEAR_FIRST.index(room) if room in DEAR_FIRST else len(DEAR_FIRST)


@pytest.fixture(scope="session", autouse=True)
def own_profile(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test may touch the profile of whoever runs the tests."""
    os.environ["MAILROOM_PROFILE"] = str(tmp_path_factory.mktemp("profile") / "default")


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """All engines of a kind share what SQLAlchemy compiled: it would compile every statement anew for every test.

    A window, too, has its statements compiled after a while. Processes that tests start begin with none.
    """
    from sqlalchemy.engine.default import DefaultDialect
    from sqlalchemy.util import LRUCache

    kept: dict[object, Any] = {}

    def share(_kind: type, engine: Any) -> None:
        own = engine.dialect
        kind = (type(own), id(own.dbapi), own._on_connect_isolation_level)  # a kept dialect keeps its module
        if kind not in kept or kept[kind][0].server_version_info is None:  # one that never reached its server
            kept[kind] = (own, LRUCache(STATEMENTS))
        engine.dialect, engine._compiled_cache = kept[kind]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultDialect, "engine_created", classmethod(share))
        yield


def _as_postgres(command: list[str]) -> list[str]:
    """The command for whoever may run PostgreSQL, which refuses root; Linux ends it with these tests."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    swap = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return [setpriv, "--pdeathsig", "INT", *swap, *command]


def _postgres_program(name: str) -> str:
    """A program of the newest PostgreSQL here; Debian keeps the server's programs off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    assert program, "PostgreSQL is not installed; python3 packaging/test.py does that"
    return program


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_postgres(server: subprocess.Popen[bytes], address: str) -> bool:
    """True once the server takes connections, false when it died or took too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            server.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            try:
                psycopg.connect(address, connect_timeout=2).close()
            except psycopg.OperationalError:
                continue
            return True
        return False
    return False


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real server, started once for the run when the first test asks; the URL is of its database `postgres`.

    It listens on loopback only, on a port of its own, trusts its own machine and does not sync: it holds nothing
    that has to outlive the tests. Root is refused by PostgreSQL, so root's server runs as the user `postgres`.
    """
    place = Path(tempfile.mkdtemp(prefix="mailroom-postgres-"))  # pytest's own folders are closed to other users
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    data, log, port = place / "data", place / "log", _free_port()
    locale = "C.UTF-8" if sys.platform == "linux" else "C"
    make = [_postgres_program("initdb"), "-D", str(data), "-U", "mailroom", "--auth=trust", f"--locale={locale}"]
    make += ["-E", "UTF8", "--data-checksums", "--no-sync"]
    made = subprocess.run(_as_postgres(make), cwd=place, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    settings = f"port={port} listen_addresses=127.0.0.1 unix_socket_directories={place} max_connections=60"
    settings += " fsync=off synchronous_commit=off full_page_writes=off"
    start = [_postgres_program("postgres"), "-D", str(data)]
    start += [part for setting in settings.split() for part in ("-c", setting)]
    with log.open("wb") as output:
        server = subprocess.Popen(_as_postgres(start), cwd=place, stdout=output, stderr=output)
    try:
        address = f"postgresql://mailroom@127.0.0.1:{port}/postgres"
        assert _wait_for_postgres(server, address), log.read_text(encoding="utf-8", errors="replace")
        yield address.replace("postgresql:", "postgresql+psycopg:")
    finally:
        server.send_signal(signal.SIGINT)  # SIGTERM would wait for clients to leave
        server.wait(timeout=START_SECONDS)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty database of this test alone."""
    name = f"test_{uuid.uuid4().hex}"
    server = postgres_url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield f"{postgres_url.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def kept_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with all tables that is kept for the run: making one takes ten times as long as emptying it."""
    from mailroom.store import open_store

    server = postgres_url.replace("+psycopg", "")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE kept")
    url = f"{server.rpartition('/')[0]}/kept"
    open_store(url, profile=tmp_path_factory.mktemp("kept")).close()
    return url


@pytest.fixture
def made_postgres(kept_postgres: str) -> str:
    """The URL of a database that has all tables and no row."""
    from mailroom.store.columns import metadata

    sizes = "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relname = ANY(%s)"
    with psycopg.connect(kept_postgres, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # all go, so no row has to look for another
        held = {name: size for name, size in connection.execute(sizes, [list(metadata.tables)]) if size}
        if max(held.values(), default=0) > MUCH:
            connection.execute(f"TRUNCATE {', '.join(metadata.tables)}")
        elif held:
            connection.execute("; ".join(f"DELETE FROM {name}" for name in held))
    return kept_postgres


@pytest.fixture(scope="session")
def new_record(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Puts a new record on SQLite into a profile: a copied one, as making the tables takes eight times as long."""
    from mailroom.store import open_store

    made = tmp_path_factory.mktemp("record")
    open_store("", profile=made).close()

    def put(profile: Path) -> None:
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(made / "mailroom.sqlite", profile)

    return put


@pytest.fixture(scope="session")
def xvfb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One X server with a window manager for the run; what a child process needs in its environment to use it."""
    folder = tmp_path_factory.mktemp("xvfb")
    reading, writing = os.pipe()
    screen = ["-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *screen], pass_fds=[writing], stdout=log, stderr=log
        )
    os.close(writing)
    manager: subprocess.Popen[bytes] | None = None
    try:
        number = _read_line(reading, START_SECONDS)
        assert number, (folder / "log").read_text(errors="replace")
        environment = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        manager = _start_window_manager(folder, environment)
        yield environment
    finally:
        os.close(reading)
        for process in [manager, server] if manager else [server]:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def _start_window_manager(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Openbox, once it manages windows: without one no window gets the keyboard."""
    started = folder / "started"
    os.mkfifo(started)
    reading = os.open(started, os.O_RDONLY | os.O_NONBLOCK)
    with (folder / "log").open("ab") as log:
        manager = subprocess.Popen(
            ["openbox", "--sm-disable", "--startup", f"sh -c 'echo yes >{started}'"],
            env={**os.environ, **environment, "HOME": str(folder)},
            stdout=log,
            stderr=log,
        )
    answer = _read_line(reading, START_SECONDS)
    os.close(reading)
    assert answer == "yes", (folder / "log").read_text(errors="replace")
    return manager


def _read_line(descriptor: int, seconds: float) -> str:
    """What arrives on a pipe up to the end of a line; nothing when it does not come in time."""
    text = b""
    deadline = time.monotonic() + seconds
    while not text.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return ""
        part = os.read(descriptor, 100)
        if not part:
            return ""
        text += part
    return text.decode().strip()


def _beside(name: str) -> Any:
    """A module that stands beside this file."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def played() -> Iterator[Any]:
    """A server that plays the carriers, of this test alone; see `played_carriers.py`."""
    module = _beside("played_carriers")
    server = module.PlayedCarriers()
    server.Says = module.Says
    yield server
    server.close()


@pytest.fixture
def played_mail() -> Iterator[Any]:
    """A mail server of this test alone: its `box` of mails, and `server`, the settings for it; see `played_mail.py`."""
    module = _beside("played_mail")
    with module.played() as mail:
        yield mail
