"""`--operator NAME` where operators sign in with a PIN."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailroom.bootstrap import office
from mailroom.domain.operator import Role

PIN, AIR = "482913", "1Z999AA10123456784"


@pytest.fixture
def signed(tmp_path: Path, desk: Any) -> Any:
    """A profile where people sign in: Ada is an administrator with a PIN, Bo a manager without one."""
    with office(tmp_path / "profile", operator="Ada Moss") as opened:
        opened.people.add(opened.operator, "Bo Lind", Role.MANAGER)
        opened.people.set_pin(opened.operator, opened.operator.id, PIN)
        opened.sign_in.require(opened.operator, on=True)
    return desk


def test_the_pin_is_asked_for(signed: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    backup = ("backup", str(tmp_path / "one.zip"))
    # without a PIN nothing is done in her name, and what is on stdin is no PIN
    refused = signed("record", AIR, "--operator", "Ada Moss", stdin=PIN.encode() + b"\n")
    assert (refused.code, refused.out) == (2, "")
    assert "The PIN of Ada Moss is needed." in refused.err
    # a wrong one is refused, the right one gives a manager's rights and more
    monkeypatch.setenv("MAILROOM_PIN", "0000")
    assert (wrong := signed("--operator", "Ada Moss", *backup)).code == 2
    assert "This is not the PIN of Ada Moss." in wrong.err
    assert PIN not in wrong.err
    monkeypatch.setenv("MAILROOM_PIN", PIN)
    assert signed("--operator", "ada moss", *backup).code == 0
    # a name nobody has is nobody's, and one without a PIN has a clerk's rights
    assert signed("--operator", "Nobody", "list").code == 2
    assert "may not do this" in signed("--operator", "Bo Lind", *backup).err
    assert signed("record", AIR, "--operator", "Bo Lind").one["shipment"]["recorded_by"] == "Bo Lind"


def test_a_call_that_names_nobody_asks_nothing(signed: Any, tmp_path: Path) -> None:
    assert signed("record", AIR).one["outcome"] == "recorded"
    assert "may not do this" in signed("backup", str(tmp_path / "one.zip")).err


def test_the_terminal_is_asked_without_showing_it(signed: Any, tmp_path: Path) -> None:
    assert signed("list").code == 0
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "mailroom", "--profile", str(tmp_path / "profile"), "--operator", "Ada Moss", "list"]
    environment = {name: value for name, value in os.environ.items() if name != "MAILROOM_PIN"}
    given = {"stdin": theirs, "stderr": theirs, "stdout": subprocess.PIPE, "env": environment}
    with subprocess.Popen(call, start_new_session=True, **given) as child:  # type: ignore[call-overload]
        shown = b""
        while b"PIN of Ada Moss" not in shown:
            shown += os.read(ours, 1024)
        os.write(ours, PIN.encode() + b"\n")
        assert child.wait(timeout=60) == 0
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        shown += os.read(ours, 1024)
    except OSError:
        shown += b""
    os.close(ours)
    assert PIN.encode() not in shown
