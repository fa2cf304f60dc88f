"""Figures of languages side by side: read from the figure, not from the picture."""

import json

import pandas as pd
import plotly.io as pio
import pytest
from test_figures import asked, offered

from astana_kit import figures
from astana_kit.schema import DIFFERENCES, LABEL_COUNTS, PARTS, RATES
from astana_kit.text.script import FSI, LANGUAGES, PDI

NOTES = [
    "kk, ru: outlet and language cannot be told apart.",
    "Without a day: 3 documents, most in kk (2).",
    "No difference was tested, so none is called real.",
]
SHARES = pd.DataFrame(
    [
        ("truce", "ar", "share_of_passages", 8, 16, 0.5, 0.25, 0.75, 3, 4, "by document"),
        ("truce", "kk", "share_of_passages", 1, 4, 0.25, 0.1, 0.75, 1, 1, "wilson"),
        ("truce", "ru", "share_of_passages", 2, 8, 0.25, 0.05, 0.5, 1, 2, "by document"),
        ("aid", "ar", "share_of_passages", 4, 16, 0.25, 0.125, 0.5, 2, 4, "by document"),
        ("aid", "kk", "share_of_passages", 0, 4, 0.0, 0.0, 0.5, 0, 1, "wilson"),
        ("aid", "ru", "share_of_passages", 0, 8, 0.0, 0.0, 0.25, 0, 2, "by document"),
        ("oil", "ar", "share_of_passages", 1, 16, 0.0625, 0.0, 0.25, 1, 4, "by document"),
        ("oil", "kk", "share_of_passages", 1, 4, 0.25, 0.1, 0.75, 1, 1, "wilson"),
        ("oil", "ru", "share_of_passages", 0, 8, 0.0, 0.0, 0.25, 0, 2, "by document"),
    ],
    columns=list(RATES.columns),
)
NAN = float("nan")


def difference(thing, n_a, n_b, found=(NAN, NAN, NAN, NAN)):
    """A thing in n_a of 40 Arabic and n_b of 20 Russian passages."""
    row = dict(zip(["difference", "low", "high", "q"], found, strict=True))
    row |= {"thing": thing, "a": "ar", "b": "ru", "n_a": n_a, "n_b": n_b, "of_a": 40, "of_b": 20}
    row |= {"share_a": n_a / 40, "share_b": n_b / 20, "documents_a": 12, "documents_b": 11}
    return dict.fromkeys(DIFFERENCES.columns) | row


TESTED = pd.DataFrame(
    [
        difference("truce", 20, 2, (40.0, 20.0, 55.0, 0.001)),
        difference("aid", 4, 4, (-10.0, -30.0, 10.0, 0.4)),
        difference("oil", 1, 0),
        difference("war", 0, 5),
        difference("tea", 0, 0),
    ]
)
REFUSED = TESTED.assign(difference=NAN, low=NAN, high=NAN, p=NAN, q=NAN)
PART = pd.DataFrame(
    [
        ("aid", "kk", "ru", 0.75, 0.0, 0.4, 0.3, 0.5, 0.01, "kk"),
        ("truce", "kk", "ru", 0.25, 1.0, 0.2, 0.1, 0.3, 0.02, "ru"),
        ("tea", "kk", "ru", 0.1, 0.1, 0.0, 0.0, 0.0, 0.0, None),
    ],
    columns=list(PARTS.columns),
)
LABELS = pd.DataFrame(
    [
        ("Syria", "regime", "state", "ar", 3, 4, 0.75, 0.3, 0.9, 2, 3, "by document"),
        ("Syria", "regime", "state", "ru", 0, 2, 0.0, 0.0, 0.6, 0, 1, "wilson"),
        ("Syria", "government", "state", "ar", 1, 4, 0.25, 0.1, 0.7, 1, 3, "by document"),
        ("Syria", "government", "state", "ru", 2, 2, 1.0, 0.3, 1.0, 1, 1, "wilson"),
        ("Iran", "Iran", "state", "ru", 1, 1, 1.0, 0.2, 1.0, 1, 1, "wilson"),
    ],
    columns=list(LABEL_COUNTS.columns),
)


