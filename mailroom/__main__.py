"""`python -m mailroom` and the installed command."""

import sys


def main() -> int:
    """Run one command; the exit code. Nothing is loaded before Ctrl+C ends cleanly."""
    try:
        from mailroom.bootstrap import main as run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
