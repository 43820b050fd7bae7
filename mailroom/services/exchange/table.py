"""A CSV file as rows of text: its encoding and delimiter found by content, its header matched by aliases."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mailroom.errors import MailroomError

_LARGEST_FIELD = 131_072  # characters, the csv module's own limit
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header by our own column names, and its text after the header."""

    columns: Mapping[str, int]  # our name -> index in a row
    ignored: tuple[str, ...]  # columns of the file that are not used
    text: str
    delimiter: str
    encoding: str

    def rows(self) -> Iterator[tuple[int, dict[str, str] | MailroomError]]:
        """The line number in the file (the header is 1) with the row's values, or what is wrong with it."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as trouble:
                yield line, MailroomError("row_unreadable", row=line, why=str(trouble))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            yield line, {name: cells[at].strip() if at < len(cells) else "" for name, at in self.columns.items()}

    def count(self) -> int:
        """How many rows there are below the header, blank ones left out."""
        return sum(1 for _row in self.rows())


def read_table(data: bytes, name: str, aliases: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Table:
    """Understand a CSV file. Raises `file_empty`, `file_not_csv`, `columns_missing`."""
    text, encoding = _decode(data, name)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise MailroomError("file_empty", name=name)
    text = text[text.index(first) :]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as trouble:
        raise MailroomError("file_not_csv", name=name, why=str(trouble)) from trouble
    columns, ignored = _match(header, aliases)
    missing = [one for one in needed if one not in columns]
    if missing:
        raise MailroomError("columns_missing", name=name, missing=", ".join(missing), found=", ".join(header)[:200])
    return Table(columns, ignored, text, delimiter, encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file: by its byte order mark, as UTF-8, else as Windows-1252; bytes of other kinds are refused."""
    if not data.strip():
        raise MailroomError("file_empty", name=name)
    if data[:4] == b"PK\x03\x04" or data[:5] == b"%PDF-":
        raise MailroomError("file_not_csv", name=name, why="")
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), "utf-16"
        if b"\0" in data:
            raise MailroomError("file_not_csv", name=name, why="")
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        raise MailroomError("file_not_csv", name=name, why="") from None


def _match(header: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], tuple[str, ...]]:
    spelled = {_plain(word): ours for ours, words in aliases.items() for word in (ours, *words)}
    columns: dict[str, int] = {}
    ignored = []
    for at, title in enumerate(header):
        ours = spelled.get(_plain(title))
        if ours is None or ours in columns:
            ignored.append(title.strip())
        else:
            columns[ours] = at
    return columns, tuple(ignored)


def _plain(title: str) -> str:
    return "".join(char for char in title.lower() if char.isalnum())
