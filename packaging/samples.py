"""Make the sample labels anew: `python packaging/samples.py [--seed N] [--out DIR]`, in the project's environment.

The same seed gives the same numbers and addresses. Beside the labels it writes `labels.csv`, which says what is
on each page; the story of the week, `week.csv`, is written by hand and stays.
"""

import argparse
import csv
from pathlib import Path

from mailroom.capture.writer import draw
from mailroom.reports.sample_labels import draw_labels, pages_of

SEED = 2026
OUT = Path(__file__).resolve().parent.parent / "resources" / "samples"


def main() -> None:
    """Draw every label and write it with the list of what is on it."""
    parser = argparse.ArgumentParser(description="Draw the sample labels.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    labels = draw_labels(args.seed, draw)
    for label in labels:
        (args.out / label.file_name).write_bytes(label.data)
    pages = [page for label in labels for page in pages_of(label)]
    with (args.out / "labels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(type(pages[0]).__slots__)
        writer.writerows([getattr(page, name) for name in page.__slots__] for page in pages)


if __name__ == "__main__":
    main()
