"""Milliseconds a report in a batch of a thousand, beside the same strokes in bare reportlab. Prints, asserts nothing.

python tests/benchmarks/bench_batch.py [REPORTS]

The bare drawing repeats, string by string and line by line, what the batch's own pages say: it is taken from a batch
that was made before, so that both draw the same words, rules and bars, and only the making differs. It embeds the
same fonts; it has no layout, no links, no record and no profile. Times are of the processor, children included.
"""

import io
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
from bench_papers import shared
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from mailroom import resources
from mailroom.domain.papers import ProofBatch
from mailroom.domain.register import ShipmentRow
from mailroom.domain.shipment import Party
from mailroom.reports import render_proof_batch
from mailroom.reports.fonts import REGULAR
from mailroom.reports.office_key import certificate_of, make_key, open_key
from mailroom.reports.signature_check import check_signature
from mailroom.reports.signing import sign


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


def strokes(pdf: bytes) -> list[list[tuple[object, ...]]]:
    """What every page draws: texts with place, font and size, and rectangles and lines."""
    pages = []
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        for page in paper.pages:
            found: list[tuple[object, ...]] = []
            font, size = "", 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "Tf":
                    font, size = str(operands[0]), float(operands[1])
                elif name == "Tj":
                    found.append(("text", font, size, len(bytes(operands[0]))))
                elif name in ("re", "l"):
                    found.append((name, *(float(one) for one in operands)))
            pages.append(found)
    return pages


def bare(pages: list[list[tuple[object, ...]]]) -> bytes:
    """As many strings of the same length and size, rectangles and lines, straight onto a canvas."""
    pdfmetrics.registerFont(TTFont("Plain", str(resources.file(f"fonts/{REGULAR}.ttf"))))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), initialFontName="Plain", invariant=1)
    words = "Delivered, Porch, Salem, OR 97301 according to USPS on Thursday " * 4
    for page in pages:
        for at, one in enumerate(page):
            match one:
                case ("text", _, float(size), int(length)):
                    canvas.setFont("Plain", size or 8)
                    canvas.drawString(72, 760 - at * 2 % 700, words[:length])
                case ("re", float(x), float(y), float(wide), float(tall)):
                    canvas.rect(x, y, wide, tall, stroke=0, fill=1)
                case ("l", float(x), float(y)):
                    canvas.line(72, y, x, y)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


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
    took = timed("25 reports, each", lambda: render_proof_batch(few, lambda sha256: sha256).pdf, 25)
    print(f"{'':44} the most so far: {memory()}")
    took = timed(f"{count} reports, each", ours, count)
    print(f"{'':44} the most so far: {memory()}")
    pages = strokes(made[0])
    for name in ("canvas", "textobject", "pathobject"):  # as they are without Mailroom
        vars(sys.modules[f"reportlab.pdfgen.{name}"])["fp_str"] = fp_str
    plain = timed("the same strokes in bare reportlab, each", lambda: bare(pages), count)
    print(f"{'':44} {took / plain:8.2f} times the bare drawing")
    key = open_key(make_key("Larkspur Survey Co.", "x"), "x")
    signed: list[bytes] = []
    sign(made[0], key, "once, to load the library")
    timed("signing it, whole", lambda: signed.append(sign(made[0], key, "Issued")) or signed[0], 1)
    timed("checking the signature, whole", lambda: str(check_signature(signed[0], [certificate_of(key)])).encode(), 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.pdf"
        path.write_bytes(signed[0])
        sound = os.system(f"qpdf --check {path} >/dev/null 2>&1") == 0  # a benchmark's own file
        print(f"qpdf finds it {'sound' if sound else 'damaged'}; {len(re.findall(b'/ByteRange', signed[0]))} signature")


if __name__ == "__main__":
    main()
