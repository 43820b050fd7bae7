"""Prepare this checkout where that is needed, then start Mailroom: `python3 packaging/run.py [ARGS]`."""

import sys

if sys.version_info < (3, 11):  # before the import below: an older Python stumbles over its syntax
    sys.exit("Mailroom needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

import workplace


def main(arguments: list[str]) -> int:
    """Set up, then become Mailroom; comes back only with the exit code of a failed set-up (or on Windows)."""
    try:
        python = workplace.prepare("run")
    except workplace.SetUpError as trouble:
        workplace.say(str(trouble))
        return 2
    except KeyboardInterrupt:
        workplace.say("Set-up was interrupted; the next start makes it good.")
        return 130
    if not arguments and not workplace.has_display():
        workplace.say("There is no display here, so the demonstration runs instead of the window.")
        arguments = ["demo"]
    return workplace.become(python, ["-m", "mailroom", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
