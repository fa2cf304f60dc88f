"""Figures of words: how often, how evenly, what sets one side apart, what stands beside what."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from astana_kit.figures.look import (
    GREY,
    finish,
    interval,
    label,
    language_colour,
    language_name,
    leads,
)
from astana_kit.schema import COLLOCATIONS, KEYNESS, require
from astana_kit.text.script import isolate

TERM = {"term": "term", "language": "language"}  # what the lines behind a term have
BETWEEN = 86  # pixels between two panels: ticks and title of the one's axis, name of the other
# plotly shortens 20 to "2" on a logarithmic axis
LOG_TICKS = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]


def leading_terms(counts: pd.DataFrame, *, title: str, most: int = 12) -> go.Figure:
    """The most frequent terms of each language with their intervals, a panel a language.

    Each panel has an axis of its own: a word of Arabic and a word of Kazakh are no common unit.

    Parameters
    ----------
    counts : from ``count_terms`` by language; a column `gloss`, where there is one, is shown.
    title : the question that the figure answers.
    most : terms drawn of each language.
    """
    kept = counts.sort_values("per_1000_words", ascending=False, kind="stable")
    panels = {code: rows.head(most) for code, rows in kept.groupby("language", sort=False)}
    panels = {code: rows for code, rows in panels.items() if len(rows)}
    drawn = pd.concat(panels.values()) if panels else counts.head(0)
    height = 110 + len(panels) * 90 + 24 * len(drawn)
    figure = make_subplots(
        rows=max(len(panels), 1),
        subplot_titles=[f"{language_name(str(code))}" for code in panels],
        vertical_spacing=BETWEEN / height,
    )
    for row, (code, terms) in enumerate(panels.items(), start=1):
        figure.add_trace(_interval_bars(terms, language_colour(str(code))), row=row, col=1)
        figure.update_yaxes(
            autorange="reversed", type="category", tickfont={"size": 12}, row=row, col=1
        )
    figure.update_xaxes(rangemode="tozero", title={"text": "per 1,000 words", "standoff": 4})
    return finish(
        figure,
        title=title,
        height=height,
        alt="; ".join(
            f"{language_name(str(code))}: {', '.join(_ticks(terms.head(5)))}"
            for code, terms in panels.items()
        ),
        table=_columns(
            drawn, "term gloss language counted_as n of per_1000_words low high interval documents"
        ),
        evidence=TERM,
        note="A bar is the rate per thousand words, the line its 95 % interval. Stop words are "
        "left out of the bars, not of the thousand. Rates of two languages do not compare.",
    )


def evenness(counts: pd.DataFrame, *, title: str, least: int = 5) -> go.Figure:
    """Frequency against dispersion: a dot a term, low where it is spread over all pages evenly.

    Parameters
    ----------
    counts : from ``count_terms`` by language.
    title : the question that the figure answers.
    least : occurrences below which a term is not drawn: a word that stands once is in one page.
    """
    drawn = _beside(counts[(counts["n"] >= least) & counts["dpnorm"].notna()])
    figure = go.Figure()
    for code, terms in drawn.groupby("language", sort=False):
        figure.add_scatter(
            name=language_name(str(code)),
            x=terms["n"],
            y=terms["dpnorm"],
            mode="markers+text" if len(drawn) <= 60 else "markers",
            text=[isolate(term) for term in terms["term"]],
            textposition=terms["beside"].tolist(),
            textfont={"size": 11},
            marker={"size": 9, "color": language_colour(str(code))},
            customdata=_ticks(terms),
            meta=leads(terms, TERM),
            hovertemplate="%{customdata}: %{x} times, DPnorm %{y:.2f}<extra></extra>",
            cliponaxis=False,
        )
    first, last = np.log10(drawn["n"].agg(["min", "max"])) if len(drawn) else (0, 1)
    room = 0.1 * (last - first or 1)  # for the names beside the outermost dots
    figure.update_xaxes(
        type="log", title="occurrences", tickvals=LOG_TICKS, range=[first - room, last + room]
    )
    figure.update_yaxes(title="DPnorm", range=[-0.03, 1.03])
    ordered = drawn.sort_values("dpnorm", kind="stable")
    return finish(
        figure,
        title=title,
        height=560,
        alt=f"{len(drawn)} terms by frequency and dispersion; most even: "
        f"{', '.join(_ticks(ordered.head(3)))}; most bunched: {', '.join(_ticks(ordered.tail(3)))}",
        table=_columns(ordered, "term gloss language n documents dpnorm"),
        evidence=TERM,
        note="DPnorm is 0 where every page has its share of a term, and the nearer to 1 the fewer "
        f"and smaller pages have it. Terms that stand fewer than {least} times are not drawn.",
    )


def keyness(keys: pd.DataFrame, *, title: str, most: int = 20) -> go.Figure:
    """What one side says more often than the other: log ratio with its interval, a row a term.

    Parameters
    ----------
    keys : from ``compare_terms``, in its order: by effect, never by p.
    title : the question that the figure answers.
    most : terms drawn, from both ends of the order.
    """
    require(keys, KEYNESS)
    drawn = _both_ends(keys, most)
    figure = go.Figure(
        go.Scatter(
            x=drawn["log_ratio"],
            y=_ticks(drawn),
            mode="markers",
            marker={"size": 9, "color": "#0072B2"},
            error_x=interval(drawn["log_ratio"], drawn["low"], drawn["high"]),
            meta=leads(drawn, TERM),
            customdata=drawn[["n_target", "n_reference", "lrc", "q"]],
            hovertemplate="%{y}: %{customdata[0]} against %{customdata[1]}, log ratio %{x:.2f}, "
            "at least %{customdata[2]:.2f}<extra></extra>",
        )
    )
    figure.add_vline(x=0, line={"color": GREY, "width": 2})
    figure.update_xaxes(title=label("log ratio: each unit doubles the rate", 20))
    figure.update_xaxes(title_font={"size": 12})
    figure.update_yaxes(type="category", autorange="reversed", tickfont={"size": 12})
    return finish(
        figure,
        title=title,
        height=166 + 24 * len(drawn),
        alt="Leading terms: "
        + "; ".join(
            f"{name} {row.n_target} against {row.n_reference}"
            for name, row in zip(_ticks(drawn.head(5)), drawn.head(5).itertuples(), strict=True)
        ),
        table=_columns(
            drawn,
            "term gloss language n_target n_reference documents_target documents_reference "
            "log_ratio low high interval lrc log_likelihood q z",
        ),
        evidence=TERM,
        note="A dot right of the line is said more often on the one side, left of it on the other; "
        "its line is the 95 % interval. Sorted by LRC, the value nearest to 0 that the ratio may "
        "still have once all terms are tested, then by z; never by p."
        + ("" if drawn["lrc"].any() else " LRC is 0 for all: nothing sets the two apart for sure."),
    )


def collocates(pairs: pd.DataFrame, *, title: str, most: int = 20) -> go.Figure:
    """What stands beside a word: logDice of each collocate, its number of times in the label.

    A bar leads to the lines of the word (column `term`) whose column `beside`, a list, holds the
    collocate.
    """
    require(pairs, COLLOCATIONS)
    drawn = pairs.head(most)
    evidence = {"term": "node", "beside": "collocate", "language": "language"}
    figure = go.Figure(
        go.Bar(
            x=drawn["log_dice"],
            y=_ticks(drawn.rename(columns={"collocate": "term"})),
            text=drawn["n"],
            orientation="h",
            marker={"color": [language_colour(str(code)) for code in drawn["language"]]},
            meta=leads(drawn, evidence),
            hovertemplate="%{y}: together %{text} times, logDice %{x:.1f}<extra></extra>",
        )
    )
    figure.update_xaxes(title="logDice (14 at most)", range=[0, 14])
    figure.update_yaxes(type="category", autorange="reversed", tickfont={"size": 12})
    return finish(
        figure,
        title=title,
        height=150 + 26 * len(drawn),
        alt="Strongest: "
        + ", ".join(f"{row.collocate} ({row.n})" for row in drawn.head(5).itertuples()),
        table=_columns(
            drawn,
            "node collocate gloss language n f_x f_y log_dice log_likelihood delta_p delta_p_back "
            "npmi documents",
        ),
        evidence=evidence,
        note="The number in a bar says how often the two stand near each other.",
    )


def term_places(places: pd.DataFrame, *, title: str) -> go.Figure:
    """Where in each page a term stands: a row a page, a tick an occurrence, from start to end.

    Parameters
    ----------
    places : from ``term_positions``: doc_id and position, the share of the page’s words before it.
    title : the question that the figure answers.
    """
    evidence = {"doc_id": "doc_id", "start": "start"}
    figure = go.Figure(
        go.Scatter(
            x=places["position"],
            y=[isolate(str(doc_id)) for doc_id in places["doc_id"]],
            mode="markers",
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": "#0072B2"}},
            meta=leads(places, evidence),
            hovertemplate="%{y}, at %{x:.0%}<extra></extra>",
        )
    )
    pages = places["doc_id"].nunique()
    figure.update_xaxes(title="place in the page", tickformat=".0%", range=[-0.02, 1.02])
    figure.update_yaxes(type="category", autorange="reversed")
    return finish(
        figure,
        title=title,
        height=150 + 36 * pages,
        alt=f"{len(places)} occurrences in {pages} pages",
        table=places[["doc_id", "start", "word", "position"]].round(3),
        evidence=evidence,
        note="A tick is one occurrence; pages without any are not drawn.",
    )


def _both_ends(keys: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first of `keys` and the last, half of `most` each; all where they are no more.

    >>> _both_ends(pd.DataFrame({"term": list("abcde")}), 3)["term"].tolist()
    ['a', 'b', 'e']
    """
    if len(keys) <= most:
        return keys
    return pd.concat([keys.head(most - most // 2), keys.tail(most // 2)])


def _beside(terms: pd.DataFrame) -> pd.DataFrame:
    """`terms` with the side of its dot that each name stands on: left where it would hide another.

    >>> terms = pd.DataFrame({"n": [20, 10, 10], "dpnorm": [0.1, 0.35, 0.35]})
    >>> _beside(terms)["beside"].tolist()
    ['middle right', 'middle left', 'middle right']
    """
    ordered = terms.sort_values(["n", "dpnorm"], kind="stable")
    near = (ordered["n"].pct_change() < 0.1) & (ordered["dpnorm"].diff().abs() < 0.03)
    hides = near.shift(-1, fill_value=False)
    return terms.assign(beside=hides.map({True: "middle left", False: "middle right"}))


def _interval_bars(terms: pd.DataFrame, colour: str) -> go.Bar:
    rate = terms["per_1000_words"]
    return go.Bar(
        x=rate,
        y=_ticks(terms),
        orientation="h",
        marker={"color": colour},
        error_x=interval(rate, terms["low"], terms["high"], thickness=1.2, color="#7F7F7F"),
        customdata=terms[["n", "documents"]],
        meta=leads(terms, TERM),
        hovertemplate="%{y}: %{x:.1f} per 1,000 words, %{customdata[0]} times in %{customdata[1]} "
        "pages<extra></extra>",
        showlegend=False,
    )


def _ticks(terms: pd.DataFrame) -> list[str]:
    """Each term, with its English gloss where one is known."""
    gloss = terms["gloss"] if "gloss" in terms else pd.Series(pd.NA, index=terms.index)
    return [
        isolate(str(term))
        if pd.isna(english)
        else isolate(str(term)) + " · " + isolate(str(english))
        for term, english in zip(terms["term"], gloss, strict=True)
    ]


def _columns(frame: pd.DataFrame, names: str) -> pd.DataFrame:
    kept = [name for name in names.split() if name in frame]
    return frame[kept].round(3)
