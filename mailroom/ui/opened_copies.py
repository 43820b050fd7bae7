"""Copies of files of the record that other programs show: in the profile, gone at the next start at the latest."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTemporaryDir

from mailroom.config import Profile

_FOLDER = "opened"


def folder_for_copies(profile: Profile) -> QTemporaryDir:
    """A new folder for copies that only this user can read; it goes when the object goes."""
    folder = profile.folder / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return QTemporaryDir(str(folder / "copies-XXXXXX"))


def left_behind(profile: Profile) -> Callable[[], None]:
    """What removes the copies of a window that was killed; a profile has one window, so all there are now are such."""
    try:
        found: tuple[Path, ...] = tuple((profile.folder / _FOLDER).iterdir())
    except OSError:
        found = ()

    def remove() -> None:
        for one in found:
            shutil.rmtree(one, ignore_errors=True)  # a program that still shows one keeps it on some systems

    return remove
