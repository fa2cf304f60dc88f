"""A corpus is untrusted: what stands in its texts, names and files runs nowhere and asks nobody."""

import csv
import io
import json
import re
from itertools import cycle

import pandas as pd
import plotly.io as pio
import pytest
import test_figures_coverage as coverage
import test_figures_topics as topics
from conftest import code, draw_all, markdown
from nbformat import v4

import astana_kit as ak
from astana_kit import figures, site, tables
from astana_kit.schema import COLLOCATIONS, KEYNESS
from astana_kit.site import drawing, execution

RUN = "window.ran=1"
AWAY = "https://elsewhere.invalid/x"
MARKUP = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}</script>-->",
    f"--><script>{RUN}</script>",
    "<!--",
    "<!-- <script>",
    "]]>",
    f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</template><img src=x onerror={RUN}>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"` onclick={RUN} `",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f'<svg><a xlink:href="javascript:{RUN}"><text>x</text></a></svg>',
    f"<math><mtext></mtext><img src=x onerror={RUN}></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<video><source onerror={RUN}></video>",
    f"<input onfocus={RUN} autofocus>",
    f"<marquee onstart={RUN}>",
    f"<object data=javascript:{RUN}></object>",
    f"<a href=javascript:{RUN}>x</a>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"[x](javascript:{RUN})",
    f"![x]({AWAY})",
    f"<img src={AWAY}>",
    f"<link rel=stylesheet href={AWAY}>",
    f"<style>@import '{AWAY}';</style>",
    f"<style>*{{background:url({AWAY})}}</style>",
    f'<meta http-equiv=refresh content="0;url={AWAY}">',
    f"<base href={AWAY}>",
    f"<form action={AWAY}><button>x</button></form>",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "\uff1cscript\uff1ewindow.ran=1\uff1c/script\uff1e",
    f"<scr\0ipt>{RUN}</scr\0ipt>",
]
PLOTLY = [
    "<b>bold</b><br><i>x</i>",
    f'<a href="{AWAY}">x</a>',
    f'<a href="javascript:{RUN}" target="_blank">x</a>',
    f'<span style="background:url({AWAY});font-size:900px">x</span>',
    "<sub><sup><em>x",
    "%{customdata[0]} %{x} %{y:d3} %{meta.evidence}",
    "%{text",
    "<extra>x</extra>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} <%= 7 %>",
    "{0.__class__} %s %(x)s",
    "$\\href{javascript:window.ran=1}{x}$",
]
TEXT = [
    '"}],"layout":{},"x":[{"',
    "\\u003c/script\\u003e\\",
    "\\",
    "\u2028alert\u2029",
    "\u202eمقلوب backwards",
    "\u2066\u2067\u2068 never closed",
    "\u2069\u2069\u202c closed too often",
    "\0\x01\x08\x0b\x7f",
    "\ufeff\u200b\u200f",
    "я" * 3000,
    "a/" * 800,
    "👩‍👩‍👧‍👦" * 40,
    "Z̸̢̛͓͈͔̟͔͙͕̺̀̈́̓͂̎͗" * 30,
    "__proto__",
    "constructor",
]
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    " =1+1",
    "＝1+1",
]
FORMULAS += ['=HYPERLINK("https://elsewhere.invalid/x","x")', "\n=1+1", '","=1+1']
PAYLOADS = [*MARKUP, *PLOTLY, *TEXT, *FORMULAS]
STARTS = re.compile(r"^[\s\0]*[=+@|%＝＋－＠-]")
NUMBER = re.compile(r"-?[\d.]+")


def numbered(**columns):
    """A row for each payload; the other columns as given."""
    return pd.DataFrame(columns, index=range(len(PAYLOADS)))


def corpus():
    """Pages whose every text, title, outlet, id and further column is a payload.

    A text with control characters is refused as no text; names may still hold them.
    """
    texts = [re.sub(r"[\0-\x08\x0b\x7f]", "", payload) for payload in PAYLOADS]
    return ak.from_frame(
        pd.DataFrame(
            {
                "doc_id": [f"{n} {payload}" for n, payload in enumerate(PAYLOADS)],
                "text": [f"{payload}\nСирия, {payload} Астана\n{payload}" for payload in texts],
                "title": PAYLOADS,
                "outlet": PAYLOADS,
                "language": "ru",
                "published": "2024-01-24",
                "desk": PAYLOADS,
            }
        )
    )


def poisoned(table, *columns):
    """A table of another test, the text of some columns made of payloads."""
    for column in columns:
        values = table[column].dropna().unique()
        table = table.assign(**{column: table[column].map(dict(zip(values, cycle(PAYLOADS[7:]))))})
    return table


