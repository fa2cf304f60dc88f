"""Folders that wish the reader ill: nothing crashes, nothing hangs, nothing is lost in silence."""

import csv
import json
import os
import random
import socket
import stat
import struct
import zipfile
import zlib
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as written_parquet

from astana_kit import reading
from astana_kit.reading import archive, encoding, formats, found, read

NEWS = (
    "Делегации стран-гарантов вновь собрались в Астане, чтобы обсудить перемирие в Сирии.\n"
    "Встреча продлится два дня, сообщили журналистам в министерстве иностранных дел.\n"
)
HTML = f"<!DOCTYPE html><html><head><title>Встреча</title></head><body><p>{NEWS}</p></body></html>"


def packed(members, *, method=zipfile.ZIP_DEFLATED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def nested(depth):
    content = packed([("deep.txt", NEWS)])
    for level in range(depth):
        content = packed([(f"{level}.zip", content)])
    return content


def locked():
    """A zip whose member says that it needs a password."""
    content = bytearray(packed([("a.txt", NEWS)]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def with_link():
    link = zipfile.ZipInfo("passwd.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return packed([(link, "/etc/passwd")])


def with_doctype():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><x>&a9;</x>'
    file = BytesIO(workbook([["text"], [NEWS]]))
    with zipfile.ZipFile(file, "a") as book:
        book.writestr("xl/extra.xml", xml)
    return file.getvalue()


def parquet():
    file = BytesIO()
    pd.DataFrame({"text": [NEWS, "", None], "n": [1, 2, 3]}).to_parquet(file)
    return file.getvalue()


def written(text):
    return {
        f"{name}.{suffix}": text.encode(codec, "ignore")
        for name, codec in (
            ("utf-8", "utf-8"), ("bom", "utf-8-sig"), ("le", "utf-16-le"), ("be", "utf-16-be"),
            ("wide", "utf-16"), ("wider", "utf-32"), ("win", "cp1251"), ("kz", "kz1048"),
            ("koi", "koi8_r"), ("iso", "iso8859_5"), ("dos", "cp866"), ("gbk", "gbk"),
            ("ebcdic", "cp037"), ("arabic", "cp1256"), ("utf-7", "utf-7"),
        )
        for suffix in ("txt", "html", "csv", "jsonl")
    }  # fmt: skip


HARD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n",
    "nul.txt": b"\0" * 5000,
    "digits.txt": b"1234567890 " * 50,
    "marks.txt": "…—«»()".encode() * 100,
    "controls.txt": bytes(range(1, 32)) * 100,
    "bells.txt": NEWS.encode() + b"\x07\x1a",
    "surrogate.txt": NEWS.encode() + b"\xed\xa0\x80",
    "cut.txt": NEWS.encode()[:-2] + "я".encode()[:1],
    "odd.txt": NEWS.encode("utf-16-le") + b"\x04",
    "one-line.txt": ("Сирия и Астана " * 200_000).encode(),
    "many-lines.txt": b"a\n" * 500_000,
    "lines.txt": b"a\n" * 20_000,
    "huge.txt": b"a " * (found.PAGE // 2 + 1),
    "tags.html": b"<div>" * 100_000,
    "angles.html": b"<html><body>" + b"<" * 300_000,
    "deep.html": b"<html><body>" + b"<b><i><table><tr><td>" * 5000 + HTML.encode(),
    "attributes.html": b"<html><body " + b"a='b' " * 50_000 + b"><p>x</p>",
    "comment.html": b"<html><!--" + b"-" * 500_000,
    "entities.html": b"<!DOCTYPE html [<!ENTITY a 'aaaa'>]><html><body>&a;&#0;&#xD800;&bogus;",
    "file.html": b"<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><html><body><p>&f;</p>",
    "json-ld.html": (
        "<html><head><script type='application/ld+json'>" + "[" * 100_000 + "</script></head>"
        f"<body><p>{NEWS * 5}</p></body></html>"
    ).encode(),
    "no-article.html": b"<html><head><title>x</title></head><body></body></html>",
    "lying.html": b"%PDF-1.7 \xe2\xe3\xcf\xd3",
    "lying.csv": HTML.encode(),
    "lying.txt": packed([("a.txt", NEWS)]),
    "lying.xlsx": b"a;b\n1;2\n",
    "lying.parquet": b"PAR1 and no more",
    "lying.zip": b"PK\x03\x04 and no more",
    "lying.jsonl": b"\x89PNG\r\n\x1a\n",
    "lying.json": NEWS.encode(),
    "picture.jpg": b"\xff\xd8\xff\xe0" + bytes(200),
    "film.mp4": b"\0\0\0\x18ftypmp42",
    "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "letter.docx": packed([("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]),
    "book.odt": packed([("mimetype", "x"), ("META-INF/manifest.xml", "<x/>")]),
    "packed.txt.gz": b"\x1f\x8b\x08\0" + zlib.compress(NEWS.encode()),
    "notes.md": NEWS.encode(),
    "style.css": b"body { color: red }",
    "page.mhtml": b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n" + HTML.encode(),
    ".DS_Store": b"\0\0\0\x01Bud1" + bytes(100),
    "Thumbs.db": b"\xd0\xcf\x11\xe0",
    "new\nline.txt": NEWS.encode(),
    "\u202etxt.exe": b"MZ\x90\0",
    "quote.csv": b'text,title\n"never closed,x\n' * 3,
    "wide.csv": b"text,title\na,b,c,d,e\n",
    "short.csv": "text;title;date\nтолько текст\n".encode(),
    "nothing.csv": b"text,title\n,\n,,\n",
    "headings.csv": b"text,text,,\nalpha beta,b,c,d\n",
    "no-heading.csv": b"1,2,3\n4,5,6\n",
    "cell.csv": b"text\n" + b"a" * 300_000 + b"\n",
    "formula.csv": b'text\n"=cmd|\' /C calc\'!A0"\n',
    "broken.jsonl": b'{"text": "\xd0\x90"}\n{"text": \n[1, 2]\n"x"\nnull\n{"a": null}\n',
    "half.jsonl": b'{"text": "half \\ud800 a letter of it"}\n{"text": "nul \\u0000 in it"}\n',
    "deep.json": b"[" * 200_000,
    "number.json": b"[" + b"9" * 6000 + b"]",
    "names.json": b'[{"\\ud800": "x", "text": {"a": ["b"]}}]',
    "nan.json": b'[{"text": NaN}, {"text": [1]}, {"text": true}]',
    "empty.json": b"[]",
    "sheet.xlsx": workbook([["text", "date"], [None, None], [NEWS, "soon"], ["", 3], [5, None]]),
    "sheet-empty.xlsx": workbook([]),
    "sheet-bomb.xlsx": with_doctype(),
    "sheet-cut.xlsx": workbook([["text"], [NEWS]])[:-200],
    "sheet-xml.xlsx": packed([("xl/workbook.xml", "<no"), ("[Content_Types].xml", "<x/>")]),
    "table.parquet": parquet(),
    "table-cut.parquet": parquet()[:-40],
    "table-bent.parquet": b"PAR1" + parquet()[4:].replace(b"\x15", b"\xff", 40),
    "empty.zip": packed([]),
    "slip.zip": packed([("../../slip.txt", NEWS), ("/abs.txt", NEWS), ("C:\\win.txt", NEWS)]),
    "twice.zip": packed([("a.txt", NEWS + "А"), ("b/a.txt", NEWS + "Б")]),
    "bomb.zip": packed([("zeros.txt", b"0" * 30_000_000)]),
    "bomb.html.zip": packed([("a.html", HTML.encode() + b" " * 25_000_000)]),
    "matryoshka.zip": nested(6),
    "locked.zip": locked(),
    "link.zip": with_link(),
    "cut.zip": packed([("a.txt", NEWS * 50)])[:-30],
    "bent.zip": packed([("a.txt", NEWS * 50)], method=zipfile.ZIP_STORED).replace(b"\xd0", b"\xd1"),
    "lzma.zip": packed([("a.txt", NEWS)], method=zipfile.ZIP_LZMA),
    "bz2.zip": packed([("a.txt", NEWS)], method=zipfile.ZIP_BZIP2),
    "unknown.zip": packed([("a.txt", NEWS)]).replace(b"\x08\0", b"\x63\0"),
    "litter.zip": packed([("__MACOSX/._a.txt", b"\0\5\x16\7"), (".hidden", "x"), ("a/", "")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder of more than two hundred files, few of which are what they say."""
    folder = tmp_path_factory.mktemp("hostile")
    dice = random.Random(8)  # noqa: S311 (no secret)
    contents = HARD | written(NEWS)
    whole = sorted(contents.keys() - {"huge.txt", "bomb.zip"})
    for number in range(80):  # pages and tables with bytes overwritten, cut off, put in
        name = dice.choice(whole)
        content = bytearray(contents[name][:50_000])
        for _ in range(dice.randint(1, 30)):
            place = dice.randrange(len(content) + 1)
            content[place : place + dice.randint(0, 3)] = dice.randbytes(dice.randint(0, 3))
        contents[f"bent/{number}-{name}"] = bytes(content)
    for number in range(20):
        contents[f"noise/{number}.{dice.choice(['txt', 'html', 'csv', 'zip'])}"] = dice.randbytes(
            999
        )
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "nowhere.txt").symlink_to("nothing")
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        place = os.open(folder, os.O_RDONLY)
        made.bind(f"/proc/self/fd/{place}/socket.txt")
        os.close(place)
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_bytes(NEWS.encode())
    deep = folder
    for _ in range(60):
        deep = deep / ("deep" * 10)
        deep.mkdir()
    (deep / "bottom.txt").write_text(NEWS + "дно", encoding="utf-8")
    return folder


def names(folder):
    """Names of all files below `folder`, as the kit shows them."""
    for path, folders, inside in os.walk(folder):
        paths = [Path(path, name) for name in (*inside, *folders)]
        yield from (
            found.shown(one.relative_to(folder).as_posix())
            for one in paths
            if one.is_symlink() or not one.is_dir()
        )


def test_every_file_of_a_hostile_folder_is_a_document_or_rejected(hostile):
    result = read(hostile)
    every = set(names(hostile))
    assert len(every) > 200
    said = [*result.documents["source"], *result.rejected["source"]]
    lost = [name for name in every if not any(one.startswith(name) for one in said)]
    assert not lost
    assert (result.rejected != "").all(axis=None)
    assert result.documents["doc_id"].is_unique
    assert "".join(result.documents["text"]).encode()  # nothing that no file can hold
    assert not any("root:" in text for text in result.documents["text"])


def test_reading_a_hostile_folder_twice_gives_the_same(hostile):
    for first, second in zip(read(hostile), read(hostile), strict=True):
        pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("bomb.zip", "would unpack to"),
        ("slip.zip", "leads out of the archive"),
        ("matryoshka.zip", "archives in one another"),
        ("locked.zip", "password"),
        ("link.zip", "a link"),
        ("cut.zip", "cannot be read"),
        ("bent.zip", "broken in the archive"),
        ("unknown.zip", "broken in the archive"),
        ("letter.docx", "a Word document"),
        ("lying.html", "a PDF"),
        ("picture.jpg", "a picture"),
        ("sheet-bomb.xlsx", "document type"),
        ("huge.txt", "larger than 20,000,000 bytes"),
        ("nul.txt", "empty"),
        ("digits.txt", "no letter"),
        ("no-article.html", "no article"),
        ("half.jsonl, line 1", "half a character"),
        ("lying.parquet", "cannot be read"),
    ],
)
def test_a_refusal_says_why(hostile, name, why):
    rows = read(hostile / name.partition(",")[0]).rejected
    rows = rows[rows["source"].str.startswith(name)]
    assert rows["why"].str.contains(why).any(), rows.to_string()


LINE = NEWS.replace("\n", " ").replace(",", "").strip()
MANY = [f"{LINE} {number}" for number in range(60)]


SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHARED = '<row><c t="s"><v>0</v></c></row>'  # the first of the texts that cells share


def book(**sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def with_part(content, name, part):
    """A zip with one part more, or another part in the place of one."""
    with zipfile.ZipFile(BytesIO(content)) as whole:
        members = {one: whole.read(one) for one in whole.namelist()}
    return packed((members | {name: part}).items())


def sheet_of(*rows, more=""):
    """A workbook whose rows have the numbers and the texts of `rows`, and then `more` XML."""
    cells = "".join(
        f'<row r="{number}"><c t="inlineStr"><is><t>{text}</t></is></c></row>'
        for number, text in rows
    )
    xml = f"<worksheet {SPACE}><sheetData>{cells}{more}</sheetData></worksheet>"
    return with_part(workbook([]), "xl/worksheets/sheet1.xml", xml)


def shared(text, times):
    """A workbook that holds `text` once, and says of so many cells that it stands there."""
    made = sheet_of((1, "text"), more=SHARED * times)
    types = zipfile.ZipFile(BytesIO(made)).read("[Content_Types].xml").decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    made = with_part(made, "[Content_Types].xml", types.replace("</Types>", part))
    xml = f"<sst {SPACE}><si><t>{text}</t></si></sst>"
    return with_part(made, "xl/sharedStrings.xml", xml)


def beyond():
    """A zip in a zip, of which one member says that it begins beyond the end of any file."""
    inner = packed([("a.txt", MANY[0]), ("b.txt", MANY[1])])
    start = inner.rindex(b"PK\x01\x02")
    end = inner.rindex(b"PK\x05\x06")
    entry, extra = bytearray(inner[start:end]), struct.pack("<HHQ", 1, 8, 1 << 63)
    struct.pack_into("<H", entry, 30, len(extra))
    struct.pack_into("<I", entry, 42, 0xFFFFFFFF)
    tail = bytearray(inner[end:])
    struct.pack_into("<I", tail, 12, struct.unpack_from("<I", tail, 12)[0] + len(extra))
    return packed([("in.zip", inner[:start] + entry + extra + tail), ("z.txt", MANY[2])])


def columns_of(table):
    file = BytesIO()
    written_parquet.write_table(pa.table(table), file)
    return file.getvalue()


def lines(*rows):
    return "\n".join(rows).encode()


# A file, texts of it that are taken, and what is said of the rest: None where nothing is
KEPT = [
    # a quotation mark that nothing closes takes its own row along at most, and no other
    ("open.csv", lines("text,n", '"Open, and, open', *(f"{row},1" for row in MANY)), MANY,
     "line 2: a quotation mark"),
    ("open.tsv", lines("n\ttext", f'1\t"Astana {LINE}', *(f"1\t{row}" for row in MANY)),
     [f'"Astana {LINE}', *MANY], None),
    ("word.tsv", lines("n\ttext", f'1\t"Astana" {LINE}', *(f"1\t{row}" for row in MANY)),
     [f'"Astana" {LINE}', *MANY], None),
    ("blank.csv", lines("text,n", f'"{LINE}, yes" ,1', *(f"{row},1" for row in MANY)),
     [f"{LINE}, yes", *MANY], None),
    ("over-lines.csv", lines("text,n", '"Open, and, open', f'"{MANY[0]}', f'{MANY[1]}",1',
                             f'"{MANY[2]}",1'),
     [f"{MANY[0]}\n{MANY[1]}", MANY[2]], "line 2: a quotation mark"),
    ("every-line.csv", lines("text,n", *['a","b'] * 30_000, f"{MANY[0]},1"), MANY[:1], ""),
    # nothing but the delimiter, the width, or the first rows is wrong
    ("long.csv", lines("text;n", "a," * 70_000 + ";1", f"{MANY[0]};2"), MANY[:1], None),
    ("one.csv", lines("text", f"{MANY[0]}, yes", *MANY), MANY, None),
    ("one.tsv", lines("Körper", f"{MANY[0]}, yes", *MANY), MANY, None),
    ("title.csv", lines("Report", *(f"{n};{row}" for n, row in enumerate(MANY))), [], "line 2: 2"),
    ("sep.csv", lines("sep=;", "n;text;m", *(f"1;{row};2" for row in MANY)), MANY, None),
    ("late.csv", lines("text;n", *(f"{row};1;2" for row in MANY), f"{LINE};1"), [LINE],
     "line 2: 3 cells"),
    ("bare.csv", lines(*(f"{n};{row}" for n, row in enumerate(MANY))), MANY[1:],
     "line 1: taken for headings"),
    # an article and its comments; a feed and its articles
    ("comments.json", json.dumps({"text": LINE, "comments": [{"text": "nice"}]}).encode(), [LINE],
     "a list in it: beside a text"),
    ("long.json", json.dumps({"t": LINE, "photos": [{"url": "a"}]}).encode(), [LINE], None),
    ("feed.json", json.dumps({"t": "T", "items": [{"text": LINE}]}).encode(), [LINE], None),
    # each sheet has headings of its own, a column may have none, and a picture any bytes
    ("two.xlsx", book(A=[["text"], [MANY[0]]], B=[["n", "body"], [1, MANY[1]]], C=[]), MANY[:2],
     None),
    ("note.xlsx", book(A=[["text"], [MANY[0]]], B=[["n"], [1]]), MANY[:1], "sheet B: no column"),
    ("wide.xlsx", book(A=[["n", "m"], [1, 2, MANY[0]]]), MANY[:1], None),
    ("logo.xlsx", with_part(book(A=[["text"], [LINE]]), "xl/media/a.png", b"\x89PNG<!"), [LINE],
     None),
    ("far.xlsx", sheet_of((1, "text"), (2, LINE), (99999999999, "far")), [LINE],
     "sheet Sheet, row 1048577: rows beyond the last"),
    ("cut.xlsx", sheet_of((1, "text"), (2, LINE), more=SHARED), [LINE], "sheet Sheet: broken off"),
    ("escaped.xlsx", sheet_of((1, "text"), (2, f"{MANY[0]}_x000D_\n{MANY[1]}")),
     [f"{MANY[0]}\r\n{MANY[1]}"], None),
    # a text may be bytes or a list of paragraphs; no truth and no infinity is one
    ("bytes.parquet", columns_of({"text": [row.encode("cp1251") for row in MANY]}), MANY, None),
    ("list.parquet", columns_of({"text": [MANY[:2]]}), ["\n".join(MANY[:2])], None),
    ("true.json", b'[{"text": true}, {"text": "b"}]', ["b"], "item 1: no text"),
    ("infinite.json", b'[{"text": Infinity}, {"text": "b"}]', ["b"], "item 1: no text"),
    ("object.json", b'[{"text": {"a": "b"}}, {"text": "b"}]', ["b"], "item 1: no text"),
    # an archive with a member that is broken, one that is only called like a part of a document
    ("no-name.zip", packed([("?.txt", LINE), ("b.txt", LINE)]).replace(b"?.txt", b"\0.txt"), [LINE],
     "no-name.zip/: its path"),
    ("beyond.zip", beyond(), [MANY[0], MANY[2]], "in.zip/b.txt: broken in the archive"),
    ("word.zip", packed([("word/a.txt", MANY[0]), ("META-INF/c.txt", MANY[1])]), MANY[:2], None),
    ("folder.zip", packed([("a.txt/", LINE)]), [LINE], None),
    ("tar.txt", b"a.txt" + bytes(252) + b"ustar\x0000" + LINE.encode() * 200, [], "a tar archive"),
    # comments before what is no page after all: each could be parted from the next in two ways
    ("marks.txt", b"<!-- -->" * 40 + LINE.encode(), ["<!-- -->" * 40 + LINE], None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "kept", "said"), KEPT, ids=[one[0] for one in KEPT])
def test_a_good_record_is_not_lost_for_a_bad_one(tmp_path, name, content, kept, said):
    (tmp_path / name).write_bytes(content)
    documents, rejected, _ = read(tmp_path)
    assert set(kept) <= set(documents["text"])
    every = (rejected["source"] + ": " + rejected["why"]).tolist()
    assert any(said in one for one in every) if said else said == "" or not every, every


def test_no_record_is_lost_for_a_cell_that_a_finder_cannot_bear(tmp_path, monkeypatch):
    def finder(words, _):
        return date(int(words), 1, 1)  # OverflowError, as of a day in the year 99999999999

    monkeypatch.setattr("astana_kit.reading.records.stated_day", finder)
    (tmp_path / "a.csv").write_bytes(lines("text;date", f"{MANY[0]};{10**11}", f"{MANY[1]};2020"))
    documents, rejected, _ = read(tmp_path)
    assert documents["text"].tolist() == MANY[1:2]
    assert rejected["source"].tolist() == ["a.csv, line 2"]


def test_a_folder_deeper_than_a_path_can_say_is_listed(tmp_path):
    (tmp_path / "a.txt").write_text(LINE, encoding="utf-8")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(110):
        os.mkdir("d" * 40, dir_fd=here)
        here, former = os.open("d" * 40, os.O_RDONLY, dir_fd=here), here
        os.close(former)
    os.close(here)
    documents, rejected, _ = read(tmp_path)
    assert documents["text"].tolist() == [LINE]
    assert rejected["why"].tolist() == ["cannot be opened: File name too long"]


def test_a_file_in_a_folder_that_may_not_be_searched_is_listed(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(LINE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(LINE, encoding="utf-8")
    lstat = Path.lstat

    def denied(path):
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", denied)  # root, as whom tests may run, is denied nothing
    documents, rejected, _ = read(tmp_path)
    assert documents["doc_id"].tolist() == ["a"]
    assert rejected["why"].tolist() == ["cannot be opened: Permission denied"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.parquet", columns_of({"text": pa.array(["слово " * 2000] * 200).dictionary_encode()})),
        ("a.xlsx", shared("слово " * 2000, 200)),
    ],
)
def test_no_more_texts_of_one_table_are_held_than_it_may_have(tmp_path, monkeypatch, name, content):
    monkeypatch.setattr("astana_kit.reading.formats.TABLE", 600_000)
    (tmp_path / name).write_bytes(content)
    documents, rejected, _ = read(tmp_path)
    assert len(documents) == 1
    assert rejected["why"].str.startswith("same text").sum() == 49
    assert "more than 600,000 characters" in rejected["why"].iloc[0]


def test_an_archive_and_those_in_it_have_one_bound_together(tmp_path, monkeypatch):
    monkeypatch.setattr("astana_kit.reading.archive.TABLE", 100_000)
    monkeypatch.setattr("astana_kit.reading.archive.WHOLE", 0)
    inner = [packed([(f"{n}.txt", f"{n} слово " * 3000)]) for n in range(4)]
    content = packed([(f"{n}.zip", one) for n, one in enumerate(inner)])
    (tmp_path / "a.zip").write_bytes(content)
    documents, rejected, _ = read(tmp_path)
    assert len(documents) == 2  # of 42,000 bytes each
    assert rejected["why"].tolist() == ["the archive would unpack to too much in all"] * 2


def test_pages_that_are_large_are_not_read_a_hundred_at_a_time(monkeypatch):
    monkeypatch.setattr("astana_kit.reading.HELD", 25)
    steps = [reading.Task(str(n), found.File(str(n), b"0123456789")) for n in range(5)]
    assert [len(some) for some in reading._together(iter(steps))] == [3, 2]  # noqa: SLF001


def test_names_of_members_are_read_in_the_letters_of_whoever_packed_them(tmp_path):
    for codec in ("cp866", "utf-8"):
        name = "Сирия".encode(codec)
        made = packed([("#" * len(name) + ".txt", f"{LINE} {codec}")])
        (tmp_path / f"{codec}.zip").write_bytes(made.replace(b"#" * len(name), name))
    assert read(tmp_path).documents["doc_id"].tolist() == ["cp866.zip/Сирия", "utf-8.zip/Сирия"]


def test_ids_differ_whatever_the_files_are_called(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        made = packed([("a.txt", MANY[0]), ("a.txt", MANY[1]), ("a.txt (2)", MANY[2])])
    (tmp_path / "x.zip").write_bytes(made)
    ids = ["x.zip/a.txt", "x.zip/a.txt (3)", "x.zip/a.txt (2)"]
    assert read(tmp_path).documents["doc_id"].tolist() == ids


def test_a_given_column_that_no_table_has_is_said(tmp_path):
    (tmp_path / "a.csv").write_bytes(lines("text;n", f"{LINE};1"))
    (tmp_path / "b.csv").write_bytes(lines("body;town", f"{LINE};Homs"))
    with pytest.raises(ValueError, match=r"no table has a column boddy\. There are text, n, body"):
        read(tmp_path, columns={"text": "boddy"})
    assert read(tmp_path, columns={"city": "town"}).documents["text"].tolist() == [LINE]


def test_a_given_column_may_begin_late_in_json(tmp_path):
    objects = [{"text": row} for row in MANY] + [{"text": LINE, "place": "Homs"}]
    (tmp_path / "a.jsonl").write_bytes(lines(*map(json.dumps, objects)))
    result = read(tmp_path, columns={"city": "place"})
    assert result.documents["city"].iloc[-1] == "Homs"
    assert result.columns.iloc[-1].tolist() == ["a.jsonl", "place", "city", "given"]


def test_no_member_whose_path_leads_out_is_taken(hostile):
    assert len(read(hostile / "slip.zip").documents) == 0


def test_a_lie_about_the_size_of_a_member_does_not_help_it():
    content = packed([("a.txt", b"ab" * 50_000)], method=zipfile.ZIP_STORED)
    lie = content.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
    one = next(archive.members(BytesIO(lie), "x.zip"))
    assert isinstance(one, found.Refused) or len(one.content) <= 10


@given(
    rows=st.lists(
        st.lists(st.text('aб ,;|"\n\t', min_size=1), min_size=2, max_size=2), min_size=1, max_size=5
    )
)
def test_a_table_that_is_written_well_is_read_cell_by_cell(rows):
    file = StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    taken = [record for _, some in formats.parted(b"", file.getvalue(), ".csv") for record in some]
    assert [list(record.cells.values()) for record in taken] == rows


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    content=st.binary(max_size=600) | st.text(max_size=300).map(lambda text: text.encode("utf-16")),
    name=st.sampled_from(["a.txt", "a.html", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.zip", "a"]),
    start=st.sampled_from([b"", b"<html>", b"text,date\n", b'[{"text": "', b"PK\x03\x04", b"PAR1"]),
)
def test_no_bytes_crash_the_reader(tmp_path, content, name, start):
    (tmp_path / name).write_bytes(start + content)
    result = read(tmp_path / name)
    assert len(result.documents) + len(result.rejected) > 0


@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_what_is_written_as_utf_8_is_read_so(text):
    assert encoding.decode("\ufeffА".encode() + text.encode()).text == "А" + text


@given(rows=st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), max_size=6))
def test_every_record_is_a_document_or_rejected(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    path.write_text("".join(json.dumps({"text": row}) + "\n" for row in rows), encoding="utf-8")
    result = read(path)
    assert len(result.documents) + len(result.rejected) == max(len(rows), 1)
