"""Members of a zip, read in memory and within bounds; nothing of it is ever written to the disk."""

import lzma
import stat
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from astana_kit.reading.found import PAGE, TABLE, File, Refused, shown, sized
from astana_kit.reading.kinds import TABLES, UNPACK, ZIP, suffix

DEEPEST = 3  # archives in one another
RATIO = 200  # bytes made of one; news shrinks to a fifth, a bomb to a thousandth
UNPACKED = 4_000_000_000  # bytes made of one archive in all
BLOCK = 1 << 20
BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
)
# Formats that are zips inside; a spreadsheet is read as one
INSIDE = (
    ("word/", "a Word document", "save its text as .txt"),
    ("ppt/", "a presentation", "save its text as .txt"),
    ("META-INF/", "a book, an OpenDocument file or a program", "save its text as .txt"),
)
WORKBOOK = "xl/workbook.xml"


def is_archive(head: bytes) -> bool:
    """Whether a file is a zip; so are spreadsheets and what Word writes, by their members."""
    return head.startswith(ZIP)


def members(file: IO[bytes], source: str, depth: int = 1) -> Iterator[File | Refused]:
    """Each file in the zip `file` in the order of their names, or why it cannot be read."""
    try:
        archive = ZipFile(file)
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except BROKEN as error:
        yield Refused(source, f"a zip that cannot be read ({error})", "pack it again")
        return
    names = [info.filename for info in infos]
    if WORKBOOK in names:
        file.seek(0)
        yield sized(File(source, file.read(TABLE + 1)), TABLE)
        return
    for folder, what, remedy in INSIDE:
        if any(name.startswith(folder) for name in names):
            yield Refused(source, what, remedy)
            return
    if not any(not info.is_dir() for info in infos):
        yield Refused(source, "an archive with nothing in it", "leave it out")
    left = UNPACKED
    for info in infos:
        if info.is_dir():
            continue
        found = _member(archive, info, f"{source}/{shown(info.filename)}", left)
        left -= len(found.content) if isinstance(found, File) else 0
        yield from _opened(found, depth)


def _opened(found: File | Refused, depth: int) -> Iterator[File | Refused]:
    """`found`, or if it is an archive itself, its members."""
    if isinstance(found, Refused) or not is_archive(found.content):
        yield found
    elif depth == DEEPEST:
        yield Refused(found.source, f"more than {DEEPEST} archives in one another", UNPACK)
    else:
        yield from members(BytesIO(found.content), found.source, depth + 1)


def _member(  # noqa: PLR0911 (one for each reason)
    archive: ZipFile, info: ZipInfo, source: str, left: int
) -> File | Refused:
    """Bytes of one member, or why they are not to be had."""
    if info.flag_bits & 1:
        return Refused(source, "locked with a password", UNPACK)
    if stat.S_ISLNK(info.external_attr >> 16):
        return Refused(source, "a link to another place", "pack the file itself")
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        return Refused(
            source, "its path leads out of the archive", "pack it again under a plain name"
        )
    if info.file_size > RATIO * max(info.compress_size, BLOCK // RATIO):
        return Refused(source, f"would unpack to {RATIO} times its size and more", UNPACK)
    most = TABLE if suffix(info.filename) in {*TABLES, ".xlsx", ".parquet", ".zip"} else PAGE
    try:
        content = _bytes(archive, info, min(most, left) + 1)
    except BROKEN as error:
        return Refused(source, f"broken in the archive ({error})", "pack it again")
    if len(content) > left:
        return Refused(source, f"more than {UNPACKED:,} bytes in one archive", UNPACK)
    return sized(File(source, content), most)


def _bytes(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """First `most` bytes of a member: what it says of its size may be a lie."""
    blocks, size = [], 0
    with archive.open(info) as file:
        while size < most and (block := file.read(min(BLOCK, most - size))):
            blocks.append(block)
            size += len(block)
    return b"".join(blocks)
