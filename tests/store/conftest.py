"""A record on SQLite and one on PostgreSQL, and commands as the services would build them."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from mailroom.domain.command import Command, utc_text
from mailroom.domain.ids import new_id
from mailroom.store import Accepted, Store, open_store

MONDAY = datetime(2026, 11, 16, 9, 0, 0, 123456, tzinfo=UTC)


@dataclass
class Maker:
    """Makes commands: a clock that goes one second a command, and short ids."""

    desk: str = "desk-1"
    now: datetime = MONDAY
    tag: str = ""  # part of all ids, where several make them for one record
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def id(self, kind: str) -> str:
        return f"{kind}-{next(self.ids):05d}-{self.tag or self.desk}"

    def command(self, kind: str, subject: str, payload: dict[str, Any], **more: Any) -> Command:
        self.now += timedelta(seconds=1)
        return Command(
            more.pop("id", None) or new_id(),
            more.pop("desk", self.desk),
            kind,
            subject,
            payload,
            self.now,
            more.pop("made_by", "op-1"),
            **more,
        )

    def event(self, kind: str = "tracking", **more: Any) -> dict[str, Any]:
        at = more.pop("at", self.now)
        base = {
            "id": self.id("event"),
            "kind": kind,
            "status": None,
            "happened": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "sort_at": utc_text(at),
            "source": "mailroom",
        }
        return base | more

    def reading(self, raw: str) -> dict[str, Any]:
        return {
            "id": self.id("reading"),
            "raw": raw,
            "symbology": "Code128",
            "source": "wedge",
            "device": "",
            "engine": "",
            "read_at": utc_text(self.now),
        }

    def named(self, name: str) -> dict[str, Any] | None:
        return {"id": self.id("named"), "name": name} if name else None

    def postage(self, mills: int, currency: str = "USD", kind: str = "postage") -> dict[str, Any]:
        return {
            "id": self.id("line"),
            "kind": kind,
            "mills": mills,
            "currency": currency,
            "indicium": "",
            "note": "",
        }

    def piece(self, number: str = "9400100000000000000001", **more: Any) -> Command:
        carrier = more.pop("carrier", "usps")
        names = {name: self.named(more.pop(name, "")) for name in ("department", "account", "run", "meter")}
        payload = {
            "shipment": {
                "carrier": carrier,
                "tracking_number": number,
                "check": "ok",
                "service": more.pop("service", "Ground Advantage"),
                "service_code": "001",
                "destination": more.pop("destination", {"postal_code": "00950", "country": "US"}),
                "fields": more.pop("fields", {}),
            },
            **names,
            "numbers": more.pop("numbers", None)
            or [{"number": number, "carrier": carrier, "role": "primary", "check": "ok"}],
            "readings": [self.reading(more.pop("raw", number))],
            "event": self.event("recorded"),
            "repeat_event": self.event("repeated"),
            "postage": more.pop("postage", []),
        }
        return self.command("piece_recorded", more.pop("subject", None) or self.id("shipment"), payload, **more)

    def events(self, shipment_id: str, *events: dict[str, Any], **more: Any) -> Command:
        return self.command("events_added", shipment_id, {"events": list(events)}, **more)

    def edit(self, shipment_id: str, changes: dict[str, Any], before: dict[str, Any], **more: Any) -> Command:
        named = {name: self.named(more.pop(name)) for name in ("department", "account", "run", "meter") if name in more}
        payload = {"changes": changes, "before": before, "event": self.event("edited"), **named}
        return self.command("shipment_edited", shipment_id, payload, **more)

    def undo(self, first: Command, **more: Any) -> Command:
        payload = {"command_id": first.id, "event": self.event("undone")}
        return self.command("command_undone", first.subject, payload, **more)


@pytest.fixture
def make() -> Maker:
    """Builds commands."""
    return Maker()


@pytest.fixture(scope="session")
def server(postgres_url: str) -> str:
    """The server's address as psycopg takes it."""
    return make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def database(server: str) -> Iterator[str]:
    """A new, empty database of the server; dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def empty_postgres(server: str) -> Iterator[str]:
    """The URL of a new, empty database of the server."""
    with database(server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, new_record: Callable[[Path], None]) -> str:
    """A database address on either engine; the tables are made already."""
    if request.param == "sqlite":
        new_record(tmp_path / "profile")
        return f"sqlite:///{tmp_path / 'profile' / 'mailroom.sqlite'}"
    return str(request.getfixturevalue("made_postgres"))


@pytest.fixture(scope="session")
def new_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, new_record: Callable[[Path], None]
) -> Callable[[str], AbstractContextManager[tuple[Store, Maker]]]:
    """Opens an empty record of its own on an engine, with what builds commands for it: for several tests that read."""

    @contextmanager
    def new(engine: str) -> Iterator[tuple[Store, Maker]]:
        profile = tmp_path_factory.mktemp("shared") / "profile"
        with ExitStack() as stack:
            if engine == "sqlite":
                new_record(profile)
                address = ""
            else:
                address = stack.enter_context(database(request.getfixturevalue("server")))
            opened = open_store(address, profile=profile)
            stack.callback(opened.close)
            yield opened, Maker()

    return new


@pytest.fixture
def store(address: str, tmp_path: Path) -> Iterator[Store]:
    """An open, empty record on either engine."""
    opened = open_store(address, profile=tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path, new_record: Callable[[Path], None]) -> Iterator[Store]:
    """An open, empty record on SQLite."""
    new_record(tmp_path / "profile")
    opened = open_store("", profile=tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def recorded(store: Store, make: Maker) -> Accepted:
    """One piece on record."""
    return store.accept(make.piece())
