"""The reader's own files → documents, and of everything that was not taken, why."""

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pandas as pd
from tqdm import tqdm

from astana_kit import sharing
from astana_kit.documents import from_frame
from astana_kit.reading import formats, records, webpage
from astana_kit.reading.encoding import Decoded, cleaned, decode
from astana_kit.reading.found import AS_TEXT, Column, File, Page, Refused
from astana_kit.reading.kinds import (
    TABLES,
    ZIP,
    is_html,
    other,
    refusal,
    suffix,
)
from astana_kit.reading.records import Record
from astana_kit.reading.walk import files, listed
from astana_kit.schema import READ_COLUMNS, REJECTED
from astana_kit.text.script import compose

HELD = 50_000_000  # bytes of pages that are read as one task
TOGETHER = 100  # pages that are read as one task; a table of fewer costs as much
FEW = 3  # tasks that one process has done before another has started
SHORT = 1  # second; a notebook keeps the blanks that a bar is wiped out with
LINES = 200_000  # of a page
LETTER = re.compile(r"[^\W\d_]")
UNSOUND = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # in a title or a name


class Read(NamedTuple):
    """What became of the reader's files: every file and record is in one of the first two."""

    documents: pd.DataFrame
    rejected: pd.DataFrame
    columns: pd.DataFrame


class Made(NamedTuple):
    """What a number of steps came to."""

    documents: pd.DataFrame
    refused: list[Refused]
    columns: list[Column]


class Task(NamedTuple):
    """A page to be made: of a file, or of a record that is one already."""

    source: str
    of: File | Page


Step = Task | Refused | Column


def read(
    source: str | Path, *, columns: Mapping[str, str] | None = None, progress: bool | None = None
) -> Read:
    r"""Documents made of a folder, an archive or a file of saved pages; and what was not taken.

    Read are ``.txt`` and ``.html`` (one page each), ``.csv``, ``.tsv``, ``.json``, ``.jsonl``,
    ``.xlsx`` and ``.parquet`` (one page a row), and ``.zip`` and folders of all these, in the order
    of their names. A file is what its first bytes say, whatever its name. The encoding is found by
    evidence: UTF-8, UTF-16, and what Windows and older systems write Cyrillic, Arabic and Latin in.
    Nothing is written, run, or fetched; links are not followed. A page may have 20 million bytes, a
    table a thousand million; a file in an archive may unpack to two hundred times its size, all of
    them to fifty times and a thousand million; archives may lie in one another three deep.

    Parameters
    ----------
    source : a folder or a file.
    columns : in which column of tables a thing stands, {"text": "body", "published": "day"}, where
        the heading does not tell. A name of your own, {"city": "Ort"}, keeps that column.
    progress : show a bar; if not given, on a terminal and in a notebook.

    Returns
    -------
    ``.documents``, as ``from_frame`` makes them: doc_id is the path without suffix, of a record
    with its row behind it; source names file, row and encoding. ``.rejected``, one row per file or
    record that was not taken: source, why, remedy; a text that was there before is among them.
    ``.columns``, one row per column of the tables: source, column, taken_as (missing where not
    taken), because.

    Raises
    ------
    ValueError : `source` is not there, or `columns` names what cannot be, or what no table has.

    Examples
    --------
    >>> from astana_kit import tables
    >>> found = read(tables.DATA / "seeds")
    >>> found.documents.loc[0, "source"], len(found.rejected)
    ('000_40858a75d06a5179.txt (utf-8)', 0)
    """
    root = Path(source).expanduser()
    records.check_columns(columns)
    if not os.path.lexists(root):
        raise ValueError(
            f"read: nothing at {root}; give the path of a folder, or of a file with pages."
        )
    paths = listed(root)
    with tqdm(
        paths,
        unit="file",
        desc="Reading",
        leave=False,
        delay=SHORT,
        disable=_silent(progress=progress),
    ) as bar:
        steps = chain.from_iterable(
            _steps(found, columns) for path in bar for found in files(path, root)
        )
        result = _joined(list(_results(steps)))
    absent = {*(columns or {}).values()} - {*result.columns["column"]}
    if absent and len(result.columns):
        raise ValueError(
            f"columns: no table has a column {', '.join(sorted(absent))}. "
            f"There are {', '.join(result.columns['column'].unique())}; name one of these."
        )
    return result


def _silent(*, progress: bool | None) -> bool | None:
    """Whether no bar is drawn; None leaves it to tqdm, which draws on terminals alone."""
    if progress is not None:
        return not progress
    if "ASTANA_RENDER" in os.environ:
        return True
    return False if "ipykernel" in sys.modules else None


