"""Copies of files for other programs: of a killed window none stays, of the running one all do."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from mailroom.config import Profile
from mailroom.ui.opened_copies import folder_for_copies
from mailroom.ui.session import Session

SECONDS = 60_000


def test_copies_of_a_killed_window_go_at_the_next_start(
    open_session: Callable[..., Session], profile: Profile, qtbot: QtBot
) -> None:
    # GIVEN what a window left that could not clean up
    left = profile.folder / "opened" / "copies-killed"
    left.mkdir(parents=True)
    (left / "letter.pdf").write_bytes(b"%PDF-1.7 of somebody")
    # WHEN the window is opened again, and opens copies of its own
    session = open_session()
    mine = folder_for_copies(profile)
    # THEN the old ones are gone, its own are there until it is done with them
    qtbot.waitUntil(lambda: not left.exists(), timeout=SECONDS)
    qtbot.waitUntil(lambda: not session.runners.busy, timeout=SECONDS)
    assert mine.isValid()
    assert [one.name for one in (profile.folder / "opened").iterdir()] == [mine.path().rsplit("/", 1)[-1]]
    mine.remove()
    assert list((profile.folder / "opened").iterdir()) == []
