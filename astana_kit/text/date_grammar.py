"""How dates are put together in six languages: one expression for each language.

The order of day, month and year is one template for all; what differs stands in `GRAMMARS`.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from astana_kit.text.months import days_in_words, months, months_and_short
from astana_kit.text.script import fold


class Grammar(NamedTuple):
    """What stands round days and months in one language; words are parted by |."""

    both: str  # 24 and 25
    until: str = ""  # 24 to 28
    of: str = ""  # 24th of January
    before: str = ""  # a month that is a common word too counts after one of these …
    after: str = ""  # … or in front of one of these
    end: str = ""  # of a month's name; from here on regular expressions, in folded letters
    ordinal: str = ""  # of a day's number
    dated: str = "@year"
    year_first: str = "(?!)"
    yearless: str = "(?!)"  # when a month may stand before its day without a year behind it
    clitic: str = ""


GRAMMARS = {
    "ru": Grammar(
        both="и",
        until="по|до",
        ordinal="(?:-?(?:го|ого|е|ое|му|ому))?",
        dated=r"@year(?:@s0(?:г\.|(?:года|году|год|г)(?!\w)))?",
    ),
    "kk": Grammar(
        both="және|мен|бен|пен",
        after="айы|айында|айының|айынан|айына|айындағы",
        end="(?:[ыі]?(?:[ндт][ыі]ң?|[ғгқк][аеыі]|[ндт][ае]н?|[ндт][ае][ғг][ыі]|[мбп]ен)|[ыі]н?)?",
        ordinal="(?:-[а-яіңғүұқөһә]{1,5})?",
        dated=r"@year(?:@s0(?:ж\.|(?:жыл[а-яіңғүұқөһә]{0,5}|ж)(?!\w)))?",
        year_first=r"@year@s0(?:ж\.|жыл(?:ғы|дың|ы)?(?!\w))",
        yearless=r"(?<=[^\d\W])",  # «ақпанның 23-і»
    ),
    "en": Grammar(
        both="and|&",
        until="to|through|until|till",
        of="of",
        before="in|since|until|by|early|late|mid|last|next|this|during",
        ordinal="(?:st|nd|rd|th)?",
        yearless="",
    ),
    "tr": Grammar(
        both="ve|ile",
        after="ayı|ayında|ayının|ayından|ayına|ayındaki",
        end="(?:[dt][ae]n?|'[ıiuü]n)?",
        ordinal="(?:'[a-zçğıöşü]{1,6})?",
        year_first=r"@year(?:@s)yılı(?:nın)?",
        yearless=r"(?<=[^\d\W])",  # «Eylül'ün 14'ünde»
    ),
    "ar": Grammar(
        both="و",
        until="إلى|حتى|لغاية",
        of="من شهر|من|شهر",
        before="في|شهر|خلال|منذ|حتى|مطلع|أوائل|أواخر|منتصف|نهاية",
        after="الماضي|المقبل|القادم|الجاري|الحالي|المنصرم",
        dated=r"(?:(?:من@s)?(?:ال)?(?:عام|سنة)@s)?@year(?:(?:@s0)م(?!\w))?",
        clitic="[وف]?(?:لل|[بلك])?",
    ),
    "fa": Grammar(
        both="و",
        until="تا|الی",
        after="گذشته|آینده|جاری|امسال",
        end="(?:[\\s\u200c]?ماه)?",
        ordinal="(?:[\\s\u200c]?ام)?",
        dated=r"(?:(?:سال@s)?(?:@year|1[34]\d\d(?!\d))|سال(?:@s)9\d(?!\d))",
    ),
}

# @part stands for an expression of the language, @name:part for one that is kept under that name;
# where a letter or digit follows, (?:@part)
PARTS = {
    "s": r"[^\S\r\n]{1,3}",  # bounded, so that a page of spaces is not read over and over
    "s0": r"[^\S\r\n]{0,3}",
    "two": r"\d\d?",
    "year": r"(?:19|20)\d\d(?!\d)",
    "any_year": r"(?:1[349]|20)\d\d(?!\d)",
    "number": r"(?:0?[1-9]|[12]\d|3[01])(?!\d|[:.,]\d)@ordinal",
    "comma": "@s0[,،]?@s0",
    "dash": "@s0[-–—]@s0",
    "to": "(?:@dash|@s@until@s)",
    # «11 و12»: the Arabic and stands at its number; «الرابع والعشرين» is the 24th, not 4th and 20th
    "and": "@s@both@s0(?!العشر|الثلاث)",
    "in": "@s(?:@of@s)?",
    "twin": r"(?:@s0/@s0|@s0\()",  # «14 نوفمبر/تشرين الثاني», «14 أيلول (سبتمبر)»: one month twice
}
NUMERIC = r"""(?<!/)(?<!\d-)(?:
  @n_year:any_year(?P<n_by>[-/.])@n_month:two(?P=n_by)@n_day:two
| @p_day:two(?:@dash@p_last:two)?(?P<p_by>[-/.])@p_month:two(?P=p_by)@p_year:any_year
)(?!\d|[./-]\d)"""
TEMPLATE = rf"""\b(?=@clitic(?:\d|@first))(?<!\d[:.,/])@clitic(?:{NUMERIC}
| (?:@year0:year_first@s)?
  (?:@a_day:day(?:
      (?P<list>(?:,@s\d\d?){{0,3}})(?P<a_and>@and)
    | @to
    | @in@a_month:every@end(?:@comma@a_year:dated)?@to
  ))?
  @z_day:day@in@z_month:every@end(?:@twin@z_twin:full\)?)?(?:@comma@z_year:dated)?
