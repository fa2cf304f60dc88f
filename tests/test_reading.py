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
from astana_kit.reading import days, encoding, read, webpage
from astana_kit.schema import DOCUMENTS

# Six sentences a language, written for this test; three in a row are a text of 300 characters
GOLD = pd.read_csv(Path(__file__).parent / "gold" / "sentences.csv")
SENTENCES = GOLD.groupby("language")["sentence"].agg(list).to_dict()
UNICODE = ("utf-8", "utf-8-sig", *(f"utf-{n}{end}" for n in (16, 32) for end in ("", "-le", "-be")))
HOLDS = {
    "ru": ("cp1251", "kz1048", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic"),
    "ar": ("cp1256", "iso8859_6"),
    "kk": ("kz1048", "ptcp154"),
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


RUSSIAN = " ".join(SENTENCES["ru"])
CURLY = "The “talks” went on – and “on” – for the “third” day. "


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (RUSSIAN * 20 + SENTENCES["kk"][0], "kz1048", "kz-1048"),
        (RUSSIAN * 20 + SENTENCES["kk"][0], "ptcp154", "ptcp154"),
        (CURLY * 200 + SENTENCES["tr"][0], "cp1254", "windows-1254"),
        # the letters of KZ-1048 would stand in their place, and make no Kazakh
        (RUSSIAN * 20 + " Київ підтримав зусилля, її посол у Європі це заявив", "cp1251",
         "windows-1251"),
        (CURLY * 200 + "Þórður sagði að það væri gott, en veður í Reykjavík", "cp1252",
         "windows-1252"),
    ],
)  # fmt: skip
def test_the_last_line_of_a_long_page_tells_encodings_of_most_letters_apart(text, codec, name):
    assert encoding.decode(text.encode(codec)) == (text, name)


def test_a_letter_that_an_encoding_has_not_is_counted():
    found = encoding.decode((RUSSIAN * 20).encode("cp1251") + b" \x98" * 2)
    assert found == (RUSSIAN * 20 + " \ufffd" * 2, "windows-1251, 2 broken letters as \ufffd")


def test_a_mark_of_utf_8_before_another_encoding_is_not_believed():
    text = f"{RUSSIAN} Astana talks"
    assert encoding.decode(b"\xef\xbb\xbf" + text.encode("cp1251")) == (text, "windows-1251")


@pytest.mark.parametrize("many", [b"<" * 4_000_000, b"a" * 4_000_000 + b" "])
def test_a_page_of_one_sign_is_read_in_one_pass(many):  # each begins a tag or word, none ends one
    assert encoding.decode(many + RUSSIAN.encode("cp1251")).text.endswith(RUSSIAN)


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.mht"])
def test_a_web_archive_is_refused_whatever_its_name(tmp_path, name):
    letter = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?talks?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/html\r\n\r\n{html()}\r\n--x--\r\n"
    )
    (tmp_path / name).write_bytes(letter.encode())
    found = read(tmp_path)
    assert found.documents.empty
    (why, remedy) = found.rejected.loc[0, ["why", "remedy"]]
    assert "web archive" in why
    assert ".html" in remedy or "HTML only" in remedy


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


@pytest.mark.parametrize(
    ("words", "day"),
    [
        # 10 September in the United States, 9 October elsewhere
        ("09/10/2017", None),
        ("9-10-2017 12:30", None),
        ("14/09/2017", date(2017, 9, 14)),
        ("9/14/2017", date(2017, 9, 14)),
        ("05/5/2017", date(2017, 5, 5)),
        ("2017/09/10", date(2017, 9, 10)),
        ("09.10.2017", date(2017, 10, 9)),
        # what some systems write for no day, and what the letter's date makes 2001 of
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("0001-01-01T00:00:00", None),
        ("Fri, 01 Sep 17 10:00:00 GMT", None),
        # months and years alone, and what no calendar has
        ("Sep-17", None),
        ("сентябрь 2017", None),
        ("2017-09", None),
        ("31 Feb 2017 10:00:00 GMT", None),
        ("14 Sep 99999999999 10:00:00 GMT", None),
        ("9" * 5000 + "-09-14", None),
    ],
)
def test_a_stamp_is_the_day_that_it_says_or_none(words, day):
    assert days.stated_day(words) == day


@pytest.mark.parametrize("language", ["ru", "ar", "kk", "en", "tr", "fa"])
def test_the_language_tells_whether_day_or_month_is_first(language):
    day = None if language == "en" else date(2017, 10, 9)
    assert days.stated_day("09/10/2017", SENTENCES[language][0]) == day
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES[language])
    head = '<meta name="pubdate" content="09/10/2017">'
    page = webpage.extract(f"<html><head>{head}</head><body>{body}</body></html>")
    assert page.published == day


@pytest.mark.parametrize(
    ("shown_as", "day"),
    [
        (None, date(2017, 9, 1)),
        ("dd.mm.yyyy", date(2017, 9, 1)),
        ("m/D/yy h:mm", date(2017, 9, 1)),
        ("mmm-yy", None),
        ("yyyy", None),
        ("[$-419]mmmm\\ yyyy;@", None),
        ('[Red]mmm yyyy "day"', None),
        ("mmm\\d", None),
    ],
)
def test_a_cell_that_shows_a_month_or_a_year_alone_is_no_day(shown_as, day):
    assert days.cell_day(datetime(2017, 9, 1, 12), shown_as) == day  # noqa: DTZ001


