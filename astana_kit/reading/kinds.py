"""What a file is, by its first bytes and only then by its name: names lie."""

import re
from pathlib import PurePosixPath

from astana_kit.reading.found import AS_TEXT, Refused

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
UNPACK = "unpack it and give the folder"
# By the first bytes of each format, as its specification states them
SIGNATURES = (
    (b"%PDF", "a PDF", AS_TEXT),
    (b"\x89PNG", "a picture", "leave it out"),
    (b"\xff\xd8\xff", "a picture", "leave it out"),
    (b"GIF8", "a picture", "leave it out"),
    (b"\x00\x00\x01\x00", "a picture", "leave it out"),
    (b"OggS", "a sound or film", "leave it out"),
    (b"ID3", "a sound or film", "leave it out"),
    (b"wOFF", "a typeface", "leave it out"),
    (b"wOF2", "a typeface", "leave it out"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word or Excel file",
        "save it as .docx's text (.txt), or as .xlsx",
    ),
    (b"{\\rtf", "a rich text file", AS_TEXT),
    (b"\x1f\x8b", "a gzip file", UNPACK),
    (b"BZh", "a bzip2 file", UNPACK),
    (b"\xfd7zXZ\x00", "an xz file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ\x90", "a program", "leave it out"),
    (b"SQLite format 3", "a database", "save its table as .csv"),
    (b"ARROW1", "an Arrow file", "save it as .parquet"),
)
RIFF = re.compile(rb"RIFF....(WEBP|WAVE|AVI )", re.DOTALL)
FILM = re.compile(rb"....ftyp", re.DOTALL)
TAR = re.compile(rb".{257}ustar", re.DOTALL)
# Written in letters and yet no page; what begins as HTML is read all the same
OTHERS = {
    **dict.fromkeys((".js", ".mjs", ".css", ".map", ".svg", ".ts", ".woff"), "a part of a page"),
    **dict.fromkeys((".py", ".ipynb", ".r", ".sh", ".bat", ".ps1", ".c", ".java"), "a program"),
    **dict.fromkeys(
        (
            ".md",
            ".rst",
            ".tex",
            ".bib",
            ".ini",
            ".cfg",
            ".toml",
            ".yml",
            ".yaml",
            ".log",
            ".lock",
            ".url",
            ".webloc",
        ),
        "a file about files",
    ),
    **dict.fromkeys((".xml", ".rss", ".atom"), "an XML file"),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive", ".warc"), "a web archive"),
    **dict.fromkeys(
        (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".xls", ".ods"),
        "not the document that its name promises",
    ),
    **dict.fromkeys((".eml", ".msg"), "a letter"),
}
REMEDIES = {
    "a web archive": "open it in a browser and save it as “web page, HTML only”",
    "an XML file": AS_TEXT,
    "a letter": AS_TEXT,
    "not the document that its name promises": AS_TEXT,
}
TABLES = {".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json"}
# What systems leave in folders without being asked
LITTER = {"thumbs.db", "desktop.ini", "__macosx", "icon\r", "$recycle.bin"}
# The comments are taken for good, (?>…): forty of them in a text can be parted in 2⁴⁰ ways
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKUP = re.compile(r"<(?:body|div|p|article|head|title|meta)\b[^<>]*>", re.IGNORECASE)


def suffix(name: str) -> str:
    """Last suffix of the file `name`, in small letters: ".html"."""
    return PurePosixPath(name.rpartition("/")[2]).suffix.lower()


def is_table(name: str, head: bytes) -> bool:
    """Whether a file may hold many pages, by its `name` or its first bytes."""
    return suffix(name) in TABLES or head.startswith((b"PAR1", *ZIP))


def is_html(text: str, name: str) -> bool:
    """Whether `text` is a web page: it begins as one, or is named one and holds its marks.

    >>> is_html("<!DOCTYPE html><p>Сирия", "a.txt"), is_html("a < b", "a.html")
    (True, False)
    """
    named = suffix(name) in {".html", ".htm", ".xhtml", ".shtml"}
    return bool(HTML.match(text[:4000]) or (named and MARKUP.search(text)))


def refusal(source: str, content: bytes) -> Refused | None:
    """Why the file of this name and `content` is none to be read; None where it may be one.

    >>> refusal("report.txt", b"%PDF-1.7")[1:]
    ('a PDF', 'save its text as .txt, or the page as .html')
    """
    parts = source.lower().split("/")
    if any(part in LITTER or part.startswith(".") for part in parts):
        return Refused(source, "not a page: a hidden file of the system", "leave it out")
    if not content.strip(b"\x00 \r\n\t"):
        return Refused(source, "empty", "save the page again")
    for signature, name, remedy in SIGNATURES:
        if content.startswith(signature):
            return Refused(source, name, remedy)
    if RIFF.match(content) or FILM.match(content):
        return Refused(source, "a picture, sound or film", "leave it out")
    if TAR.match(content):
        return Refused(source, "a tar archive", UNPACK)
    return None


def other(source: str) -> Refused | None:
    """Why a file written in letters is no page by its name; None where it may be one."""
    name = OTHERS.get(suffix(source))
    return Refused(source, f"{name}, no page", REMEDIES.get(name, "leave it out")) if name else None
