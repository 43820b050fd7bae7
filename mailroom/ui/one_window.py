"""One window a profile: a second start raises the first and ends."""

import hashlib

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from mailroom.config import Profile

_PATIENCE = 2000  # ms


class OneWindow(QObject):
    """Holds the profile's lock and listens for later starts. `raised` follows each of them."""

    raised = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._name = "mailroom-" + hashlib.sha256(str(profile.folder).encode()).hexdigest()[:20]
        self._lock = QLockFile(str(profile.folder / "window.lock"))
        self._lock.setStaleLockTime(0)  # only a dead process's lock is stale
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Become the profile's window; where another one is, ask it to come to the front and return False."""
        if self._lock.tryLock(0):
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
            return True
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE):
            socket.disconnectFromServer()
        return False

    def give_up(self) -> None:
        """Let the next start have the profile."""
        self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.raised.emit()
