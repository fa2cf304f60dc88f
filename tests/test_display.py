import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from astana_kit import display
from astana_kit.display import COLUMNS, Concordance, concordance, markup


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
    assert {tag for tag, _ in parser.seen} <= {
        *("div", "p", "ol", "li", "span", "bdi", "mark", "script")
    }
    assert [tag for tag, _ in parser.seen].count("script") == 1
    assert not any(name.startswith("on") for _, attrs in parser.seen for name in attrs)


def test_a_direction_override_of_the_page_does_not_reach_the_reader():
    html = concordance(row(10, 12), passages("до \u202eслова", outlet="\u2067x"))._repr_html_()
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


def test_a_gloss_stands_beside_the_keyword_where_one_is_known():
    rows = pd.concat([row(10, 14), row(15, 16)]).assign(gloss=["<Russia>", None])
    lines = concordance(rows, passages("روسيا و ايران", "ar"))
    html = lines._repr_html_()
    assert html.count('class="gloss"') == 1
    assert '</mark> <span class="gloss" lang="en" dir="ltr">&lt;Russia&gt;</span>' in html
    assert lines["gloss"].tolist()[0] == "<Russia>"


def test_nothing_found_is_said():
    lines = concordance(row(10, 12).iloc[:0], passages("до"))
    assert list(lines.columns) == [*COLUMNS, "kind"]
    assert "Nothing found." in lines._repr_html_()


def test_further_columns_of_rows_and_passages_stay_and_those_of_rows_win():
    rows = row(10, 12).assign(actor_id="iran", round=21, surface="до")
    page = passages("до").assign(round=22, month="2023-06")
    lines = concordance(rows, page)
    assert lines.loc[0, ["actor_id", "round", "month", "kind"]].tolist() == [
        *("iran", 21, "2023-06", "body")
    ]


def test_a_round_is_a_whole_number_even_where_a_merge_has_made_it_another():
    rows = pd.concat([row(10, 11), row(11, 12)]).assign(round=[21.0, float("nan")])
    html = concordance(rows, passages("до"))._repr_html_()
    assert "round 21<" in html
    assert html.count("round 2") == 1


def test_whole_passages_can_be_lines():
    page = passages("Россия и Иран")
    lines = concordance(page, page)
    assert lines.loc[0, ["before", "keyword", "after"]].tolist() == ["", "Россия и Иран", ""]


# What the script reads


def island(lines):
    return json.loads(BeautifulSoup(lines._repr_html_(), "html.parser").script.string)


def read_back(kept, line):
    """The words of a line, found as the script finds them: in UTF-16 units."""
    text, at, parts = kept["texts"][kept["text"][line]].encode("utf-16-le"), kept["from"][line], []
    for side in markup.SIDES:
        parts.append(text[2 * at : 2 * (at + kept[side][line])].decode("utf-16-le"))
        at += kept[side][line]
    return parts


LETTERS = st.text(st.sampled_from("аб ج٢🕊\u202e<"), min_size=1, max_size=300)


@given(LETTERS, st.data())
def test_every_line_comes_back_from_the_texts_it_shares(text, data):
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=8))
    rows = pd.concat([row(10 + start, 10 + min(start + 3, len(text))) for start in starts])
    lines = concordance(rows, passages(text))
    kept = island(lines)
    for n, line in enumerate(lines[list(markup.SIDES)].to_numpy().tolist()):
        assert read_back(kept, n) == line


def test_lines_of_one_passage_share_its_text():
    text = "слово " * 200
    rows = pd.concat([row(10 + start, 15 + start) for start in range(0, 1200, 6)])
    kept = island(concordance(rows, passages(text)))
    assert kept["texts"] == [text]


def test_words_that_a_reader_changed_are_shown_as_changed():
    lines = concordance(pd.concat([row(10, 16), row(17, 18)]), passages("Россия и Иран"))
    lines.loc[1, "keyword"] = "или"
    kept = island(lines)
    assert [read_back(kept, n)[1] for n in (0, 1)] == ["Россия", "или"]


def test_columns_are_kept_as_values_and_missing_as_null():
    rows = pd.concat([row(10, 11), row(11, 12)]).assign(
        round=pd.array([21, None], dtype="Int64"),
        actors=[["a", "b"], ["b"]],
        rate=[0.5, float("inf")],
    )
    columns = island(concordance(rows, passages("до", published="2023-06-21")))["columns"]
    assert columns["start"] == {"values": [10, 11], "of": [0, 1]}
    assert columns["round"] == {"values": [21, None], "of": "start"}  # told apart as the starts are
    assert columns["actors"]["values"] == [["a", "b"], ["b"]]
    assert columns["published"] == {"values": ["2023-06-21"]}
    assert columns["rate"]["values"] == [0.5, "inf"]
    assert "keyword" not in columns


def test_the_first_lines_can_be_read_without_a_script():
    rows = pd.concat([row(10 + n, 11 + n) for n in range(30)])
    page = BeautifulSoup(concordance(rows, passages("я" * 30))._repr_html_(), "html.parser")
    assert len(page.select("li")) == markup.FIRST
    assert [page.select_one(name).text for name in (".said", ".rest")] == [
        "30 lines",
        "18 lines more.",
    ]


def test_of_whole_passages_fewer_are_there_without_a_script():
    page = passages("я" * 1000)
    lines = concordance(pd.concat([page] * 5), page)
    parsed = BeautifulSoup(lines._repr_html_(), "html.parser")
    assert [line.mark.text for line in parsed.select("li")] == ["я" * 1000] * 2
    assert parsed.select_one(".rest").text == "3 lines more."


def test_the_sources_of_style_and_script_lose_their_comments_and_nothing_else(tmp_path):
    (tmp_path / "a.js").write_text('// why\nconst a = "//b"; // c\n  {\n\n  }\n')
    (tmp_path / "a.css").write_text("/* why,\n   long */\na { b: c; } /* d */\n")
    assert markup.source(tmp_path / "a.js") == 'const a = "//b"; // c\n{\n}\n'
    assert markup.source(tmp_path / "a.css") == "a { b: c; } "


def test_setup_shows_style_and_script_once_and_says_whose_they_are(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *made, **more: shown.append((made, more)))
    with pd.option_context("display.max_colwidth", 50, "display.html.border", 1):
        display.setup()
        assert pd.get_option("display.max_colwidth") is None
    (((made,), more),) = shown
    assert more == {"metadata": {"astana": "setup"}}
    assert made.data.count("<script>") == made.data.count("<style>") == 1
    assert "://" not in made.data
