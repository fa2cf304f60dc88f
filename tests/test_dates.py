"""Dates in six languages: what is marked, what it says, what is no date."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana_kit.text.dates import find_dates, gregorian, resolve
from astana_kit.text.script import LANGUAGES

# [what is found] and, in order, year month day last_month last_day of each; - where not written
CASES = [
    ("ru", "Встреча прошла [23 февраля 2018 г.] в Астане", "2018 2 23 2 23"),
    ("ru", "Раунд пройдёт [4–5 июля], заявил посол", "- 7 4 7 5"),
    ("ru", "Переговоры [24 и 25 января] были закрытыми", "- 1 24 1 25"),
    ("ru", "с [30 октября - 1 ноября] в столице", "- 10 30 11 1"),
    ("ru", "по итогам [14-15 сентября 2017 года] стороны", "2017 9 14 9 15"),
    ("ru", "Опубликовано [16.02.2017] в 17:04", "2017 2 16 2 16"),
    ("ru", "[2017-02-16] 10:00", "2017 2 16 2 16"),
    ("ru", "с [4 по 5 июля] включительно", "- 7 4 7 5"),
    ("ru", "поздравил с [8 марта]", "- 3 8 3 8"),
    ("ru", "ещё в [январе 2017 года] и в [марте]", "2017 1 - 1 -;- 3 - 3 -"),
    ("ru", "к [23-го июля] всё решат", "- 7 23 7 23"),
    ("ru", "встречи [21] и [28 января]", "- 1 21 1 21;- 1 28 1 28"),
    ("ru", "[4, 5 и 6 июля] пройдут", "- 7 4 7 6"),
    ("ru", "в 17:04 [14 сентября 2017 года] счёт был 2-1", "2017 9 14 9 14"),
    ("ru", "[30 декабря 2016 - 2 января] каникулы", "2017 12 30 1 2"),
    ("ru", "[14-15.09.2017] раунд", "2017 9 14 9 15"),
    ("ru", "[5 сент. 2017]", "2017 9 5 9 5"),
    ("kk", "СІМ [23 ақпан] күні хабарлады", "- 2 23 2 23"),
    ("kk", "жиын [23 ақпанда] өтті", "- 2 23 2 23"),
    ("kk", "[2018 жылғы 23 ақпан] күні", "2018 2 23 2 23"),
    ("kk", "[2018 ж. 23 ақпанда] Астанада", "2018 2 23 2 23"),
    ("kk", "раунд [21-22 желтоқсанда] өткен", "- 12 21 12 22"),
    ("kk", "[Қаң 15, 2017] 21:05 Asia/Almaty", "2017 1 15 1 15"),
    ("kk", "[ақпанның 23-і] күні кездесті", "- 2 23 2 23"),
    ("kk", "келесі раунд [наурыздың] ортасында", "- 3 - 3 -"),
    ("kk", "[4 және 5 шілдеде] келіссөз", "- 7 4 7 5"),
    ("kk", "[30 қазан - 1 қараша] аралығында", "- 10 30 11 1"),
    ("kk", "[2017 жылғы қазанда] келісті", "2017 10 - 10 -"),
    ("en", "talks on [Jan. 24-25] in Astana", "- 1 24 1 25"),
    ("en", "held on [January 24 and 25, 2024]", "2024 1 24 1 25"),
    ("en", "[24 January 2024]: the guarantors met", "2024 1 24 1 24"),
    ("en", "on [Nov. 11], the delegations", "- 11 11 11 11"),
    ("en", "on the [4th of July]", "- 7 4 7 4"),
    ("en", "from [October 30 to November 1, 2017]", "2017 10 30 11 1"),
    ("en", "In [May] 14 people were killed", "- 5 - 5 -"),
    ("en", "signed in [August 2017]", "2017 8 - 8 -"),
    ("en", "on [14/09/2017]", "2017 9 14 9 14"),
    ("tr", "[14 Eylül 2017] Perşembe", "2017 9 14 9 14"),
    ("tr", "görüşmeler [15-16 Haziran]'da yapıldı", "- 6 15 6 16"),
    ("tr", "[15 ve 16 Haziran] günleri", "- 6 15 6 16"),
    ("tr", "[30 Ekim - 1 Kasım] arasında", "- 10 30 11 1"),
    ("tr", "[Ocak] ayında toplandı", "- 1 - 1 -"),
    ("tr", "[23 OCAK 2017]'DE", "2017 1 23 1 23"),
    ("ar", "في [14 أيلول 2017] اجتمعت الوفود", "2017 9 14 9 14"),
    ("ar", "[14 نوفمبر/تشرين الثاني 2024] بدأت", "2024 11 14 11 14"),
    ("ar", "في [تشرين الأول/ أكتوبر] الماضي", "- 10 - 10 -"),
    ("ar", "يومي [11 و12 من تشرين الثاني] الجاري", "- 11 11 11 12"),
    ("ar", "في [الرابع والخامس من تموز] الماضي", "- 7 4 7 5"),
    ("ar", "منذ [الرابع والعشرين من كانون الثاني 2017]", "2017 1 24 1 24"),
    ("ar", "الثورة في [٢٥ يناير]", "- 1 25 1 25"),
    ("ar", "و[14 أيلول] موعد جديد", "- 9 14 9 14"),
    ("ar", "وب[تشرين الأول] عقدت", "- 10 - 10 -"),
    ("ar", "بتاريخ [14 جانفي 2017] و[3 فيفري] و[20 أوت]", "2017 1 14 1 14;- 2 3 2 3;- 8 20 8 20"),
    ("ar", "الخميس, [نوفمبر 14, 2024]", "2024 11 14 11 14"),
    ("ar", "[10-09-2017] دمشق", "2017 9 10 9 10"),
    ("ar", "انطلقت في [أَيْلول 2017]", "2017 9 - 9 -"),
    ("ar", "نور سلطان [أول أغسطس 2019] (شينخوا)", "2019 8 1 8 1"),
    ("ar", "مطلع [آب] الماضي و[4 اب 2017]", "- 8 - 8 -;2017 8 4 8 4"),
    ("ar", "[23 شباط 2018م]", "2018 2 23 2 23"),
    ("fa", "انتشار: [۵ بهمن ۱۳۹۵] ساعت ۱۰", "2017 1 24 1 24"),
    ("fa", "[۱۴ نوامبر ۲۰۲۴] آستانه", "2024 11 14 11 14"),
    ("fa", "در [ژانویه] سال گذشته", "- 1 - 1 -"),
    ("fa", "[۵ و ۶ بهمن ۱۳۹۵] برگزار شد", "2017 1 24 1 25"),
    ("fa", "[پنجم بهمن‌ماه ۱۳۹۵] نشست", "2017 1 24 1 24"),
    ("fa", "[۱۳۹۵/۱۱/۰۵] ۲۱:۲۰", "2017 1 24 1 24"),
    ("fa", "[بیست و دوم بهمن ۱۳۵۷] انقلاب", "1979 2 11 2 11"),
    ("fa", "در [۵ بهمن ماه سال ۹۵] برگزار شد", "2017 1 24 1 24"),
    ("fa", "[۵ می ۲۰۱۷]", "2017 5 5 5 5"),
]
NO_DATE = [
    ("ru", "13 раунд, 22-ю встречу, версия 1.12.2017.3, резолюция 2254 (2015)"),
    ("ru", "в 17:04 счёт 2-1, 31 июня, 5 мар, Марте подарили 30.02.2017"),
    ("ru", "site.kz/2021/02/17/syria"),
    ("kk", "13-раунд, футбол маусымы, Қаңтар оқиғасы, Қазан қаласы, 32 ақпандық"),
    ("en", "5 may come, he may, they march on, 02/03/2017, May 10,000 voices, the 22nd round"),
    ("tr", "ocak başında, ekim yapan köylü, 13. tur, 2-1"),
    ("ar", "مارس ضغوطا، قال أب لابنه، زار مدينة في إب، الجولة 13، القرار 2254 (2015)، 1438/12/23"),
    ("fa", "خبرگزاری مهر، ۵ می شود، حل می کنند، دور ۱۳، تیر خورد"),
    ("de", "14. September 2017"),
]


@pytest.mark.parametrize(("language", "marked", "said"), CASES)
def test_what_is_marked_and_what_it_says(language: str, marked: str, said: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = find_dates(text, language)
    assert [text[one.start : one.stop] for one in found] == re.findall(r"\[(.+?)\]", marked)
    expected = [
        tuple(None if part == "-" else int(part) for part in one.split()) for one in said.split(";")
    ]
    assert [tuple(one[2:7]) for one in found] == expected


@pytest.mark.parametrize(("language", "text"), NO_DATE)
def test_what_looks_like_a_date_and_is_none(language: str, text: str) -> None:
    assert [text[one.start : one.stop] for one in find_dates(text, language)] == []


def test_digits_are_dates_in_every_language() -> None:
    assert find_dates("am 14.09.2017 in Astana", "de")[0][:5] == (3, 13, 2017, 9, 14)


# New Year's days of Iran as its calendars print them, and days that history books give twice
@pytest.mark.parametrize(
    ("solar", "day"),
    [
        ((1395, 1, 1), date(2016, 3, 20)),
        ((1396, 1, 1), date(2017, 3, 21)),
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),  # the revolution
        ((1332, 5, 28), date(1953, 8, 19)),  # the coup
    ],
)
def test_the_solar_calendar(solar: tuple[int, int, int], day: date) -> None:
    assert gregorian(*solar) == day


def test_a_solar_year_without_leap_day_has_no_thirtieth_esfand() -> None:
    with pytest.raises(ValueError, match="no day 30 in month 12 of 1396"):
        gregorian(1396, 12, 30)


@pytest.mark.parametrize(
    ("language", "text", "near", "first", "last"),
    [
        ("ru", "30 декабря", date(2017, 1, 24), date(2016, 12, 30), date(2016, 12, 30)),
        ("ru", "4-5 июля", date(2017, 9, 14), date(2017, 7, 4), date(2017, 7, 5)),
        ("ru", "30 декабря - 2 января", date(2017, 1, 5), date(2016, 12, 30), date(2017, 1, 2)),
        ("ru", "29 февраля", date(2017, 1, 5), date(2016, 2, 29), date(2016, 2, 29)),
        (
            "ru",
            "30 декабря - 2 января 2018",
            date(2010, 1, 1),
            date(2017, 12, 30),
            date(2018, 1, 2),
        ),
        ("kk", "21-22 желтоқсанда", date(2018, 2, 23), date(2017, 12, 21), date(2017, 12, 22)),
        ("fa", "۵ بهمن", date(2017, 1, 30), date(2017, 1, 24), date(2017, 1, 24)),
        # 1403 began a day earlier
        ("fa", "۵ بهمن", date(2024, 1, 30), date(2024, 1, 25), date(2024, 1, 25)),
        ("fa", "۵ بهمن", date(2025, 1, 30), date(2025, 1, 24), date(2025, 1, 24)),
    ],
)
def test_the_nearest_year(language: str, text: str, near: date, first: date, last: date) -> None:
    assert resolve(find_dates(text, language)[0], near) == (first, last)


def test_a_month_is_no_day() -> None:
    assert resolve(find_dates("в январе 2017 года", "ru")[0], date(2017, 1, 1)) is None


PIECES = st.sampled_from(
    [
        *"0123456789٢۵ -–./,()'\u200c\u064e\n",
        *(" января", " и ", " июля ", "2017", " г.", "Jan. ", " May ", " of ", "th", " ақпанның "),
        *(" жылғы ", " Eylül", "تموز", " من ", " و", "الرابع", " بهمن ", "تشرين الأول", "İ", "ا"),
    ]
)


@given(
    text=st.lists(PIECES, max_size=30).map("".join), language=st.sampled_from([*LANGUAGES, "de"])
)
def test_dates_stand_in_order_inside_the_text_and_exist(text: str, language: str) -> None:
    found = find_dates(text, language)
    places = [place for one in found for place in (one.start, one.stop)]
    assert places == sorted(places)
    assert all(0 <= one.start < one.stop <= len(text) for one in found)
    for one in found:
        days = resolve(one, date(2017, 1, 24))
        assert (days is None) == (one.day is None and one.solar is None)
        assert days is None or days[0] <= days[1]
        assert text[one.start : one.stop] == text[one.start : one.stop].strip()
