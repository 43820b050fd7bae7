"""Event filters over the whole application. Each takes every event of every widget through Python, so they are few.

Thousands of events pass while widgets are made, put into each other and shown, none of them a person's: `lifted` spares
them the way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

_installed: list[QObject] = []  # the newest last: it sees events first


def install(filtering: QObject) -> None:
    """Let `filtering.eventFilter` see every event first. It must be removed before it goes."""
    remove(filtering)
    _installed[:] = filter(shiboken6.isValid, _installed)
    app = QCoreApplication.instance()
    if app is not None:
        _installed.append(filtering)
        app.installEventFilter(filtering)


def remove(filtering: QObject) -> None:
    """See no more events; nothing happens where it saw none."""
    if filtering in _installed:
        _installed.remove(filtering)
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(filtering)


@contextmanager
def lifted() -> Iterator[None]:
    """No filter sees what happens meanwhile. Only around work that waits for no event: keys would pass unheard."""
    app = QCoreApplication.instance()
    before = list(_installed)
    for one in before:
        if app is not None and shiboken6.isValid(one):
            app.removeEventFilter(one)
    try:
        yield
    finally:
        for one in before:
            if app is not None and one in _installed and shiboken6.isValid(one):
                app.installEventFilter(one)
