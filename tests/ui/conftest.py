"""A real office on a real profile, and the whole window over it, offscreen."""

import builtins
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mailroom.bootstrap import close_office, open_office
from mailroom.config import Profile, load_desk, save_desk
from mailroom.services.office import Office
from mailroom.ui import theme
from mailroom.ui.session import Session

SECONDS = 60_000  # ms, the most that a step may take

_KEYS = {
    "\r": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "\t": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    " ": (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
    "\x1d": (Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier),
    "\x04": (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier),
}


def key_events(char: str) -> tuple[QKeyEvent, QKeyEvent, QKeyEvent]:
    """Shortcut override, press and release of one character, as a window gets them."""
    key, modifiers = _KEYS.get(char, (Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key(0), _plain(char)))
    return tuple(  # type: ignore[return-value]
        QKeyEvent(kind, key, modifiers, char)
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
    )


def _plain(char: str) -> Qt.KeyboardModifier:
    return Qt.KeyboardModifier.ShiftModifier if char.isupper() else Qt.KeyboardModifier.NoModifier


def press(target: QWidget, char: str, stamp: int = 0) -> None:
    """One key, as Qt delivers it; `stamp` is the system's own time of the press in ms."""
    for event in key_events(char):
        event.setTimestamp(stamp)
        QApplication.sendEvent(target, event)


class Keyboard(QObject):
    """Keys as Qt delivers them: a person's one by one, or a wedge scanner's, one every millisecond."""

    def __init__(self) -> None:
        super().__init__()
        self._rest = ""
        self._stamp = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._on_time)

    def press(self, target: QWidget, char: str, stamp: int = 0) -> None:
        """One key into a widget; `stamp` is the system's own time of the press in ms, where it has one."""
        press(target, char, stamp)

    def scan(self, payload: str, suffix: str = "\r") -> None:
        """Begin to send; `done` is true when the last key was sent."""
        self._rest = payload + suffix
        self._stamp = int(time.monotonic() * 1000)
        self._timer.start()

    @property
    def done(self) -> bool:
        return not self._rest

    def _on_time(self) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        if len(self._rest) == 1:
            self._timer.stop()
        self._stamp += 1
        press(target, self._rest[0], self._stamp)
        self._rest = self._rest[1:]


@pytest.fixture(scope="session")
def made_aside() -> Iterator[list[str]]:
    """Modules of Qt that another thread than the window's imported (`Runners` says why none may)."""
    heard: list[str] = []
    plain = builtins.__import__

    def hearing(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("PySide6") and threading.current_thread() is not threading.main_thread():
            heard.append(f"{name} in {threading.current_thread().name}")
        return plain(name, *rest, **named)

    builtins.__import__ = hearing
    yield heard
    builtins.__import__ = plain


@pytest.fixture(autouse=True)
def _classes_of_qt_are_made_here(made_aside: list[str]) -> Iterator[None]:
    yield
    heard = made_aside.copy()
    made_aside.clear()
    assert heard == []


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def office(profile: Profile, new_record: Callable[[Path], None]) -> Iterator[Office]:
    """An office in a new profile, in New York."""
    new_record(profile.folder)
    opened = open_office(profile.folder, operator="D. Ohara")
    opened.settings.change_office(opened.operator, zone="America/New_York", name="Halvorsen & Reyes")
    yield opened
    close_office(opened)


@pytest.fixture
def open_session(office: Office, profile: Profile, qtbot: QtBot) -> Iterator[Callable[..., Session]]:
    """Opens the window with desk settings of one's own; all are closed in stages at the end."""
    opened: list[Session] = []

    def make(size: tuple[int, int] = (1280, 800), **settings: object) -> Session:
        given = {"welcome_done": True, "theme": "light"} | settings
        desk = dataclasses.replace(load_desk(profile), **given)  # type: ignore[arg-type]
        save_desk(profile, desk)
        theme.install(desk.theme, desk.text_size)
        session = Session(office, profile, desk)
        session.window.resize(*size)
        session.start()
        session.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window, timeout=SECONDS)
        opened.append(session)
        return session

    yield make
    for session in opened:
        assert session.close()
        session.window.deleteLater()
        session.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.install("light", 100)  # once there is nothing left to restyle


@pytest.fixture
def session(open_session: Callable[..., Session]) -> Session:
    return open_session()
