"""Buttons: primary, plain, ghost, danger, link; with an icon, or an icon alone with a name. None is auto-default."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mailroom.ui import theme, tokens
from mailroom.ui.icons import qicon

_ICON = 18


class Button(QPushButton):
    """A push button. `kind` is primary, plain, ghost, danger or link; `small` is 30 px high, `tiny` 28."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "plain",
        *,
        small: bool = False,
        tiny: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._kind = kind
        self.setAutoDefault(False)
        self.setDefault(False)
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setProperty("tiny", tiny)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.set_font(self, 12 if tiny else 13, 600 if kind in ("primary", "link") else 500)
        if kind == "link":
            font = self.font()
            font.setUnderline(True)
            self.setFont(font)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()

    def restyle(self) -> None:
        """Draw the icon anew in the colour of the kind."""
        if self._kind == "link":
            font = self.font()
            font.setUnderline(True)
            self.setFont(font)
        if not self._icon:
            return
        colours = tokens.current()
        colour = {"primary": colours.on_accent, "danger": colours.bad, "ghost": colours.text2}.get(
            self._kind, colours.text2
        )
        size = theme.px(_ICON - 2 if self.property("tiny") else _ICON)
        self.setIcon(qicon(self._icon, size, colour, self.devicePixelRatioF(), colours.text3))
        self.setIconSize(QSize(size, size))

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.restyle()

    def set_kind(self, kind: str) -> None:
        """Become primary or plain: a page has one primary button, the next sensible step."""
        self._kind = kind
        self.setProperty("kind", kind)
        theme.set_font(self, 12 if self.property("tiny") else 13, 600 if kind in ("primary", "link") else 500)
        theme.polish(self)
        self.restyle()

    def disable(self, why: str) -> None:
        """Switch it off and say why in the tooltip."""
        self.setEnabled(False)
        self.setToolTip(why)

    def enable(self) -> None:
        """Switch it on again."""
        self.setEnabled(True)
        self.setToolTip("")


class IconButton(Button):
    """A square button that shows an icon alone; `name` is its accessible name and its tooltip."""

    def __init__(self, icon: str, name: str, kind: str = "ghost", *, small: bool = False, tiny: bool = False) -> None:
        super().__init__("", icon, kind, small=small, tiny=tiny)
        self.setProperty("square", True)
        self.rename(name)

    def rename(self, name: str) -> None:
        """Give it another name and tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(name)
