"""Figures: one tidy table in, one plotly figure out."""

from astana_kit.figures.corpus import page_parts, pages_by_round, rounds_covered
from astana_kit.figures.coverage import covered_or_not, shares_by_language
from astana_kit.figures.differences import divergence_split, share_differences
from astana_kit.figures.labels import naming_labels
from astana_kit.figures.look import CAMP_COLOUR, LANGUAGE_COLOUR, LANGUAGE_NAME
from astana_kit.figures.naming import (
    named_together,
    naming_forms,
    shares_by_group,
    shares_with_intervals,
)
from astana_kit.figures.topic_shares import topics_by_group
from astana_kit.figures.topics import topic_map
from astana_kit.figures.tree import passage_tree
from astana_kit.figures.trust import stability_curve, trust
from astana_kit.figures.words import collocates, evenness, keyness, leading_terms, term_places

__all__ = [
    "CAMP_COLOUR",
    "LANGUAGE_COLOUR",
    "LANGUAGE_NAME",
    "collocates",
    "covered_or_not",
    "divergence_split",
    "evenness",
    "keyness",
    "leading_terms",
    "named_together",
    "naming_forms",
    "naming_labels",
    "page_parts",
    "pages_by_round",
    "passage_tree",
    "rounds_covered",
    "share_differences",
    "shares_by_group",
    "shares_by_language",
    "shares_with_intervals",
    "stability_curve",
    "term_places",
    "topic_map",
    "topics_by_group",
    "trust",
]