@pytest.mark.parametrize("day", [date(1905, 7, 9), date(1970, 1, 1), date(1989, 12, 31)])
def test_a_cell_before_the_web_is_no_day(day):  # 2017 shown as a date is the first of these
    assert days.cell_day(day) is None


TIME = '<time itemprop="datePublished" datetime="2020-05-05">5 May</time>'
LINK = '<a href="/x">Storm closes the airport of the capital for two days</a>'
ITEM = 'itemscope itemtype="https://schema.org/NewsArticle"'
OWN = [
    f"<header><h1>Talks</h1><div class='comments'><i>2</i></div>{TIME}</header>",
    f"<h1>Talks</h1><ul><li>{TIME}</li><li><a href='/p'>A. Reporter</a></li></ul>",
    f"<h1>Talks</h1><div hidden {ITEM}>{TIME}</div>",
    f"<article {ITEM} class='has-sidebar'><h1>Talks</h1><div>{TIME} <a>Share</a></div></article>",
]
OTHERS = [
    f"<h1>Talks</h1><div class='comment-list'><div>{TIME} Well said.</div></div>",
    f"<h1>Talks</h1><article><b>Reader</b> {TIME}<p>Well said.</p></article>",
    f"<h1>Talks</h1><aside>{TIME} Storm</aside>",
    f"<h1>Talks</h1><div class='article__related'><a href='/x'>Storm</a> {TIME}</div>",
    f"<h1>Talks</h1><ul><li {ITEM}>{LINK} {TIME}</li></ul>",
    f"<div><div>{LINK}</div><span>{TIME}</span></div>",
]


@pytest.mark.parametrize(
    ("body", "day"), [*((one, date(2020, 5, 5)) for one in OWN), *((one, None) for one in OTHERS)]
)
def test_the_day_of_a_comment_or_of_another_story_is_not_the_pages(body, day):
    assert webpage.extract(html("", body)).published == day


def test_the_day_of_the_article_whose_headline_is_a_smaller_one():
    body = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES["en"])
    page = f"<h1>Steppe Courier</h1><article><h2>Talks</h2>{TIME}{body}</article>"
    assert webpage.extract(f"<html><head></head><body>{page}</body></html>").published


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ('"NewsArticle"', True),
        ('"http://schema.org/BlogPosting"', True),
        ('["Article", "Thing"]', True),
        ('"WebPage"', True),
        ('"WebSite"', False),
        ('"Comment"', False),
        ('"CollectionPage"', False),
        ("null", False),
    ],
)
def test_json_ld_of_what_is_no_article_has_no_day_for_one(kind, counts):
    said = f'{{"@type": {kind}, "datePublished": "2018-02-23"}}'
    page = webpage.extract(html(f'<script type="application/ld+json">{said}</script>'))
    assert page.published == (date(2018, 2, 23) if counts else None)


PIECE = "The delegations met again in the capital and spoke of the truce. "
TEASER = "<div><span>12.05.2020</span></div>"


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (f"<div><b>By A. Reporter</b> <span>12.05.2020</span></div><p>{PIECE * 4}</p>", True),
        (f"<div>{'<a href=/x><b>Syria and the world</b></a> ' * 20}</div>{TEASER}", True),
        (f"<p>{PIECE}</p><aside>{TEASER}</aside>", False),
        (f"<p><b>ASTANA.</b> {PIECE * 4}</p>{TEASER}", False),
        (f"<p>{f'<b>{PIECE}</b>' * 9}</p>{TEASER}", False),
        (f"<div>{f'{PIECE}<br>' * 9}</div>{TEASER}", False),
    ],
)
@pytest.mark.parametrize("root", ["<html><body>{}</body></html>", "<span>{}</span>"])
def test_a_date_behind_the_article_is_not_printed_above_it(root, body, printed):
    page = webpage.extract(root.format(f"<h1>Talks</h1>{body}<p>{PIECE * 9}</p>"))
    assert ("12.05.2020" in page.text.split("\n")[:2]) == printed


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


def test_a_cell_that_shows_a_month_says_so_and_dates_no_page(tmp_path):
    book = openpyxl.Workbook()
    rows = (["text", "date"], *([text, datetime(2017, 9, 1)] for text in SENTENCES["ru"][:2]))  # noqa: DTZ001
    for row in rows:
        book.active.append(row)
    book.active["B2"].number_format = "mmm-yy"
    book.save(tmp_path / "a.xlsx")
    documents = read(tmp_path).documents
    assert documents["published"].isna().tolist() == [True, False]
    assert documents["published_source"].tolist()[0] == "column date: «2017-09», no day"


@pytest.mark.parametrize(("language", "day"), [("ru", "2017-10-09"), ("en", None)])
def test_a_cell_with_two_readings_is_read_in_the_language_of_its_text(tmp_path, language, day):
    table = f"text;date\n{SENTENCES[language][0]};09/10/2017\n"
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    published = read(tmp_path).documents["published"]
    assert published.isna().all() if day is None else published.tolist() == [pd.Timestamp(day)]


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
