"""`derive`: statuses that no source states, again from codes and words by the table of today."""

import argparse

from mailroom.cli.wiring import Call, Exit, opened
from mailroom.wording import _


def no_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes the options of every command and no others."""


def run(call: Call) -> int:
    """Derive, and say what changed."""
    with opened(call) as office:
        done = office.timeline.derive_again(office.operator)
    record = {
        "mapping": done.version,
        "looked_at": done.looked_at,
        "changed": done.changed,
        "shipments": done.shipments,
    }
    text = _("Table of {mapping}: {looked_at} events looked at, {changed} got another status, {shipments} shipments")
    call.output.result(record, lambda one: [text.format(**one)])
    return Exit.DONE
