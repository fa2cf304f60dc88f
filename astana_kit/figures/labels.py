"""Figure of the words in which each language names one actor."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from astana_kit.figures.beside import LINE, dots, left_out, said, shown, warned
from astana_kit.figures.look import finish, label, language_name, leads
from astana_kit.schema import LABEL_COUNTS, require
from astana_kit.text.script import isolate

COLUMNS = "actor_id label kind group n of share low high documents of_documents interval"


def naming_labels(
    counts: pd.DataFrame,
    *,
    title: str,
    thing: str = "actor",
    most: int = 6,
    notes: Sequence[str] = (),
) -> go.Figure:
    """In which words each language names an actor: shares with intervals, a panel an actor.

    Parameters
    ----------
    counts : from ``count_labels`` by language.
    title : the question that the figure answers.
    thing : column of the lines with the actor; a dot leads to it, its `label` and `language`.
    most : actors drawn, those named most often first; the note says how many are left out.
    notes : of ``compare_languages``, printed under the figure.
    """
    require(counts, LABEL_COUNTS)
    actors = counts["actor_id"].drop_duplicates()
    drawn = counts[counts["actor_id"].isin(actors.head(most))]
    panels = [(str(actor), own) for actor, own in drawn.groupby("actor_id", sort=False)]
    groups = sorted(drawn["group"].unique())
    evidence = {thing: "actor_id", "label": "label", "language": "group"}
    figure, height = _panels(panels, groups, evidence)
    figure = finish(
        figure,
        title=title,
        height=height,
        alt="; ".join(f"{actor}: {_first(own)}" for actor, own in panels),
        table=shown(drawn, COLUMNS),
        evidence=evidence,
        note="A dot is the share of an actor’s namings in one language (n of them), a line its "
        "95 % interval; hollow: not found." + left_out(actors, actors.head(most)) + said(notes),
    )
    return warned(figure, notes, groups)


def _panels(
    panels: list[tuple[str, pd.DataFrame]], groups: list[str], evidence: dict[str, str]
) -> tuple[go.Figure, int]:
    """A panel an actor, one under the other; and the height of all."""
    heights = [own["label"].nunique() * (10 + 13 * len(groups)) for _, own in panels] or [1]
    titles = [_heading(actor, own) for actor, own in panels]
    above = 36 + LINE * max((title.count("<br>") + 1 for title in titles), default=1)
    height = sum(heights) + above * (len(heights) - 1)
    figure = make_subplots(
        rows=len(heights),
        subplot_titles=titles,
        row_heights=heights,
        vertical_spacing=above / height if len(panels) > 1 else None,
    )
    for row, (_, own) in enumerate(panels, start=1):
        _one_panel(figure, own, groups, evidence, row)
    figure.update_xaxes(range=[-0.03, 1.03], tickformat=".0%", tickangle=0, nticks=4)
    figure.update_xaxes(
        title="share of the actor’s namings", title_font={"size": 12}, row=len(heights), col=1
    )
    figure.update_yaxes(tickfont={"size": 12})
    figure.update_annotations(font={"size": 12})
    figure.update_layout(margin={"t": 24 + above})
    return figure, height + above + 130


def _one_panel(
    figure: go.Figure, own: pd.DataFrame, groups: list[str], evidence: dict[str, str], row: int
) -> None:
    """The dots of one actor: a line a label, the languages of a label close to each other."""
    labels = own["label"].drop_duplicates().tolist()
    told = {trace.legendgroup for trace in figure.data}
    for place, group in enumerate(groups):
        rows = own[own["group"] == group]
        shift = (place - (len(groups) - 1) / 2) * 0.8 / len(groups)
        y = [round(labels.index(name) + shift, 3) for name in rows["label"]]
        trace = dots(rows, str(group), named="label", y=y, unit="naming")
        meta = leads(rows, evidence)
        trace.update(meta=meta, legendgroup=str(group), showlegend=str(group) not in told)
        if len(rows):
            figure.add_trace(trace, row=row, col=1)
    figure.update_yaxes(
        tickvals=list(range(len(labels))),
        ticktext=[label(name, 22) for name in labels],
        range=[len(labels) - 0.4, -0.6],
        row=row,
        col=1,
    )


def _heading(actor: str, own: pd.DataFrame) -> str:
    """Heading of an actor's panel: how often each language names it."""
    of = own.drop_duplicates("group").sort_values("group")
    # a number stays beside its name where the line is broken
    sizes = ", ".join(f"{language_name(str(row.group))}\u00a0{row.of}" for row in of.itertuples())
    return f"{isolate(actor)}<br>{label(f'n = {sizes}', 34)}"


def _first(own: pd.DataFrame) -> str:
    """The first label of an actor in each language, in words."""
    top = own.sort_values("n", ascending=False, kind="stable").drop_duplicates("group")
    return ", ".join(f"{row.group} “{row.label}” {row.n} of {row.of}" for row in top.itertuples())
