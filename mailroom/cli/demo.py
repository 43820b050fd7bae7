"""`demo`."""

import argparse

from mailroom.cli.wiring import Call


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where everything goes."""
    parser.add_argument("--out", metavar="DIR", default="")


def run(call: Call) -> int:
    """Soon."""
    return 0
