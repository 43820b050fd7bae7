"""The order in which Tab goes through a dialog: as it is laid out, top to bottom, not as its parts were made."""

from collections.abc import Iterator

from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget


def in_reading_order(whole: QWidget) -> tuple[QWidget, ...]:
    """All widgets inside `whole`, in the order of its layouts; what stands in no layout comes last."""
    found = dict.fromkeys(_laid_out(whole))
    found.update(dict.fromkeys(whole.findChildren(QWidget)))
    return tuple(found)


def _laid_out(widget: QWidget) -> Iterator[QWidget]:
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    layout = widget.layout()
    if inner is not None:
        yield inner
        yield from _laid_out(inner)
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    for at in places:
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
            yield from _laid_out(widget)
        elif inner is not None:
            yield from _in_layout(inner)
