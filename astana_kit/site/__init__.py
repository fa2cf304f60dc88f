"""Notebooks → a folder of HTML pages that open without a network, led by an index."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from nbformat import NotebookNode
from tqdm import tqdm

from astana_kit import tables
from astana_kit.site import reuse
from astana_kit.site.entry import answer, entry
from astana_kit.site.execution import Executed, read, run, set_parameters, warnings
from astana_kit.site.exporter import AstanaExporter
from astana_kit.site.reuse import MARKER, Held

__all__ = ["MARKER", "AstanaExporter", "answer", "find_notebooks", "render", "write"]

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what file managers leave behind
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,16}(?=&gt;|>)")  # of an object in memory
STYLER = re.compile(r'id="T_([0-9a-f]{5})')  # pandas draws lots for the id of a styled table


def find_notebooks(given: Sequence[str | Path] = ()) -> list[Path]:
    """Files of the notebooks `given`, or of all that come with the kit, in order of name.

    A name alone ("00-corpus", "00-corpus.ipynb") means a notebook of the kit where no such file
    lies in the present folder.

    Raises
    ------
    ValueError : says which notebook is not there, and which are.
    """
    shipped = sorted(tables.NOTEBOOKS.glob("*.ipynb"))
    if not given:
        return shipped
    by_name = {name: path for path in shipped for name in (path.name, path.stem)}
    found = []
    for name in map(str, given):
        path = Path(name) if Path(name).is_file() else by_name.get(name)
        if path is None:
            there = ", ".join(path.name for path in shipped) or "none"
            raise ValueError(f"{name}: no such notebook; the kit's are: {there}")
        found.append(path.resolve())
    pages = ["index", *(path.stem for path in found)]
    taken = sorted(name for name in set(pages) if pages.count(name) > 1)
    if taken:
        raise ValueError(
            f"two pages would be called {taken[0]}.html; give the notebooks other names"
        )
    return found


def render(
    notebooks: Sequence[str | Path] = (),
    *,
    output: str | Path = "site",
    corpus: str | Path | None = None,
    parameters: Mapping[str, Any] | None = None,
    workers: int | None = None,
) -> Path:
    """Index of the site made of `notebooks`: each is run, then written as a page.

    A page of the former site stays as it is where nothing that it was made of has changed: its
    notebook and parameters, the corpus, the curated tables, the packages.

    Parameters
    ----------
    notebooks : files or names of the kit's notebooks; without any, all of the kit's.
    output : folder of the site. A former site is replaced as a whole, once all is done.
    corpus : pages of the reader's own, for every notebook that has the parameter ``corpus``.
    parameters : values for the cells tagged ``parameters``, by name.
    workers : how many notebooks run at a time; as many as there are processors if not given.

    Raises
    ------
    ValueError : a notebook or the corpus is not there, a notebook fails, a parameter is unknown, or
        `output` holds files that are not of a site.
    """
    paths = find_notebooks(notebooks)
    folder = Path(output).resolve()
    refuse_foreign(folder)  # before minutes are spent on running
    pages = None if corpus is None else _existing(corpus)
    all_of_them = [Executed(path, read(path)) for path in paths]
    given = {**(parameters or {}), **({"corpus": str(pages)} if pages else {})}
    set_parameters([one.notebook for one in all_of_them], given)
    keys = reuse.keys(paths, [one.notebook for one in all_of_them], pages)
    held = reuse.held(folder, keys)
    run([one for one in all_of_them if one.path.stem not in held], workers=workers)
    for line in (line for one in all_of_them for line in warnings(one)):
        tqdm.write(line, file=sys.stderr)
    return write(all_of_them, folder, keys=keys, held=held)


def _existing(corpus: str | Path) -> Path:
    """Full path of the corpus: a notebook runs in a folder of its own."""
    path = Path(corpus).resolve()
    if not path.exists():
        raise ValueError(f"{corpus}: no such file or folder to take pages from")
    return path


def write(
    executed: Sequence[Executed],
    folder: Path,
    *,
    keys: Mapping[str, str] = MappingProxyType({}),
    held: Mapping[str, Held] = MappingProxyType({}),
) -> Path:
    """Index of the site written to `folder`, which is either the former site or the new one.

    Parameters
    ----------
    executed : the notebooks in order; those of `held`, by name, were not run.
    folder : of the site.
    keys : what each page was made of, from ``reuse.keys``, to be known again.
    held : pages that are taken over from the former site.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
        fresh = Path(temporary, "fresh")
        contents = site_files(executed, keys, held)
        for name, content in contents.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(content)
        refuse_foreign(folder)
        swap(folder, fresh, Path(temporary, "former"))
    return folder / "index.html"


