"""What is done once for words that come again is what reportlab would do each time."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Paragraph, Table, TableStyle

from mailroom.reports import elements, quick, words
from mailroom.reports.canvas import PaperCanvas
from mailroom.reports.fonts import register
from mailroom.reports.style import style

ROLES = ("cell", "value", "label", "title", "mono", "second")
LETTERS = "aé Ł\u00a0Ω–%;:#()'\"\t\n<&>9"


def facts_of(frags: Any) -> list[dict[str, Any]]:
    return [vars(one) for one in frags]


@given(st.text(LETTERS, max_size=12), st.sampled_from(ROLES))
def test_plain_words_are_what_the_parser_would_find(said: str, role: str) -> None:
    register()
    safely = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert facts_of(words._parsed(safely, role)) == facts_of(Paragraph(safely, style(role)).frags)


class Forgetful(dict[tuple[Any, ...], tuple[str, ...]]):
    """Keeps nothing."""

    def __setitem__(self, key: tuple[Any, ...], value: tuple[str, ...]) -> None:
        pass


def drawn(*, plainly: bool) -> list[str]:
    """The code of a page on which the same words stand several times, at places of their own."""
    register()
    canvas = PaperCanvas(io.BytesIO(), invariant=1, pageCompression=0)
    cells = [[elements.text(f"Cell {row % 2} {column}", "cell") for column in range(3)] for row in range(4)]
    cells.append([elements.text("Longer words that go on in a second line", "note"), "", [elements.text("x", "value")]])
    if plainly:
        canvas.drawn = Forgetful()
    for y in (700, 500):
        if plainly:
            commands = [elements._FONT, *elements._paddings(3, 6), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            table = Table(cells, colWidths=[90, 80, 70], style=TableStyle(commands))
        else:
            table = elements.Ruled(cells, colWidths=[90, 80, 70], style=TableStyle([]), faces=elements._faces(3, 6))
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 40, y)
    return list(canvas._code)


def test_a_table_draws_what_reportlabs_own_would() -> None:
    assert drawn(plainly=False) == drawn(plainly=True)


@pytest.mark.parametrize("how", ["drawString", "drawRightString"])
def test_a_line_that_comes_again_has_the_strokes_of_the_first(how: str) -> None:
    register()
    canvas = PaperCanvas(io.BytesIO(), invariant=1, pageCompression=0)
    canvas.setFont("NotoSans-Regular", 8)
    codes = []
    for _ in range(2):
        before = len(canvas._code)
        getattr(canvas, how)(300, 40.25, "Page (1) of 2")
        codes.append(canvas._code[before:])
    assert codes[0] == codes[1]
    # another size is another line
    before = len(canvas._code)
    canvas.setFont("NotoSans-Regular", 9)
    getattr(canvas, how)(300, 40.25, "Page (1) of 2")
    assert canvas._code[before + 1 :] != codes[0]
    assert quick.number_text(40.25) == "40.25"