def rows_of(figure):
    table = figure.layout.meta["table"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def all_figures():
    return {
        "shares_by_language": figures.shares_by_language(
            SHARES, title="Who?", thing="issue", notes=NOTES
        ),
        "covered_or_not": figures.covered_or_not(SHARES, title="What?", thing="issue", notes=NOTES),
        "share_differences": figures.share_differences(
            TESTED.replace({"ar": "kk"}), title="Apart?", thing="issue", notes=NOTES
        ),
        "divergence_split": figures.divergence_split(
            PART, title="Which?", thing="issue", notes=NOTES
        ),
        "naming_labels": figures.naming_labels(LABELS, title="How?", notes=NOTES),
    }


# What holds of all of them


def test_no_figure_is_without_the_notes_and_the_gravest_stands_in_the_figure_itself():
    for figure in all_figures().values():
        assert figure.layout.meta["note"].endswith(" ".join(NOTES[1:]))
        assert NOTES[0] not in figure.layout.meta["note"]
        assert "outlet and language cannot be" in figure.layout.title.subtitle.text
        assert "Russian" in figure.layout.title.subtitle.text
        assert figure.layout.title.text.strip(FSI + PDI).endswith("?")


def test_a_language_that_is_not_drawn_is_not_warned_of():
    figure = figures.share_differences(TESTED, title="?", notes=NOTES)
    assert "Russian" in figure.layout.title.subtitle.text
    assert "Kazakh" not in figure.layout.title.subtitle.text
    plain = figures.share_differences(TESTED, title="?", notes=NOTES[1:])
    assert plain.layout.title.subtitle.text is None


def test_a_language_has_its_own_colour_in_every_figure():
    colour = figures.LANGUAGE_COLOUR
    shares, _, apart, parts, labels = all_figures().values()
    assert [trace.marker.color for trace in shares.data] == [
        colour["ar"],
        colour["kk"],
        colour["ru"],
    ]
    drawn = [trace for trace in apart.data if trace.name]
    assert [trace.marker.color for trace in drawn] == [colour["kk"], colour["ru"]]
    assert list(parts.data[0].marker.color) == [colour["kk"], colour["ru"]]
    assert {trace.name: trace.marker.color for trace in labels.data} == {
        "Arabic": colour["ar"],
        "Russian": colour["ru"],
    }


def test_corpus_text_is_isolated_and_no_markup():
    odd = "اللجنة <b>(24%)"
    text = pio.to_json(
        figures.shares_by_language(SHARES.replace("truce", odd), title=odd, thing="issue")
    )
    safe = f"{FSI}اللجنة &lt;b&gt;(24%){PDI}"
    figure = json.loads(text)
    assert figure["layout"]["title"]["text"] == safe
    assert figure["data"][0]["y"][0] == safe


@pytest.mark.parametrize("place", range(5))
def test_every_mark_leads_to_the_lines_of_a_row_of_the_table(place):
    figure = list(all_figures().values())[place]
    assert asked(figure)
    assert asked(figure) <= offered(figure)


def test_a_difference_leads_to_the_language_that_has_more():
    *_, differing = figures.share_differences(TESTED, title="?", thing="issue").data
    assert differing.meta["evidence"] == {
        "issue": ["truce", "aid", "war", "oil"],
        "language": ["ar", "ru", "ru", "ar"],
    }


# One by one


def test_shares_have_a_panel_a_language_one_order_and_one_scale():
    figure = figures.shares_by_language(SHARES, title="?", thing="issue", most=2)
    assert [one.text for one in figure.layout.annotations] == [
        "Arabic<br>n = 16<br>4 pages",
        "Kazakh<br>n = 4<br>1 page",
        "Russian<br>n = 8<br>2 pages",
    ]
    assert [list(trace.x) for trace in figure.data] == [[0.5, 0.25], [0.25, 0.0], [0.25, 0.0]]
    assert len({tuple(trace.y) for trace in figure.data}) == 1
    assert len({axis.range for axis in figure.select_xaxes()}) == 1
    assert list(figure.data[1].marker.symbol) == ["circle", "circle-open"]
    assert list(figure.data[0].error_x.array) == [0.25, 0.25]
    assert list(figure.data[0].error_x.arrayminus) == [0.25, 0.125]
    assert figure.layout.xaxis.title.text == "share of passages"
    assert "Not drawn: 1 more." in figure.layout.meta["note"]


def test_six_languages_stand_in_two_rows():
    one = SHARES[SHARES["group"] == "ar"]
    six = pd.concat([one.assign(group=language) for language in LANGUAGES])
    figure = figures.shares_by_language(six, title="?")
    assert len(figure.data) == 6
    assert {trace.xaxis for trace in figure.data} == {"x", *(f"x{n}" for n in range(2, 7))}
    assert len({axis.domain for axis in figure.select_yaxes()}) == 2


def test_shares_of_documents_say_so():
    shares = SHARES.assign(measure="share_of_documents")
    figure = figures.shares_by_language(shares, title="?")
    assert figure.layout.xaxis.title.text == "share of documents"
    both = pd.concat([SHARES, shares])
    with pytest.raises(ValueError, match="rows of share_of_passages, share_of_documents; keep"):
        figures.shares_by_language(both, title="?")


def test_what_is_not_found_is_no_zero():
    figure = figures.covered_or_not(SHARES, title="?", thing="issue")
    (grid,) = figure.data
    # found in three languages, in two, in one
    assert list(grid.meta["rows"]["issue"]) == ["truce", "oil", "aid"]
    assert grid.meta["columns"] == {"language": ["ar", "kk", "ru"]}
    none = "<i>not<br>found</i>"
    assert grid.text.tolist() == [["8", "1", "2"], ["1", "1", none], ["4", none, none]]
    assert pd.isna(grid.z[2][1:]).all()
    assert grid.z[2][0] == 0.25
    assert figure.layout.meta["alt"] == (
        "1 of 3 are found in every language; in one alone: Arabic 1, Kazakh 0, Russian 0"
    )


def test_a_difference_stands_beside_both_shares_filled_where_it_is_real():
    figure = figures.share_differences(TESTED, title="?", thing="issue")
    line, arabic, russian, differing = figure.data
    assert list(arabic.x) == [0.5, 0.1, 0.0, 0.025]
    assert list(russian.x) == [0.1, 0.2, 0.25, 0.0]
    assert list(arabic.customdata[0]) == [20, 40]
    assert list(differing.x[:2]) == [40.0, -10.0]
    assert list(differing.error_x.array[:2]) == [15.0, 20.0]
    assert list(differing.marker.symbol[:2]) == ["circle", "circle-open"]
    assert figure.layout.xaxis2.title.text == "Arabic −<br>Russian,<br>points"
    assert "Arabic: 40 passages of 12 pages." in figure.layout.meta["note"]
    assert [row["thing"] for row in rows_of(figure)] == [
        *("truce", "truce", "aid", "aid"),
        *("war", "war", "oil", "oil"),  # not tested: the most found first; tea is in neither
    ]
    assert line.hoverinfo == "skip"


def test_a_refused_difference_is_no_difference_drawn():
    figure = figures.share_differences(REFUSED, title="?", thing="issue")
    assert len(figure.data) == 3
    assert "no difference was tested" in figure.layout.meta["note"]
    assert {row["difference"] for row in rows_of(figure)} == {None}


def test_a_part_points_to_the_language_that_has_more():
    figure = figures.divergence_split(PART, title="?", thing="issue")
    bars, chance = figure.data
    assert list(bars.x) == [-0.4, 0.2]
    assert list(bars.error_x.array) == pytest.approx([0.1, 0.1])
    assert list(chance.x) == [-0.01, 0.02]
    assert bars.meta["evidence"] == {"issue": ["aid", "truce"], "language": ["kk", "ru"]}
    assert figure.layout.xaxis.title.text.startswith("← more in Kazakh, in Russian →")
    assert not any(word.startswith(("-", "−")) for word in figure.layout.xaxis.ticktext)
    assert "0.600 of a divergence of 0.600" in figure.layout.meta["note"]


def test_parts_without_chance_say_that_pages_are_too_few():
    bare = PART.assign(low=NAN, high=NAN, chance=NAN)
    figure = figures.divergence_split(bare, title="?")
    assert "Too few pages for an interval" in figure.layout.meta["note"]
    assert list(figure.data[0].error_x.array) == [0.0, 0.0]


def test_labels_stand_by_actor_with_their_n_and_lead_to_their_lines():
    figure = figures.naming_labels(LABELS, title="?")
    assert [one.text.replace(FSI, "").replace(PDI, "") for one in figure.layout.annotations] == [
        "Syria<br>n = Arabic\u00a04, Russian\u00a02",
        "Iran<br>n = Russian\u00a01",
    ]
    arabic = figure.data[0]
    assert list(arabic.x) == [0.75, 0.25]
    assert arabic.meta["evidence"] == {
        "actor": ["Syria", "Syria"],
        "label": ["regime", "government"],
        "language": ["ar", "ar"],
    }
    assert [trace.name for trace in figure.data if trace.showlegend] == ["Arabic", "Russian"]
    assert figure.layout.xaxis2.title.text == "share of the actor’s namings"
    fewer = figures.naming_labels(LABELS, title="?", most=1)
    assert "Not drawn: 1 more." in fewer.layout.meta["note"]


@pytest.mark.parametrize(
    ("draw", "table"),
    [(figures.share_differences, TESTED), (figures.divergence_split, PART)],
)
def test_two_pairs_are_refused_with_a_remedy(draw, table):
    with pytest.raises(ValueError, match=r"rows of 2 pairs, .*A figure draws one.*query\("):
        draw(pd.concat([table, table.assign(a="en")]), title="?")


@pytest.mark.parametrize(
    ("draw", "table"),
    [
        (figures.shares_by_language, SHARES),
        (figures.covered_or_not, SHARES),
        (figures.share_differences, TESTED),
        (figures.divergence_split, PART),
        (figures.naming_labels, LABELS),
    ],
)
def test_an_empty_table_is_drawn_empty_and_a_missing_column_refused(draw, table):
    assert rows_of(draw(table.iloc[:0], title="?")) == []
    with pytest.raises(ValueError, match="no column high"):
        draw(table.drop(columns="high"), title="?")
