"""What is painted over the picture is seen on any picture, and covers no other code where there is room."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF
from PySide6.QtWidgets import QApplication

from mailroom.ui import tokens
from mailroom.ui.camera_overlay import paint_codes

FREE = QRectF(0, 0, 400, 300)


def painted(ground: str, codes: list[tuple[QPolygonF, str]], unread: list[QPolygonF]) -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_codes(painter, codes, unread, "recorded", FREE)
    painter.end()
    return image


@pytest.mark.parametrize("ground", ["#ffffff", "#101010"])
@pytest.mark.parametrize("tag", ["UPS …4567 84", "", None], ids=["taken", "other", "unread"])
def test_an_outline_is_seen_on_white_paper_and_on_a_dark_desk(qapp: QApplication, ground: str, tag: str | None) -> None:
    shape = QPolygonF(QRectF(100, 100, 200, 80))
    image = painted(ground, [] if tag is None else [(shape, tag)], [shape] if tag is None else [])
    across = [image.pixelColor(column, 140).lightness() for column in range(90, 110)]
    assert max(across) - min(across) > 90


def test_a_tag_covers_no_other_code_where_there_is_room(qapp: QApplication) -> None:
    # GIVEN a code close above another one that has room below
    upper, lower = QRectF(60, 60, 200, 60), QRectF(60, 130, 200, 60)
    codes = [(QPolygonF(upper), "A …1234 56"), (QPolygonF(lower), "B …6543 21")]
    image = painted("#ffffff", codes, [])
    # THEN its tag stands under it, and the upper code is left as it was
    assert image.pixelColor(64, round(lower.bottom()) + 14) == QColor(tokens.DARK.good)
    inner = {image.pixelColor(x, y).name() for x in range(70, 250, 3) for y in range(70, 114, 3)}
    assert inner == {"#ffffff"}
