"""What a search of the reader's files finds: a file, a page in it, or why there is none."""

import re
from datetime import date
from typing import NamedTuple

PAGE = 20_000_000  # bytes of one page at most: no news page is as long as ten novels
TABLE = 1_000_000_000  # bytes of one table at most; it is held in memory


class Refused(NamedTuple):
    """A file or record that was not taken: where it lies, why, and what the reader can do."""

    source: str
    why: str
    remedy: str


class File(NamedTuple):
    """A file, on the disk or in an archive, with its bytes."""

    source: str
    content: bytes


class Page(NamedTuple):
    """One page made of a file or record: its text, what it says of itself, how it was read."""

    source: str
    encoding: str  # or what else is to be said of the way it was read
    text: str
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: date | None = None
    published_source: str | None = None
    doc_id: str = ""
    more: dict[str, object] = {}  # noqa: RUF012 (a record's default, never changed)


class Column(NamedTuple):
    """A column of one of the reader's tables, and what it was taken as."""

    source: str
    column: str
    taken_as: str | None
    because: str


# A name may hold bytes that are no letters, or signs that turn a line round
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

AS_TEXT = "save its text as .txt, or the page as .html"


def sized(file: File, most: int) -> File | Refused:
    """`file`, or its refusal where it has more bytes than `most`."""
    if len(file.content) <= most:
        return file
    return Refused(
        file.source, f"larger than {most:,} bytes", "split it into parts, each of them smaller"
    )


def shown(name: str) -> str:
    r"""`name` of a file as it can stand in a table: what is no visible letter, escaped.

    >>> shown("новости\n\udcff.txt")
    'новости\\x0a\\udcff.txt'
    """

    def escaped(match: re.Match[str]) -> str:
        number = ord(match[0])
        return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"

    return UNSHOWN.sub(escaped, name)
