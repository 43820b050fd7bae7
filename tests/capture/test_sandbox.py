"""The child has limits and may die; the parent gets plain data or an error with a code."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailroom import sandbox
from mailroom.errors import MailroomError
from mailroom.sandbox import Sandbox, call

BEHAVIOUR = """
def priority():
    import os
    return os.nice(0)

import os, signal, sys, threading, time
from mailroom.errors import MailroomError

def echo(*args, **kw):
    return args, kw

def refuse(name):
    raise MailroomError("file_damaged", name=name, page=3, where=("a", "b"))

def grow():
    held = []
    while True:
        held.append(bytearray(1 << 24))

def spin():
    while True:
        pass

def idle():
    threading.Event().wait()

def die(number):
    os.kill(os.getpid(), number)

def leave():
    os._exit(7)

def chatter():
    print("on stdout")
    os.write(1, b"and below it")
    sys.stderr.write("on stderr")
    return sys.stdin.read()

def odd():
    return {1, 2}

def pid():
    return os.getpid()

def spend(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()
"""


@pytest.fixture(autouse=True)
def behaviour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "behaviour.py").write_text(BEHAVIOUR)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox(memory=400 << 20, cpu_seconds=2, wall_seconds=20) as sandbox:
        yield sandbox


def code_of(box: Sandbox, target: str, *args: object) -> str:
    with pytest.raises(MailroomError) as caught:
        box.call(target, *args, name="a.pdf")
    assert caught.value.facts.get("name") == "a.pdf"
    return caught.value.code


def test_plain_data_goes_there_and_back(box: Sandbox) -> None:
    value = (None, True, 7, 2.5, "é\ud800\x00", b"\x00\xff", [1, (2,)], {"a": b"x", "t": ()}, ["b", 0])
    args, kw = box.call("behaviour:echo", value, key=value)
    assert args == (value,)
    assert kw == {"key": value}
    large = os.urandom(5_000_000)
    assert box.call("behaviour:echo", large)[0] == (large,)


def test_one_call_alone_starts_and_ends_a_child() -> None:
    assert call("behaviour:pid") != os.getpid()


def test_a_batch_shares_a_child_and_gets_another_after_a_death(box: Sandbox) -> None:
    first = box.call("behaviour:pid")
    assert box.call("behaviour:pid") == first
    assert code_of(box, "behaviour:leave") == "file_unreadable"
    second = box.call("behaviour:pid")
    assert second != first


def test_an_expected_error_comes_back_with_its_code_and_facts(box: Sandbox) -> None:
    with pytest.raises(MailroomError) as caught:
        box.call("behaviour:refuse", "x.pdf")
    assert caught.value.code == "file_damaged"
    assert caught.value.facts["page"] == 3
    assert caught.value.facts["name"] == "x.pdf"


def test_memory_cpu_time_and_wall_time_have_limits() -> None:
    with Sandbox(memory=300 << 20, cpu_seconds=1, wall_seconds=20) as small:
        assert code_of(small, "behaviour:grow") == "file_too_costly"
        assert code_of(small, "behaviour:spin") == "file_too_costly"
    with Sandbox(wall_seconds=3.0) as short:
        assert code_of(short, "behaviour:idle") == "file_too_costly"
        assert short.call("behaviour:echo") == ((), {})


def test_the_cpu_limit_counts_anew_for_every_call() -> None:
    with Sandbox(cpu_seconds=2, wall_seconds=60) as box:
        pids = {box.call("behaviour:spend", 0.8) for _ in range(3)}
    assert len(pids) == 1


def test_crashes_are_told_from_spent_limits(box: Sandbox) -> None:
    assert code_of(box, "behaviour:die", int(signal.SIGSEGV)) == "file_unreadable"
    assert code_of(box, "behaviour:die", int(signal.SIGABRT)) == "file_too_costly"
    assert code_of(box, "behaviour:missing") == "file_unreadable"
    assert code_of(box, "nowhere:at_all") == "file_unreadable"


def test_a_bug_in_the_child_keeps_its_trace_for_the_log(box: Sandbox) -> None:
    with pytest.raises(MailroomError) as caught:
        box.call("behaviour:refuse")
    assert "refuse() missing 1 required" in str(caught.value.__cause__)


def test_a_result_that_is_no_plain_data_is_an_error_and_the_child_lives(box: Sandbox) -> None:
    pid = box.call("behaviour:pid")
    assert code_of(box, "behaviour:odd") == "file_unreadable"
    assert box.call("behaviour:pid") == pid


def test_what_a_library_prints_does_not_get_among_the_answers(box: Sandbox) -> None:
    assert box.call("behaviour:chatter") == ""
    assert box.call("behaviour:echo", 1) == ((1,), {})


def test_closing_from_another_thread_ends_a_running_call(box: Sandbox) -> None:
    box.call("behaviour:pid")
    closer = threading.Timer(0.1, box.close)
    closer.start()
    assert code_of(box, "behaviour:idle") in {"file_too_costly", "file_unreadable"}
    closer.join()
    assert box.call("behaviour:echo") == ((), {})


def test_a_module_in_the_folder_where_the_user_stands_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "downloads"
    trap.mkdir()
    (trap / "json.py").write_text("raise SystemExit(9)")
    (trap / "mailroom.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(trap)
    assert call("behaviour:echo", 1) == ((1,), {})


def test_a_child_that_gives_way_has_a_lower_priority() -> None:
    with Sandbox(gives_way=True) as patient, Sandbox() as usual:
        assert usual.call("behaviour:priority") == os.nice(0)
        assert patient.call("behaviour:priority") == min(19, os.nice(0) + 10)


@pytest.mark.parametrize("program", ["/nonexistent/python", "/bin/false"])
def test_whether_a_child_starts_is_told(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    with Sandbox() as box:
        assert box.starts()
    monkeypatch.setattr(sys, "executable", program)
    with Sandbox() as box:
        assert not box.starts()


def test_a_frozen_program_is_started_with_its_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert sandbox._command("1", "2") == [sys.executable, sandbox.CHILD_SWITCH, "1", "2"]


def test_the_child_leaves_when_its_parent_is_gone() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "mailroom.sandbox", str(1 << 30), "5", "0"], stdin=subprocess.DEVNULL, timeout=120
    )
    assert child.returncode == 0


def test_no_child_is_left_behind(box: Sandbox) -> None:
    pid = box.call("behaviour:pid")
    box.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    box.close()


def test_imports_of_the_child_are_lean() -> None:
    heavy = {"PIL", "numpy", "zxingcpp", "PySide6", "sqlalchemy", "pypdfium2", "asyncio"}
    assert not heavy & _loaded("mailroom.sandbox")
    # the parent of a batch of label files opens none of them, and pays for no codec
    assert not (heavy - {"zxingcpp"}) & _loaded("mailroom.capture.files")


def _loaded(module: str) -> set[str]:
    program = f"import sys, {module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    return set(run.stdout.split())
