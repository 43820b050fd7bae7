"""The only wiring: profile and store and carriers become the office that window and command line hold."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mailroom import config
from mailroom.domain.ids import new_id

if TYPE_CHECKING:
    from mailroom.services.office import Office


def open_office(folder: Path | None = None, database: str | None = None, operator: str | None = None) -> "Office":
    """The office of a profile, its database made or brought up to date where needed.

    Raises MailroomError `profile_unusable`, `settings_broken` or one of the store's (`database_newer`, …).
    """
    from mailroom.logs import start_logging
    from mailroom.services.desk import open_desk
    from mailroom.services.office import make_office
    from mailroom.services.operators import operator_of_profile
    from mailroom.store import open_store

    profile = config.open_profile(folder)
    settings = config.ensure_desk(profile, new_id())
    start_logging(profile)
    store = open_store(database or settings.database, profile=profile.folder)
    try:
        desk = open_desk(store)
        who = operator_of_profile(desk, settings.desk, settings.letter, operator or settings.operator)
        return make_office(desk, who)
    except BaseException:
        store.close()
        raise


def close_office(office: "Office") -> None:
    """Close the store and the log of an office."""
    from mailroom.logs import stop_logging

    office.intake.desk.store.close()
    stop_logging()


@contextlib.contextmanager
def office(folder: Path | None = None, database: str | None = None, operator: str | None = None) -> "Iterator[Office]":
    """An office for the length of a block."""
    opened = open_office(folder, database, operator)
    try:
        yield opened
    finally:
        close_office(opened)
