"""Choosing files without blocking the window; the folder is remembered for the desk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from mailroom.ui.desk import Desk


class FileChoice(QObject):
    """One dialog for files; `chosen` is a bound method that takes a tuple of paths."""

    def __init__(self, desk: Desk, parent: QWidget, chosen: Callable[[tuple[Path, ...]], None]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._window = parent
        self._chosen = chosen

    def open(self, title: str, patterns: str, *, many: bool = False) -> QFileDialog:
        """Ask for existing files; `patterns` is Qt's filter text."""
        mode = QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile
        dialog = self._dialog(title, patterns)
        dialog.setFileMode(mode)
        dialog.open()
        return dialog

    def save(self, title: str, patterns: str, name: str) -> QFileDialog:
        """Ask where to write; `name` is proposed."""
        dialog = self._dialog(title, patterns)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.open()
        return dialog

    def folder(self, title: str) -> QFileDialog:
        """Ask for a folder."""
        dialog = self._dialog(title, "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.open()
        return dialog

    def _dialog(self, title: str, patterns: str) -> QFileDialog:
        dialog = QFileDialog(self._window.window(), title, self._folder(), patterns)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        return dialog

    def _folder(self) -> str:
        remembered = self._desk.settings.last_folder
        if remembered and Path(remembered).is_dir():
            return remembered
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def _on_selected(self, names: list[str]) -> None:
        files = tuple(Path(name) for name in names)
        if not files:
            return
        folder = str(files[0] if files[0].is_dir() else files[0].parent)
        if folder != self._desk.settings.last_folder:
            self._desk.change(last_folder=folder)
        self._chosen(files)
