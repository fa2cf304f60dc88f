"""Figures: one tidy table in, one plotly figure out."""

from astana_kit.figures.corpus import page_parts, pages_by_round, rounds_covered
from astana_kit.figures.look import LANGUAGE_COLOUR, LANGUAGE_NAME

__all__ = ["LANGUAGE_COLOUR", "LANGUAGE_NAME", "page_parts", "pages_by_round", "rounds_covered"]
