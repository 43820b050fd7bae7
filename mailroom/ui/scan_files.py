"""Label pictures and PDFs, read page by page in the decode thread and recorded one page at a time."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mailroom.capture.files import PageReading, read_pages
from mailroom.domain.reading import Reading
from mailroom.services.office import Office
from mailroom.ui.runners import Runners


class FileReader(QObject):
    """A queue of files. `page_read` carries a page's readings, `progress` what is being read, `finished` the count."""

    page_read = Signal(object, object)  # tuple of Reading, and (path, page, pages)
    failed = Signal(object)  # MailroomError, or what nobody expected
    progress = Signal(str, int, int)  # file name, page, pages; pages 0 until known
    finished = Signal(int, int)  # files read, pages read

    def __init__(self, office: Office, runners: Runners, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._runners = runners
        self._waiting: deque[Path] = deque()
        self._now: Path | None = None
        self._pages: Iterator[PageReading] | None = None
        self._stopped = False
        self._files = 0
        self._count = 0

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._now is not None

    def read(self, paths: tuple[Path, ...]) -> None:
        """Add files to the queue."""
        self._waiting.extend(paths)
        if not self.busy:
            self._files = self._count = 0
            self._stopped = False
            self._next_file()

    def cancel(self) -> None:
        """Stop after the page under way; what was recorded stays."""
        self._waiting.clear()
        self._stopped = self.busy

    # within

    def _next_file(self) -> None:
        if not self._waiting:
            self._now = self._pages = None
            self.finished.emit(self._files, self._count)
            return
        self._now = self._waiting.popleft()
        self._pages = read_pages(self._now, accept_page=_accepts(self._office))
        self.progress.emit(self._now.name, 1, 0)
        self._next_page()

    def _next_page(self) -> None:
        pages = self._pages
        assert pages is not None
        self._runners.run("decode", lambda: next(pages, None), self._on_page, self._on_failed)

    def _on_page(self, page: PageReading | None) -> None:
        if page is None:
            self._files += 1
            self._next_file()
            return
        self._count += 1
        self.page_read.emit(page.readings, (self._now, page.page, page.pages))
        if self._stopped:
            self._close_pages()
            self._next_file()
            return
        if page.page < page.pages and self._now is not None:
            self.progress.emit(self._now.name, page.page + 1, page.pages)
        self._next_page()

    def _on_failed(self, error: BaseException) -> None:
        self.failed.emit(error)
        self._next_file()

    def _close_pages(self) -> None:
        pages = self._pages
        close = getattr(pages, "close", None)
        if close is not None:
            self._runners.run("decode", close)


def _accepts(office: Office) -> Callable[[tuple[Reading, ...]], bool]:
    """Says whether a page's codes hold a tracking number: until they do, harder ways of reading are tried."""

    def accept(readings: tuple[Reading, ...]) -> bool:
        return bool(readings) and office.intake.recognise(office.operator, readings).best is not None

    return accept
