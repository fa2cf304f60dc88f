"""Figures: one tidy table in, one plotly figure out."""

from astana_kit.figures.corpus import page_parts, pages_by_round, rounds_covered
from astana_kit.figures.look import CAMP_COLOUR, LANGUAGE_COLOUR, LANGUAGE_NAME
from astana_kit.figures.naming import (
    named_together,
    naming_forms,
    shares_by_group,
    shares_with_intervals,
)
from astana_kit.figures.words import collocates, evenness, keyness, leading_terms, term_places

__all__ = [
    "CAMP_COLOUR",
    "LANGUAGE_COLOUR",
    "LANGUAGE_NAME",
    "collocates",
    "evenness",
    "keyness",
    "leading_terms",
    "named_together",
    "naming_forms",
    "page_parts",
    "pages_by_round",
    "rounds_covered",
    "shares_by_group",
    "shares_with_intervals",
    "term_places",
]
