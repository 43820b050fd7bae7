"""An office on a real profile, on SQLite and on PostgreSQL, with a clock that the test sets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailroom.domain.operator import Operator, Role
from mailroom.domain.reading import Reading, ReadingSource
from mailroom.services.desk import open_desk
from mailroom.services.office import Office, make_office
from mailroom.services.operators import operator_of_profile
from mailroom.store import open_store

DESK = "0192f0c0-0000-7000-8000-00000000d35c"


@dataclass
class Clock:
    """A clock that moves one second a look, and by as much as a test says."""

    now: datetime = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, clock: Clock, new_record: Callable[[Path], None]
) -> Iterator[Office]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("made_postgres")
    if not url:
        new_record(tmp_path)
    store = open_store(url, profile=tmp_path)
    desk = open_desk(store, clock)
    yield make_office(desk, operator_of_profile(desk, DESK, "A", "M. Vega"))
    store.close()


@pytest.fixture
def who(office: Office) -> Operator:
    return office.operator


@pytest.fixture
def other_role() -> Callable[[Operator, Role], Operator]:
    def change(who: Operator, role: Role, *departments: str) -> Operator:
        return Operator(who.id, who.name, role, who.desk, who.desk_letter, departments)

    return change


@pytest.fixture
def read(clock: Clock) -> Callable[..., tuple[Reading, ...]]:
    def make(*raws: str, source: ReadingSource = ReadingSource.WEDGE) -> tuple[Reading, ...]:
        return tuple(Reading(raw, source, clock.now) for raw in raws)

    return make
