"""A sheet of 4 by 6 inches to draw a shipping label on, at 300 dots an inch, in grey."""

from functools import cache
from typing import TYPE_CHECKING

from mailroom import resources

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 1800
MARGIN = 48
INK, PAPER = 0, 255


@cache
def _font(size: int, bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont

    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(resources.file("fonts") / name, size)


class LabelCanvas:
    """Draws text, rules and bar codes at pixels from the top left corner."""

    def __init__(self) -> None:
        from PIL import Image, ImageDraw

        self.image: Image.Image = Image.new("L", (WIDTH, HEIGHT), PAPER)
        self._draw = ImageDraw.Draw(self.image)
        self._draw.rectangle((6, 6, WIDTH - 7, HEIGHT - 7), outline=INK, width=4)

    def text(self, x: int, y: int, text: str, size: int = 34, *, bold: bool = False) -> None:
        """One line, its top left corner at x, y."""
        self._draw.text((x, y), text, INK, _font(size, bold))

    def lines(self, x: int, y: int, lines: tuple[str, ...], size: int = 34, *, bold: bool = False) -> None:
        """Lines below each other; empty ones are left out."""
        for row, line in enumerate(line for line in lines if line):
            self.text(x, y + row * round(size * 1.3), line, size, bold=bold)

    def centred(self, y: int, text: str, size: int = 34, *, bold: bool = False) -> None:
        """One line in the middle of the label."""
        width = round(_font(size, bold).getlength(text))
        self.text((WIDTH - width) // 2, y, text, size, bold=bold)

    def rule(self, y: int, thick: int = 4) -> None:
        """A line across the label."""
        self._draw.rectangle((6, y, WIDTH - 7, y + thick - 1), fill=INK)

    def upright_rule(self, x: int, top: int, bottom: int) -> None:
        """A line down the label."""
        self._draw.rectangle((x, top, x + 3, bottom), fill=INK)

    def boxed(self, x: int, y: int, text: str, size: int) -> None:
        """A large letter in a frame, as carriers print the class of mail."""
        self._draw.rectangle((x, y, x + round(size * 1.3), y + round(size * 1.3)), outline=INK, width=6)
        width = round(_font(size, True).getlength(text))
        self.text(x + (round(size * 1.3) - width) // 2, y - size // 16, text, size, bold=True)

    def bars(self, y: int, bars: "Image", height: int, *, module: int = 6, x: int | None = None) -> None:
        """A linear symbol, at most `module` pixels a bar and quiet zones kept, in the middle unless `x` is given."""
        module = min(module, WIDTH // (bars.width + 24))
        drawn = bars.resize((bars.width * module, height), 0)
        self.image.paste(drawn, ((WIDTH - drawn.width) // 2 if x is None else x, y))

    def symbol(self, x: int, y: int, symbol: "Image", module: int) -> None:
        """A two-dimensional symbol, `module` pixels a module."""
        self.image.paste(symbol.resize((symbol.width * module, symbol.height * module), 0), (x, y))

    def picture(self, x: int, y: int, picture: "Image", width: int) -> None:
        """A picture scaled to `width` pixels."""
        height = round(picture.height * width / picture.width)
        self.image.paste(picture.resize((width, height)), (x, y))


def grouped(number: str, size: int = 4) -> str:
    """A number in groups, as labels print it."""
    return " ".join(number[at : at + size] for at in range(0, len(number), size))
