"""System packages where apt is: which are wanted, which are missing, and how they come to the machine."""

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

# Shared libraries that the wheels load and do not bring, and a font for scripts that the own fonts lack.
DESK = [
    "fonts-dejavu-core",
    "libcups2",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libpulse0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxkbcommon-x11-0",
    "libxrandr2",
    "libzbar0",
]
# Java with PDFBox's Preflight is the one free validator of PDF/A that Debian has.
PREFLIGHT = ["default-jre-headless", "libactivation-java", "libjaxb-api-java", "libpdfbox2-java"]
TESTS = ["openbox", "poppler-utils", "postgresql", "qpdf", "xauth", "xdotool", "xvfb", *PREFLIGHT]

CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0")


class MissingError(Exception):
    """Without these packages nothing can go on; the text says how to get them."""


def wanted(purpose: str) -> list[str]:
    """Names of the packages for `run` or `test`, as Debian 12 calls them."""
    return DESK + TESTS if purpose == "test" else list(DESK)


def variants(name: str) -> tuple[str, ...]:
    """The names one library goes by: Ubuntu 24.04 and Debian 13 added `t64` to some."""
    return (name, f"{name}t64")


def missing(names: Iterable[str], status: str) -> list[str]:
    """Which packages are not installed, given the lines `status name` that dpkg-query prints."""
    pairs = (line.split(maxsplit=1) for line in status.splitlines())
    installed = {pair[1].strip() for pair in pairs if len(pair) == 2 and pair[0] == "installed"}
    return [name for name in names if not installed.intersection(variants(name))]


def available(names: Iterable[str], policy: str) -> tuple[list[str], list[str]]:
    """The names to install and those that no source has, given what `apt-cache policy` prints in English."""
    candidates: dict[str, str] = {}
    package = ""
    for line in policy.splitlines():
        if not line.startswith(" "):
            package = line.rstrip(":")
        elif line.strip().startswith("Candidate:"):
            candidates[package] = line.split(":", 1)[1].strip()
    found: list[str] = []
    unknown: list[str] = []
    for name in names:
        offered = [one for one in variants(name) if candidates.get(one, "(none)") != "(none)"]
        (found if offered else unknown).append((offered or [name])[0])
    return found, unknown


def provide(purpose: str, say: Callable[[str], None]) -> None:
    """Install what is missing. Without the right to do so: say so, and go on if Python itself has what it needs."""
    lacking = _lacking(purpose)
    if not lacking:
        return
    if not shutil.which("apt-get"):
        _require_venv("This system has no apt: install Python's venv and ensurepip modules by hand.")
        return
    root = _as_root()
    by_hand = f"apt-get install {' '.join(lacking)}"
    if root is None:
        _require_venv(f"Neither root nor sudo is at hand; have an administrator run: {by_hand}")
        say(f"Some system packages are missing, and neither root nor sudo is at hand; ask for: {by_hand}")
        return
    say(f"Installing system packages: {' '.join(lacking)}")
    if not _install(lacking, root, say):
        _require_venv(f"The system packages cannot be installed; see above, or run by hand: {by_hand}")
        say("Some system packages are still missing; going on without them.")


def _lacking(purpose: str) -> list[str]:
    """The missing packages; only apt's own systems and a Python without venv have any."""
    if not sys.platform.startswith("linux"):
        return []
    venv = [] if _has_venv() else [f"python3.{sys.version_info.minor}-venv"]
    if not shutil.which("dpkg-query"):
        return venv
    names = [variant for name in wanted(purpose) for variant in variants(name)]
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *names],
        capture_output=True,
        text=True,
        check=False,  # it answers 1 as soon as one name is unknown
    )
    return venv + missing(wanted(purpose), answer.stdout)


def _has_venv() -> bool:
    """Debian's bare python3 has `venv` without `ensurepip`, which cannot make an environment."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def _require_venv(otherwise: str) -> None:
    if not _has_venv():
        raise MissingError(otherwise)


def _as_root(environment: Mapping[str, str] = os.environ) -> list[str] | None:
    """What to put before a command that needs root: nothing as root, sudo where it lets us, none where it does not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo", path=environment.get("PATH")):
        return None
    if sys.stdin is not None and sys.stdin.isatty():
        return ["sudo"]  # it may ask for the password
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if silent.returncode == 0 else None


def _install(lacking: Sequence[str], root: list[str], say: Callable[[str], None]) -> bool:
    """Refresh the lists and install; true when all is there. The output is shown only where a step fails."""
    updated = _quietly([*root, *APT, "-qq", "update"])  # a broken extra source must not stop what the others have
    names = [variant for name in lacking for variant in variants(name)]
    policy = subprocess.run(
        ["env", "LC_ALL=C", "apt-cache", "policy", *names], capture_output=True, text=True, check=False
    )
    found, unknown = available(lacking, policy.stdout)
    if unknown:
        say(f"No package source here has: {' '.join(unknown)}")
    if "postgresql" in found:
        _keep_clusters_away(root)
    installed = not found or _quietly([*root, *APT, "-qq", "install", "--yes", "--no-install-recommends", *found])
    return installed and not unknown and (updated or bool(found))


def _keep_clusters_away(root: list[str]) -> None:
    """Tests start a server of their own: Debian's package shall not make and start one too, unless told otherwise."""
    if CLUSTER_SETTINGS.exists():
        return
    subprocess.run([*root, "mkdir", "-p", str(CLUSTER_SETTINGS.parent)], check=False)
    text = "create_main_cluster = false\n"
    subprocess.run([*root, "tee", str(CLUSTER_SETTINGS)], input=text, text=True, stdout=subprocess.DEVNULL, check=False)


def _quietly(command: Sequence[str]) -> bool:
    """Run a command; its output goes to stderr only when it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
    return done.returncode == 0
