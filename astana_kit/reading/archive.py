"""Members of a zip, read in memory and within bounds; nothing of it is ever written to the disk."""

import os
import stat
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO
from zipfile import ZipFile, ZipInfo

from astana_kit.reading.encoding import decode
from astana_kit.reading.found import PAGE, TABLE, File, Refused, shown, sized
from astana_kit.reading.kinds import TABLES, UNPACK, ZIP, suffix

DEEPEST = 3  # archives in one another
RATIO = 200  # bytes made of one; news shrinks to a fifth, a bomb to a thousandth
UNPACKED = 4_000_000_000  # bytes made of one archive in all, and of those in it
WHOLE = 50  # bytes made of one in all, beyond those of a table: no folder of pages is so alike
BLOCK = 1 << 20
# Formats that are zips inside, by what is in each; a spreadsheet is read as one. A folder «word»
# alone is the reader's own
OFFICE = "[Content_Types].xml"
INSIDE = (
    ((OFFICE, "word/"), "a Word document"),
    ((OFFICE, "ppt/"), "a presentation"),
    (("META-INF/container.xml",), "a book"),
    (("META-INF/manifest.xml",), "an OpenDocument file"),
    (("META-INF/MANIFEST.MF",), "a program"),
)
WORKBOOK = "xl/workbook.xml"
UTF_8 = 1 << 11  # the flag of a member whose name is written so


def is_archive(head: bytes) -> bool:
    """Whether a file is a zip; so are spreadsheets and what Word writes, by their members."""
    return head.startswith(ZIP)


def members(
    file: IO[bytes], source: str, depth: int = 1, left: int = UNPACKED
) -> Iterator[File | Refused]:
    """Each file in the zip `file` in the order of their names, or why it cannot be read.

    No more than `left` bytes are unpacked, those of archives in it among them.
    """
    try:
        archive = ZipFile(file)
        infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except Exception as error:  # noqa: BLE001 (whatever zipfile makes of broken bytes)
        yield Refused(source, f"a zip that cannot be read ({error})", "pack it again")
        return
    names = [info.filename for info in infos]
    if WORKBOOK in names:
        file.seek(0)
        yield sized(File(source, file.read(TABLE + 1)), TABLE)
        return
    what = next((what for marks, what in INSIDE if _holds(names, marks)), None)
    if what:
        yield Refused(source, what, "save its text as .txt")
        return
    pages = [
        (info, f"{source}/{shown(name)}")
        for info, name in zip(infos, _written(infos), strict=True)
        if info.file_size or not info.filename.endswith("/")  # is_dir() fails at an empty name
    ]
    if not pages:
        yield Refused(source, "an archive with nothing in it", "leave it out")
    left = min(left, TABLE + WHOLE * file.seek(0, os.SEEK_END))
    for info, place in pages:
        for found in _opened(_member(archive, info, place, left), depth, left):
            left -= len(found.content) if isinstance(found, File) else 0
            yield found


def _holds(names: Sequence[str], marks: Sequence[str]) -> bool:
    """Whether of each mark there is a file among `names`."""
    return all(any(name.startswith(mark) for name in names) for mark in marks)


def _written(infos: Sequence[ZipInfo]) -> list[str]:
    """Names of the members as they were written.

    Where none is said to be UTF-8, zipfile reads what DOS wrote in America; Windows in Russia packs
    «Сирия.txt» as DOS wrote it there, macOS in UTF-8 without saying so.
    """
    names = [info.filename for info in infos]
    old = [place for place, info in enumerate(infos) if not info.flag_bits & UTF_8]
    try:
        read = decode("\n".join(names[place] for place in old).encode("cp437"))
    except ValueError:
        return names
    new = read.text.split("\n")
    if read.encoding in {"utf-8", "ibm866"} and len(new) == len(old):
        for place, name in zip(old, new, strict=True):
            names[place] = name
    return names


def _opened(found: File | Refused, depth: int, left: int) -> Iterator[File | Refused]:
    """`found`, or if it is an archive itself, its members."""
    if isinstance(found, Refused) or not is_archive(found.content):
        yield found
    elif depth == DEEPEST:
        yield Refused(found.source, f"more than {DEEPEST} archives in one another", UNPACK)
    else:
        inside = left - len(found.content)
        yield from members(BytesIO(found.content), found.source, depth + 1, inside)


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
    except Exception as error:  # noqa: BLE001 (as above)
        return Refused(source, f"broken in the archive ({error})", "pack it again")
    if len(content) > left:
        return Refused(source, "the archive would unpack to too much in all", UNPACK)
    return sized(File(source, content), most)


def _bytes(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """First `most` bytes of a member: what it says of its size may be a lie."""
    blocks, size = [], 0
    with archive.open(info) as file:
        while size < most and (block := file.read(min(BLOCK, most - size))):
            blocks.append(block)
            size += len(block)
    return b"".join(blocks)
