"""Take icons from an unpacked npm package `@tabler/icons`: `python3 packaging/icons.py PACKAGE NAME...`.

`python3 packaging/icons.py --prune` drops the icons that no line of the program names.
"""

import ast
import shutil
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "resources" / "icons"

HEAD = """# Icons

Outline icons of Tabler Icons 3.51.0, unchanged, from npm's `@tabler/icons`; MIT licence in `LICENSE` beside this.
`packaging/icons.py` brings in another one and drops those that the program does not name.
"""


def add(package: Path, names: list[str]) -> None:
    """Copy icons by name, without `.svg`."""
    for name in names:
        shutil.copy(package / "icons" / "outline" / f"{name}.svg", FOLDER / f"{name}.svg")


def unused() -> list[Path]:
    """The icons whose name is no literal anywhere in `mailroom/`."""
    words = {
        node.value
        for path in (TOP / "mailroom").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return [path for path in sorted(FOLDER.glob("*.svg")) if path.stem not in words]


def main(arguments: list[str]) -> None:
    """Change the set of icons, then list them beside their licence."""
    if arguments == ["--prune"]:
        for path in unused():
            path.unlink()
    elif arguments:
        add(Path(arguments[0]), arguments[1:])
    names = [f"- `{path.name}`" for path in sorted(FOLDER.glob("*.svg"))]
    (FOLDER / "SOURCES.md").write_text(HEAD + "\n" + "\n".join(names) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
