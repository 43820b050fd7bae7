"""What a person reads goes through the catalogues: no Qt `tr()`, no bare literal in a widget or a help text."""

import ast
import re
from collections.abc import Iterator

SHOWN_FIRST = {
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu"),
    *("setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "setTitle"),
    *("setAccessibleDescription", "setStatusTip", "setWhatsThis", "setInformativeText", "addAction", "addMenu"),
    *("addTab", "addItem", "setSuffix", "setPrefix", "setLabelText"),
}
SHOWN_KEYWORDS = {"help", "description", "epilog", "title"}
READABLE = re.compile(r"[A-Za-z]{2,}")
NAMES = {"Mailroom"}  # the same in every language
KEYS = re.compile(r"(Ctrl|Alt|Shift|Esc|F\d+)(\+\S+)?")  # shown as Qt names them


def literal(node: ast.expr) -> str:
    """The words of a literal or an f-string as far as they stand in the code."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return " ".join(literal(part) for part in node.values if isinstance(part, ast.Constant))
    return ""


def bare(name: str, tree: ast.Module) -> Iterator[str]:
    """Literals of one file that a person would read and no catalogue knows."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in ("tr", "translate") and node.args and literal(node.args[0]):
            yield f"{name}:{node.lineno}: {called}()"
        shown = node.args[:1] if called in SHOWN_FIRST else []
        shown += [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_KEYWORDS]
        for text in map(literal, shown):
            if READABLE.search(text) and text not in NAMES and not KEYS.fullmatch(text):
                yield f"{name}:{node.lineno}: {text!r}"


def test_window_and_command_line_read_from_the_catalogues(program: dict[str, ast.Module]) -> None:
    rooms = ("mailroom/ui/", "mailroom/cli/")
    found = [one for name, tree in program.items() if name.startswith(rooms) for one in bare(name, tree)]
    assert not found, "\n".join(found)


def test_the_check_finds_bare_text() -> None:
    tree = ast.parse(
        "QLabel('Number')\nQLabel(_('Number'))\nself.tr('x')\nparser.add_argument('-x', help='what it is')\n"
        "label.setText(f'{n} of {m}')\nlabel.setText('–')\nQLabel('Ctrl+Z')\n"
    )
    assert [one.split(":")[1] for one in bare("x.py", tree)] == ["1", "3", "4", "5"]
