import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from astana_kit.display import COLUMNS, Concordance, concordance


def passages(text, language="ru", **more):
    return pd.DataFrame(
        {
            "doc_id": ["d"],
            "passage": [0],
            "start": [10],
            "stop": [10 + len(text)],
            "kind": ["body"],
            "language": [language],
            "outlet": [more.get("outlet")],
            "published": [pd.Timestamp(more.get("published"))],
            "text": [text],
        }
    )


def row(start, stop):
    return pd.DataFrame({"doc_id": ["d"], "start": [start], "stop": [stop], "passage": [0]})


def test_a_line_is_the_words_around_the_keyword():
    lines = concordance(row(16, 21), passages("Россия и Иран договорились"))
    assert lines.loc[0, ["before", "keyword", "after"]].tolist() == [
        "Россия",
        " и Ир",
        "ан договорились",
    ]


def test_long_context_is_cut_at_a_word_and_never_inside_the_keyword():
    text = "слово " * 40 + "ключ" + " слово" * 40
    lines = concordance(row(10 + 240, 10 + 244), passages(text))
    before, keyword, after = lines.loc[0, ["before", "keyword", "after"]]
    assert keyword == "ключ"
    assert set(before.split()) == set(after.split()) == {"слово"}
    assert len(before) <= 80
    assert len(after) <= 80


def test_a_row_from_elsewhere_is_refused():
    with pytest.raises(ValueError, match=r"none of the passages given.*doc_id d, start 0"):
        concordance(row(0, 1), passages("x").assign(doc_id="other"))


def test_sorted_and_filtered_lines_are_still_a_concordance_and_less_is_a_frame():
    lines = concordance(row(10, 16), passages("Россия и Иран"))
    assert isinstance(lines.sort_values("after").query("language == 'ru'"), Concordance)
    assert "astana-lines" in lines.head(1)._repr_html_()
    assert "astana-lines" not in lines[["doc_id", "keyword"]]._repr_html_()


@pytest.mark.parametrize(
    ("text", "language", "way"),
    [
        ("قالت روسيا إن المحادثات", "ar", "rtl"),
        ("ایران و روسیه", "fa", "rtl"),
        ("Россия и Иран", "ru", "ltr"),
        ("قازاقستان استانا", "kk", "rtl"),
    ],
)
def test_a_line_says_its_language_and_direction(text, language, way):
    html = concordance(row(10, 14), passages(text, language))._repr_html_()
    assert f'dir="{way}" lang="{language}"' in html


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</span></div><iframe src=//x>",
        "<svg/onload=alert(1)>",
        "&lt;b&gt;",
    ],
)
def test_corpus_text_stays_text(hostile):
    page = passages(f"до {hostile} после", outlet=hostile)
    parser = Tags()
    parser.feed(concordance(row(10, 12), page.assign(language=hostile))._repr_html_())
    assert {tag for tag, _ in parser.seen} <= {"style", "div", "span", "bdi", "mark"}
    assert not any(name.startswith("on") for _, attrs in parser.seen for name in attrs)


def test_a_direction_override_of_the_page_does_not_reach_the_reader():
    html = concordance(row(10, 12), passages("до \u202eслова", outlet="\u2067x"))._repr_html_()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


def test_a_gloss_stands_beside_the_keyword_where_one_is_known():
    rows = pd.concat([row(10, 14), row(15, 16)]).assign(gloss=["<Russia>", None])
    lines = concordance(rows, passages("روسيا و ايران", "ar"))
    html = lines._repr_html_()
    assert html.count('class="gloss"') == 1
    assert '</mark><span class="gloss" lang="en" dir="ltr">&lt;Russia&gt;</span>' in html
    assert lines["gloss"].tolist()[0] == "<Russia>"


def test_nothing_found_is_said():
    lines = concordance(row(10, 12).iloc[:0], passages("до"))
    assert list(lines.columns) == list(COLUMNS)
    assert "Nothing found." in lines._repr_html_()
