"""The four sounds of the bench, played after the commit; a machine without a loudspeaker works silently."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QTimer, QUrl, Signal

from mailroom import resources
from mailroom.ui.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

NAMES = ("recorded", "ask", "refused", "command")
_LOAD_AFTER = 1500  # ms: QtMultimedia is heavy and must not slow the start

_log = logging.getLogger(__name__)


class Sounds(QObject):
    """Plays by name where sounds are on. `played` tells what was asked for, heard or not."""

    played = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._effects: dict[str, QSoundEffect] | None = None
        QTimer.singleShot(_LOAD_AFTER, self, self._on_time_to_load)

    def play(self, name: str) -> None:
        """Play one of the four, if sounds are on."""
        if not self._desk.settings.sounds:
            return
        self.played.emit(name)
        effect = (self._effects or {}).get(name)
        if effect is not None:
            effect.setVolume(self._desk.settings.volume / 100)
            effect.play()

    def close(self) -> None:
        """Let the devices go."""
        for effect in (self._effects or {}).values():
            effect.stop()
        self._effects = {}

    def _on_time_to_load(self) -> None:
        if self._effects is not None or not self._desk.settings.sounds:
            return
        self._effects = {}
        # Optional parts that QtMultimedia would use if they were there are no news.
        QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver.warning=false")
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as trouble:  # a system without the sound libraries
            _log.warning("no sound: %s", trouble)
            return
        if QMediaDevices.defaultAudioOutput().isNull():
            _log.info("no audio output")
            return
        for name in NAMES:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resources.file(f"sounds/{name}.wav"))))
            self._effects[name] = effect
