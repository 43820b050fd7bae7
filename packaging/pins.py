"""Pin every package anew, with hashes and for every platform: `python3 packaging/pins.py`. Needs uv on the path.

Run it after a change of the dependencies in pyproject.toml, or to take newer releases (`--upgrade`).
"""

import subprocess
import sys

import workplace

COMMAND = [
    *("uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version", "3.11"),
    *("--no-annotate", "--no-header", "--quiet", "--extra", "build"),
]


def main(arguments: list[str]) -> int:
    """Write both files; the tests' one holds everything of the other."""
    for purpose, file in workplace.REQUIREMENTS.items():
        extra = ["--extra", "test"] if purpose == "test" else []
        pinned = workplace.TOP / "packaging" / file
        command = [*COMMAND, *extra, *arguments, "pyproject.toml", "--output-file", str(pinned)]
        code = subprocess.run(command, cwd=workplace.TOP, stdout=subprocess.DEVNULL, check=False).returncode
        if code:
            workplace.say(f"{file} could not be pinned; see above.")
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
