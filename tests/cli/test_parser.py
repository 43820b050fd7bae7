"""Arguments: the options of every command stand anywhere, misuse is one sentence and exit code 2."""

import pytest

from mailroom import __version__
from mailroom.bootstrap import main
from mailroom.cli.commands import COMMANDS
from mailroom.cli.parser import parse
from mailroom.cli.wiring import Place


@pytest.mark.parametrize(
    "argv",
    [
        ["--profile", "/p", "--operator", "Ada", "--json", "list", "--limit", "3"],
        ["list", "--limit", "3", "--json", "--profile", "/p", "--operator", "Ada"],
        ["--json", "list", "--profile", "/p", "--limit", "3", "--operator", "Ada"],
    ],
)
def test_options_of_every_command_stand_before_and_after_it(argv: list[str]) -> None:
    line, options, place, as_json = parse(argv)
    assert line.name == "list"
    assert options.limit == 3
    assert (str(place.profile), place.operator, place.database) == ("/p", "Ada", None)
    assert as_json


@pytest.mark.parametrize(
    "argv",
    [
        ["--profile", "/p", "--json", "import", "events", "f.csv"],
        ["import", "--profile", "/p", "events", "--json", "f.csv"],
        ["import", "events", "f.csv", "--json", "--profile", "/p"],
    ],
)
def test_they_stand_around_both_words_of_a_command(argv: list[str]) -> None:
    line, options, place, as_json = parse(argv)
    assert line.name == "import events"
    assert (options.file, str(place.profile), as_json) == ("f.csv", "/p", True)


def test_the_later_of_two_profiles_counts() -> None:
    assert str(parse(["--profile", "/a", "list", "--profile", "/b"])[2].profile) == "/b"


def test_without_a_command_it_is_the_window() -> None:
    assert parse([])[0].name == "gui"
    assert parse([])[2] == Place()
    assert parse(["--operator", "Ada"])[2].operator == "Ada"


def test_values_may_stand_between_options() -> None:
    assert parse(["record", "A", "--order", "7", "B", "--json", "C"])[1].items == ["A", "B", "C"]
    assert parse(["pod", "A", "--out", "f.pdf", "B"])[1].numbers == ["A", "B"]


def test_a_payload_with_a_dash_in_front_stands_behind_two_dashes() -> None:
    assert parse(["identify", "--json", "--", "-7"])[1].payloads == ["-7"]


@pytest.mark.parametrize(
    "argv",
    [
        ["lst"],
        ["list", "--limit", "many"],
        ["list", "--lim", "3"],
        ["list", "stray"],
        ["record", "A", "--ordre", "7"],
        ["import"],
        ["audit"],
        ["show"],
        ["read"],
        ["claim", "1", "--kind", "theft", "--amount", "1", "--out", "f"],
        ["pod", "1"],
        ["show", "\x1b[2J\x07", "stray\x1b[2J"],
    ],
)
def test_misuse_is_one_line_on_stderr_and_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.startswith("mailroom")
    assert seen.err.count("\n") == 1
    assert seen.err.rstrip("\n").isprintable()


def test_every_command_has_a_help_page(capsys: pytest.CaptureFixture[str]) -> None:
    for line in COMMANDS:
        assert main([*line.name.split(), "--help"]) == 0
        page = capsys.readouterr().out
        assert f"usage: mailroom {line.name}" in page
        assert "--profile DIR" in page
        assert "--json" in page
    assert main(["--help"]) == 0
    page = capsys.readouterr().out
    assert all(line.name.split()[0] in page for line in COMMANDS)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Mailroom {__version__}\n"
