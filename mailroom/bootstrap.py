"""The only wiring: profile and store and carriers become the office that window and command line hold."""

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mailroom import config
from mailroom.domain.ids import new_id

if TYPE_CHECKING:
    from mailroom.cli.wiring import Place, Recognise
    from mailroom.services.attention import Attention
    from mailroom.services.office import Office
    from mailroom.services.operators import AskPin

CHILD_SWITCH = "--sandbox-child"  # as in mailroom.sandbox, which is not loaded for it
_MANY_OPEN = 12_000  # shipments: fewer are judged by a call itself in less time than other processes take to start


def open_office(
    folder: Path | None = None,
    database: str | None = None,
    operator: str | None = None,
    ask_pin: "AskPin | None" = None,
) -> "Office":
    """The office of a profile, its database made or brought up to date where needed.

    Where people sign in, `ask_pin` gives the PIN of the `operator` that was named.
    Raises MailroomError `profile_unusable`, `settings_broken` or one of the store's (`database_newer`, …).
    """
    from mailroom.logs import name_database, start_logging
    from mailroom.services.desk import open_desk
    from mailroom.services.office import make_office
    from mailroom.services.operators import operator_of_profile
    from mailroom.store import open_store

    profile = config.open_profile(folder)
    settings = config.ensure_desk(profile, new_id())
    start_logging(profile)
    store = open_store(database or settings.database, profile=profile.folder)
    try:
        desk = open_desk(store, draw_pages=_draw_pages)
        name_database(store.engine_name, store.engine_version)
        asked = ask_pin if operator else None  # a desk that names nobody opens with a clerk's rights at most
        who = operator_of_profile(desk, settings.desk, settings.letter, operator or settings.operator, asked)
        return make_office(desk, who)
    except BaseException:
        store.close()
        raise


def _draw_pages(pdf: bytes, name: str, most: int) -> tuple[bytes, ...]:
    """The pages of a PDF as pictures; what draws them is loaded when first asked."""
    from mailroom.capture.page_pictures import draw_pages

    return draw_pages(pdf, name, most)


def close_office(office: "Office") -> None:
    """Close the store and the log of an office."""
    from mailroom.logs import stop_logging

    if "tracking" in vars(office):  # it was asked for
        office.tracking.close()
    office.desk.store.close()
    stop_logging()


@contextlib.contextmanager
def office(folder: Path | None = None, database: str | None = None, operator: str | None = None) -> "Iterator[Office]":
    """An office for the length of a block."""
    opened = open_office(folder, database, operator)
    try:
        yield opened
    finally:
        close_office(opened)


def main(argv: list[str]) -> int:
    """One call of the program, arguments without its name; the exit code. Loads only what the command needs."""
    if argv and argv[0] == CHILD_SWITCH:  # the frozen program starts itself to look at a foreign file
        from mailroom.sandbox import child_main

        return child_main(argv[1:])
    from mailroom.cli.main import run
    from mailroom.cli.wiring import Wiring

    return run(argv, Wiring(_recogniser, _open_for_a_call, close_office, _window, _screenshots))


def _open_place(place: "Place") -> "Office":
    if language := config.load_desk(config.open_profile(place.profile)).language:
        from mailroom.wording import use_language

        use_language(language)
    return open_office(place.profile, place.database, place.operator, _ask_pin)


def _open_for_a_call(place: "Place") -> "Office":
    office = _open_place(place)
    return judging_aside(office, config.open_profile(place.profile).folder, place.database, _MANY_OPEN)


def _ask_pin(name: str) -> str:
    from mailroom.cli.pin import ask_pin  # only where people sign in

    return ask_pin(name)


def _recogniser() -> "Recognise":
    """All carriers and no database: those that serve a new office's country go first among equals."""
    from functools import partial

    from mailroom.carriers import all_carriers
    from mailroom.domain.office import OfficeSettings
    from mailroom.recognition.recogniser import recognise

    carriers, country = all_carriers(), OfficeSettings().country
    enabled = frozenset(one.id for one in carriers if not one.countries or country in one.countries)
    return partial(recognise, carriers=carriers, enabled=enabled)


def _window(place: "Place") -> int:
    gc.disable()  # all that is loaded now stays, and looking for garbage takes a tenth; later see ui.tidying
    from mailroom.ui.application import run as run_window

    profile = config.open_profile(place.profile)
    desk = config.load_desk(profile)
    return run_window(
        lambda: judging_aside(_open_place(place), profile.folder, place.database), close_office, profile, desk
    )


def judging_aside(office: "Office", folder: Path, database: str | None = None, fewest: int = 0) -> "Office":
    """An office that has all alerts judged in other processes, where others may open the record.

    From `fewest` open shipments on, for somebody who waits; without it from as many as a window would be held up by.
    """

    def wire(attention: "Attention") -> None:
        from mailroom.services.alert_child import AlertChild

        book = attention.book
        address = database or config.load_desk(config.open_profile(folder)).database
        book.aside, book.aside_from = AlertChild(folder, address, urgent=bool(fewest)), fewest or book.aside_from

    if office.desk.store.shared:
        office.wired["attention"] = wire
        if "attention" in vars(office):
            wire(office.attention)
    return office


def _screenshots(office: "Office", folder: Path) -> list[Path]:
    from mailroom.ui.screenshots import take

    return take(office, folder)
