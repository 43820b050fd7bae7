"""Labels before a camera: drawn, damaged by print, paper, light and lens, and seen in a frame. Seeded; nothing is read.

A label is drawn by the project's own writer at 203 dots an inch. What the camera does to it comes in the order of
nature: print head, paper (bent, creased), place and angle, light (uneven, a shadow's edge, glare), lens, motion,
sensor, compression.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from mailroom.capture.arrays import Doubles, Floats, Gray
from mailroom.capture.writer import draw
from mailroom.resources import file

WIDE, HIGH = 812, 1218  # dots of a label of 4 by 6 inches
FRAME = (720, 1280)  # rows, columns
LEVELS = ("easy", "medium", "hard")
_FONT = str(file("fonts/NotoSans-Bold.ttf"))
_WORDS = (
    "SHIP",
    "TO",
    "FROM",
    "GROUND",
    "PRIORITY",
    "PARCEL",
    "2ND",
    "FLOOR",
    "OAK",
    "AVENUE",
    "HARBOUR",
    "WEIGHT",
    "LBS",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A code on a label: symbology and text as they should be read, corners in dots; `number`: its tracking number."""

    symbology: str
    text: str
    corners: Doubles
    number: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A drawn label in grey (0 to 255) and its codes."""

    image: Floats
    codes: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame and the codes that lie wholly in it; `all_texts`: whatever the label holds."""

    gray: Gray
    codes: tuple[Drawn, ...]
    all_texts: frozenset[str]


