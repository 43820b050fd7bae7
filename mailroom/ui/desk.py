"""This desk's settings while the window is open: read by everybody, changed in one place, kept in the profile."""

import dataclasses

from PySide6.QtCore import QObject, Signal

from mailroom.config import DeskSettings, Profile, load_desk, save_desk
from mailroom.ui.runners import Runners


class Desk(QObject):
    """Holds the settings; `change` shows them at once; the writer saves them, also while the window closes."""

    changed = Signal()
    save_failed = Signal(object)

    def __init__(self, profile: Profile, settings: DeskSettings, runners: Runners) -> None:
        super().__init__()
        self.profile = profile
        self.settings = settings
        self._runners = runners

    def change(self, **changes: object) -> None:
        """Take new values and save them."""
        self.settings = dataclasses.replace(self.settings, **changes)  # type: ignore[arg-type]
        self._runners.run("writer", lambda: _save(self.profile, changes), None, self._on_save_failed)
        self.changed.emit()

    def _on_save_failed(self, error: BaseException) -> None:
        self.save_failed.emit(error)


def _save(profile: Profile, changes: dict[str, object]) -> None:
    """Change only what was changed here: another process may have written its own settings meanwhile."""
    save_desk(profile, dataclasses.replace(load_desk(profile), **changes))  # type: ignore[arg-type]