def _steps(found: File | Refused, columns: Mapping[str, str] | None) -> Iterator[Step]:
    """What is to be done with a file: a page, the pages of a table, or a refusal."""
    refused = found if isinstance(found, Refused) else refusal(*found)
    if refused or isinstance(found, Refused):
        if refused:
            yield refused
        return
    binary = found.content.startswith((b"PAR1", *ZIP))
    if not binary and suffix(found.source) not in TABLES:
        yield Task(found.source, found)
        return
    try:
        text, encoding = (None, "") if binary else decode(found.content)
        if text is not None and is_html(text, found.source):
            yield Task(found.source, found)
        else:
            yield from _rows(found, text, encoding, columns)
    except Exception as error:  # noqa: BLE001 (whatever a library makes of broken bytes)
        yield Refused(found.source, _why(error), _remedy(columns))


def _why(error: Exception) -> str:
    """What an error says, or if it says nothing, its name."""
    return str(error) or type(error).__name__


def _remedy(columns: Mapping[str, str] | None) -> str:
    given = f" (given were {dict(columns)})" if columns else ""
    return f'write headings in its first row and say which is which: columns={{"text": "…"}}{given}'


def _rows(
    file: File, text: str | None, encoding: str, columns: Mapping[str, str] | None
) -> Iterator[Step]:
    """The pages of the tables in a file, after what their columns were taken as.

    Raises ValueError where it has none.
    """
    empty = True
    for name, rows in formats.parted(file.content, text, suffix(file.source)):
        blank = Page(f"{file.source}, {name}" if name else file.source, encoding, "")
        for step in _table(_unbroken(rows), columns, blank._replace(doc_id=_stem(file.source))):
            empty = False
            yield step
    if empty:
        raise ValueError("a table without rows")


def _table(
    rows: Iterator[Record | Refused], columns: Mapping[str, str] | None, blank: Page
) -> Iterator[Step]:
    """The pages of one table, made of `blank`, after what its columns were taken as."""
    first = list(_until(rows, records.FIRST))
    there = [one for one in first if isinstance(one, Record)]
    taken, told = records.mapped(there, columns, blank.source)
    yield from told
    if there and "text" not in taken:
        names = ", ".join(one.column for one in told)
        why = f"no column of texts; these are there: {names or 'none'}"
        yield Refused(blank.source, why, _remedy(columns))
        return
    late = {name: column for name, column in (columns or {}).items() if taken.get(name) != column}
    for row in chain(first, rows):
        if isinstance(row, Refused):
            yield row._replace(source=", ".join(filter(None, (blank.source, row.source))))
            continue
        for name in [name for name, column in late.items() if column in row.cells]:
            taken[name] = late.pop(name)  # of JSON, where each record has columns of its own
            yield Column(blank.source, taken[name], name, "given")
        yield _task(row, taken, blank)


def _task(row: Record, taken: Mapping[str, str], blank: Page) -> Task | Refused:
    source = f"{blank.source}, {row.place}"
    try:
        page = records.page(row, taken, source, blank.encoding)
    except Exception as error:  # noqa: BLE001 (as below: one cell must not take the others along)
        return Refused(source, _why(error), "fill the cell, or leave the row out")
    return Task(source, page._replace(doc_id=page.doc_id or f"{blank.doc_id}#{row.key}"))


def _unbroken(rows: Iterator[Record | Refused]) -> Iterator[Record | Refused]:
    """`rows`, and if they break off, why: what stood before is kept."""
    begun = ""
    try:
        for row in rows:
            yield row
            begun = "broken off: "
    except Exception as error:  # noqa: BLE001 (whatever a library makes of broken bytes)
        yield Refused("", begun + _why(error), "save the table again, in parts if it is large")


def _until(rows: Iterator[Record | Refused], number: int) -> Iterator[Record | Refused]:
    """The next of `rows`, until `number` of them are records."""
    for row in rows:
        yield row
        number -= isinstance(row, Record)
        if not number:
            return


def _results(steps: Iterator[Step]) -> Iterator[Made]:
    """What became of `steps`, in their order; in several processes where there are many."""
    return sharing.each(_made, _together(steps), few=FEW)


def _together(steps: Iterator[Step]) -> Iterator[list[Step]]:
    """`steps` in lists of as many as are done together, fewer where they are large."""
    some: list[Step] = []
    size = 0
    for step in steps:
        some.append(step)
        if isinstance(step, Task):
            size += len(step.of.content if isinstance(step.of, File) else step.of.text)
        if len(some) >= TOGETHER or size >= HELD:
            yield some
            some, size = [], 0
    if some:
        yield some


def _made(steps: Sequence[Step]) -> Made:
    """Documents of the pages among `steps`, and what else they came to."""
    results = [_page(one) if isinstance(one, Task) else one for one in steps]
    pages = [one for one in results if isinstance(one, Page)]
    refused = [one for one in results if isinstance(one, Refused)]
    columns = [one for one in results if isinstance(one, Column)]
    try:
        return Made(_documents(pages), refused, columns)
    except ValueError as error:  # of one page alone, which from_frame names
        if len(pages) == 1:
            one = Refused(pages[0].source, str(error), AS_TEXT)
            return Made(_documents([]), [*refused, one], columns)
        alone = [_made([Task(one.source, one)]) for one in pages]
        documents = pd.concat([one.documents for one in alone], ignore_index=True)
        return Made(documents, [*refused, *(no for one in alone for no in one.refused)], columns)