class _Sheet:
    """A label that is being drawn, from the top down."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.image = Image.new("L", (WIDE, HIGH), 255)
        self.pen = ImageDraw.Draw(self.image)
        self.codes: list[Drawn] = []
        self.pen.rectangle((4, 4, WIDE - 5, HIGH - 5), outline=0, width=3)

    def words(self, x: int, y: int, size: int, text: str = "") -> None:
        text = text or " ".join(self.rng.choice(_WORDS, 4))
        self.pen.text((x, y), text, fill=0, font=ImageFont.truetype(_FONT, size))

    def rule(self, y: int) -> None:
        self.pen.line((4, y, WIDE - 5, y), fill=0, width=int(self.rng.integers(2, 9)))

    def code(
        self, kind: str, payload: str, x: int, y: int, module: int, high: int = 0, *, number: bool = False
    ) -> None:
        drawn = draw(kind, payload)
        if kind == "MaxiCode":
            drawn = drawn.resize((226, round(226 * drawn.height / drawn.width)), Image.Resampling.LANCZOS)
        else:
            drawn = drawn.resize((drawn.width * module, high or drawn.height * module), Image.Resampling.NEAREST)
        left = x if x >= 0 else (WIDE - drawn.width) // 2
        self.image.paste(drawn, (left, y))
        right, bottom = left + drawn.width, y + drawn.height
        corners = np.array([[left, y], [right, y], [right, bottom], [left, bottom]], np.float64)
        text = gs1_text(payload) if payload.startswith("[420]") else payload
        self.codes.append(Drawn(kind, text, corners, number))

    def digits(self, count: int) -> str:
        return "".join(map(str, self.rng.integers(0, 10, count)))


def gs1_text(payload: str) -> str:
    """What a reader gives for `[420]94103[92]…`: the fields with a separator after the first."""
    fields = [field.replace("]", "") for field in payload[1:].split("[")]
    return "\x1d".join(fields)


def label(rng: np.random.Generator) -> Label:
    """One of five kinds of label, with invented numbers."""
    sheet = _Sheet(rng)
    sheet.words(30, 20, 26)
    sheet.words(30, 60, 22)
    _KINDS[int(rng.integers(len(_KINDS)))](sheet)
    return Label(np.asarray(sheet.image, np.float32), tuple(sheet.codes))


def _parcel(sheet: _Sheet) -> None:
    sheet.code("DataMatrix", "IBI" + sheet.digits(30), 600, 30, int(sheet.rng.integers(3, 5)))
    sheet.rule(220)
    for line in range(4):
        sheet.words(60, 260 + 46 * line, 34)
    sheet.rule(520)
    sheet.words(180, 540, 32, "TRACKING NUMBER")
    number = "94" + sheet.digits(20)
    sheet.code("Code128", f"[420]{sheet.digits(5)}[{number[:2]}]{number[2:]}", -1, 610, 3, 160, number=True)
    sheet.words(180, 790, 32, number)
    sheet.rule(850)
    sheet.words(60, 900, 28)


def _express(sheet: _Sheet) -> None:
    post = sheet.digits(9)
    sheet.code("MaxiCode", f"[)>\x1e01\x1d96{post}\x1d840\x1d001\x1d1Z{sheet.digits(8)}\x1dUPSN\x1e\x04", 30, 330, 0)
    sheet.words(300, 340, 60, f"NY {post[:3]} 9-0{post[4]}")
    sheet.rule(580)
    sheet.words(30, 600, 40, "2ND DAY PARCEL")
    sheet.code("Code128", "1Z" + sheet.digits(16), -1, 680, 3, 210, number=True)
    sheet.rule(920)
    sheet.words(30, 950, 26)


def _ground(sheet: _Sheet) -> None:
    fields = (
        "[)>\x1e01",
        "02" + sheet.digits(5),
        "840",
        "019",
        sheet.digits(16),
        "GRND",
        sheet.digits(7),
        "1/1\x1e\x04",
    )
    text = "\x1d".join(fields)
    sheet.code("PDF417", text + sheet.digits(60), 60, 300, int(sheet.rng.integers(2, 4)))
    sheet.rule(560)
    sheet.words(30, 590, 44, sheet.digits(12))
    sheet.code("Code128", "9622" + sheet.digits(30), -1, 720, 3, 220, number=True)
    sheet.rule(980)


def _post(sheet: _Sheet) -> None:
    number = "RR" + sheet.digits(9) + "GB"
    for line in range(5):
        sheet.words(40, 140 + 40 * line, 28)
    sheet.rule(380)
    sheet.code("Code128", number, -1, 420, int(sheet.rng.integers(3, 5)), 180, number=True)
    sheet.words(230, 620, 40, number)
    sheet.rule(700)
    sheet.code("QRCode", "https://post.example/t/" + number, 60, 760, int(sheet.rng.integers(4, 6)))
    sheet.code("Aztec", number + sheet.digits(12), 480, 770, 5)


def _carton(sheet: _Sheet) -> None:
    sheet.words(30, 120, 60, "RETURNS")
    sheet.code("Code39", "RMA" + sheet.digits(7), -1, 300, 3, 150, number=True)
    sheet.rule(500)
    sheet.code("ITF", "1" + sheet.digits(13), -1, 560, 4, 170)
    sheet.rule(780)
    sheet.code("DataMatrix", "S" + sheet.digits(18), 80, 850, 4)
    sheet.words(300, 880, 40)


_KINDS: tuple[Callable[[_Sheet], None], ...] = (_parcel, _express, _ground, _post, _carton)


@dataclass(frozen=True, slots=True)
class Scene:
    """How a label lies before the camera: dots an inch in the frame, degrees, and what is wrong, each from 0."""

    scale: float
    turn: float
    tilt: float
    axis: float
    bend: float
    blur: float
    motion: float
    noise: float
    light: float
    quality: int
    dropouts: int
    glare: float
    shadow: float


_RANGES: dict[str, dict[str, tuple[float, float]]] = {
    "easy": {
        "scale": (130, 210), "tilt": (0, 12), "bend": (0, 0), "blur": (0.0, 0.7), "motion": (0, 1.2), "noise": (1, 4),
        "light": (0.8, 1.05), "quality": (82, 95), "dropouts": (0, 0), "glare": (0, 0), "shadow": (0, 0.2),
    },
    "medium": {
        "scale": (105, 180), "tilt": (4, 28), "bend": (0, 0.6), "blur": (0.3, 1.2), "motion": (0, 3), "noise": (3, 9),
        "light": (0.5, 1.05), "quality": (62, 88), "dropouts": (0, 1.9), "glare": (0, 0.7), "shadow": (0, 0.5),
    },
    "hard": {
        "scale": (80, 160), "tilt": (12, 42), "bend": (0, 1.0), "blur": (0.6, 2.0), "motion": (1, 6), "noise": (6, 18),
        "light": (0.25, 1.0), "quality": (45, 75), "dropouts": (0, 3.9), "glare": (0, 1.0), "shadow": (0, 0.7),
    },
}  # fmt: skip


def scene(level: str, rng: np.random.Generator) -> Scene:
    """How a label of this level lies and is seen."""
    drawn = {name: float(rng.uniform(*span)) for name, span in _RANGES[level].items()}
    turn = 90.0 * int(rng.integers(4)) + float(rng.uniform(-10, 10)) if level == "easy" else float(rng.uniform(0, 360))
    for rare in ("bend", "glare", "shadow"):  # half of all labels are flat, half in even light
        drawn[rare] *= float(rng.integers(2))
    whole = {"quality": int(drawn.pop("quality")), "dropouts": int(drawn.pop("dropouts"))}
    return Scene(turn=turn, axis=float(rng.uniform(0, 360)), **drawn, **whole)  # type: ignore[arg-type]


def shoot(one: Label, seen: Scene, rng: np.random.Generator, centre: tuple[float, float] | None = None) -> Shot:
    """The label in a frame; `centre`: which dot of it the camera looks at, a code of it by default."""
    paper = _printed(one.image, seen, rng)
    paper, bent = _bent(paper, seen)
    if centre is None:
        middle = one.codes[int(rng.integers(len(one.codes)))].corners.mean(axis=0)
        centre = (float(middle[0] + rng.normal(0, 40)), float(middle[1] + rng.normal(0, 40)))
    place = _place(seen, centre)
    frame = _table(rng)
    mask = cv2.warpPerspective(np.ones_like(paper), place, FRAME[::-1], flags=cv2.INTER_AREA)
    view = cv2.warpPerspective(paper, place, FRAME[::-1], flags=cv2.INTER_AREA)
    frame = view + (1 - mask) * frame
    gray = _camera(_lit(frame, seen, rng), seen, rng)
    inside = tuple(code for code in one.codes if _inside(place, bent(code.corners)))
    return Shot(gray, inside, frozenset(code.text for code in one.codes))


def _printed(image: Floats, seen: Scene, rng: np.random.Generator) -> Floats:
    """Dots of the print head that are dead leave lines in the direction of the paper."""
    paper = image.copy()
    for _ in range(seen.dropouts):
        column = int(rng.integers(20, WIDE - 20))
        paper[:, column : column + int(rng.integers(1, 3))] = 255
    paper = cv2.GaussianBlur(paper, (0, 0), 0.5).astype(np.float32)
    return (18 + paper * np.float32(224 / 255)).astype(np.float32)


def _bent(paper: Floats, seen: Scene) -> tuple[Floats, Callable[[Doubles], Doubles]]:
    """Around a cylinder that stands upright; `bend` is half the angle that the label takes of it, in radians."""
    if seen.bend < 0.05:
        return paper, lambda points: points
    half = WIDE / 2
    radius = half / seen.bend
    across = np.clip((np.arange(WIDE, dtype=np.float32) - half) / radius, -0.999, 0.999)
    source = np.tile((radius * np.arcsin(across) + half).astype(np.float32), (HIGH, 1))
    down = np.repeat(np.arange(HIGH, dtype=np.float32)[:, None], WIDE, axis=1)
    shade = np.sqrt(1 - across * across) ** 0.7
    turned = cv2.remap(paper, source, down, cv2.INTER_LINEAR, borderValue=150) * shade[None]

    def moved(points: Doubles) -> Doubles:
        return np.stack([radius * np.sin((points[:, 0] - half) / radius) + half, points[:, 1]], axis=1)

    return turned.astype(np.float32), moved


def _place(seen: Scene, centre: tuple[float, float]) -> Doubles:
    """Dots of the label to pixels of the frame: a pinhole camera, the label tilted about an axis in its plane."""
    size, turn, tilt, axis = seen.scale / 203, *(math.radians(one) for one in (seen.turn, seen.tilt, seen.axis))
    rows, columns = FRAME
    flat = np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1]], np.float64)
    flat = np.diag([size, size, 1.0]) @ flat
    flat = np.array([[math.cos(turn), -math.sin(turn), 0], [math.sin(turn), math.cos(turn), 0], [0, 0, 1]]) @ flat
    rotation = cv2.Rodrigues(np.array([math.cos(axis), math.sin(axis), 0.0]) * tilt)[0]
    away = 1.1 * columns
    lens = np.array([[away, 0, columns / 2], [0, away, rows / 2], [0, 0, 1]])
    whole = lens @ np.stack([rotation[:, 0], rotation[:, 1], np.array([0, 0, away])], axis=1) @ flat
    return np.asarray(whole / whole[2, 2])


def _inside(place: Doubles, corners: Doubles) -> bool:
    seen = np.c_[corners, np.ones(4)] @ place.T
    points = seen[:, :2] / seen[:, 2:]
    return bool((points > 6).all() and (points < np.array(FRAME[::-1]) - 6).all())


def _table(rng: np.random.Generator) -> Floats:
    """What lies under the label: a grain, an edge or two, and print of other papers."""
    rows, columns = FRAME
    coarse = rng.normal(0, 1, (rows // 60, columns // 60)).astype(np.float32)
    table = 110 + 25 * cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC)
    table = table + rng.normal(0, 3, FRAME)
    for _ in range(3):
        x, y = int(rng.integers(columns)), int(rng.integers(rows))
        cv2.rectangle(table, (x, y), (x + int(rng.integers(60, 500)), y + int(rng.integers(40, 300))), 190, -1)
    sheet = Image.new("L", (columns, rows), 0)
    pen = ImageDraw.Draw(sheet)
    for _ in range(8):
        at = (int(rng.integers(columns)), int(rng.integers(rows)))
        pen.text(
            at, " ".join(rng.choice(_WORDS, 3)), fill=255, font=ImageFont.truetype(_FONT, int(rng.integers(9, 30)))
        )
    return np.clip(table * (1 - 0.7 * np.asarray(sheet, np.float32) / 255), 0, 255).astype(np.float32)


def _lit(frame: Floats, seen: Scene, rng: np.random.Generator) -> Floats:
    """Light from one side, a shadow with an edge, a highlight that washes out."""
    rows, columns = FRAME
    across, down = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    way = float(rng.uniform(0, 2 * math.pi))
    side = across * math.cos(way) + down * math.sin(way)
    light = seen.light * (1 + 0.25 * side)
    if seen.shadow:
        edge = 1 / (1 + np.exp(-(side - float(rng.uniform(-0.5, 0.5))) * float(rng.uniform(4, 40))))
        light = light * (1 - seen.shadow * edge)
    lit = frame * light
    if seen.glare:
        x, y = float(rng.uniform(-0.6, 0.6)), float(rng.uniform(-0.6, 0.6))
        spot = ((across - x) / float(rng.uniform(0.05, 0.2))) ** 2 + ((down - y) / float(rng.uniform(0.1, 0.5))) ** 2
        lit = lit + 255 * seen.glare * np.exp(-spot)
    return np.asarray(lit, np.float32)


def _camera(frame: Floats, seen: Scene, rng: np.random.Generator) -> Gray:
    """Lens, shake, sensor and compression."""
    if seen.blur > 0.2:
        reach = math.ceil(seen.blur * 1.5)
        grid = np.hypot(*np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1)))
        disk = np.clip(seen.blur * 1.2 + 0.5 - grid, 0, 1).astype(np.float32)
        frame = cv2.filter2D(frame, -1, disk / disk.sum()).astype(np.float32)
    if seen.motion > 0.5:
        way, steps = float(rng.uniform(0, math.pi)), np.linspace(-0.5, 0.5, 9) * seen.motion
        reach = math.ceil(seen.motion)
        path = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
        for step in steps:
            cv2.circle(path, (round(16 * (reach + step * math.cos(way))), round(16 * (reach + step * math.sin(way)))),
                       8, 1.0, -1, cv2.LINE_AA, 4)  # fmt: skip
        frame = cv2.filter2D(frame, -1, path / max(float(path.sum()), 1e-3)).astype(np.float32)
    grain = rng.normal(0, seen.noise, FRAME) * (0.5 + 0.5 * np.sqrt(np.clip(frame, 0, 255) / 255))
    bytes_ = np.clip(frame + grain, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", bytes_, [cv2.IMWRITE_JPEG_QUALITY, seen.quality])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