def site_files(
    executed: Sequence[Executed], keys: Mapping[str, str], held: Mapping[str, Held]
) -> dict[str, bytes]:
    """Every file of the site: its path in the folder → its bytes."""
    exporter = AstanaExporter()
    pages = [
        held[path.stem].entry if path.stem in held else entry(path.stem, notebook)
        for path, notebook in executed
    ]
    contents = {"index.html": exporter.index(pages).encode()}
    made = {}
    for place, (path, notebook) in enumerate(executed):
        strip = {
            "index": "index.html",
            "former": pages[place - 1] if place else None,
            "next": pages[place + 1] if place + 1 < len(pages) else None,
        }
        name = path.stem
        files = held[name].files if name in held else _page(exporter, path, notebook, strip)
        contents |= files
        if name in keys:
            made[name] = {"key": keys[name], "entry": pages[place], "files": sorted(files)}
    return contents | {MARKER: reuse.marker(contents, made)}


def _page(
    exporter: AstanaExporter, path: Path, notebook: NotebookNode, strip: Mapping[str, Any]
) -> dict[str, bytes]:
    """The page of one executed notebook and the files that it loads."""
    resources = {"metadata": {"name": path.stem, "path": str(path.parent)}, "strip": strip}
    try:
        html, made = exporter.from_notebook_node(notebook, resources)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return {f"{path.stem}.html": settled(html, path.parent).encode(), **made["outputs"]}


def settled(html: str, folder: Path) -> str:
    """Page without what differs from run to run and from machine to machine."""
    for place, instead in ((folder, ""), (Path.cwd(), ""), (tables.HOME, ""), (Path.home(), "~/")):
        if len(place.parts) > 1:  # and not within an address: https://example.org/home/
            html = re.sub(rf"(?<![\w./~-]){re.escape(f'{place}{os.sep}')}", instead, html)
    for number, drawn in enumerate(dict.fromkeys(STYLER.findall(html)), 1):
        html = html.replace(f"T_{drawn}", f"T_{number}")
    return ADDRESS.sub("", html)


def refuse_foreign(folder: Path) -> None:
    """Raise ValueError unless `folder` may be replaced: absent, empty, or a site of ours."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ValueError(f"{folder.name} is a file; name a folder with --output")
    own = set(reuse.listed(folder)["files"])
    files = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    names = (path.relative_to(folder).as_posix() for path in files if path.name not in LITTER)
    foreign = list(islice((name for name in names if name not in {MARKER, *own}), 4))
    if foreign:
        more = " and more" if len(foreign) > 3 else ""
        raise ValueError(
            f"{folder.name} holds files that are not of a site: {', '.join(foreign[:3])}{more}; "
            "move them away or name another folder with --output"
        )


def swap(folder: Path, fresh: Path, former: Path) -> None:
    """Put `fresh` in the place of `folder`; on any trouble `folder` is as it was."""
    try:
        if folder.exists():
            folder.rename(former)
        fresh.rename(folder)
    except BaseException:
        if folder.exists() and not fresh.exists():  # in its place already
            folder.rename(fresh)
        if former.exists():
            former.rename(folder)
        raise
