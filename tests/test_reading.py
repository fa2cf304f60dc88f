"""Own files: the encoding by evidence, what a page says of itself, tables by their headings."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import trafilatura

from astana_kit import tables
from astana_kit.reading import encoding, read, webpage
from astana_kit.schema import DOCUMENTS

# Six sentences a language, written for this test; three in a row are a text of 300 characters
GOLD = pd.read_csv(Path(__file__).parent / "gold" / "sentences.csv")
SENTENCES = GOLD.groupby("language")["sentence"].agg(list).to_dict()
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
HOLDS = {
    "ru": ("cp1251", "kz1048", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"),
    "ar": ("cp1256", "iso8859_6"),
    "kk": ("kz1048",),
    "en": ("cp1252", "cp1254", "cp1251", "cp1256"),
    "tr": ("cp1254", "iso8859_9"),
    "fa": ("cp1256",),
}


def texts(language, codec):
    """Texts of three sentences, those in old encodings as writers had to write them there."""
    six = SENTENCES[language]
    for place in range(len(six)):
        text = " ".join((six * 2)[place : place + 3])
        if codec == "cp1256":
            text = text.replace("ی", "ي")  # it has no Persian yeh
        if codec in {"iso8859_6", "iso8859_5", "cp866"}:
            text = text.encode(codec, "ignore").decode(codec)  # nor these curly quotation marks
        yield text


@pytest.mark.parametrize(
    ("language", "codec"),
    [(language, codec) for language in HOLDS for codec in (*HOLDS[language], *UNICODE)],
)
def test_the_encoding_is_found_by_evidence(language, codec):
    for text in texts(language, codec):
        assert len(text) >= 290
        assert encoding.decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Раунд переговоров", "cp1251", "windows-1251"),
        ("Келіссөз", "kz1048", "kz-1048"),
        ("أستانا", "cp1256", "windows-1256"),
        ("Suriye'de görüşme", "cp1254", "windows-1254"),
        # Ukrainian is none of the six; its letters are those of Windows-1251, not of KZ-1048
        ("Київ підтримав зусилля посередників, її делегація має надію на мир", "cp1251",
         "windows-1251"),
    ],
)  # fmt: skip
def test_the_encoding_is_named(text, codec, name):
    assert encoding.decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Сирия".encode() + "я".encode()[:1], "utf-8, its last letter cut off"),
        (b"\xff" + "Переговоры по Сирии ".encode() * 20, "utf-8, 1 broken letters as \ufffd"),
        (b"talks\x1a", "utf-8, 1 control characters taken out"),
    ],
)
def test_what_was_broken_is_said(content, said):
    assert encoding.decode(content).encoding == said


@pytest.mark.parametrize(
    "content",
    [
        "Ο υπουργός δήλωσε ότι οι συνομιλίες για τη Συρία άρχισαν".encode("cp1253"),
        "关于叙利亚的会谈在哈萨克斯坦首都举行".encode("gbk"),
        bytes(range(1, 32)) * 9,
    ],
)
def test_what_no_encoding_makes_text_is_refused(content):
    with pytest.raises(ValueError, match=r"no text|control characters"):
        encoding.decode(content)


def test_a_declared_encoding_is_believed_where_the_kit_has_no_evidence():
    greek = "Ο υπουργός δήλωσε ότι οι συνομιλίες για τη Συρία άρχισαν"
    assert encoding.decode(greek.encode("cp1253"), "windows-1253").text == greek
    russian = SENTENCES["ru"][0]
    assert encoding.decode(russian.encode("cp1251"), "iso-8859-1").text == russian


def html(head="", body=""):
    article = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES["en"])
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<div>{article}</div></body></html>"


META = '<meta property="article:published_time" content="2017-09-14T23:10:00+06:00">'
LD = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'


@pytest.mark.parametrize(
    ("head", "day", "words"),
    [
        (META, date(2017, 9, 14), "meta article:published_time «2017-09-14T23:10:00+06:00»"),
        (LD % '"datePublished": "2018-02-23"', date(2018, 2, 23),
         "json-ld datePublished «2018-02-23»"),
        ('<meta name="pubdate" content="Thu, 14 Sep 2017 10:00:00 GMT">', date(2017, 9, 14),
         "meta pubdate «Thu, 14 Sep 2017 10:00:00 GMT»"),
        ('<meta name="pubdate" content="14 сентября 2017">', date(2017, 9, 14),
         "meta pubdate «14 сентября 2017»"),
        # the day before, by the zone of the one who wrote it, is no contradiction
        (META + LD % '"datePublished": "2017-09-13T20:00Z"', date(2017, 9, 13),
         "json-ld datePublished «2017-09-13T20:00Z»"),
        (META + LD % '"datePublished": "2020-01-01"', None,
         ("contradicted: json-ld datePublished «2020-01-01», meta article:published_time"
          " «2017-09-14T23:10:00+06:00»")),
        # a year, a last change and a copyright line are no day
        ('<meta name="pubdate" content="2017">', None, None),
        (LD % '"dateModified": "2020-05-05"', None, None),
        ('<meta property="article:modified_time" content="2020-05-05">', None, None),
    ],
)  # fmt: skip
def test_the_day_is_one_that_the_page_states(head, day, words):
    page = webpage.extract(html(head, "<footer>© 2016</footer>"))
    assert (page.published, page.published_source) == (day, words)


def test_the_title_is_a_paragraph_above_the_article_without_the_outlet():
    head = (
        '<meta property="og:title" content="Talks open | Steppe Courier">'
        '<meta property="og:site_name" content="Steppe Courier">'
    )
    page = webpage.extract(html(head))
    assert (page.title, page.outlet) == ("Talks open", "Steppe Courier")
    assert page.text.split("\n") == ["Talks open", *SENTENCES["en"]]


PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES["ru"])
LONG = " ".join(SENTENCES["ru"])
CELLS = "<table><tr><td>Раунд</td><td>Дата</td></tr><tr><td>21</td><td>24 января</td></tr></table>"
LEAN = [  # nearly all paragraphs; the first two are the article alone
    f"<article>{PROSE}</article>",
    f"<nav><ul><li>Новости</li></ul></nav><div class='content'>{PROSE}</div>",
    # what only another finder takes, or leaves out
    f"<p>{LONG[:340]}</p><p class='teaser'>{LONG[340:500]}</p>",
    f"<p class='share'>{LONG[:200]}</p><p>{LONG[200:260]}</p><p>{LONG[-60:]}</p>",
    f"<article><p>{LONG} {LONG}</p>{CELLS}{CELLS}</article>",
    f"<article><p>{LONG[:200]}</p></article><p>{LONG[200:260]}</p>",
]


@pytest.mark.parametrize("body", LEAN)
@pytest.mark.parametrize("start", ["<html>", "<!DOCTYPE html><html><head></head>", "<?xml?><html>"])
def test_an_article_is_what_all_finders_together_take(start, body):
    page = f"{start}<body>{body}</body></html>"
    taken = trafilatura.bare_extraction(page.removeprefix("<?xml?>"), include_comments=False)
    assert webpage.extract(page).text == taken.text


CSV = "заголовок{0}дата{0}текст\nТалкс{0}14.09.2017{0}" + SENTENCES["ru"][0].replace(",", "") + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_columns_of_a_table_are_found(tmp_path, delimiter):
    (tmp_path / "a.csv").write_bytes(CSV.format(delimiter).encode("cp1251"))
    found = read(tmp_path)
    assert found.columns["taken_as"].tolist() == ["title", "published", "text"]
    row = found.documents.iloc[0]
    assert (row["doc_id"], row["title"], f"{row['published']:%F}") == ("a#2", "Талкс", "2017-09-14")
    assert row["source"] == "a.csv, line 2 (windows-1251)"


def test_columns_that_are_given_come_before_the_headings_and_may_be_ones_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,body,town\nshort,The whole of the page.,Homs\n", encoding="utf-8")
    found = read(path, columns={"text": "body", "city": "town"})
    assert found.documents[["text", "city"]].to_numpy().tolist() == [
        ["The whole of the page.", "Homs"]
    ]
    assert found.columns["because"].tolist() == ["not known", "given", "given"]
    with pytest.raises(ValueError, match="start is a name that the kit needs"):
        read(path, columns={"start": "town"})


def test_long_texts_are_the_text_where_no_heading_tells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"x,y\n1,{' '.join(SENTENCES['kk'])!r}\n".replace("'", '"'), encoding="utf-8")
    assert read(path).columns["because"].tolist() == ["not known", "its long texts"]


def test_a_spreadsheet_is_read_with_its_days_and_its_empty_rows_are_listed(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "News"
    for row in (["النص", "التاريخ"], [SENTENCES["ar"][0], datetime(2019, 4, 26)], ["", 5]):  # noqa: DTZ001
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path)
    assert found.documents["published"].tolist() == [pd.Timestamp("2019-04-26")]
    assert found.documents["doc_id"].tolist() == ["a#News!2"]
    assert found.rejected["source"].tolist() == ["a.xlsx, sheet News, row 3"]


def test_a_text_is_taken_once_and_its_copies_are_listed(tmp_path):
    text = SENTENCES["ru"][0]
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    (tmp_path / "b.txt").write_bytes(text.replace(" ", "  ").encode("utf-16"))
    found = read(tmp_path)
    assert found.documents["source"].tolist() == ["a.txt (windows-1251)"]
    assert found.rejected[["source", "why"]].to_numpy().tolist() == [
        ["b.txt", "same text as a.txt"]
    ]


def test_two_files_of_one_name_keep_their_suffixes(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCES["en"][0], encoding="utf-8")
    (tmp_path / "a.html").write_text(html(), encoding="utf-8")
    assert read(tmp_path).documents["doc_id"].tolist() == ["a.html", "a.txt"]


def test_an_archive_is_read_as_the_folder_it_was(tmp_path):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for place, sentence in enumerate(SENTENCES["tr"]):
            archive.writestr(f"{9 - place}.txt", sentence)
    (tmp_path / "a.zip").write_bytes(made.getvalue())
    documents = read(tmp_path).documents
    assert documents["doc_id"].tolist() == [f"a.zip/{n}" for n in range(4, 10)]
    assert documents["text"].tolist() == SENTENCES["tr"][::-1]


def test_several_processes_read_the_same_as_one(tmp_path, monkeypatch):
    for place in range(40):
        page = html(META, f"<p>{place}</p>").replace("Reporters", f"{place} reporters")
        (tmp_path / f"{place:02}.html").write_text(page, encoding="utf-8")
    alone = read(tmp_path)
    monkeypatch.setattr("astana_kit.reading.TOGETHER", 5)
    for one, several in zip(alone, read(tmp_path), strict=True):
        pd.testing.assert_frame_equal(one, several)


def test_nothing_there_is_said(tmp_path):
    with pytest.raises(ValueError, match=r"nothing at .*none; give the path"):
        read(tmp_path / "none")
    assert read(tmp_path).documents.columns.tolist() == list(DOCUMENTS.columns)


def test_the_sample_has_every_format_and_loses_nothing():
    found = read(tables.DATA / "sample")
    assert len(found.documents) == 16
    assert set(found.documents["language"]) == {"ru", "ar", "kk", "en"}
    assert found.documents["published"].notna().sum() == 15  # «вчера» is no day
    assert found.rejected["source"].tolist() == [
        "2018-ru.csv, line 4",
        "2019-ar.xlsx, sheet 2019, row 4",
        "2021-en.jsonl, line 3",
        "2023.zip/photo.jpg",
        "README.md",
        "broken/empty.txt",
        "broken/menu-only.html",
        "broken/renamed.txt",
        "2023.zip/copy-of-first-round.txt",
    ]
