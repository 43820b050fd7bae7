"""`notices`, `digest`, `lanes`, `derive`: what they print and write."""

from pathlib import Path
from typing import Any

UPS = "1Z999AA10123456784"


def test_what_there_is_to_tell(desk: Any, tmp_path: Path) -> None:
    assert desk("record", UPS).code == 0
    assert (desk("notices").code, desk("notices").objects) == (0, [])
    assert desk("notices", "--opt-out", "A@b.example").one == {"opted_out": ["a@b.example"]}
    assert desk("notices", "--opt-out", "a b").code == 2
    assert desk("notices", "--send").one == {"sent": 0, "refused": 0}
    assert desk("notices", "--drafts", str(tmp_path / "out")).objects == []
    paper = tmp_path / "digest.pdf"
    assert desk("digest", "--out", str(paper)).one["alerts"] == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert desk("digest", "--out", str(tmp_path / "digest.eml")).code == 0
    assert b"Subject: Mailroom" in (tmp_path / "digest.eml").read_bytes()
    assert desk("digest", "--send").code == 2
    assert desk("lanes").objects == []
    assert desk("lanes", "--back-test").one["tried"] == 0
    assert desk("derive").one["changed"] == 0
