"""The parser, made from the table of commands. The options of all commands stand before or after the command."""

import argparse
from pathlib import Path
from typing import NoReturn

from mailroom import __version__
from mailroom.cli.commands import COMMANDS, GROUPS, CommandLine
from mailroom.cli.wiring import Place
from mailroom.wording import _


def parse(argv: list[str]) -> tuple[CommandLine, argparse.Namespace, Place, bool]:
    """The command, its options, the record it works on, and whether results are JSON. Ends the process on misuse."""
    parser = _parser()
    options, rest = parser.parse_known_args(argv)
    line: CommandLine = getattr(options, "command_line", COMMANDS[0])
    if rest:
        # argparse gives back values that stand behind an option: `record A --json B`.
        if not line.many or any(one.startswith("-") for one in rest):
            parser.error(_("unknown: {arguments}").format(arguments=" ".join(rest)))
        getattr(options, line.many).extend(rest)
    place = Place(
        Path(options.profile) if hasattr(options, "profile") else None,
        getattr(options, "database", None),
        getattr(options, "operator", None),
    )
    return line, options, place, hasattr(options, "json")


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one sentence, and that never guesses a shortened option."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"allow_abbrev": False, **options})  # type: ignore[arg-type]
        _add_global(self)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and exit with 2."""
        hint = _("Try {program} --help.").format(program=self.prog)
        self.exit(2, f"{self.prog}: {_printable(message)}. {hint}\n")


def _printable(message: str) -> str:
    from mailroom.wording.errors import printable

    return printable(message)


def _parser() -> _Parser:
    about = _("A desk for outgoing accountable mail. Without a command the window opens.")
    end = _("Exit codes: 0 done, 1 some failed or were asked about, 2 refused as a whole.")
    parser = _Parser(prog="mailroom", description=about, epilog=end)
    parser.add_argument("--version", action="version", version=f"Mailroom {__version__}")
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND", parser_class=_Parser)
    groups = {}
    for line in COMMANDS:
        group, _gap, member = line.name.rpartition(" ")
        if group and group not in groups:
            made = commands.add_parser(group, help=_(GROUPS[group]), description=_(GROUPS[group]))
            groups[group] = made.add_subparsers(metavar="WHAT", parser_class=_Parser, required=True)
        parent = groups[group] if group else commands
        child = parent.add_parser(member, help=_(line.help), description=_(line.help))
        line.arguments(child)
        child.set_defaults(command_line=line)
    return parser


def _add_global(parser: argparse.ArgumentParser) -> None:
    """The options of every command. SUPPRESS: a later default must not wipe a value given before the command."""
    common = parser.add_argument_group(_("options of every command"))
    common.add_argument(
        "--profile",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=_("folder of the record and settings (also MAILROOM_PROFILE)"),
    )
    common.add_argument(
        "--database", metavar="URL", default=argparse.SUPPRESS, help=_("database, when not in the profile")
    )
    common.add_argument("--operator", metavar="NAME", default=argparse.SUPPRESS, help=_("who does it"))
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help=_("print one JSON object a line, in ASCII")
    )
