"""Take the README's pictures anew from a demonstration: `.venv/bin/python packaging/pictures.py`."""

import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PICTURES = TOP / "resources" / "help" / "pictures"
WANTED = ("scan.png", "shipments.png", "paper.png")


def main() -> int:
    """Run the demonstration in a folder of its own and keep three of its pictures, in fewer colours."""
    from PIL import Image

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mailroom", "demo", "--out", folder]
        code = subprocess.run(command, cwd=TOP, stdout=subprocess.DEVNULL, check=False).returncode
        if code:
            return code
        for name in WANTED:
            taken = Path(folder) / name
            if not taken.exists():
                return 1
            picture = Image.open(taken).convert("RGB").resize((1080, 675), Image.Resampling.LANCZOS)
            # Few colours, chosen so that a small chip keeps its own: the others would go to the large grounds.
            fewer = picture.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            fewer.save(PICTURES / name, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
