"""What may be dropped on the window: labels to read, and tables and mails to take in."""

from pathlib import Path

from PySide6.QtCore import QUrl

PICTURES = ("png", "jpg", "jpeg", "tif", "tiff", "heic", "heif", "bmp", "webp", "gif", "pdf")
TABLES = ("csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "eml")


def files_of(urls: list[QUrl]) -> tuple[Path, ...]:
    """The pictures and PDFs among dropped addresses."""
    return tuple(path for path in local_files(urls) if _ending(path) in PICTURES)


def tables_of(urls: list[QUrl]) -> tuple[Path, ...]:
    """The tables and carriers' mails among dropped addresses: these are imports, wherever they land."""
    return tuple(path for path in local_files(urls) if _ending(path) in TABLES)


def attachable(urls: list[QUrl]) -> tuple[Path, ...]:
    """The files among dropped addresses that are no imports."""
    return tuple(path for path in local_files(urls) if _ending(path) not in TABLES)


def local_files(urls: list[QUrl]) -> list[Path]:
    """The files of this computer among dropped addresses."""
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _ending(path: Path) -> str:
    return path.suffix.lower().lstrip(".")