| @b_month:every@end@s@b_day:day(?:(?:(?P<b_and>@and)|@to)(?:@y_month:every@s)?@y_day:day)?
  (?:@comma@y_year:dated|@yearless)
| (?:@near:before(?:@s|-))?
  (?P<alone>(?:@m_year0:year_first@s)?@m_month:full@end(?:@twin@m_twin:full\)?)?(?:@comma@m_year:dated)?)
  (?P<follow>(?=@s@after))?
)(?<!\d(?=\d))(?![\w\u200c])"""


def _any(words: Iterable[str], language: str) -> str:
    """Regular expression for one of `words`, folded; the longest is tried first."""
    folded = sorted({fold(word, language) for word in words if word}, key=len, reverse=True)
    return (
        "(?:"
        + ("|".join(re.escape(word).replace("\\ ", "(?:@s)") for word in folded) or "(?!)")
        + ")"
    )


@cache
def pattern(language: str) -> re.Pattern[str]:
    """The one expression that finds every way to write a date, in text folded for `language`.

    >>> pattern("ru").search("встреча 23 февраля")["z_month"]
    'февраля'
    """
    if language not in GRAMMARS:
        return re.compile(rf"(?<!\w)(?<!\d[:.,/])(?:{_filled(NUMERIC, PARTS)})", re.VERBOSE)
    grammar = GRAMMARS[language]
    days, full, every = days_in_words(language), months(language), months_and_short(language)
    before = fold(grammar.before, language).split("|")
    firsts = {re.escape(word[:2]) for word in (*days, *every, *before) if word}
    listed = {
        name: _any(getattr(grammar, name).split("|"), language)
        for name in ("both", "until", "of", "before", "after")
    }
    parts = {
        **PARTS,
        **grammar._asdict(),
        **listed,
        "day": f"(?:@number|{_any(days, language)})",
        "full": _any(full, language),
        "every": f"(?:{_any(full, language)}|{_any(every.keys() - full, language)}\\.?)",
    }
    # Most words are passed over by two letters: many times as fast as to try each alternative
    template = TEMPLATE.replace("@first", "|".join(sorted(firsts)))
    return re.compile(_filled(template, parts), re.VERBOSE)


def _filled(template: str, parts: dict[str, str]) -> str:
    """`template` with each @part put in, and each @name:part as a named group."""

    def part(place: re.Match[str]) -> str:
        inner = _filled(parts[place[2]], parts)
        return f"(?P<{place[1]}>{inner})" if place[1] else f"(?:{inner})"

    return re.sub(r"@(?:(\w+):)?(\w+)", part, template)
