"""Hears a keyboard-wedge scanner in any widget of any page: one application event filter over the keystroke gate."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from mailroom.capture.keystrokes import MOST_GAP_MS, KeyAction, KeyStep, KeystrokeGate, key_char
from mailroom.capture.split_bursts import whole_of
from mailroom.capture.wedge_teaching import Burst, WedgeSetup
from mailroom.ui import app_filters
from mailroom.ui.strays import Typed, take_back, watched

_SECOND_LOOK = 4  # ms from the timer to the decision: keys that wait in the queue behind it go first
_LATE_LOOK = 30  # ms; the same where the timer itself came so late: what hands us the keys may be behind, too
_SKEW = 5000.0  # ms; an event's own time further off than this is not believed
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(slots=True)
class _Held:
    """A key press that waits for the gate's word, with its release if that came meanwhile."""

    target: QObject
    press: QKeyEvent
    release: QKeyEvent | None = None
    typed: Typed | None = None  # once it was let through: what it did to a field


class Wedge(QObject):
    """Swallows what a scanner types and emits `read` with the payload; a person's keys come through in order.

    `piece_of` tells which piece a text would be recorded as. With it a read is told whole again whose first keys were
    let through before a busy computer heard the rest.
    """

    read = Signal(str)
    cut = Signal(str)  # instead of `read`: its beginning may be missing
    unsure = Signal(object)  # instead of `read`: tuple of the texts that it may be
    too_long = Signal()
    taught = Signal(object)  # Burst: while teaching, instead of `read`

    def __init__(self, piece_of: Callable[[str], str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._piece_of = piece_of or _no_piece
        self._setup = WedgeSetup()
        self._teaching = False
        self._gate: KeystrokeGate[_Held] = KeystrokeGate()
        self._held: list[_Held] = []
        self._swallowed: set[int] = set()  # keys whose press was swallowed: their release is, too
        self._installed = False
        self._replaying = False
        self._last_event = 0  # address of the last key event seen, and who saw it
        self._last_target: QObject | None = None
        self._offset: float | None = None  # our clock minus the events' clock, for the promptest event so far
        self._lag = 0.0  # ms between the last key and our hearing of it: silence is counted from the hearing
        self._looked = False  # the timer has fired once since the last key
        self._due = 0.0  # when the timer should fire, on our clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time)

    def take_setup(self, setup: WedgeSetup) -> None:
        """Put later reads right as the scanner was taught."""
        if setup != self._setup:
            self._setup = setup
            self._renew()

    def teach(self, on: bool) -> None:
        """Give reads as they are typed to whoever learns from them; a slow scanner is listened to as well."""
        if on != self._teaching:
            self._teaching = on
            self._renew()

    def install(self) -> None:
        """Begin to listen to the whole application."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app_filters.install(self)
        self._installed = True
        app.focusWindowChanged.connect(self._on_focus_window_changed)

    def remove(self) -> None:
        """Stop listening and let go what is held."""
        app = QGuiApplication.instance()
        if self._installed and isinstance(app, QGuiApplication):
            app_filters.remove(self)
            app.focusWindowChanged.disconnect(self._on_focus_window_changed)
        self._installed = False
        self._timer.stop()
        self._replay(self._gate.flush())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide about key presses before any widget or shortcut sees them."""
        kind = event.type()
        if kind not in _KEY_EVENTS or self._replaying or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._on_shortcut_override(event)
        if kind == QEvent.Type.KeyRelease:
            return self._on_release(watched, event)
        if self._seen_before(watched, event):
            return False
        return self._on_press(watched, event)

    # within

    def _renew(self) -> None:
        self._timer.stop()
        self._replay(self._gate.flush())
        self._held.clear()
        setup = self._setup
        if self._teaching:
            self._gate = KeystrokeGate(gap=MOST_GAP_MS)
        else:
            self._gate = KeystrokeGate(prefix=setup.prefix, suffix=setup.suffix, gap=setup.gap)

    def _on_shortcut_override(self, event: QKeyEvent) -> bool:
        """While a run of keys is under way no shortcut fires: the key comes back as a plain key press."""
        wait = self._gate.wait(self._now(event))
        leads = key_char(event.text(), event.key(), _ctrl(event)) in ("\x02", "\x1d")
        if (wait is not None and wait > 0) or leads:
            event.accept()
            return True
        return False

    def _on_press(self, target: QObject, event: QKeyEvent) -> bool:
        held = _Held(target, _copy(event))
        char = key_char(event.text(), event.key(), _ctrl(event))
        now = self._now(event)
        self._lag = _monotonic() - now
        step = self._gate.feed(held, char, now, auto_repeat=event.isAutoRepeat())
        action = step.action
        if action is KeyAction.HOLD:
            self._held.append(held)
        if action is not KeyAction.PASS:
            self._swallowed.add(event.key())
        self._follow(step)
        return action is not KeyAction.PASS

    def _on_release(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in self._swallowed:
            return False
        if event.isAutoRepeat():  # of a scanner's doubled digit: its second press is swallowed too
            return True
        for held in reversed(self._held):
            if held.press.key() == event.key() and held.release is None:
                held.release = _copy(event)
                break
        self._swallowed.discard(event.key())
        return True

    def _follow(self, step: KeyStep[_Held]) -> None:
        if step.payload is not None or step.too_long:
            self._held.clear()
        self._replay(step.replay)
        wait = self._gate.wait(_monotonic() - self._lag)
        if wait is None:
            self._timer.stop()
            self._held.clear()
        else:
            self._looked = False
            self._due = _monotonic() + wait
            self._timer.start(max(1, round(wait)))
        if step.payload is not None and self._teaching:
            self.taught.emit(Burst(step.payload, step.end, step.slowest))
        elif step.payload is not None:
            self._tell(step.payload, step)
        elif step.too_long:
            self.too_long.emit()

    def _tell(self, payload: str, step: KeyStep[_Held]) -> None:
        """Hand over a read, together with those of its keys that were let through before it."""
        whole = whole_of(payload, step.lead, step.pause, self._setup, self._piece_of)
        if whole.strays:
            self._gate.forget_lead()
            take_back([one.key.typed for one in step.lead[-whole.strays :] if one.key is not None])
        if len(whole.texts) > 1:
            self.unsure.emit(whole.texts)
        elif whole.cut:
            self.cut.emit(whole.texts[0])
        else:
            self.read.emit(whole.texts[0])

    def _on_time(self) -> None:
        if not self._looked:
            self._looked = True  # the thread may have been busy while keys came in
            self._timer.start(round(min(_LATE_LOOK, max(_SECOND_LOOK, _monotonic() - self._due))))
            return
        self._follow(self._gate.poll(_monotonic() - self._lag))

    def _replay(self, keys: tuple[_Held, ...]) -> None:
        self._replaying = True
        try:
            for held in keys:
                if held in self._held:
                    self._held.remove(held)
                self._swallowed.discard(held.press.key())
                if not shiboken6.isValid(held.target):
                    continue
                if not _start_shortcut(held):
                    held.typed = watched(partial(QApplication.sendEvent, held.target, held.press))
                if held.release is not None and shiboken6.isValid(held.target):
                    QApplication.sendEvent(held.target, held.release)
        finally:
            self._replaying = False

    def _seen_before(self, watched: QObject, event: QKeyEvent) -> bool:
        """A window hands the key to its focus widget, and an unhandled one climbs to the parents: one event still."""
        address = shiboken6.getCppPointer(event)[0]
        before, self._last_target = self._last_target, watched
        same, self._last_event = address == self._last_event, address
        # Addresses are used again: the same widget twice, or a window, is a new key.
        if not same or watched is before or isinstance(watched, QWindow) or before is None:
            return False
        if not shiboken6.isValid(before):
            return False
        if isinstance(before, QWindow):
            return True
        return isinstance(before, QWidget) and isinstance(watched, QWidget) and watched.isAncestorOf(before)

    def _now(self, event: QKeyEvent) -> float:
        """When the key was pressed, on our clock: the system's own time where it has one, else now."""
        now = _monotonic()
        stamp = event.timestamp()
        if not stamp:
            return now
        offset = now - stamp
        if self._offset is None or offset < self._offset or offset > self._offset + _SKEW:
            self._offset = offset
        return min(now, stamp + self._offset)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is None:
            self._timer.stop()
            self._replay(self._gate.flush())
            self._held.clear()


_KEY_EVENTS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


def _no_piece(text: str) -> str:
    return ""


def _monotonic() -> float:
    return time.monotonic() * 1000


def _ctrl(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _start_shortcut(held: _Held) -> bool:
    """A person's chord that had been held: Qt looks for shortcuts before the key press only, so look for it here."""
    if not held.press.modifiers() & _CHORD:
        return False
    window = QApplication.activeWindow()
    if window is None:
        return False
    wanted = QKeySequence(held.press.keyCombination())
    for shortcut in window.findChildren(QShortcut):
        keys = shortcut.keys()
        if shortcut.isEnabled() and wanted in keys:
            shortcut.activated.emit()
            return True
    return False
