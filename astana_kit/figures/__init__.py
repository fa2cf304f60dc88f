"""Figures: one tidy table in, one plotly figure out."""

from astana_kit.figures.corpus import page_parts, pages_by_round, rounds_covered
from astana_kit.figures.look import CAMP_COLOUR, LANGUAGE_COLOUR, LANGUAGE_NAME
from astana_kit.figures.naming import (
    named_together,
    naming_forms,
    shares_by_group,
    shares_with_intervals,
)

__all__ = [
    "CAMP_COLOUR",
    "LANGUAGE_COLOUR",
    "LANGUAGE_NAME",
    "named_together",
    "naming_forms",
    "page_parts",
    "pages_by_round",
    "rounds_covered",
    "shares_by_group",
    "shares_with_intervals",
]
