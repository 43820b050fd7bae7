"""Text of others, made safe to show on one line: nothing invisible, nothing that turns the line around."""

from mailroom.wording.errors import printable


def one_line(text: str) -> str:
    """The text on one line: runs of white space become a blank, control and direction marks become escapes."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else printable(joined)
