"""Files of a folder, a zip or a path, in a stable order; the bytes of each, or why there are none.

Nothing is written and nothing run: what lies in an archive is read in memory, within bounds.
"""

import stat
from collections.abc import Iterator
from pathlib import Path

from astana_kit.reading.archive import is_archive, members
from astana_kit.reading.found import PAGE, TABLE, File, Refused, shown, sized
from astana_kit.reading.kinds import is_table

HEAD = 4096  # bytes that tell what a file is
SPECIAL = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def listed(root: Path) -> list[Path]:
    """Every file below the folder `root`, links and folders that cannot be opened among them.

    Folder by folder, in the order of their names; `root` itself where it is a file.
    """
    found, waiting = [], [root]
    while waiting:
        path = waiting.pop()
        try:
            if (path == root or not path.is_symlink()) and path.is_dir():
                waiting += sorted(path.iterdir(), key=lambda one: one.name, reverse=True)
                continue
        except OSError:  # no right to search the folder it is in, a path beyond 4,096 bytes
            pass
        found.append(path)
    return found


def files(path: Path, root: Path) -> Iterator[File | Refused]:
    """The file at `path`, named as seen from `root`; of an archive, each of its members."""
    source = shown(path.name if path == root else path.relative_to(root).as_posix())
    try:
        refused = _special(path, source, link=path != root)
        if refused:
            yield refused
            return
        with path.open("rb") as file:
            head = file.read(HEAD)
            if is_archive(head):
                yield from members(file, source)
                return
            most = TABLE if is_table(path.name, head) else PAGE
            content = head + file.read(most + 1 - len(head))
    except (OSError, MemoryError) as error:
        why = getattr(error, "strerror", None) or "no memory left"
        yield Refused(source, f"cannot be opened: {why}", "give yourself the right to read it")
        return
    yield sized(File(source, content), most)


def _special(path: Path, source: str, *, link: bool) -> Refused | None:
    """Why `path` is nothing to open: a link that may lead anywhere, a pipe that never ends."""
    if link and path.is_symlink():
        return Refused(source, "a link to another place", "put the file itself into the folder")
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return Refused(
            source, "a folder that cannot be opened", "give yourself the right to read it"
        )
    for test, name in SPECIAL:
        if test(mode):
            return Refused(source, f"no file but {name}", "leave it out")
    return None