def _documents(pages: Sequence[Page]) -> pd.DataFrame:
    own = ("doc_id", "text", "title", "outlet", "language", "published_source")
    frame = pd.DataFrame({name: [getattr(one, name) for one in pages] for name in own})
    frame["published"] = pd.to_datetime(pd.Series([one.published for one in pages], dtype="object"))
    frame["source"] = [
        f"{one.source} ({one.encoding})" if one.encoding else one.source for one in pages
    ]
    frame["doc_id"] = [str(place) for place in range(len(pages))]
    more = pd.DataFrame([one.more for one in pages], index=frame.index)
    documents = from_frame(pd.concat([frame, more], axis=1))
    return documents.assign(
        doc_id=[one.doc_id for one in pages], _place=[one.source for one in pages]
    )


def _page(task: Task) -> Page | Refused:
    """The page of `task`, its letters sound; or why there is none."""
    try:
        page = task.of if isinstance(task.of, Page) else _file_page(task.of)
        if isinstance(page, Refused):
            return page
        text, encoding = cleaned(Decoded(compose(page.text), page.encoding))
    except Exception as error:  # noqa: BLE001 (whatever a library makes of broken bytes)
        return Refused(task.source, _why(error), AS_TEXT)
    if not LETTER.search(text):
        return Refused(task.source, "no letter in it", "save the page again, or leave it out")
    if text.count("\n") > LINES:
        return Refused(task.source, f"more than {LINES:,} lines, as no page has", "split it")
    sound = page._replace(
        title=_sound(page.title),
        outlet=_sound(page.outlet),
        published_source=_sound(page.published_source),
        doc_id=_sound(page.doc_id) or "",
        more={name: _sound(cell) for name, cell in page.more.items()},
    )
    return sound._replace(text=text, encoding=encoding)


def _sound(value: Any) -> Any:  # noqa: ANN401 (whatever a cell holds)
    """`value`, if it is words, without what no file can hold."""
    return UNSOUND.sub("", value) if isinstance(value, str) else value


def _file_page(file: File) -> Page | Refused:
    """The page that a file is, or why it is none; ValueError where it is no text."""
    read = decode(file.content, webpage.declared(file.content))
    doc_id = _stem(file.source)
    if not is_html(read.text, file.source):
        page = Page(file.source, read.encoding, read.text, doc_id=doc_id)
        return other(file.source) or page
    found = webpage.extract(read.text)
    if found is None:
        return Refused(
            file.source,
            "a web page in which no article is found",
            "copy the article out of the browser into a .txt",
        )
    return Page(file.source, read.encoding, **found._asdict(), doc_id=doc_id)


def _stem(source: str) -> str:
    """`source` without its suffix, if it has one of the kit's."""
    return source.removesuffix(PurePosixPath(source).suffix) or source


def _joined(made: Sequence[Made]) -> Read:
    """What became of all files, every text taken once."""
    documents = pd.concat([one.documents for one in made] or [_documents([])], ignore_index=True)
    places = documents.pop("_place")
    same = [
        hashlib.sha256(" ".join(text.split()).encode()).hexdigest() for text in documents["text"]
    ]
    first = pd.Series(same, dtype="str").groupby(same).transform("idxmin") if same else places
    copies = [
        Refused(places[place], f"same text as {places[other]}", "none is needed: it is taken once")
        for place, other in enumerate(first)
        if place != other
    ]
    refused = [one for some in made for one in some.refused]
    told = [one for some in made for one in some.columns]
    kept = documents.loc[[place for place, other in enumerate(first) if place == other]]
    return Read(
        kept.assign(doc_id=_ids(kept["doc_id"], places[kept.index])).reset_index(drop=True),
        pd.DataFrame([*refused, *copies], columns=list(REJECTED.columns), dtype="str"),
        pd.DataFrame(told, columns=list(READ_COLUMNS.columns), dtype="str"),
    )


def _ids(ids: pd.Series, places: pd.Series) -> list[str]:
    """Ids that differ: where two would be one, "a" of a.txt and a.html, with suffix and place."""
    full = ids.where(~ids.duplicated(keep=False), places).tolist()
    taken, numbers, found = set(full), dict.fromkeys(full, 0), []
    for one in full:
        number = numbers[one] + 1
        while number > 1 and f"{one} ({number})" in taken:  # the name of another file
            number += 1
        numbers[one] = number
        found.append(f"{one} ({number})" if number > 1 else one)
        taken.add(found[-1])
    return found