def drawn_of_comparison(title):
    """Figures of coverage and of topics, of payloads."""
    shares = poisoned(coverage.SHARES, "thing", "group")
    notes = PAYLOADS[:20]
    places = poisoned(topics.PLACES, "doc_id", "text", "language")
    named = poisoned(topics.TOPICS, "label")
    cells = poisoned(topics.cells("language"), "group")
    return {
        "shares_by_language": figures.shares_by_language(shares, title=title, notes=notes),
        "covered_or_not": figures.covered_or_not(shares, title=title, notes=notes),
        "share_differences": figures.share_differences(
            poisoned(coverage.TESTED, "thing", "a", "b"), title=title, notes=notes
        ),
        "divergence_split": figures.divergence_split(
            poisoned(coverage.PART, "thing", "a"), title=title, notes=notes
        ),
        "naming_labels": figures.naming_labels(
            poisoned(coverage.LABELS, "actor_id", "label", "group"), title=title, notes=notes
        ),
        "topic_map": figures.topic_map(places, named, title=title),
        "topics_by_group": figures.topics_by_group(cells, named, title=title, group="language"),
        "passage_tree": figures.passage_tree(topics.TREE, places, named, title=title),
        "stability_curve": figures.stability_curve(topics.CANDIDATES, title=title),
        "trust": figures.trust(poisoned(topics.DIAGNOSTICS, "of"), title=title),
    }


def drawn(documents):
    """Every figure of the kit, made of nothing but payloads; by name."""
    title = " ".join(PAYLOADS[:60])
    rounds = tables.rounds()
    ids = documents["doc_id"].tolist()
    numbers = {
        "n": 5,
        "of": 9,
        "rate": 0.5,
        "low": 0.1,
        "high": 0.9,
        "documents": 1,
        "of_documents": 2,
    }
    rates = numbered(
        thing=PAYLOADS, group=PAYLOADS, measure="share_of_passages", interval="x", **numbers
    )
    rates = rates.iloc[:30].drop(columns="group").merge(rates[["group"]].iloc[:8], how="cross")
    terms = numbered(
        term=PAYLOADS,
        gloss=PAYLOADS,
        language="ru",
        counted_as="lemma",
        dpnorm=0.5,
        per_1000_words=4.0,
        **numbers,
    )
    many = len(PAYLOADS)
    pairs = numbered(
        a=PAYLOADS,
        b=PAYLOADS[1:] + PAYLOADS[:1],
        n_a=5,
        n_b=5,
        expected=1.0,
        npmi=0.5,
        log_odds=1.0,
        z=1.0,
        p=0.1,
        q=0.1,
        **numbers,
    )
    ones = numbered(**dict.fromkeys([*KEYNESS.columns, *COLLOCATIONS.columns], 1.0))
    ones = ones.assign(
        term=PAYLOADS, node=PAYLOADS, collocate=PAYLOADS, language=PAYLOADS, gloss=PAYLOADS
    )
    return {
        "pages_by_round": figures.pages_by_round(
            documents.assign(language=PAYLOADS), rounds, title=title
        ),
        "page_parts": figures.page_parts(
            pd.DataFrame({"doc_id": ids, "kind": "body", "characters": 9}), title=title
        ),
        "rounds_covered": figures.rounds_covered(
            numbered(language=PAYLOADS, round=21, documents=2), rounds, title=title
        ),
        "shares_by_group": figures.shares_by_group(
            rates, title=title, thing=PAYLOADS[0], group=PAYLOADS[1]
        ),
        "shares_with_intervals": figures.shares_with_intervals(
            rates, title=title, group=PAYLOADS[1]
        ),
        "named_together": figures.named_together(pairs, title=title),
        "naming_forms": figures.naming_forms(
            numbered(thing=PAYLOADS, form="name", mentions=5), title=title, most=many
        ),
        "leading_terms": figures.leading_terms(terms, title=title, most=many),
        "evenness": figures.evenness(terms.assign(language=PAYLOADS), title=title),
        "keyness": figures.keyness(ones, title=title, most=many),
        "collocates": figures.collocates(ones.drop(columns="term"), title=title, most=many),
        "term_places": figures.term_places(
            pd.DataFrame({"doc_id": ids, "start": 0, "word": PAYLOADS, "position": 0.5}),
            title=title,
        ),
        **drawn_of_comparison(title),
    }


