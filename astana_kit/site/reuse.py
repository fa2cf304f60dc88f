"""Pages of a former site that still hold: nothing that they were made of has changed since."""

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from astana_kit import tables
from astana_kit.site.entry import title

MARKER = ".astana-site"  # lists the files of a site, and what each page was made of


class Held(NamedTuple):
    """A page that need not be made again."""

    entry: dict[str, str]  # what the index says of it
    files: dict[str, bytes]  # the page and the files that it loads


def listed(folder: Path) -> dict[str, Any]:
    """What the marker of a site says: `files`, name → digest; `pages`, name → key, entry, files.

    Empty where there is none that can be read.
    """
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return {"files": dict(marker["files"]), "pages": dict(marker["pages"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"files": {}, "pages": {}}


def keys(paths: Sequence[Path], notebooks: Sequence[Any], corpus: Path | None) -> dict[str, str]:
    """Of each page, a digest of all that it is made of.

    Its notebook with the parameters set, the titles of its neighbours, the package, the curated
    tables, the corpus, the packages installed, and, of a notebook of the reader's own, the files
    that lie beside it: it may read any of them.
    """
    shared = [
        platform.python_version(),
        _installed(),
        tables.fingerprint(),
        *_digests(tables.PACKAGE, "*.py"),
        *_digests(tables.PACKAGE / "site" / "template"),
        *_digests(tables.PACKAGE / "display"),
        *(_digests(corpus) if corpus else ()),
    ]
    titles = [title(notebook) for notebook in notebooks]
    found = {}
    for place, (path, notebook) in enumerate(zip(paths, notebooks, strict=True)):
        own = path.parent != tables.NOTEBOOKS
        beside = [line for line in _digests(path.parent) if ".ipynb " not in line] if own else []
        around = [path.name, *titles[max(0, place - 1) : place + 2]]
        source = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
        said = json.dumps([shared, beside, around, source], sort_keys=True, default=str)
        found[path.stem] = hashlib.sha256(said.encode()).hexdigest()
    return found


def held(folder: Path, keys: Mapping[str, str]) -> dict[str, Held]:
    """Pages of the site in `folder` that have the same key still, and whose files are untouched."""
    marker = listed(folder)
    found = {}
    for name, key in keys.items():
        page = marker["pages"].get(name)
        if page is None or page["key"] != key:
            continue
        files = {file: _content(folder / file) for file in page["files"]}
        if all(_digest(content) == marker["files"].get(file) for file, content in files.items()):
            found[name] = Held(page["entry"], files)
    return found


def marker(contents: Mapping[str, bytes], pages: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The marker of a site with the files `contents`; `pages` are name → key, entry, files."""
    files = {name: _digest(content) for name, content in sorted(contents.items())}
    said = {"files": files, "pages": pages}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _installed() -> list[str]:
    """Every installed package with its version."""
    return sorted({f"{one.name} {one.version}" for one in metadata.distributions()})


def _digests(place: Path, pattern: str = "*") -> Iterator[str]:
    """Name and digest of each file below `place`, or of the file itself; sites are left out."""
    sites = {marker.parent for marker in place.rglob(MARKER)}
    for path in sorted(place.rglob(pattern)) if place.is_dir() else [place]:
        if not sites.isdisjoint(path.parents):
            continue
        hidden = any(part.startswith((".", "__")) for part in path.relative_to(place).parts)
        if path.is_file() and (not hidden or path.name == "__init__.py"):
            yield f"{path.relative_to(place).as_posix()} {_digest(path.read_bytes())}"


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
