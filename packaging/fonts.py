"""Cut the fonts of `resources/fonts/` to the scripts Mailroom sets itself: `python3 packaging/fonts.py INTER NOTO`.

INTER is the folder of an unpacked npm package `inter-ui`, NOTO the folder of Debian's Noto fonts; `pyftsubset` of
fonttools (with brotli) is on the path. Latin, Greek and Cyrillic stay, with figures, punctuation and symbols.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"

CHARACTERS = ",".join(
    [
        *("0000", "000D", "0020-007E", "00A0-024F", "0259", "02B0-02FF", "0300-036F"),  # Latin and its marks
        *("0370-03FF", "0400-052F", "1E00-1EFF"),  # Greek, Cyrillic, Vietnamese
        *("2000-206F", "2070-209F", "20A0-20BF", "2100-214F", "2150-218F"),  # punctuation, currencies, letter-like
        *("2190-21FF", "2200-22FF", "2300-23FF", "2460-2473", "25A0-25FF", "2600-26FF", "2700-27BF"),  # symbols
        *("FB00-FB04", "FFFC-FFFD"),
    ]
)

# The window sets tabular figures, the slashed zero and capital-height punctuation; papers set none of these.
WINDOW_FEATURES = "calt,case,ccmp,kern,locl,mark,mkmk,ss01,tnum,zero,pnum"
PAPER_FEATURES = "ccmp,kern,locl,mark,mkmk"

INTER = [f"web/Inter-{weight}" for weight in ("Regular", "Medium", "SemiBold", "Bold")]
INTER += [f"display/InterDisplay-{weight}" for weight in ("SemiBold", "Bold")]
NOTO = [f"NotoSans-{style}" for style in ("Regular", "Bold", "Italic", "SemiCondensed", "SemiCondensedBold")]
NOTO += ["NotoSansMono-Regular"]


def cut(source: Path, target: Path, features: str) -> None:
    """Write the part of a font that is used, as TrueType."""
    options = [
        f"--unicodes={CHARACTERS}",
        f"--layout-features={features}",
        "--flavor=none",
        "--notdef-outline",
        "--name-IDs=*",
    ]
    subprocess.run(["pyftsubset", str(source), f"--output-file={target}", *options], check=True)


def main(inter: Path, noto: Path) -> None:
    """Make both families."""
    for name in INTER:
        source = inter / f"{name}.woff2"
        cut(source, FOLDER / f"{source.stem}.ttf", WINDOW_FEATURES)
    for name in NOTO:
        cut(noto / f"{name}.ttf", FOLDER / f"{name}.ttf", PAPER_FEATURES)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