def cell(kind, content):
    made = code(f"# {PAYLOADS[1]}")
    made.outputs = [v4.new_output("display_data", {kind: content})]
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    documents = corpus()
    passages = ak.split_passages(documents)
    found = ak.find(passages, "Сирия")
    found = found.assign(gloss=PAYLOADS[: len(found)], actor=PAYLOADS[: len(found)])
    lines = ak.concordance(found, passages)
    whole = ak.concordance(passages, passages)
    answer = code("1", "answer")
    answer.outputs = [v4.new_output("stream", name="stdout", text=" ".join(PAYLOADS))]
    htmls = [
        lines._repr_html_(),
        whole._repr_html_(),
        documents._repr_html_(),
        documents.style._repr_html_(),
    ]
    htmls[3] = documents.style.format(escape="html")._repr_html_()
    notebook = v4.new_notebook(
        cells=[
            markdown("# Q?"),
            answer,
            *(
                cell(drawing.PLOTLY, json.loads(pio.to_json(figure)))
                for figure in drawn(documents).values()
            ),
            *(cell("text/html", html) for html in htmls),
            *(cell("text/plain", payload) for payload in PAYLOADS),
        ]
    )
    name = "hostile <img src=x onerror=window.ran=1>"
    home = tmp_path_factory.mktemp("hostile")
    index = site.write([execution.Executed(home / f"{name}.ipynb", notebook)], home / "s")
    return index.parent


def page_of(folder):
    (page,) = (path for path in folder.glob("*.html") if path.name != "index.html")
    return page


def test_there_are_enough_payloads():
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 60


def test_every_figure_of_the_kit_is_tried():
    assert set(drawn(corpus())) == {name for name in figures.__all__ if not name.isupper()}


def test_no_override_of_direction_stands_bare_in_a_page(folder):
    overrides = re.compile("[\u202a-\u202e]")
    assert not overrides.search(page_of(folder).read_text("utf-8"))


@pytest.mark.browser
@pytest.mark.parametrize("window", [{}, {"width": 360}], ids=["wide", "phone"])
def test_nothing_runs_nothing_asks_and_the_layout_holds(watch, folder, window):
    seen = watch(page_of(folder).as_uri(), **window)
    page = seen.page
    assert draw_all(page) == len(drawn(corpus()))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.wait_for_timeout(300)
    for plot in page.locator(".nsewdrag").all()[:14]:
        plot.scroll_into_view_if_needed()
        plot.hover(force=True, position={"x": 20, "y": 20})
    page.get_by_role("button", name="Read").first.click()
    page.get_by_label("Find in the lines").first.fill(PAYLOADS[0])
    assert page.evaluate("window.ran") is None
    assert seen.complaints == []
    inside = folder.as_uri()
    assert [url for url in seen.requests if not url.startswith((inside, "data:", "blob:"))] == []
    assert page.url.startswith(inside)
    foreign = "main :is(img, iframe, object, embed, form, base, meta, link, video, math, marquee)"
    assert page.locator(foreign).count() == 0
    assert page.locator("main a:not([href^='#']):not([rel])").count() == 0
    assert page.locator("main svg a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == window.get("width", 1280)
    sizes = page.locator("main svg text").evaluate_all(
        "all => all.map((t) => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert max(sizes) < 40


@pytest.mark.browser
def test_the_index_of_hostile_notebooks_is_text(watch, folder):
    seen = watch((folder / "index.html").as_uri())
    assert (seen.page.evaluate("window.ran"), seen.complaints) == (None, [])
    assert seen.page.locator("main :is(img, script, iframe)").count() == 0
    assert seen.page.evaluate("document.documentElement.scrollWidth") == 1280


@pytest.mark.browser
def test_no_cell_of_a_download_is_a_formula(watch, folder):
    page = watch(page_of(folder).as_uri()).page
    draw_all(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    buttons = page.get_by_role("button", name="Download CSV")
    assert buttons.count() >= len(drawn(corpus())) + 4
    # what is saved is read before it is a file: Chromium lets a page save only so many at once
    page.evaluate(
        "() => { window.kept = []; URL.createObjectURL = (file) => "
        "{ window.kept.push(file.text()); return 'data:,'; }; }"
    )
    for button in buttons.all():
        button.click()
    saved = page.evaluate("Promise.all(window.kept)")
    assert len(saved) == buttons.count()
    for content in saved:
        cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
        assert cells
        assert [c for c in cells if STARTS.match(c) and not NUMBER.fullmatch(c)] == []


@pytest.mark.browser
def test_a_hostile_line_stands_on_the_page_letter_for_letter(watch, folder):
    page = watch(page_of(folder).as_uri()).page
    page.get_by_label("Find in the lines").nth(1).fill("window.ran=1</script>")
    shown = page.locator(".astana-lines").nth(1).locator("mark").all_text_contents()
    assert f"<script>{RUN}</script>" in shown
