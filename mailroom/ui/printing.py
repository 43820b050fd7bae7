"""Printing a paper: its own pages, drawn onto the printer's in the work thread."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from mailroom.errors import MailroomError

_FINEST: Final = 300  # dots an inch; finer ones cost memory and show nothing more
_POINTS: Final = 72


def print_pdf(
    pdf: bytes, printer: QPrinter, cancelled: Callable[[], bool], progress: Callable[[int, int], None]
) -> int:
    """Draw the pages of `pdf` that the printer is set to (all by default); how many were printed.

    Raises `print_failed`.

    Called in the work thread; a cancel ends the job and prints nothing more.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    count = document.pageCount()
    if document.status() is not QPdfDocument.Status.Ready or not count:
        raise MailroomError("print_failed", printer=printer.printerName())
    pages = _chosen(printer, count)
    if not pages:
        raise MailroomError("print_no_pages", first=printer.fromPage(), last=printer.toPage(), count=count)
    _take_page_size(printer, document.pagePointSize(pages[0]))
    painter = QPainter()
    if not painter.begin(printer):
        raise MailroomError("print_failed", printer=printer.printerName())
    printed = 0
    try:
        for page in pages:
            if cancelled():
                printer.abort()
                break
            if printed:
                printer.newPage()
            _draw_page(painter, printer, document, page)
            printed += 1
            progress(printed, len(pages))
    finally:
        painter.end()
        document.close()
    return printed


def _chosen(printer: QPrinter, count: int) -> range:
    """The pages from 0 that were asked for."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange or not printer.fromPage():
        return range(count)
    return range(printer.fromPage() - 1, min(printer.toPage() or count, count))


def _take_page_size(printer: QPrinter, points: QSizeF) -> None:
    upright = points.height() >= points.width()
    size = QSizeF(min(points.width(), points.height()), max(points.width(), points.height()))
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    printer.setPageOrientation(turned)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _draw_page(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    paper = painter.viewport()
    points = document.pagePointSize(page)
    fitted = QSizeF(points).scaled(QSizeF(paper.size()), Qt.AspectRatioMode.KeepAspectRatio).toSize()
    scale = min(_FINEST, printer.resolution()) / _POINTS
    image = document.render(page, QSize(round(points.width() * scale), round(points.height() * scale)))
    if image.isNull():
        raise MailroomError("print_failed", printer=printer.printerName())
    left, top = (paper.width() - fitted.width()) // 2, (paper.height() - fitted.height()) // 2
    painter.drawImage(QRect(left, top, fitted.width(), fitted.height()), image)
