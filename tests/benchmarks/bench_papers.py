"""Milliseconds a paper, beside the plainest way to make a PDF of the same size. Prints, asserts nothing.

python tests/benchmarks/bench_papers.py [ROUNDS]

The plain report is the same words set line by line with a font of the reader's, without wrapping, tables, bars,
embedded fonts or a record. The plain packet is that and the photographs as they came from the camera.
"""

import importlib.util
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from mailroom.domain.documents import AttachmentRole

PHOTOS = 10
MEGAPIXELS = (4000, 3000)


def shared() -> ModuleType:
    """The invented office of the tests of papers."""
    file = Path(__file__).resolve().parent.parent / "reports" / "conftest.py"
    spec = importlib.util.spec_from_file_location("papers_office", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def camera_photo(seed: int) -> bytes:
    """Twelve megapixels with as much detail as a photograph has."""
    noise = np.random.default_rng(seed).integers(0, 255, (MEGAPIXELS[1] // 20, MEGAPIXELS[0] // 20, 3), dtype=np.uint8)
    target = io.BytesIO()
    Image.fromarray(noise).resize(MEGAPIXELS, Image.Resampling.BICUBIC).save(target, "JPEG", quality=88)
    return target.getvalue()


def plain_pages(pages: list[str], photos: list[bytes]) -> bytes:
    """The words of the pages in lines of ninety characters, then the photographs, two a page."""
    target = io.BytesIO()
    canvas = Canvas(target)
    for words in pages:
        canvas.setFont("Helvetica", 9)
        for line in range(0, len(words), 90):
            canvas.drawString(72, 760 - line // 90 * 12, words[line : line + 90])
        canvas.showPage()
    for at in range(0, len(photos), 2):
        for place, photo in enumerate(photos[at : at + 2]):
            canvas.drawImage(ImageReader(io.BytesIO(photo)), 72, 420 - 340 * place, 384, 288)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The first call and the median of the others, in milliseconds."""
    took = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return took[0], statistics.median(took[1:])


def line(name: str, first: float, usual: float, size: int, beside: float | None = None) -> None:
    """One line of the table."""
    ratio = f"{usual / beside:8.1f} x the plain one" if beside else ""
    print(f"{name:34} {first:8.0f} ms first {usual:8.1f} ms {size / 1000:9.0f} kB {ratio}")


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    module = shared()
    office = module.Office()
    proof = office.proof()
    words = ["Proof of delivery " * 90, "Events on record " * 90]
    plain = timed(lambda: plain_pages(words, []), rounds)
    line("plain report, 2 pages", *plain, len(plain_pages(words, [])))
    report = timed(lambda: office.render(proof), rounds)
    line("proof-of-delivery report, 2 pages", *report, len(office.render(proof).pdf), plain[1])

    photos = [camera_photo(seed) for seed in range(PHOTOS)]
    files = [office.attach(one, AttachmentRole.DAMAGE_PHOTO, f"{at}.jpg") for at, one in enumerate(photos)]
    files.append(office.attach(office.pdf("a", "b"), AttachmentRole.PROOF_OF_VALUE, "invoice.pdf", pages=2))
    packet = office.packet(attachments=tuple(files))
    few = max(2, rounds // 2)
    plain = timed(lambda: plain_pages(words * 4, photos), few)
    line(f"plain packet, {PHOTOS} photographs", *plain, len(plain_pages(words * 4, photos)))
    made = timed(lambda: office.render(packet), few)
    line(f"claim packet, {PHOTOS} photographs", *made, len(office.render(packet).pdf), plain[1])
    bare = office.packet()
    line("claim packet without files", *timed(lambda: office.render(bare), rounds), len(office.render(bare).pdf))


if __name__ == "__main__":
    main()
