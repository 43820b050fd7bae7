"""What may be dropped on the window: labels to read, and tables and mails to take in."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl

from mailroom.errors import MailroomError
from mailroom.services.attachments import clean_name

PICTURES = ("png", "jpg", "jpeg", "tif", "tiff", "heic", "heif", "bmp", "webp", "gif", "pdf")
TABLES = ("csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "eml")

WEB_PAGES = ("html", "htm", "xhtml", "mhtml", "mht")
OUTLOOK = ("msg",)


def files_of(urls: list[QUrl]) -> tuple[Path, ...]:
    """The pictures and PDFs among dropped addresses."""
    return tuple(path for path in local_files(urls) if _ending(path) in PICTURES)


def tables_of(urls: list[QUrl]) -> tuple[Path, ...]:
    """The tables and carriers' mails among dropped addresses: these are imports, wherever they land."""
    return tuple(path for path in local_files(urls) if _ending(path) in TABLES)


def attachable(urls: list[QUrl]) -> tuple[Path, ...]:
    """The files among dropped addresses that are no imports; `refusals` says which of them cannot be kept."""
    return tuple(path for path in local_files(urls) if _ending(path) not in TABLES)


def refusals(paths: Iterable[Path]) -> tuple[MailroomError, ...]:
    """Why some files are of no use as they are, told before anything is filled in for them; one error for each kind."""
    given, found = tuple(paths), []
    if pages := _names(given, WEB_PAGES):
        found.append(MailroomError("web_page_given", name=pages))
    if mails := _names(given, OUTLOOK):
        found.append(MailroomError("outlook_mail_given", name=mails))
    return tuple(found)


def usable(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that `refusals` has nothing against."""
    return tuple(path for path in paths if _ending(path) not in (*WEB_PAGES, *OUTLOOK))


def _names(paths: Sequence[Path], endings: Sequence[str]) -> str:
    """Their names in one line; empty where none ends so."""
    names = ", ".join(path.name for path in paths if _ending(path) in endings)
    return clean_name(names) if names else ""


def local_files(urls: list[QUrl]) -> list[Path]:
    """The files of this computer among dropped addresses."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _ending(path: Path) -> str:
    return path.suffix.lower().lstrip(".")
