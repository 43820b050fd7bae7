"""Milliseconds a report in a batch of a thousand, beside the same strokes in bare reportlab. Prints, asserts nothing.

python tests/benchmarks/bench_batch.py [REPORTS]

The bare drawing repeats, call by call, what the batch's own pages draw: it is taken from a batch that was made before,
so that both draw the same words, rules and bars in the same places, fonts and colours, and only the making differs;
the share of pixels that differ is printed. It has no layout, no links, no bookmarks, no record and no profile.
The whole (read from the record of a profile, signed, kept) stands beside it too. Times are of the processor,
children included.
"""

import io
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import million
import numpy as np
import pikepdf
from bench_papers import shared
from PIL import Image
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mailroom import bootstrap, resources
from mailroom.domain.papers import ProofBatch
from mailroom.domain.register import ShipmentFilter, ShipmentRow
from mailroom.domain.shipment import Party
from mailroom.reports import render_proof_batch
from mailroom.reports.office_key import certificate_of, make_key, open_key
from mailroom.reports.signature_check import check_signature
from mailroom.reports.signing import sign
from mailroom.services.office_key import PASSPHRASE


def processor() -> float:
    """Seconds of the processor that this process and its finished children took."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(name: str, work: Callable[[], bytes], count: int) -> float:
    """Run once, print, and give milliseconds of the processor for each of `count`."""
    wall, start = time.perf_counter(), processor()
    size = len(work())
    took, lasted = (processor() - start) * 1000 / count, (time.perf_counter() - wall) * 1000 / count
    print(f"{name:44} {took:8.2f} ms processor {lasted:8.2f} ms wall {size / 1000:9.0f} kB")
    return took


def batch(count: int) -> ProofBatch:
    """Certified letters of an invented office, two of three delivered."""
    office = shared().Office()
    reports = []
    for at in range(count):
        fields = replace(office.shipment().fields, recipient=Party(f"Zofia Żurek {at}", address=("4 Orchard Way",)))
        report = office.proof(
            head=replace(office.head, number=f"{office.head.number}/{at + 1}"),
            row=ShipmentRow(office.shipment(tracking_number=f"92701901234567{at:08d}", fields=fields)),
            events=office.journey() if at % 3 == 2 else office.delivered(),
        )
        reports.append(report)
    return ProofBatch(office.head, office.office, tuple(reports))


Stroke = tuple[Any, ...]
Matrix = tuple[float, float]  # pages of ours are moved about and never scaled or turned


class Strokes:
    """What a page draws as the calls that draw it: texts, rectangles and lines in their places, fonts and colours."""

    def __init__(self) -> None:
        self.calls: list[Stroke] = []
        self._said: dict[str, Stroke] = {}
        self._characters: dict[Any, tuple[str, dict[int, str]]] = {}

    def of_page(self, page: pikepdf.Page) -> list[Stroke]:
        """The calls of one page."""
        self.calls, self._said = [], {}
        self._read(page, page.Resources, 0.0, 0.0)
        return self.calls

    def _set(self, name: str, *given: Any) -> None:
        if self._said.get(name) != given:
            self._said[name] = given
            self.calls.append((name, *given))

    def _read(self, content: Any, resources: Any, left: float, low: float) -> None:
        """One content stream; `left` and `low` are where its origin lies."""
        at, kept = (left, low), list[tuple[Matrix, dict[str, Stroke]]]()
        state: dict[str, Stroke] = {"setFillColorRGB": (0, 0, 0), "setStrokeColorRGB": (0, 0, 0), "setLineWidth": (1,)}
        font: tuple[Any, float] = (None, 0.0)
        line, leading, point, rect = (0.0, 0.0), 0.0, (0.0, 0.0), ()  # type: ignore[var-annotated]
        for operands, operator in pikepdf.parse_content_stream(content):
            name = str(operator)
            given = [float(one) for one in operands] if name in _NUMBERS else []
            match name:
                case "q":
                    kept.append((at, dict(state)))
                case "Q":
                    at, state = kept.pop()
                case "cm":
                    at = (at[0] + given[4], at[1] + given[5])
                case "rg" | "RG" | "w":
                    state[_NUMBERS[name]] = tuple(given)
                case "Tf":
                    font = (resources.Font[str(operands[0])], float(operands[1]))
                case "TL":
                    leading = given[0]
                case "Tm":
                    line = (given[4], given[5])
                case "T*":
                    line = (line[0], line[1] - leading)
                case "Tj":
                    family, characters = self._font(font[0])
                    self._set("setFont", family, font[1])
                    self._set("setFillColorRGB", *state["setFillColorRGB"])
                    shown = "".join(characters[one] for one in bytes(operands[0]))
                    self.calls.append(("drawString", at[0] + line[0], at[1] + line[1], shown))
                case "m":
                    point = (given[0], given[1])
                case "l":
                    for key in ("setStrokeColorRGB", "setLineWidth"):
                        self._set(key, *state[key])
                    ends = (at[0] + point[0], at[1] + point[1], at[0] + given[0], at[1] + given[1])
                    self.calls.append(("line", *ends))
                case "re":
                    rect = (at[0] + given[0], at[1] + given[1], given[2], given[3])
                case "f*" | "f":
                    self._set("setFillColorRGB", *state["setFillColorRGB"])
                    self.calls.append(("rect", *rect, 0, 1))
                case "Do":
                    form = resources.XObject[str(operands[0])]
                    self._read(form, form.Resources, *at)

    def _font(self, font: Any) -> tuple[str, dict[int, str]]:
        if font.objgen not in self._characters:
            pairs = re.findall(rb"<(\w\w)> <(\w{4})>", font.ToUnicode.read_bytes())
            characters = {int(code, 16): chr(int(one, 16)) for code, one in pairs}
            self._characters[font.objgen] = (str(font.BaseFont).partition("+")[2], characters)
        return self._characters[font.objgen]


_NUMBERS = {  # operators with numbers, and the call that sets what some of them set
    **dict.fromkeys(("cm", "TL", "Tm", "m", "l", "re"), ""),
    **{"rg": "setFillColorRGB", "RG": "setStrokeColorRGB", "w": "setLineWidth"},
}


def strokes(pdf: bytes) -> list[list[Stroke]]:
    """The calls of every page."""
    reader = Strokes()
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        return [reader.of_page(page) for page in paper.pages]


def bare(pages: list[list[Stroke]]) -> bytes:
    """The same strings, rectangles and lines in the same places, fonts and colours, straight onto a canvas."""
    for name in sorted({one[1] for page in pages for one in page if one[0] == "setFont"}):
        pdfmetrics.registerFont(TTFont(name, str(resources.file(f"fonts/{name}.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), invariant=1)
    for page in pages:
        for name, *given in page:
            getattr(canvas, name)(*given)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def different(first: bytes, second: bytes, pages: int = 4) -> float:
    """The share of pixels of the first pages that differ by more than a rounding."""
    with tempfile.TemporaryDirectory() as folder:
        shown = []
        for name, pdf in (("a", first), ("b", second)):
            path = Path(folder) / name
            path.write_bytes(pdf)
            subprocess.run(["pdftoppm", "-r", "60", "-l", str(pages), "-gray", path, path], check=True)
            shown.append([np.asarray(Image.open(one)).astype(int) for one in sorted(Path(folder).glob(f"{name}-*"))])
        return max(float((abs(a - b) > 40).mean()) for a, b in zip(*shown, strict=True))


def whole(count: int) -> tuple[bytes, float]:
    """A batch as the window makes it: read from the record, rendered, signed, kept, put on record; ms of each."""
    os.environ[PASSPHRASE] = "words of a benchmark"
    with tempfile.TemporaryDirectory() as folder:
        office = bootstrap.open_office(million.copy_to(Path(folder) / "profile", 5 * count))
        who = office.operator
        ids = [one.shipment.id for one in office.shipments.find(who, ShipmentFilter(), count).rows]
        office.papers.issue_proof_of_delivery(who, ids[:1])  # makes the key
        made: list[bytes] = []

        def make() -> bytes:
            made.append(office.papers.issue_proof_of_delivery(who, ids).pdf)
            return made[0]

        own = time.process_time()
        took = timed(f"{count} reports read, made, signed, kept", make, count)
        print(f"{'':44} {(time.process_time() - own) * 1000 / count:8.2f} ms of it in this process")
        bootstrap.close_office(office)
    return made[0], took


def memory() -> str:
    """The most that this process and its largest child held, in megabytes."""
    own, child = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return f"{own} MB here, {child} MB in the child"


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    value = batch(count)
    made: list[bytes] = []

    def ours() -> bytes:
        made.append(render_proof_batch(value, lambda sha256: sha256).pdf)
        return made[-1]

    few = replace(value, reports=value.reports[:25])
    timed("25 reports, each", lambda: render_proof_batch(few, lambda sha256: sha256).pdf, 25)
    print(f"{'':44} the most so far: {memory()}")
    took = timed(f"{count} reports made, each", ours, count)
    print(f"{'':44} the most so far: {memory()}")
    issued, took_whole = whole(count)
    print(f"{'':44} the most so far: {memory()}")
    for name in ("canvas", "textobject", "pathobject"):  # as they are without Mailroom
        vars(sys.modules[f"reportlab.pdfgen.{name}"])["fp_str"] = fp_str
    for told, pdf, beside in (("made", made[0], took), ("read, made, signed, kept", issued, took_whole)):
        pages, drawn = strokes(pdf), list[bytes]()
        plain = timed("the same drawing in bare reportlab, each", lambda: drawn.append(bare(pages)) or drawn[0], count)  # type: ignore[func-returns-value]  # noqa: B023
        print(f"{'':44} {beside / plain:8.2f} times the bare drawing: {told}")
        print(f"{'':44} {different(pdf, drawn[0]):8.2%} of the pixels of the first pages differ")
    certificate = certificate_of(open_key(make_key("Larkspur Survey Co.", "x"), "x"))
    key = open_key(make_key("Larkspur Survey Co.", "x"), "x")
    sign(made[0], key, "once, to load the library")
    timed("signing one paper again", lambda: sign(made[0], key, "Issued"), 1)
    timed("checking the signature, whole", lambda: str(check_signature(issued, [certificate])).encode(), 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.pdf"
        path.write_bytes(issued)
        sound = os.system(f"qpdf --check {path} >/dev/null 2>&1") == 0  # a benchmark's own file
        print(f"qpdf finds it {'sound' if sound else 'damaged'}; {len(re.findall(b'/ByteRange', issued))} signature")


if __name__ == "__main__":
    main()
